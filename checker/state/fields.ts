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
/** What a list, a per-node array or a link may hold. */
export type ElementField = ScalarField | OptionalField<ScalarField> | RecordField<Fields>;
export interface ListField<Element extends ScalarField | RecordField<Fields>> {
  readonly kind: 'list';
  readonly element: Element;
  readonly capacity: number;
}
export interface PerNodeField<Name extends string, Element extends ElementField> {
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
  | ListField<ScalarField | RecordField<Fields>>
  | PerNodeField<string, ElementField>
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

/** A scalar that may be absent. Initially `undefined`. */
export function optional<Inner extends ScalarField>(inner: Inner): OptionalField<Inner> {
  return { kind: 'optional', inner };
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

/** An ordered list of at most `capacity` elements. Initially empty. */
export function list<Element extends ScalarField | RecordField<Fields>>(
  element: Element,
  capacity: number,
): ListField<Element> {
  return { kind: 'list', element, capacity };
}

/** One element for every node of the type. */
export function perNode<Name extends string, Element extends ElementField>(
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
