import { writeFileSync } from 'node:fs';
import { toolVersion } from '../../application/version.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import { embedCluster } from '../../viewer/embed.ts';
import type { CommandIo } from '../output/io.ts';
import { pageTemplate } from '../output/pageTemplate.ts';
import type { CheckReport } from './checkJson.ts';
import { clusterPage } from './clusterView.ts';

/**
 * Writes the answer about a cluster as one page.
 *
 * @throws UsageError where there is no answer, or the file cannot be written.
 */
export async function writeClusterPage(
  path: string,
  { cluster, answer, advice, verdict }: CheckReport,
  { commentary }: CommandIo,
): Promise<void> {
  if (cluster === undefined || answer === undefined) {
    throw new UsageError('--html: no topic of the cluster was explored, so there is no answer');
  }
  const { view, traces } = clusterPage(
    { cluster, answer, advice, verdict },
    `Highwater ${toolVersion}`,
  );
  const named = traces.map((trace, index) => ({
    name: view.stories[index]?.title ?? '',
    trace: commentary.on(trace),
  }));
  try {
    writeFileSync(path, embedCluster(await pageTemplate(), view, named));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--html ${path}: cannot be written: ${why}`);
  }
}
