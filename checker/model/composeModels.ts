import { DeclarationError } from '../declarationError.ts';
import { expectName, isObject } from '../declarations.ts';
import { type Fields, type IntField, type RecordField, record } from '../state/fields.ts';
import { type BudgetFields, defineSchema, type Schema } from '../state/schema.ts';
import type { TypedSpecification } from './extendModel.ts';
import {
  type AnyModel,
  type Bounds,
  defineModel,
  expectModel,
  type InFlight,
  type Recorders,
} from './model.ts';
import { Part } from './part.ts';
import type { AnyProperty } from './property.ts';
import type { Specification } from './specification.ts';
import type { AnyTemporalProperty } from './temporal.ts';

/** Models that are to be parts of one, each under a name of its own; with a schema its fields are typed. */
export type Parts = { readonly [name: string]: Specification & { readonly schema?: unknown } };

type FieldsOf<Of, Which extends 'protocol' | 'ghost'> = Of extends {
  readonly schema: Schema<infer P, infer G, BudgetFields>;
}
  ? RecordField<Which extends 'protocol' ? P : G>
  : RecordField<Fields>;

/** The protocol, or the ghost, of a model of parts: that of each under its name. */
export type FieldsOfParts<Of extends Parts, Which extends 'protocol' | 'ghost'> = {
  readonly [Name in keyof Of & string]: FieldsOf<Of[Name], Which>;
};

type AnyPart = Part<string, Fields, Fields, Recorders<Fields>>;
interface Member {
  readonly part: AnyPart;
  readonly of: Specification;
}

/**
 * One model that is made of others, and of several instances of one if need be: in each step one of them takes a step.
 * Actions and properties are called `<part>.<name>`; guards, steps and clauses see their own part and nothing else.
 * Budgets that are named alike are one budget. What lies between the parts is added by {@link extendModel}.
 *
 * @throws DeclarationError when a part is no specification, or its name is none.
 */
export function composeModels<Of extends Parts>(
  name: string,
  parts: Of,
): TypedSpecification<FieldsOfParts<Of, 'protocol'>, FieldsOfParts<Of, 'ghost'>, string, object> {
  const members = Object.entries(parts).map(([part, of]) => memberOf(name, part, of));
  const nested = (which: 'protocol' | 'ghost'): Fields =>
    Object.fromEntries(
      members.map(({ part, of }) => [part.name, record(of.model.schema[which].fields)]),
    );
  const bounds = largest(members.map(({ of }) => of.model.bounds));
  const schema = defineSchema({
    protocol: nested('protocol'),
    ghost: nested('ghost'),
    budget: budgetsOf(members),
  });
  const recorders = Object.assign({}, ...members.map(({ part }) => part.recorders));
  const model = defineModel({
    name,
    version: Math.max(1, ...members.map(({ of }) => of.model.version)),
    config: Object.fromEntries(members.map(({ part, of }) => [part.name, { ...of.model.config }])),
    bounds,
    defects: members.flatMap(({ part, of }) =>
      of.model.defects.map(defect => `${part.name}.${defect}`),
    ),
    schema,
    recorders: recorders as Recorders<Fields>,
    initialStates: initialStatesOf(members, bounds) as never,
    actions: members.flatMap(({ part, of }) => of.model.actions.map(action => part.lift(action))),
    ...togetherOf(members),
  });
  const properties = members.flatMap(({ part, of }): AnyProperty[] =>
    of.properties.map(one => part.liftProperty(one, { name: `${part.name}.${one.name}` })),
  );
  const temporal = members.flatMap(({ part, of: { temporal: own = [] } }): AnyTemporalProperty[] =>
    own.map(one => part.liftTemporal(one, `${part.name}.${one.name}`)),
  );
  // The schema has a record of the fields of each part under its name.
  return { model, properties, temporal, schema, recorders } as never;
}

function memberOf(whole: string, name: string, of: unknown): Member {
  expectName(`model "${whole}": parts`, name);
  if (!isObject(of) || !('model' in of) || !('properties' in of)) {
    const expected = 'expected a specification ({ model, properties })';
    throw DeclarationError.at(`model "${whole}": parts.${name}`, expected);
  }
  // It has what a specification has.
  const specification = of as Specification;
  const { model } = specification;
  expectModel(model);
  const renamed = model.actions.map(({ name: own }) => [own, `${name}.${own}`] as const);
  // The recorders of a model of which only the shape is known.
  const recorders = model.recorders as Recorders<Fields>;
  const part = new Part(name, recorders, { renamed: Object.fromEntries(renamed) });
  return { part: part as AnyPart, of: specification };
}

function largest(bounds: readonly Bounds[]): Bounds {
  const all: Record<string, number> = {};
  for (const [name, bound] of bounds.flatMap(own => Object.entries(own))) {
    all[name] = Math.max(all[name] ?? 0, bound);
  }
  return all;
}

/** The budgets of all parts; of one that several have, the field with the most room. */
function budgetsOf(members: readonly Member[]): BudgetFields {
  const all: Record<string, IntField> = {};
  for (const { of } of members) {
    for (const [name, field] of Object.entries(of.model.schema.budget.fields)) {
      const known = all[name];
      if (known === undefined || known.max < field.max) all[name] = field;
    }
  }
  return all;
}

type Initialize = (state: {
  readonly protocol: Readonly<Record<string, unknown>>;
  readonly ghost: Readonly<Record<string, unknown>>;
  readonly budget: Record<string, number>;
}) => undefined;

/** Each initial state of one part with each of the others. */
function initialStatesOf(members: readonly Member[], bounds: Bounds): readonly Initialize[] {
  let all: Initialize[] = [() => undefined];
  for (const { part, of } of members) {
    all = all.flatMap(before =>
      of.model.initialStates.map(
        (initialize): Initialize =>
          state => {
            before(state);
            const own = { protocol: state.protocol[part.name], ghost: state.ghost[part.name] };
            const returned: unknown = initialize({ ...own, budget: state.budget } as never);
            Object.assign(state.budget, bounds);
            // Nothing, as its type says; what else it is, engines refuse.
            return returned as undefined;
          },
      ),
    );
  }
  return all;
}

/** What is in flight in any part, and whether all of them have come to their ends. */
function togetherOf(members: readonly Member[]) {
  const ofPart = (protocol: object, { part }: Member): never =>
    Reflect.get(protocol, part.name) as never;
  const messages = (protocol: object): readonly InFlight[] =>
    members.flatMap(member => member.of.model.messages?.(ofPart(protocol, member)) ?? []);
  const ends = (protocol: object): boolean =>
    members.every(member => member.of.model.ends?.(ofPart(protocol, member)) === true);
  const some = (key: keyof Pick<AnyModel, 'messages' | 'ends'>): boolean =>
    members.some(({ of }) => of.model[key] !== undefined);
  return { ...(some('messages') ? { messages } : {}), ...(some('ends') ? { ends } : {}) };
}
