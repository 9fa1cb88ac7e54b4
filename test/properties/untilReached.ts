import { exploreExhaustively } from '../../checker/exhaustive/exhaustive.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyProperty, TakenAction } from '../../checker/model/property.ts';

/** The run to where a goal is first reached; what lies beyond does not matter. */
export async function stepsUntilReached(
  model: AnyModel,
  goal: AnyProperty | undefined,
): Promise<readonly TakenAction[]> {
  if (goal?.kind !== 'sometimes') throw new Error(`${goal?.name} is no goal`);
  if (goal.notApplicable !== undefined) throw new Error(goal.notApplicable);
  const { name, statement, loss, source } = goal;
  const never: AnyProperty = {
    ...{ name, statement, loss, source },
    kind: 'step',
    holds: (...step) => !goal.reaches(...step),
  };
  const { violations } = await exploreExhaustively(model, [never], { symmetry: true });
  const [reached] = violations;
  if (reached === undefined) throw new Error(`${name} is not reached`);
  return reached.steps;
}
