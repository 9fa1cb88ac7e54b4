import type { CompiledModel } from '../core/compiledModel.ts';
import { Walk } from '../core/walk.ts';
import type { AnyProperty } from '../model/property.ts';
import { firstViolation } from '../runs/firstViolation.ts';
import { enabledPart } from '../runs/shorterRuns.ts';
import type { TraceFault } from '../trace/traceFile.ts';

/**
 * Which faults of a run are necessary: each is left out in turn and the other steps are taken again,
 * without those that cannot be taken any more. Nothing is said of a fault without which the model fails.
 *
 * @param property - Something that can be violated (see refutable.ts).
 */
export function faultsOf(model: CompiledModel, walk: Walk, property: AnyProperty): TraceFault[] {
  const states = [model.createState(), model.createState()] as const;
  const { actions, initialState } = walk;
  return actions.flatMap((action, at): TraceFault[] => {
    if (model.instances[action]?.action.kind !== 'fault') return [];
    const rest = [...actions.slice(0, at), ...actions.slice(at + 1)];
    let fails = false;
    const run = enabledPart(model, initialState, rest, states[0], () => {
      fails = true;
    });
    if (fails) return [];
    const violated = firstViolation(model, property, new Walk(initialState, run), states);
    return [{ step: at + 1, necessary: violated === undefined }];
  });
}
