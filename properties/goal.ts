import type { PropertyText } from '../checker/model/property.ts';
import { unless } from './notApplicable.ts';

/** What shows that a scene was played, or the reason why it cannot be in this scope. */
interface Scene<Reaches> {
  readonly reaches: Reaches;
  readonly notApplicable: string | undefined;
}

/** A goal of a model, or of a part of one: what it looks at is said by `Reaches`. */
interface Goal<Reaches> extends PropertyText {
  readonly kind: 'sometimes';
  readonly reaches: Reaches;
}

/** A scene that the model must be able to play, or the reason why it cannot in this scope. */
export function goal<Reaches>(
  name: string,
  statement: string,
  { reaches, notApplicable }: Scene<Reaches>,
): Goal<Reaches> {
  return {
    name,
    kind: 'sometimes',
    statement,
    loss: 'Without it, a verdict on this scope says little: the scene was never played.',
    source: 'reachability of the model',
    ...unless(notApplicable),
    reaches,
  };
}
