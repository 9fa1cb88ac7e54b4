import { basename } from 'node:path';
import type { Commentary } from '../../application/commentary.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { embedTraces } from '../../viewer/embed.ts';
import { pageTemplate } from './pageTemplate.ts';

/** A trace and the file that it is from. */
export interface NamedTrace {
  readonly file: string;
  readonly trace: TraceFile;
}

/** One page, in one file, that shows the traces with what their models say of them. */
export async function tracePage(
  traces: readonly NamedTrace[],
  commentary: Commentary,
): Promise<string> {
  const shown = traces.map(({ file, trace }) => ({
    name: basename(file),
    trace: commentary.on(trace),
  }));
  return embedTraces(await pageTemplate(), shown);
}
