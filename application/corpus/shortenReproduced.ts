import type { ModelEntry } from '../../catalogue/modelEntry.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import { claimsOf } from '../../checker/model/specification.ts';
import { replay } from '../../checker/replay/replay.ts';
import type { ReplayOutcome } from '../../checker/replay/replayOutcome.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { shortenTrace } from '../../corpus/shortenTrace.ts';
import { timeLimit } from '../../corpus/timeLimit.ts';
import { specificationOf } from '../tasks/replayTrace.ts';
import type { SearchTime } from './searchTime.ts';

/** What became of a trace, and its short form if it is reproduced. */
export interface Shortening {
  readonly outcome: ReplayOutcome;
  readonly shortened?: TraceFile;
}

/**
 * Replays a trace, and shortens it if it is reproduced. A run that goes on for ever is
 * left as it is: it is as short as the search for it makes them.
 *
 * @throws ModelError when the model crashes.
 */
export async function shortenReproduced(
  trace: TraceFile,
  models: readonly ModelEntry[],
  time: SearchTime,
): Promise<Shortening> {
  try {
    const specification = specificationOf(trace.model, models);
    const { model, properties } = specification;
    const outcome = replay(model, claimsOf(specification), trace);
    const property = properties.find(({ name }) => name === trace.property.name);
    if (outcome.word !== 'reproduced') return { outcome };
    if (property === undefined) return { outcome, shortened: trace };
    const control = timeLimit(time.milliseconds, time.isInterrupted);
    const shortened = await shortenTrace(model, property, trace, { control });
    return shortened === undefined ? { outcome } : { outcome, shortened };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { outcome: { word: 'not-applicable', reason: error.message } };
  }
}
