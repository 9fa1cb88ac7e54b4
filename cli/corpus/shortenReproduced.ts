import { type ReplayOutcome, replay } from '../../checker/explore/replay.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { shortenTrace } from '../../corpus/shortenTrace.ts';
import { timeLimit } from '../../corpus/timeLimit.ts';
import { UsageError } from '../errors.ts';
import { specificationOf } from '../tasks/replayTrace.ts';
import type { SearchTime } from './searchTime.ts';

/** What became of a trace, and its short form if it is reproduced. */
export interface Shortening {
  readonly outcome: ReplayOutcome;
  readonly shortened?: TraceFile;
}

/**
 * Replays a trace, and shortens it if it is reproduced.
 *
 * @throws ModelError when the model crashes.
 */
export async function shortenReproduced(trace: TraceFile, time: SearchTime): Promise<Shortening> {
  try {
    const { model, properties } = specificationOf(trace.model);
    const outcome = replay(model, properties, trace);
    const property = properties.find(({ name }) => name === trace.property.name);
    if (outcome.word !== 'reproduced' || property === undefined) return { outcome };
    const control = timeLimit(time.milliseconds, time.isInterrupted);
    const shortened = await shortenTrace(model, property, trace, { control });
    return shortened === undefined ? { outcome } : { outcome, shortened };
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { outcome: { word: 'not-applicable', reason: error.message } };
  }
}
