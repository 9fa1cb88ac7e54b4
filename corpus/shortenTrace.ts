import { recordTrace } from '../checker/explore/record.ts';
import { type ShrinkOptions, shrink } from '../checker/explore/shrink.ts';
import type { AnyModel } from '../checker/model/model.ts';
import type { AnyProperty } from '../checker/model/property.ts';
import type { TraceFile } from '../checker/trace/traceFile.ts';

/** A trace made shorter, or recorded anew where that was not possible. */
export interface ShortenedTrace {
  readonly trace: TraceFile;
  /** Why it is not proved to be a shortest one; absent where it is. */
  readonly unproved?: string;
}

/**
 * Shortens a trace whose steps break, or reach, the property, and records it on this model.
 *
 * @returns undefined if the steps do not, or cannot be taken.
 */
export async function shortenTrace(
  model: AnyModel,
  property: AnyProperty,
  trace: TraceFile,
  options: ShrinkOptions = {},
): Promise<ShortenedTrace | undefined> {
  const taken = trace.steps.map(({ action, actor, params }) => ({ name: action, actor, params }));
  const given = { initialState: trace.initial.index, steps: taken };
  const shrunk = await shrink(model, property, given, options);
  if (shrunk === undefined) return undefined;
  const { initialState, steps, shortest, unproved } = shrunk;
  const clause = property.kind === 'sometimes' ? property.statement : shrunk.clause;
  const run = { property, clause, initialState, steps };
  const explored = { ...trace.explored, shortest };
  return {
    trace: recordTrace(model, run, explored),
    ...(unproved === undefined ? {} : { unproved }),
  };
}
