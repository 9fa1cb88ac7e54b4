import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyTemporalProperty } from '../../checker/model/temporal.ts';
import { recordTrace } from '../../checker/replay/record.ts';
import { replay } from '../../checker/replay/replay.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { recordLiveness } from '../../corpus/recordLiveness.ts';
import { SETTLE_STEPS, searchLiveness } from '../../corpus/searchLiveness.ts';
import { timeLimit } from '../../corpus/timeLimit.ts';
import { MOST_FAIR_STATES } from '../tasks/task.ts';
import type { Renewal } from './renewal.ts';
import type { SearchTime } from './searchTime.ts';

/** How far is searched; beyond these states at random. */
const EXTENT = {
  maxStates: MOST_FAIR_STATES,
  seed: 1,
  runs: 2000,
  maxSteps: 200,
  settleSteps: SETTLE_STEPS,
} as const;

/**
 * Makes a trace of a temporal property one of this model again: by its own steps, with what is false now,
 * or by a new search in the model's scope.
 *
 * @throws ModelError when the model crashes.
 */
export async function renewTemporal(
  model: AnyModel,
  property: AnyTemporalProperty,
  trace: TraceFile,
  { milliseconds, isInterrupted }: SearchTime,
): Promise<Renewal> {
  const retaken = retakeSteps(model, property, trace);
  if (retaken !== undefined) {
    const isSame = JSON.stringify(retaken) === JSON.stringify(trace);
    return isSame
      ? { word: 'unchanged' }
      : { word: 'renewed', by: 'its own steps', trace: retaken };
  }
  const { result, violations, by, covered } = await searchLiveness(model, [property], {
    ...EXTENT,
    newControl: () => timeLimit(milliseconds, isInterrupted),
  });
  const [violation] = violations;
  if (violation !== undefined) {
    const found = recordLiveness(model, property, violation, by);
    return { word: 'renewed', by: 'a new search', trace: found };
  }
  const states = `${result.distinctStates} distinct states`;
  const reason = covered
    ? `it cannot happen any more: every fair run was looked at, ${states}`
    : `nothing was found in ${result.runs ?? 0} random runs that settle, which is no proof`;
  return { word: 'not found', reason };
}

/** The trace by its own steps, whatever version of the model it says it is of. */
function retakeSteps(
  model: AnyModel,
  property: AnyTemporalProperty,
  trace: TraceFile,
): TraceFile | undefined {
  const { kind } = property;
  const current: TraceFile = {
    ...trace,
    model: { ...trace.model, version: model.version },
    property: { ...trace.property, kind },
  };
  const { word, reason: clause } = replay(model, [property], current);
  if (word !== 'reproduced') return undefined;
  const { loop, settling, explored } = trace;
  return recordTrace(
    model,
    {
      property,
      clause,
      initialState: trace.initial.index,
      steps: trace.steps.map(({ action: name, actor, params }) => ({ name, actor, params })),
      ...(loop && { loop }),
      ...(settling && { settling }),
    },
    explored,
  );
}
