import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../catalogue/usageError.ts';
import type { ReplayOutcome } from '../../checker/replay/replayOutcome.ts';
import { TraceError } from '../../checker/trace/readTrace.ts';
import { printable } from '../../checker/trace/renderParts.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { commandLine } from '../../cli/output/commandLine.ts';
import { readTraceFile } from '../../corpus/readTraceFile.ts';
import { packageRoot } from '../packageRoot.ts';
import type { Configuration } from '../project/configuration.ts';
import { replayTrace } from '../tasks/replayTrace.ts';
import type { TimeBudget } from '../tasks/timeBudget.ts';

/** The project's own corpus, wherever the command is called from. */
export const projectTraces: string = join(packageRoot, 'traces');

const SUFFIX = '.trace.json';

/** A trace of the corpus and what became of it. */
export interface ReplayedTrace {
  readonly path: string;
  readonly trace: TraceFile;
  readonly outcome: ReplayOutcome;
}

/** A corpus, as far as there was time to replay it. */
export interface ReplayedCorpus {
  readonly corpus: readonly ReplayedTrace[];
  /** The paths of the traces that there was no time for. */
  readonly notReplayed: readonly string[];
}

/**
 * Replays every trace in a folder, in the order of their names, as long as the budget lasts. The
 * project's own folder may be missing; one that the user or the configuration names must be there.
 *
 * @throws UsageError when the folder or a trace cannot be read.
 */
export function replayCorpus(
  folder: string | undefined,
  budget: Pick<TimeBudget, 'isUsedUp'>,
  { corpus: ownFolder = projectTraces, namesCorpus = false, file }: OwnCorpus = {},
): ReplayedCorpus {
  const namedBy = folder === undefined ? `${file}: corpus` : '--traces';
  const corpus: ReplayedTrace[] = [];
  const notReplayed: string[] = [];
  for (const name of namesIn(folder ?? ownFolder, namedBy, folder !== undefined || namesCorpus)) {
    const path = join(folder ?? ownFolder, name);
    if (budget.isUsedUp) {
      notReplayed.push(path);
      continue;
    }
    const trace = traceIn(path);
    corpus.push({ path, trace, outcome: replayTrace(trace) });
  }
  return { corpus, notReplayed };
}

/** What the configuration says of the corpus. */
type OwnCorpus = Pick<Configuration, 'corpus' | 'namesCorpus' | 'file'>;

function namesIn(folder: string, namedBy: string, mustBeThere: boolean): string[] {
  if (!mustBeThere && !existsSync(folder)) return [];
  try {
    const names = readdirSync(folder);
    // Sorted by code units: the same order on every machine.
    return names.filter(name => name.endsWith(SUFFIX)).sort();
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(`${namedBy} ${folder}: the folder cannot be read (${reason})`);
  }
}

function traceIn(path: string): TraceFile {
  try {
    return readTraceFile(path);
  } catch (error) {
    if (error instanceof TraceError) throw new UsageError(error.message);
    throw error;
  }
}

/** What became of the corpus, in a line or, for each trace that failed, one more. */
export function corpusLines({ corpus, notReplayed }: ReplayedCorpus, folder: string): string[] {
  const left = notReplayed.map(path => `  ${printable(path)}: NOT replayed: no time was left`);
  if (corpus.length === 0) {
    return left.length > 0
      ? ['corpus: none was replayed', ...left]
      : [`corpus: ${folder} holds no traces yet, so none was replayed`];
  }
  const failed = corpus.filter(({ outcome }) => outcome.word !== 'reproduced');
  const good = corpus.length - failed.length;
  return [
    `corpus: ${good} of ${corpus.length} traces reproduced`,
    ...failed.map(({ path, outcome: { word, step, reason } }) => {
      const where = step === undefined ? word : `${word} at step ${step}`;
      return `  ${printable(`${path}: ${where}: ${reason}`)}`;
    }),
    ...(failed.length === 0
      ? []
      : [`  renew them: ${commandLine(['corpus', 'renew', '--traces', folder])}`]),
    ...left,
  ];
}
