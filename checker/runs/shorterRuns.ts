import type { CompiledModel, ModelState } from '../core/compiledModel.ts';
import { renamings } from '../core/renamings.ts';
import type { Walk } from '../core/walk.ts';

/**
 * Runs like the given one that are shorter, cheap and likely ones first. Each is a real run: steps
 * that a change has disabled are left out. Lazy, since a caller stops at the first that still
 * fails, and begins again from there.
 *
 * 1. Steps are left out: all that follows the failure, then halves, quarters and so on down to
 *    single steps (delta debugging, Zeller and Hildebrandt 2002).
 * 2. A step is left out, and from there on two interchangeable nodes change roles: what a fault did
 *    to one node, the rest of the run may need of another.
 * 3. A step is replaced by another, which makes others superfluous.
 */
export function* shorterRuns(
  model: CompiledModel,
  walk: Walk,
): IterableIterator<readonly number[]> {
  const { actions, failedAfter, initialState } = walk;
  if (failedAfter !== undefined && failedAfter < actions.length) {
    yield actions.slice(0, failedAfter);
    return;
  }
  const state = model.createState();
  for (const changed of changedRuns(model, walk)) {
    const run = enabledPart(model, initialState, changed, state);
    if (run.length < actions.length) yield run;
  }
}

function* changedRuns(model: CompiledModel, walk: Walk): Iterable<number[]> {
  const { actions, initialState } = walk;
  yield* withStepsLeftOut(actions);
  yield* withRolesExchanged(model, actions);
  const state = model.createState();
  for (let at = 0; at < actions.length; at++) {
    const [head, tail] = [actions.slice(0, at), actions.slice(at + 1)];
    for (const other of enabledAfter(model, initialState, head, state)) {
      if (other !== actions[at]) yield [...head, other, ...tail];
    }
  }
}

/** Runs with one step left out, from which on two interchangeable nodes change roles. */
export function* withRolesExchanged(
  model: CompiledModel,
  actions: readonly number[],
): Iterable<number[]> {
  const renamed = renamings(model);
  for (let at = actions.length - 2; at >= 0; at--) {
    const [head, tail] = [actions.slice(0, at), actions.slice(at + 1)];
    for (const names of renamed) {
      yield [...head, ...tail.map(instance => names[instance] as number)];
    }
  }
}

/** Runs with steps left out, the largest cuts first; steps may be disabled in them. */
export function* withStepsLeftOut(actions: readonly number[]): Iterable<number[]> {
  for (
    let size = Math.ceil(actions.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let end = actions.length; end > 0; end -= size) {
      const start = Math.max(0, end - size);
      yield [...actions.slice(0, start), ...actions.slice(end)];
    }
  }
}

/** The instances that can be taken after a run. */
function enabledAfter(
  model: CompiledModel,
  initialState: number,
  run: readonly number[],
  state: ModelState,
): number[] {
  enabledPart(model, initialState, run, state);
  return [...model.live].filter(index => isEnabled(model, state, index));
}

function isEnabled(model: CompiledModel, state: ModelState, index: number): boolean {
  try {
    return model.enabled(state, index) === true;
  } catch {
    return false;
  }
}

/**
 * The part of a list of actions that can be taken in order, skipping those that are disabled. A cut
 * can lead to where the model crashes; the run then ends before that, since what is being shortened
 * is something else.
 *
 * @param onFailure - Called if the model crashes.
 */
export function enabledPart(
  model: CompiledModel,
  initialState: number,
  actions: readonly number[],
  state: ModelState,
  onFailure: () => void = () => undefined,
): number[] {
  model.initialize(state, initialState);
  const taken: number[] = [];
  for (const action of actions) {
    try {
      if (model.enabled(state, action) !== true) continue;
      model.step(state, action);
    } catch {
      onFailure();
      break;
    }
    taken.push(action);
  }
  return taken;
}
