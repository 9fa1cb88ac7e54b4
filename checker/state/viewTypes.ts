import type {
  Field,
  Fields,
  LifecycleField,
  LinksField,
  ListField,
  MapField,
  NodeSetField,
  OptionalField,
  OptionalRecordField,
  PerNodeField,
  RecordField,
  ScalarField,
  ScalarValue,
  SetField,
  VariantsField,
} from './fields.ts';
import type { Node } from './nodeType.ts';

type Scalar = string | number | boolean | undefined;

/** What the value of a view is: see `plain`. */
export type Plain<Value> = Value extends Scalar
  ? Value
  : Value extends { toJSON(): infer Copy }
    ? Copy
    : { -readonly [Name in keyof Value]: Plain<Value[Name]> };

/** Reads a set of nodes; those in it can be gone through in ascending order. */
export interface ReadonlyNodeSetView<Name extends string> extends Iterable<Node<Name>> {
  readonly size: number;
  readonly isEmpty: boolean;
  has(node: Node<Name>): boolean;
  isSubsetOf(other: ReadonlyNodeSetView<Name>): boolean;
  every(test: (node: Node<Name>) => boolean): boolean;
  some(test: (node: Node<Name>) => boolean): boolean;
  /** The nodes in it, in ascending order. */
  toJSON(): readonly Node<Name>[];
}
export interface NodeSetView<Name extends string> extends ReadonlyNodeSetView<Name> {
  add(node: Node<Name>): void;
  delete(node: Node<Name>): void;
  clear(): void;
  /** Makes this set equal to `other`. */
  assign(other: ReadonlyNodeSetView<Name>): void;
}

/** Those of several types whose fields can be as in a pattern. */
export type Like<Value, Given> = Value extends unknown
  ? Given extends { readonly [K in keyof Given]: K extends keyof Value ? Value[K] : never }
    ? Value
    : never
  : never;

/**
 * Reads a set. Its elements are plain values that cannot be changed, equal ones the same object. Each way to
 * look at it reads no more of the state than it must; {@link where} looks at a part of it.
 */
interface ReadonlySetView<Value, Pattern> extends Iterable<Value> {
  readonly size: number;
  readonly isEmpty: boolean;
  has(value: Value): boolean;
  /** The elements that have these fields, to read. */
  where<const Given extends Pattern>(pattern: Given): ReadonlySetView<Like<Value, Given>, Pattern>;
  some(test: (value: Value) => boolean): boolean;
  every(test: (value: Value) => boolean): boolean;
  /** One for which the test is true: of several the one that is first by its fields. */
  find(test: (value: Value) => boolean): Value | undefined;
  filter(test: (value: Value) => boolean): Value[];
  /** The elements, sorted by their fields. */
  toJSON(): readonly Value[];
}
interface SetView<Value, Pattern> extends ReadonlySetView<Value, Pattern> {
  add(value: Value): void;
  delete(value: Value): void;
  clear(): void;
}

/** Reads a map: plain values by their keys. */
interface ReadonlyMapView<Key, Value> extends Iterable<[Key, Value]> {
  readonly size: number;
  readonly isEmpty: boolean;
  has(key: Key): boolean;
  get(key: Key): Value | undefined;
  some(test: (value: Value, key: Key) => boolean): boolean;
  every(test: (value: Value, key: Key) => boolean): boolean;
  /** A key and its value for which the test is true: of several the first. */
  find(test: (value: Value, key: Key) => boolean): [Key, Value] | undefined;
  filter(test: (value: Value, key: Key) => boolean): [Key, Value][];
  /** The keys and values, sorted by keys. */
  toJSON(): readonly (readonly [Key, Value])[];
}
export interface MapView<Key, Value> extends ReadonlyMapView<Key, Value> {
  set(key: Key, value: Value): void;
  delete(key: Key): void;
  clear(): void;
}

interface ReadonlyLifecycleView<State extends string> {
  readonly state: State;
  /** The name of its state. */
  toJSON(): State;
}
export interface LifecycleView<State extends string, Event extends string, Effect extends string>
  extends ReadonlyLifecycleView<State> {
  /**
   * Takes the transition and runs the effects it names, in XState's order, on `subject`.
   *
   * @throws LifecycleError when the machine does not accept the event in the present state.
   */
  send<Subject>(event: Event, effects: EffectHandlers<Effect, Subject>, subject: Subject): void;
}
/** What each effect of a lifecycle does: an implementation is owed for every effect. */
export type EffectHandlers<Effect extends string, Subject> = {
  readonly [Name in Effect]: (subject: Subject) => void;
};

/** Reads a list; its elements can be gone through in their order. */
export interface ReadonlyListView<Element> extends Iterable<Element> {
  readonly length: number;
  readonly capacity: number;
  /** @throws BoundsError when there is no element at `index`. */
  get(index: number): Element;
  some(test: (element: Element) => boolean): boolean;
  every(test: (element: Element) => boolean): boolean;
  /** The first index of an element for which the test is true, or -1. */
  findIndex(test: (element: Element) => boolean): number;
  /** A copy of the first element for which the test is true. */
  find(test: (element: Element) => boolean): Plain<Element> | undefined;
  /** Copies of the elements for which the test is true. */
  filter(test: (element: Element) => boolean): Plain<Element>[];
  /** A copy of the elements. */
  toJSON(): readonly Plain<Element>[];
}
/**
 * A list. What `get` returned of a list of records is an element of it until it is moved or removed
 * ({@link truncate}, {@link removeFirst}, {@link removeAt}, `clear` of what the list is in): then any use of it
 * is an error. What is looked for or taken away is returned as a copy, which stays as it is.
 */
interface ListView<Element, Initial> extends ReadonlyListView<Element> {
  /** @throws BoundsError when the list is full. */
  push(value: Initial): void;
  /** Puts a value in the place of the element at `index`. */
  set(index: number, value: Initial): void;
  /** Takes the element at `index` away: those behind it move. */
  removeAt(index: number): Plain<Element>;
  /** Takes the first element away; there must be one. */
  shift(): Plain<Element>;
  /** Keeps the first `length` elements; a longer `length` changes nothing. */
  truncate(length: number): void;
  /** Drops the first `count` elements, or all of them if there are fewer. */
  removeFirst(count: number): void;
}

export interface ReadonlyPerNodeView<Name extends string, Element> {
  get(node: Node<Name>): Element;
  /** A copy of the elements; a node is the index of its own. */
  toJSON(): readonly Plain<Element>[];
}
interface PerNodeView<Name extends string, Element> extends ReadonlyPerNodeView<Name, Element> {
  /** Returns the element of `node` to its initial value. */
  clear(node: Node<Name>): void;
}
interface PerNodeScalarView<Name extends string, Value> extends PerNodeView<Name, Value> {
  set(node: Node<Name>, value: Value): void;
}

interface ReadonlyLinksView<Name extends string, Element> {
  /** The record of the link; `from` and `to` must differ. */
  get(from: Node<Name>, to: Node<Name>): Element;
  /** A copy of the records, by sender and receiver; there is none from a node to itself. */
  toJSON(): readonly (readonly (Plain<Element> | undefined)[])[];
}
interface LinksView<Name extends string, Element> extends ReadonlyLinksView<Name, Element> {
  /** Returns the record of the link to its initial value. */
  clear(from: Node<Name>, to: Node<Name>): void;
}

/** What may be absent may be left out. */
type AbsentKeys<R extends Fields> = {
  [K in keyof R]: R[K] extends OptionalField<ScalarField> | OptionalRecordField<Fields> ? K : never;
}[keyof R];
type Flat<T> = { [K in keyof T]: T[K] };
/** A plain value of a field that is read and written as a whole. */
type WholeValue<F> =
  F extends OptionalRecordField<infer R>
    ? WholeValue<RecordField<R>> | undefined
    : F extends RecordField<infer R>
      ? Flat<
          { readonly [K in Exclude<keyof R, AbsentKeys<R>>]: WholeValue<R[K]> } & {
            readonly [K in AbsentKeys<R>]?: WholeValue<R[K]>;
          }
        >
      : F extends OptionalField<infer Inner>
        ? ScalarValue<Inner> | undefined
        : ScalarValue<F>;
/** An element of a set. */
export type SetValue<F> =
  F extends VariantsField<infer Tag, infer Cases>
    ? {
        [Name in keyof Cases & string]: Flat<
          { readonly [_ in Tag]: Name } & WholeValue<RecordField<Cases[Name]>>
        >;
      }[keyof Cases & string]
    : WholeValue<F>;
/** Some of the fields of a record, with its tag if it has one; of a scalar nothing can be asked. */
export type SetPattern<F> =
  F extends VariantsField<infer Tag, infer Cases>
    ? {
        [Name in keyof Cases & string]: { readonly [_ in Tag]: Name } & Partial<
          WholeValue<RecordField<Cases[Name]>>
        >;
      }[keyof Cases & string]
    : F extends RecordField<Fields>
      ? Partial<WholeValue<F>>
      : never;

type Scalarish = ScalarField | OptionalField<ScalarField> | OptionalRecordField<Fields>;
type ScalarKeys<R extends Fields> = {
  [K in keyof R]: R[K] extends Scalarish ? K : never;
}[keyof R];
type InitKeys<R extends Fields> = {
  [K in keyof R]: R[K] extends Scalarish | NodeSetField<string> ? K : never;
}[keyof R];

type ScalarishValue<F> =
  F extends OptionalRecordField<Fields>
    ? WholeValue<F>
    : F extends OptionalField<infer Inner>
      ? ScalarValue<Inner> | undefined
      : ScalarValue<F>;

/** The values that make a record: its scalars and sets. Lists in it start empty. */
type RecordInit<R extends Fields> = {
  readonly [K in InitKeys<R>]: R[K] extends NodeSetField<infer Name>
    ? ReadonlyNodeSetView<Name>
    : ScalarishValue<R[K]>;
};
type ElementInit<E> = E extends RecordField<infer R> ? RecordInit<R> : ScalarishValue<E>;

/** What a protocol sees of a record: scalars to read and write, containers to work on. */
export type RecordView<R extends Fields> = {
  -readonly [K in ScalarKeys<R>]: ScalarishValue<R[K]>;
} & {
  readonly [K in Exclude<keyof R, ScalarKeys<R>>]: View<R[K]>;
};
/** The same record for guards and properties, which must not change it. */
export type ReadonlyRecordView<R extends Fields> = {
  readonly [K in keyof R]: ReadonlyView<R[K]>;
};

type PerNodeViewOf<Name extends string, E extends Field> = E extends Scalarish
  ? PerNodeScalarView<Name, ScalarishValue<E>>
  : PerNodeView<Name, View<E>>;

/** The typed view of a field, inferred from its declaration. */
type View<F extends Field> = F extends Scalarish
  ? ScalarishValue<F>
  : F extends LifecycleField<infer State, infer Event, infer Effect>
    ? LifecycleView<State, Event, Effect>
    : F extends NodeSetField<infer Name>
      ? NodeSetView<Name>
      : F extends RecordField<infer R>
        ? RecordView<R>
        : F extends ListField<infer E>
          ? ListView<View<E>, ElementInit<E>>
          : F extends PerNodeField<infer Name, infer E>
            ? PerNodeViewOf<Name, E>
            : F extends LinksField<infer Name, infer R>
              ? LinksView<Name, RecordView<R>>
              : F extends SetField<infer E>
                ? SetView<SetValue<E>, SetPattern<E>>
                : F extends MapField<infer Key, infer V>
                  ? MapView<ScalarValue<Key>, WholeValue<V>>
                  : never;

/** The view of a field that can only be read. */
type ReadonlyView<F extends Field> = F extends Scalarish
  ? ScalarishValue<F>
  : F extends LifecycleField<infer State, string, string>
    ? ReadonlyLifecycleView<State>
    : F extends NodeSetField<infer Name>
      ? ReadonlyNodeSetView<Name>
      : F extends RecordField<infer R>
        ? ReadonlyRecordView<R>
        : F extends ListField<infer E>
          ? ReadonlyListView<ReadonlyView<E>>
          : F extends PerNodeField<infer Name, infer E>
            ? ReadonlyPerNodeView<Name, ReadonlyView<E>>
            : F extends LinksField<infer Name, infer R>
              ? ReadonlyLinksView<Name, ReadonlyRecordView<R>>
              : F extends SetField<infer E>
                ? ReadonlySetView<SetValue<E>, SetPattern<E>>
                : F extends MapField<infer Key, infer V>
                  ? ReadonlyMapView<ScalarValue<Key>, WholeValue<V>>
                  : never;
