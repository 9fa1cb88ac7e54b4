import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import type { ReplayOutcome } from '../../checker/replay/replayOutcome.ts';
import type { StoredTrace } from '../../corpus/folder.ts';
import { replayTrace } from '../tasks/replayTrace.ts';

/** A trace of a file and what became of it. */
export interface ReplayedTrace extends StoredTrace {
  readonly outcome: ReplayOutcome;
}

/**
 * The trace with what becomes of it on the one of these models that it names.
 *
 * @throws Error when the model crashes.
 */
export function replayed(stored: StoredTrace, models: readonly ModelEntry[]): ReplayedTrace {
  return { ...stored, outcome: replayTrace(stored.trace, models) };
}
