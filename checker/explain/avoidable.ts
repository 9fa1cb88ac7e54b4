import type { CompiledModel } from '../core/compiledModel.ts';
import type { Walk } from '../core/walk.ts';
import type { AnyProperty } from '../model/property.ts';
import type { TraceAvoidable } from '../trace/traceFile.ts';
import { WaysOut } from './waysOut.ts';

/**
 * Until when the violation at the end of a run could be avoided (see {@link TraceAvoidable}): searches
 * from the state before each step, the last one first, until one is found from which there is a way
 * out.
 *
 * @param property - Something that can be violated (see refutable.ts).
 * @param maxStates - How many states to look at, from all of them together.
 */
export function avoidableIn(
  model: CompiledModel,
  walk: Walk,
  property: AnyProperty,
  maxStates: number,
): TraceAvoidable {
  const search = new WaysOut(model, property, maxStates);
  for (let length = walk.actions.length - 1; length >= 0; length--) {
    const outcome = wayOutAfter(model, walk, length, search);
    const { states } = search;
    if (outcome === 'found') return { until: length, states };
    if (outcome !== 'none') {
      const place = length === 0 ? 'from the initial state' : `after step ${length}`;
      return { unknown: `${place} ${outcome}`, states };
    }
  }
  return { states: search.states };
}

function wayOutAfter(
  model: CompiledModel,
  { actions, initialState }: Walk,
  length: number,
  search: WaysOut,
): string {
  const state = model.createState();
  model.initialize(state, initialState);
  for (const index of actions.slice(0, length)) model.step(state, index);
  try {
    const outcome = search.from(state);
    return outcome === 'unknown' ? 'there are too many ways to look at all of them' : outcome;
  } catch (error) {
    // Where the model fails is not known to be a way out, nor to be none.
    return `the model fails on another way: ${error instanceof Error ? error.message : error}`;
  }
}
