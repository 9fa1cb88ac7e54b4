import type { PropertyText } from '../checker/model/property.ts';
import { unless } from './notApplicable.ts';

/** What shows that a scene was played. */
interface Scene<Reaches> {
  readonly reaches: Reaches;
  /** What a scope must have for it, in words. */
  readonly needs?: string;
  /** Why there is no such scene by the rules of this scope. */
  readonly notApplicable?: string | undefined;
}

/** A goal of a model, or of a part of one: what it looks at is said by `Reaches`. */
interface Goal<Reaches> extends PropertyText {
  readonly kind: 'sometimes';
  readonly reaches: Reaches;
}

/** A scene that the model must be able to play where the scope has what it takes. */
export function goal<Reaches>(
  name: string,
  statement: string,
  { reaches, needs, notApplicable }: Scene<Reaches>,
): Goal<Reaches> {
  return {
    name,
    kind: 'sometimes',
    statement,
    loss: 'Without it, a verdict on this scope says little: the scene was never played.',
    source: 'reachability of the model',
    ...unless(notApplicable),
    ...(needs === undefined ? {} : { needs }),
    reaches,
  };
}
