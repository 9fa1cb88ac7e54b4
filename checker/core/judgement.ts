import { holdsOf, isTrue } from '../model/answers.ts';
import type { AnyProperty, TakenAction } from '../model/property.ts';
import type { ModelState } from './compiledModel.ts';

/** The step that led to a state. */
export interface LastStep {
  readonly before: ModelState;
  readonly taken: TakenAction;
}

/**
 * What a property comes to in a state: `h` it holds, `n` it has nothing to say, `v` violated, `r`
 * reached.
 *
 * @param last - The step that led there; absent for an initial state.
 */
export type Judgement = 'h' | 'n' | 'v' | 'r';

export function judge(
  property: AnyProperty,
  { propertyScope: scope }: ModelState,
  last?: LastStep,
): Judgement {
  if (property.notApplicable !== undefined) return 'n';
  if (property.kind === 'invariant') {
    if (property.when && !isTrue(property.when(scope), 'when')) return 'n';
    return holdsOf(property.holds(scope)) === true ? 'h' : 'v';
  }
  if (last === undefined) return 'n';
  const { taken } = last;
  const before = last.before.propertyScope;
  if (property.kind === 'sometimes') {
    return isTrue(property.reaches(before, scope, taken), 'reaches') ? 'r' : 'n';
  }
  if (property.when && !isTrue(property.when(before, scope, taken), 'when')) return 'n';
  return holdsOf(property.holds(before, scope, taken)) === true ? 'h' : 'v';
}
