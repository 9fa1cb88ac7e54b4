import type { Fields } from '../state/fields.ts';
import type { AnyProperty, StepProperty } from './property.ts';
import { isTrue } from './returnValues.ts';

/**
 * The property as something that a search stops at and that can be shortened. A goal becomes the
 * claim that it is never reached, so that a witness is found, and cut, as a counterexample is.
 */
export function refutable(property: AnyProperty): AnyProperty {
  if (property.kind !== 'sometimes') return property;
  const { reaches, ...text } = property;
  const { statement } = property;
  const never: StepProperty<Fields, Fields> = {
    ...text,
    kind: 'step',
    holds: (before, after, action) =>
      !isTrue(reaches(before, after, action), 'reaches') || statement,
  };
  return never;
}
