import type { AnyModel } from '../checker/model/model.ts';
import type { AnyProperty } from '../checker/model/property.ts';
import { type Recordable, recordTrace } from '../checker/replay/record.ts';
import type { ExplorationResult, Violation } from '../checker/results/result.ts';
import type { TraceFile } from '../checker/trace/traceFile.ts';

/** What found a run, and the seed if it drew at random. */
export interface Finder {
  readonly result: ExplorationResult;
  readonly seed?: number;
}

/** The trace of what a search found. For a goal, it is the witness. */
export function recordFound(
  model: AnyModel,
  property: AnyProperty,
  violation: Violation,
  { result, seed }: Finder,
): TraceFile {
  const { engine, distinctStates, generatedStates, depth } = result;
  const { clause, initialState, steps, shortest, unproved, cause } = violation;
  const run: Recordable = { property, clause, initialState, steps, cause };
  const drawn = seed === undefined || engine !== 'simulate' ? {} : { seed };
  return recordTrace(model, run, {
    engine,
    ...drawn,
    distinctStates,
    generatedStates,
    depth,
    shortest,
    ...(unproved === undefined ? {} : { unproved }),
  });
}
