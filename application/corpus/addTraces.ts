import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { type Addition, addTrace, type StoredTrace, tracesIn } from '../../corpus/folder.ts';
import type { ReplayedTrace } from './replayedTrace.ts';
import type { SearchTime } from './searchTime.ts';
import { shortenReproduced } from './shortenReproduced.ts';

/** What became of a trace that was to be added. */
export interface AddedTrace extends ReplayedTrace {
  /** Absent where it is not reproduced, and so was not added. */
  readonly addition?: Addition;
}

/**
 * Shortens each trace and adds it to the folder, unless it is not reproduced or the folder has one of
 * the same failure signature that is not longer.
 *
 * @throws TraceError when the folder cannot be read or written; ModelError when a model crashes.
 */
export async function addTraces(
  folder: string,
  given: readonly StoredTrace[],
  models: readonly ModelEntry[],
  time: SearchTime,
): Promise<AddedTrace[]> {
  const added: AddedTrace[] = [];
  for (const stored of given) {
    const { outcome, shortened: trace } = await shortenReproduced(stored.trace, models, time);
    if (trace === undefined) {
      added.push({ ...stored, outcome });
      continue;
    }
    // Read anew each time: one that was just added is a rival of the next.
    const addition = addTrace(folder, trace, tracesIn(folder));
    added.push({ path: stored.path, trace, outcome, addition });
  }
  return added;
}
