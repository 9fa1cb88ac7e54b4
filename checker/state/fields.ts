import type { LifecycleTable } from './lifecycleTable.ts';
import type { Node, NodeType } from './nodeType.ts';

/** A whole number from `min` to `max`, both included. */
export interface IntField {
  readonly kind: 'int';
  readonly min: number;
  readonly max: number;
}
export interface FlagField {
  readonly kind: 'flag';
}
export interface EnumField<Name extends string> {
  readonly kind: 'enum';
  readonly names: readonly Name[];
}
export interface NodeField<Name extends string> {
  readonly kind: 'node';
  readonly type: NodeType<Name>;
}
export type ScalarField = IntField | FlagField | EnumField<string> | NodeField<string>;
/** A scalar that may be absent; absence reads as `undefined`. */
export interface OptionalField<Inner extends ScalarField> {
  readonly kind: 'optional';
  readonly inner: Inner;
}
/** A record of values that may be absent; it is read and written as a whole. */
export interface OptionalRecordField<Inner extends Fields> {
  readonly kind: 'optionalRecord';
  readonly element: RecordField<Inner>;
}
/** The state of a compiled XState machine. */
export interface LifecycleField<State extends string, Event extends string, Effect extends string> {
  readonly kind: 'lifecycle';
  readonly table: LifecycleTable<State, Event, Effect>;
}
export interface NodeSetField<Name extends string> {
  readonly kind: 'nodeSet';
  readonly type: NodeType<Name>;
}
export type Fields = { readonly [name: string]: Field };
export interface RecordField<Inner extends Fields> {
  readonly kind: 'record';
  readonly fields: Inner;
}
/** One of several records, told apart by a tag. */
export interface VariantsField<Tag extends string, Cases extends VariantCases> {
  readonly kind: 'variants';
  readonly tag: Tag;
  readonly cases: Cases;
}
/** The fields of each of them, by the value of the tag. */
export type VariantCases = { readonly [name: string]: Fields };
/** What a set may hold. */
export type SetElement = ScalarField | RecordField<Fields> | VariantsField<string, VariantCases>;
/** Any number of different values, of all that there can be. */
export interface SetField<Element extends SetElement> {
  readonly kind: 'set';
  readonly element: Element;
}
export type KeyField = NodeField<string> | IntField | EnumField<string>;
/** A value for some of the keys. */
export interface MapField<Key extends KeyField, Value extends ScalarField | RecordField<Fields>> {
  readonly kind: 'map';
  readonly key: Key;
  readonly value: Value;
}
export interface ListField<Element extends ScalarField | RecordField<Fields>> {
  readonly kind: 'list';
  readonly element: Element;
  readonly capacity: number;
}
export interface PerNodeField<Name extends string, Element extends Field> {
  readonly kind: 'perNode';
  readonly type: NodeType<Name>;
  readonly element: Element;
}
/** One record per ordered pair of distinct nodes. */
export interface LinksField<Name extends string, Inner extends Fields> {
  readonly kind: 'links';
  readonly type: NodeType<Name>;
  readonly element: RecordField<Inner>;
}
export type Field =
  | ScalarField
  | OptionalField<ScalarField>
  | LifecycleField<string, string, string>
  | NodeSetField<string>
  | RecordField<Fields>
  | OptionalRecordField<Fields>
  | SetField<SetElement>
  | MapField<KeyField, ScalarField | RecordField<Fields>>
  | ListField<ScalarField | RecordField<Fields>>
  | PerNodeField<string, Field>
  | LinksField<string, Fields>;

/*
 * What builders are given is held to its type by defineSchema, which can say which field it is of.
 */

/** A whole number from `min` to `max`, which span at most two bytes. Initially `min`. */
export function int(min: number, max: number): IntField {
  return { kind: 'int', min, max };
}

/** A boolean. Initially false. */
export function flag(): FlagField {
  return { kind: 'flag' };
}

/** One of several names, at most 254. Initially the first. */
export function enumeration<Name extends string>(...names: readonly Name[]): EnumField<Name> {
  return { kind: 'enum', names };
}

/** A reference to a node. Reading it before it was set is a {@link BoundsError}. */
export function node<Name extends string>(type: NodeType<Name>): NodeField<Name> {
  return { kind: 'node', type };
}

/** A scalar, or a record of scalars, that may be absent. Initially `undefined`. */
export function optional<Inner extends Fields>(
  inner: RecordField<Inner>,
): OptionalRecordField<Inner>;
export function optional<Inner extends ScalarField>(inner: Inner): OptionalField<Inner>;
export function optional(
  inner: ScalarField | RecordField<Fields>,
): OptionalField<ScalarField> | OptionalRecordField<Fields> {
  return inner?.kind === 'record'
    ? { kind: 'optionalRecord', element: inner }
    : { kind: 'optional', inner };
}

/** The state of a lifecycle compiled by `compileLifecycle`. Initially the machine's initial state. */
export function lifecycle<State extends string, Event extends string, Effect extends string>(
  table: LifecycleTable<State, Event, Effect>,
): LifecycleField<State, Event, Effect> {
  return { kind: 'lifecycle', table };
}

/** A set of nodes. Initially empty. */
export function nodeSet<Name extends string>(type: NodeType<Name>): NodeSetField<Name> {
  return { kind: 'nodeSet', type };
}

/** Named fields. */
export function record<Inner extends Fields>(fields: Inner): RecordField<Inner> {
  return { kind: 'record', fields };
}

/**
 * Records of several kinds, for the elements of a set: which kind one is of, its field `tag` says. Each has the
 * fields of its kind alone, so that there are fewer of them than of records with all of the fields.
 */
export function variants<Tag extends string, Cases extends VariantCases>(
  tag: Tag,
  cases: Cases,
): VariantsField<Tag, Cases> {
  return { kind: 'variants', tag, cases };
}

/**
 * A set of scalars, or of records of scalars. Initially empty. There may be at most 4,096 different elements: it
 * takes a byte for each of them, so that code that asks for one reads that one alone.
 */
export function set<Element extends SetElement>(element: Element): SetField<Element> {
  return { kind: 'set', element };
}

/** A scalar, or a record of scalars, for some of the nodes, numbers or names. Initially for none. */
export function map<Key extends KeyField, Value extends ScalarField | RecordField<Fields>>(
  key: Key,
  value: Value,
): MapField<Key, Value> {
  return { kind: 'map', key, value };
}

/** An ordered list of at most `capacity` elements. Initially empty. */
export function list<Element extends ScalarField | RecordField<Fields>>(
  element: Element,
  capacity: number,
): ListField<Element> {
  return { kind: 'list', element, capacity };
}

/** One element for every node of the type. */
export function perNode<Name extends string, Element extends Field>(
  type: NodeType<Name>,
  element: Element,
): PerNodeField<Name, Element> {
  return { kind: 'perNode', type, element };
}

/** One record for every ordered pair of distinct nodes: a place for messages in flight. */
export function links<Name extends string, Inner extends Fields>(
  type: NodeType<Name>,
  element: RecordField<Inner>,
): LinksField<Name, Inner> {
  return { kind: 'links', type, element };
}

/** The value a scalar field reads as. */
export type ScalarValue<F> = F extends IntField
  ? number
  : F extends FlagField
    ? boolean
    : F extends EnumField<infer Name>
      ? Name
      : F extends NodeField<infer Name>
        ? Node<Name>
        : never;
