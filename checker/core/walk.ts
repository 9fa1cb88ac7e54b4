import { copyState } from '../state/schema.ts';
import type { ActionInstance, CompiledModel, ModelState } from './compiledModel.ts';

/** A run of a model: an initial state and the instances taken from there, by number. */
export class Walk {
  readonly initialState: number;
  readonly actions: readonly number[];
  /** How many actions lead to the failure, once a run of the walk has failed. */
  failedAfter: number | undefined;

  constructor(initialState: number, actions: readonly number[]) {
    this.initialState = initialState;
    this.actions = actions;
  }
}

/** Takes the actions of a walk from its initial state, which `after` is in, showing every step. */
export function runWalk(
  model: CompiledModel,
  walk: Walk,
  [before, after]: readonly [ModelState, ModelState],
  onStep: (position: number, action: ActionInstance, index: number) => boolean,
): void {
  for (let position = 0; position < walk.actions.length; position++) {
    copyState(after, before);
    const index = walk.actions[position] as number;
    model.step(after, index);
    if (!onStep(position, model.instances[index] as ActionInstance, index)) return;
  }
}
