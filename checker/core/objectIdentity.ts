import type { AnyProperty, AnyScope, TakenAction } from '../model/property.ts';
import type { ModelState } from './compiledModel.ts';
import { evaluateStep, type Outcome, outcomeOf } from './evaluate.ts';

/**
 * Whether what a property says of a step depends on its states being two objects: it compares parts of
 * them with `===` or `!==`, or keeps them in a Map or a Set, and views of two states are never the same
 * object. A property of values says the same of a step that changes nothing whether it is given two
 * states or the same one twice.
 *
 * @param states - Two states that are equal, byte for byte.
 * @param action - A step on which the property is evaluated.
 */
export function comparesIdentity(
  property: AnyProperty,
  states: readonly [ModelState, ModelState],
  action: TakenAction,
): boolean {
  if (property.kind === 'invariant') return false;
  const [one, other] = [states[0].propertyScope, states[1].propertyScope];
  const outcome = outcomeOn(property, one, other, action);
  // What throws does so when it is evaluated in earnest.
  return outcome !== 'threw' && outcome !== outcomeOn(property, other, other, action);
}

function outcomeOn(
  property: Parameters<typeof evaluateStep>[0],
  before: AnyScope,
  after: AnyScope,
  action: TakenAction,
): Outcome | 'threw' {
  try {
    return outcomeOf(evaluateStep(property, before, after, action));
  } catch {
    return 'threw';
  }
}

/** The text of an error about a property that does. */
export function identityMessage({ name }: AnyProperty): string {
  return (
    `property "${name}" depends on which objects it is given: it compares parts of the state before and ` +
    'after with === or !==, which are never the same object. Compare numbers, texts and nodes, or ' +
    'isDeepStrictEqual(plain(...), plain(...)).'
  );
}
