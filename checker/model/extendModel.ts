import { expectFunctionIfAny, expectKeys, type KeysOf } from '../declarations.ts';
import { SchemaError } from '../state/errors.ts';
import { type Fields, int } from '../state/fields.ts';
import { type BudgetFields, defineSchema, type Schema } from '../state/schema.ts';
import type { ReadonlyRecordView } from '../state/viewTypes.ts';
import {
  type ActionBuilder,
  type AnyAction,
  type AnyModel,
  actionsOf,
  type Bounds,
  defineModel,
  type InFlight,
  type Recorders,
} from './model.ts';
import {
  type PropertyBuilder,
  propertiesOf,
  type TemporalBuilder,
  temporalOf,
} from './propertiesOf.ts';
import type { AnyProperty } from './property.ts';
import type { Specification } from './specification.ts';
import type { AnyTemporalProperty } from './temporal.ts';

/** Nothing by name: what an extension adds of a kind that it leaves out. */
export type None = Readonly<Record<never, never>>;

/** A specification that knows the fields of its model, so that an extension can be typed by them. */
export interface TypedSpecification<
  P extends Fields,
  G extends Fields,
  Budget extends string,
  R extends object,
> extends Specification {
  readonly schema: Schema<P, G, { readonly [Name in Budget]: BudgetFields[string] }>;
  readonly recorders: R;
}

/** A specification with or without types; without, an extension knows only what it adds itself. */
export type Extensible<
  P extends Fields,
  G extends Fields,
  Budget extends string,
  R extends object,
> = Specification & Partial<TypedSpecification<P, G, Budget, R>>;

/** What is added to a model. */
export interface Extension<Whole extends WholeTypes, Added extends AddedTypes> {
  /** What the extended model is called; as the original if absent. */
  readonly name?: string;
  /** Further fields of the protocol, with their initial values at first. */
  readonly protocol?: Added['protocol'];
  /** Further fields of the ghost. */
  readonly ghost?: Added['ghost'];
  /** Further budgets: how often each event may happen. They start full, and are bounds of the scope. */
  readonly budget?: { readonly [Name in Added['budget']]: number };
  readonly recorders?: Added['recorders'];
  /** Further actions, made by the builder that knows the whole state. */
  readonly actions?: (
    action: ActionBuilder<Whole['protocol'], Whole['recorders'], Whole['budget']>,
  ) => readonly AnyAction[];
  /** Further properties, made by builders that know the whole state. */
  readonly properties?: (
    builder: PropertyBuilder<Whole['protocol'], Whole['ghost']>,
  ) => readonly AnyProperty[];
  /** Further temporal properties, made by builders that know the whole state. */
  readonly temporal?: (
    builder: TemporalBuilder<Whole['protocol'], Whole['ghost']>,
  ) => readonly AnyTemporalProperty[];
  /** Further messages that are in flight in a state. */
  readonly messages?: MessagesIn<Whole['protocol']>;
}

type MessagesIn<P extends Fields> = (protocol: ReadonlyRecordView<P>) => readonly InFlight[];

interface WholeTypes {
  readonly protocol: Fields;
  readonly ghost: Fields;
  readonly budget: string;
  readonly recorders: object;
}
type AddedTypes = WholeTypes;

const extensionKeys: KeysOf<Extension<WholeTypes, AddedTypes>> = {
  name: true,
  protocol: true,
  ghost: true,
  budget: true,
  recorders: true,
  actions: true,
  properties: true,
  temporal: true,
  messages: true,
};

/**
 * The same model with further fields, budgets, actions and properties. The original is left as it is,
 * and its actions and properties work on the extended state as on their own.
 *
 * @throws SchemaError when the original has something of a name that the extension adds; DeclarationError
 * when something is not written as its type says.
 */
export function extendModel<
  P extends Fields = None,
  G extends Fields = None,
  B extends string = never,
  R extends object = None,
  P2 extends Fields = None,
  G2 extends Fields = None,
  B2 extends string = never,
  R2 extends Recorders<G & G2> = None,
>(
  original: Extensible<P, G, B, R>,
  extension: Extension<
    { protocol: P & P2; ghost: G & G2; budget: B | B2; recorders: R & R2 },
    { protocol: P2; ghost: G2; budget: B2; recorders: R2 }
  >,
): TypedSpecification<P & P2, G & G2, B | B2, R & R2> {
  const { model } = original;
  expectKeys(`model "${model.name}": extension`, extension, extensionKeys);
  const { name = model.name, protocol = {}, ghost = {}, recorders = {} } = extension;
  const budget: Bounds = extension.budget ?? {};
  const joined = joinerFor(model.name);
  const bounds = joined('bound', model.bounds, budget);
  const schema = defineSchema({
    protocol: joined<Fields[string]>('protocol field', model.schema.protocol.fields, protocol),
    ghost: joined<Fields[string]>('ghost field', model.schema.ghost.fields, ghost),
    budget: joined('budget', model.schema.budget.fields, budgetFields(budget)),
    // Its fields are those of the original and of the extension, which the compiler cannot follow.
  }) as unknown as TypedSpecification<P & P2, G & G2, B | B2, R & R2>['schema'];
  expectFunctionIfAny(`model "${model.name}": extension`, 'messages', extension.messages);
  const allRecorders = joined<unknown>('recorder', { ...model.recorders }, { ...recorders });
  const typedRecorders = allRecorders as R & R2;
  const actions = extension.actions?.(actionsOf(schema, typedRecorders as never)) ?? [];
  const properties = extension.properties?.(propertiesOf(schema)) ?? [];
  const { temporal: ownTemporal = [] } = original;
  const temporal = extension.temporal?.(temporalOf(schema)) ?? [];
  const own = [...original.properties, ...ownTemporal];
  rejectTwice('property', own, [...properties, ...temporal], model.name);
  rejectTwice('action', model.actions, actions, model.name);
  const extended = defineModel({
    ...model,
    name,
    bounds,
    schema,
    recorders: allRecorders as never,
    initialStates: model.initialStates.map(initialize => state => {
      // The state has every field of the original, which is all that it asks for.
      const returned: unknown = initialize(state as never);
      Object.assign(state.budget, budget);
      // Nothing, as its type says; what else it is, engines refuse.
      return returned as undefined;
    }),
    actions: [...model.actions, ...actions],
    messages: bothMessages(model.messages, extension.messages),
    // It finds its own fields in the state, which has every field of the original.
    ends: model.ends as never,
  });
  return {
    model: extended,
    properties: [...original.properties, ...properties],
    temporal: [...ownTemporal, ...temporal],
    schema,
    recorders: typedRecorders,
  };
}

/** The messages of the original, and then those that are added. */
function bothMessages(
  own: AnyModel['messages'],
  added: AnyModel['messages'],
): ((protocol: ReadonlyRecordView<Fields>) => readonly InFlight[]) | undefined {
  if (own === undefined && added === undefined) return undefined;
  // Both find their own fields in the state, which has every field of the original and of the extension.
  return protocol => [own, added].flatMap(messagesIn => messagesIn?.(protocol as never) ?? []);
}

function budgetFields(budget: Bounds): BudgetFields {
  return Object.fromEntries(Object.entries(budget).map(([name, most]) => [name, int(0, most)]));
}

type Named<Value> = Readonly<Record<string, Value>>;

/** Joins what the original has with what is added to it, each under a name of its own. */
function joinerFor(model: string) {
  return <Value>(kind: string, own: Named<Value>, added: Named<Value>): Named<Value> => {
    const twice = Object.keys(added).find(name => Object.hasOwn(own, name));
    if (twice !== undefined) throw clash(model, kind, twice);
    return { ...own, ...added };
  };
}

function rejectTwice(
  kind: string,
  own: readonly { readonly name: string }[],
  added: readonly { readonly name: string }[],
  model: string,
): void {
  const names = [...own, ...added].map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw clash(model, kind, twice);
}

function clash(model: string, kind: string, name: string): SchemaError {
  return new SchemaError(`model "${model}" has a ${kind} "${name}" already: choose another name`);
}
