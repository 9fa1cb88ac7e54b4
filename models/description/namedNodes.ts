import type { Node, NodeType } from '../../checker/state/nodeType.ts';

/** The same nodes under other names: those of a part, as they are called in a larger model. */
export function named<Name extends string>(
  type: NodeType<Name>,
  nameAt: (position: number) => string,
): NodeType<Name> {
  const names = type.all.map(nameAt);
  return Object.freeze({
    ...type,
    nameOf: (node: Node<Name>) => names[node] ?? `${type.name}-?${node}`,
    named: (text: string) => type.all[names.indexOf(text)],
  });
}

/**
 * The nodes of a larger model as a part of it has them: the part calls their type otherwise, and nothing that it does
 * hangs on the word.
 */
export function as<Name extends string>(_name: Name, type: NodeType<string>): NodeType<Name> {
  return type as NodeType<string> as NodeType<Name>;
}
