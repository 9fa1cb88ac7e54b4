import { SchemaError } from '../state/errors.ts';
import type { Node, NodeType } from '../state/nodeType.ts';
import { combinationsOf } from '../state/permutation.ts';

/** The finite domain of one parameter of an action. */
export type ParamDomain =
  | NodeDomain<string>
  | OptionalNodeDomain<string>
  | IntDomain
  | ChoiceDomain<string>;
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
          : never;
};

/** A parameter as a trace names it. */
export type ParamName = string | number | null;

type ParamValue = number | string | undefined;

/** Every value of the domain with its name, in a fixed order. */
function valuesOf(domain: ParamDomain): { value: ParamValue; name: ParamName }[] {
  switch (domain.kind) {
    case 'node':
    case 'optionalNode': {
      const nodes = domain.type.all.map(node => ({ value: node, name: domain.type.nameOf(node) }));
      return domain.kind === 'node' ? nodes : [{ value: undefined, name: null }, ...nodes];
    }
    case 'int':
      return Array.from({ length: domain.max - domain.min + 1 }, (_, index) => ({
        value: domain.min + index,
        name: domain.min + index,
      }));
    case 'choice':
      return domain.names.map(name => ({ value: name, name }));
  }
}

/** One choice of parameters: the values for the action, their names for people and traces. */
export interface Arguments {
  readonly values: Readonly<Record<string, ParamValue>>;
  readonly names: Readonly<Record<string, ParamName>>;
}

/**
 * Every choice of parameters, the last parameter varying fastest. They cannot be written to: all steps of
 * an instance are given the same ones.
 */
export function argumentsOf(domains: ParamDomains): Arguments[] {
  const names = Object.keys(domains);
  return combinationsOf(Object.values(domains).map(valuesOf)).map(choice => ({
    values: Object.freeze(
      Object.fromEntries(choice.map(({ value }, index) => [names[index], value])),
    ),
    names: Object.freeze(Object.fromEntries(choice.map(({ name }, index) => [names[index], name]))),
  }));
}
