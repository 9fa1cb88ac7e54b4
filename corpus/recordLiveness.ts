import type { LivenessResult, LivenessViolation } from '../checker/liveness/livenessResult.ts';
import type { AnyModel } from '../checker/model/model.ts';
import type { AnyTemporalProperty } from '../checker/model/temporal.ts';
import { recordTrace } from '../checker/replay/record.ts';
import type { TraceFile } from '../checker/trace/traceFile.ts';

/** What found a run without the goal, and the seed if it drew at random. */
export interface LivenessFinder {
  readonly result: Pick<LivenessResult, 'engine' | 'distinctStates' | 'generatedStates' | 'depth'>;
  readonly seed?: number;
}

/** The trace of a run in which what must happen never does. */
export function recordLiveness(
  model: AnyModel,
  property: AnyTemporalProperty,
  violation: LivenessViolation,
  { result, seed }: LivenessFinder,
): TraceFile {
  const { engine, distinctStates, generatedStates, depth } = result;
  const { shortest, unproved } = violation;
  return recordTrace(
    model,
    { ...violation, property },
    {
      engine,
      ...(seed === undefined || engine !== 'simulate' ? {} : { seed }),
      distinctStates,
      generatedStates,
      depth,
      shortest,
      ...(unproved === undefined ? {} : { unproved }),
    },
  );
}
