import { SchemaError } from '../state/errors.ts';
import type {
  Fields,
  KeyField,
  ListField,
  MapField,
  RecordField,
  ScalarField,
  ScalarValue,
  SetElement,
  SetField,
} from '../state/fields.ts';
import type { Node, NodeType } from '../state/nodeType.ts';
import type { Like, SetPattern, SetValue } from '../state/viewTypes.ts';

/** The finite domain of one parameter of an action. */
export type ParamDomain =
  | NodeDomain<string>
  | OptionalNodeDomain<string>
  | IntDomain
  | ChoiceDomain<string>
  | SubsetDomain<string>
  | ElementDomain<unknown>
  | KeyDomain<KeyField>
  | IndexDomain
  | RecordDomain<ParamDomains>;
export interface NodeDomain<Name extends string> {
  readonly kind: 'node';
  readonly type: NodeType<Name>;
}
export interface OptionalNodeDomain<Name extends string> {
  readonly kind: 'optionalNode';
  readonly type: NodeType<Name>;
}
export interface IntDomain {
  readonly kind: 'int';
  readonly min: number;
  readonly max: number;
}
export interface ChoiceDomain<Name extends string> {
  readonly kind: 'choice';
  readonly names: readonly Name[];
}
/** Sets of nodes. */
export interface SubsetDomain<Name extends string> {
  readonly kind: 'subset';
  readonly type: NodeType<Name>;
  readonly atLeast: number;
  readonly atMost: number;
}
/** The elements that a set of the state has. */
export interface ElementDomain<Value> {
  readonly kind: 'element';
  readonly field: SetField<SetElement>;
  /** What they have in common, if that is said. */
  readonly pattern: unknown;
  /** What they are; there is no such property. */
  readonly value?: Value;
}
/** The keys that a map of the state has. */
export interface KeyDomain<Key extends KeyField> {
  readonly kind: 'key';
  readonly field: MapField<Key, ScalarField | RecordField<Fields>>;
}
/** The places of the elements that a list of the state has. */
export interface IndexDomain {
  readonly kind: 'index';
  readonly field: ListField<ScalarField | RecordField<Fields>>;
}
/** Several values under one name. */
export interface RecordDomain<Domains extends ParamDomains> {
  readonly kind: 'record';
  readonly params: Domains;
}

/** Any node of the type. */
export function anyNode<Name extends string>(type: NodeType<Name>): NodeDomain<Name> {
  return { kind: 'node', type };
}
/** Any node of the type, or none. */
export function anyNodeOrNone<Name extends string>(type: NodeType<Name>): OptionalNodeDomain<Name> {
  return { kind: 'optionalNode', type };
}
/**
 * Every whole number from `min` to `max`.
 *
 * @throws SchemaError when the bounds are not whole or reversed: the action could never happen.
 */
export function anyInt(min: number, max: number): IntDomain {
  if (!Number.isInteger(min) || !Number.isInteger(max) || min > max) {
    throw new SchemaError(`anyInt(${min}, ${max}): expected whole bounds, min <= max`);
  }
  return { kind: 'int', min, max };
}
/**
 * Any of the names.
 *
 * @throws SchemaError when there is none, or one twice.
 */
export function anyOf<Name extends string>(...names: readonly Name[]): ChoiceDomain<Name> {
  if (names.length === 0 || new Set(names).size !== names.length) {
    throw new SchemaError(`anyOf(${names.join(', ')}): expected at least one name, each once`);
  }
  return { kind: 'choice', names };
}

/**
 * Any set of nodes of the type, as a list of them in ascending order.
 *
 * @throws SchemaError when there is no set of such a size: the action could never happen.
 */
export function anySubset<Name extends string>(
  type: NodeType<Name>,
  {
    atLeast = 0,
    atMost = type.count,
  }: { readonly atLeast?: number; readonly atMost?: number } = {},
): SubsetDomain<Name> {
  const isWhole = Number.isInteger(atLeast) && Number.isInteger(atMost);
  if (!isWhole || atLeast < 0 || atLeast > atMost || atMost > type.count) {
    const found = `atLeast ${atLeast}, atMost ${atMost}`;
    throw new SchemaError(`anySubset: expected sizes from 0 to ${type.count}, found ${found}`);
  }
  return { kind: 'subset', type, atLeast, atMost };
}
/** Any smallest majority of the nodes of the type, as a list of them in ascending order. */
export function anyQuorum<Name extends string>(type: NodeType<Name>): SubsetDomain<Name> {
  const size = Math.floor(type.count / 2) + 1;
  return anySubset(type, { atLeast: size, atMost: size });
}
/**
 * Any element of a set of the state: the action can be taken with those alone that are in the set.
 *
 * @param field - The field as it stands in the protocol of the schema, in records if need be.
 * @param pattern - Fields that the elements have: then it is one of these.
 */
export function anyElement<Element extends SetElement>(
  field: SetField<Element>,
): ElementDomain<SetValue<Element>>;
export function anyElement<Element extends SetElement, const Given extends SetPattern<Element>>(
  field: SetField<Element>,
  pattern: Given,
): ElementDomain<Like<SetValue<Element>, Given>>;
export function anyElement(field: SetField<SetElement>, pattern?: unknown): ElementDomain<unknown> {
  return { kind: 'element', field, pattern };
}
/** Any key of a map of the state: the action can be taken with those alone that have a value. */
export function anyKey<Key extends KeyField>(
  field: MapField<Key, ScalarField | RecordField<Fields>>,
): KeyDomain<Key> {
  return { kind: 'key', field };
}
/** The index of any element of a list of the state: the action can be taken with those alone that are there. */
export function anyIndex(field: ListField<ScalarField | RecordField<Fields>>): IndexDomain {
  return { kind: 'index', field };
}
/** A record of parameters. */
export function anyRecord<const Domains extends ParamDomains>(
  params: Domains,
): RecordDomain<Domains> {
  return { kind: 'record', params };
}

export type ParamDomains = { readonly [name: string]: ParamDomain };

/** The values that an action gets for its parameters. */
export type ParamValues<Domains extends ParamDomains> = {
  readonly [Name in keyof Domains]: Domains[Name] extends NodeDomain<infer Type>
    ? Node<Type>
    : Domains[Name] extends OptionalNodeDomain<infer Type>
      ? Node<Type> | undefined
      : Domains[Name] extends IntDomain
        ? number
        : Domains[Name] extends ChoiceDomain<infer Choice>
          ? Choice
          : Domains[Name] extends SubsetDomain<infer Type>
            ? readonly Node<Type>[]
            : Domains[Name] extends ElementDomain<infer Value>
              ? Value
              : Domains[Name] extends KeyDomain<infer Key>
                ? ScalarValue<Key>
                : Domains[Name] extends IndexDomain
                  ? number
                  : Domains[Name] extends RecordDomain<infer Inner>
                    ? ParamValues<Inner>
                    : never;
};
