import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../catalogue/usageError.ts';
import { TraceError } from '../../checker/trace/readTrace.ts';
import { tracePathsIn } from '../../corpus/folder.ts';
import { readTraceFile } from '../../corpus/readTraceFile.ts';
import { type ReplayedTrace, replayed } from '../corpus/replayedTrace.ts';
import { packageRoot } from '../packageRoot.ts';
import type { Project } from '../project/project.ts';
import type { TimeBudget } from '../tasks/timeBudget.ts';

/** The corpus of this package, wherever it is called from. */
export const projectTraces: string = join(packageRoot, 'traces');

/** A corpus, as far as there was time to replay it. */
export interface ReplayedCorpus {
  readonly corpus: readonly ReplayedTrace[];
  /** The paths of the traces that there was no time for. */
  readonly notReplayed: readonly string[];
}

/** What names the corpus on the command line, of which there need be none yet. */
export const TRACES_OPTION = '--traces';

/** A folder of traces. */
export interface CorpusFolder {
  readonly folder: string;
  /** Who names it, for an error; nobody does if absent, and it need not be there. */
  readonly namedBy?: string;
}

/** The corpus of a project: the folder that its configuration names, or else our own. */
export function corpusOf({ corpus = projectTraces, namesCorpus, file }: Project): CorpusFolder {
  return { folder: corpus, ...(namesCorpus ? { namedBy: `${file}: corpus` } : {}) };
}

/**
 * Replays every trace in a folder, in the order of their names, as long as the budget lasts.
 *
 * @throws UsageError when the folder or a trace cannot be read.
 */
export function replayCorpus(
  folder: CorpusFolder,
  { models }: Pick<Project, 'models'>,
  budget: Pick<TimeBudget, 'isUsedUp'>,
): ReplayedCorpus {
  const corpus: ReplayedTrace[] = [];
  const notReplayed: string[] = [];
  for (const path of pathsIn(folder)) {
    if (budget.isUsedUp) notReplayed.push(path);
    else corpus.push(replayed({ path, trace: asUsage(() => readTraceFile(path)) }, models));
  }
  return { corpus, notReplayed };
}

function pathsIn({ folder, namedBy }: CorpusFolder): string[] {
  // A project that has found nothing yet has no folder of it.
  if (!existsSync(folder) && (namedBy === undefined || namedBy === TRACES_OPTION)) return [];
  if (!existsSync(folder)) {
    throw new UsageError(
      `${namedBy} ${folder}: the folder cannot be read (ENOENT)`,
      'unreadable-input',
    );
  }
  return asUsage(() => tracePathsIn(folder));
}

/** What is wrong with a file of the user's is an error of use. */
function asUsage<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof TraceError) throw new UsageError(error.message, 'unreadable-input');
    throw error;
  }
}
