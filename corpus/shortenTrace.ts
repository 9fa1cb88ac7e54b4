import type { AnyModel } from '../checker/model/model.ts';
import type { AnyProperty } from '../checker/model/property.ts';
import { recordTrace } from '../checker/replay/record.ts';
import { replay } from '../checker/replay/replay.ts';
import { type ShrinkOptions, shrink } from '../checker/shrink/shrink.ts';
import type { TraceFile } from '../checker/trace/traceFile.ts';

/**
 * Shortens a trace whose steps break, or reach, the property, and records it on this model; one that
 * cannot be shortened is recorded anew. So is one that was told apart from others by its cause: a shorter one
 * would be of another cause.
 *
 * @returns undefined if the steps do not, or cannot be taken.
 */
export async function shortenTrace(
  model: AnyModel,
  property: AnyProperty,
  trace: TraceFile,
  options: ShrinkOptions = {},
): Promise<TraceFile | undefined> {
  const taken = trace.steps.map(({ action, actor, params }) => ({ name: action, actor, params }));
  const { cause } = trace.property;
  if (cause !== undefined) {
    const { word, reason: clause } = replay(model, [property], trace);
    const { index: initialState } = trace.initial;
    const run = { property, clause, initialState, steps: taken, cause };
    return word === 'reproduced' ? recordTrace(model, run, trace.explored) : undefined;
  }
  const given = { initialState: trace.initial.index, steps: taken };
  const shrunk = await shrink(model, property, given, options);
  if (shrunk === undefined) return undefined;
  const { initialState, steps, shortest, unproved } = shrunk;
  const run = { property, clause: shrunk.clause, initialState, steps };
  const { unproved: _, ...explored } = trace.explored;
  const doubt = unproved === undefined ? {} : { unproved };
  return recordTrace(model, run, { ...explored, shortest, ...doubt });
}
