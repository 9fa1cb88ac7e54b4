import type { CompiledModel, ModelState } from '../core/compiledModel.ts';
import { runWalk, type Walk } from '../core/walk.ts';
import type { AnyProperty } from '../model/property.ts';
import { Monitor } from '../results/monitor.ts';

/** Where a walk first breaks a property, if it does. */
export function firstViolation(
  model: CompiledModel,
  property: AnyProperty,
  walk: Walk,
  states: readonly [ModelState, ModelState],
): { after: number; clause: string } | undefined {
  let clause: string | undefined;
  const monitor = new Monitor([property], {
    violated: (_, broken) => {
      clause = broken;
    },
  });
  const [before, after] = states;
  model.initialize(after, walk.initialState);
  monitor.checkInitial(after);
  let length = 0;
  if (clause === undefined) {
    runWalk(model, walk, states, (position, instance) => {
      length = position + 1;
      monitor.checkStep(before, after, instance.taken);
      monitor.checkState(after);
      return clause === undefined;
    });
  }
  return clause === undefined ? undefined : { after: length, clause };
}
