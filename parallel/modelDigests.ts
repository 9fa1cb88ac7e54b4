import type { AnyModel } from '../checker/model/model.ts';
import type { Specification } from '../checker/model/specification.ts';
import type { Fields } from '../checker/state/fields.ts';
import { digestOf } from './digest.ts';
import { valueText } from './valueText.ts';

/** What something is made of: of each part, by what people call it, a digest. */
export type Digests = Readonly<Record<string, string>>;

/**
 * The parts of a model and its properties, as far as they make a difference to a search: the text of
 * each function, names, kinds, parameters with their domains, budgets, and the fields of the schema.
 */
export function modelDigests({ model, properties }: Omit<Specification, 'temporal'>): Digests {
  const parts: [string, unknown][] = [
    ...model.actions.map(action => part('action', action.name, action)),
    ...properties.map(property => part('property', property.name, property)),
    ...model.initialStates.map((state, index) => part('initial state', index + 1, state)),
    ...Object.entries(model.recorders).map(([name, recorder]) => part('recorder', name, recorder)),
    ...fieldParts(model),
    ['the order of the actions', model.actions.map(({ name }) => name)],
  ];
  return Object.fromEntries(parts.map(([name, value]) => [name, digestOf(valueText(value))]));
}

function fieldParts({ schema }: AnyModel): [string, unknown][] {
  const kinds: [string, Fields][] = [
    ['protocol field', schema.protocol.fields],
    ['ghost field', schema.ghost.fields],
    ['budget', schema.budget.fields],
  ];
  const order = kinds.map(([, fields]) => Object.keys(fields));
  const parts = kinds.flatMap(([kind, fields]) =>
    Object.entries(fields).map(([name, field]) => part(kind, name, field)),
  );
  return [...parts, ['the order of the fields', order]];
}

function part(kind: string, name: string | number, value: unknown): [string, unknown] {
  return [`${kind} ${name}`, value];
}
