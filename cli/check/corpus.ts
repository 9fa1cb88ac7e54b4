import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReplayOutcome } from '../../checker/explore/replay.ts';
import { TraceError } from '../../checker/trace/readTrace.ts';
import { printable } from '../../checker/trace/renderParts.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { UsageError } from '../errors.ts';
import { readTraceFile } from '../tasks/readTraceFile.ts';
import { replayTrace } from '../tasks/replayTrace.ts';

/** The project's own corpus, wherever the command is called from. */
export const projectTraces: string = fileURLToPath(new URL('../../traces', import.meta.url));

const SUFFIX = '.trace.json';

/** A trace of the corpus and what became of it. */
export interface ReplayedTrace {
  readonly path: string;
  readonly trace: TraceFile;
  readonly outcome: ReplayOutcome;
}

/**
 * Replays every trace in a folder, in the order of their names. The project's own folder may be
 * missing; one that the user names must be there.
 *
 * @throws UsageError when the folder or a trace cannot be read.
 */
export function replayCorpus(folder: string | undefined): ReplayedTrace[] {
  return namesIn(folder).map(name => {
    const path = join(folder ?? projectTraces, name);
    const trace = traceIn(path);
    return { path, trace, outcome: replayTrace(trace) };
  });
}

function namesIn(folder: string | undefined): string[] {
  if (folder === undefined && !existsSync(projectTraces)) return [];
  try {
    const names = readdirSync(folder ?? projectTraces);
    // Sorted by code units: the same order on every machine.
    return names.filter(name => name.endsWith(SUFFIX)).sort();
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UsageError(
      `--traces ${folder ?? projectTraces}: the folder cannot be read (${reason})`,
    );
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
export function corpusLines(corpus: readonly ReplayedTrace[], folder: string): string[] {
  if (corpus.length === 0) return [`corpus: ${folder} holds no traces yet, so none was replayed`];
  const failed = corpus.filter(({ outcome }) => outcome.word !== 'reproduced');
  const good = corpus.length - failed.length;
  return [
    `corpus: ${good} of ${corpus.length} traces reproduced`,
    ...failed.map(({ path, outcome: { word, step, reason } }) => {
      const where = step === undefined ? word : `${word} at step ${step}`;
      return `  ${printable(`${path}: ${where}: ${reason}`)}`;
    }),
  ];
}
