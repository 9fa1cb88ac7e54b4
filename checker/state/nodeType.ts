import { expectFlag, expectOptions, isObject } from '../declarations.ts';
import { MOST_NODES } from '../limits.ts';
import { SchemaError } from './errors.ts';

declare const nodeBrand: unique symbol;

/**
 * A member of a declared node type, for instance one server: an index from 0, branded with the
 * type's name so that a node of another type, a string or a bare number does not compile in its
 * place. Obtain nodes from {@link NodeType.all}.
 */
export type Node<Name extends string> = number & { readonly [nodeBrand]: Name };

/**
 * A finite set of nodes that play the same part in a model (servers, resource managers, voters).
 * With `interchangeable`, states that differ only by renaming these nodes count as one under
 * symmetry reduction (Murphi's scalarset, Ip and Dill 1996).
 */
export interface NodeType<Name extends string> {
  readonly name: Name;
  readonly count: number;
  readonly interchangeable: boolean;
  /** Every node of the type, in ascending order. */
  readonly all: readonly Node<Name>[];
  /** The display name of a node: `server-1` is the first server. */
  nameOf(node: Node<Name>): string;
  /** The node with this display name, or undefined. */
  named(text: string): Node<Name> | undefined;
}

/** Whether a value is what {@link nodeType} returns, be it that of another copy of this file. */
export function isNodeType(value: unknown): value is NodeType<string> {
  if (!isObject(value)) return false;
  return 'nameOf' in value && 'all' in value && Array.isArray(value.all);
}

/**
 * Declares a node type with `count` members.
 *
 * @throws SchemaError when the count is not a whole number from 1 to {@link MOST_NODES}, or the name
 * is not a camelCase word.
 */
export function nodeType<Name extends string>(
  name: Name,
  count: number,
  options: { readonly interchangeable: boolean } = { interchangeable: true },
): NodeType<Name> {
  expectOptions(`nodeType(${JSON.stringify(name)})`, options, { interchangeable: true });
  expectFlag(`node type "${name}": interchangeable`, options.interchangeable);
  if (!/^[a-z][A-Za-z0-9]*$/.test(name)) {
    throw new SchemaError(`node type "${name}": the name must be a camelCase word`);
  }
  if (!Number.isInteger(count) || count < 1 || count > MOST_NODES) {
    throw new SchemaError(`node type "${name}": expected 1 to ${MOST_NODES} nodes, found ${count}`);
  }
  const all = Object.freeze(Array.from({ length: count }, (_, index) => index as Node<Name>));
  const names = all.map(node => `${name}-${node + 1}`);
  return Object.freeze({
    name,
    count,
    interchangeable: options.interchangeable,
    all,
    nameOf: (node: Node<Name>) => names[node] ?? `${name}-?${node}`,
    named: (text: string) => all[names.indexOf(text)],
  });
}
