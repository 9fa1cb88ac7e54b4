import type { TraceFile, TraceJson, TraceStep } from './traceFile.ts';

/** Who a step goes from, and to whom if it concerns anybody else. */
export interface Participants {
  readonly from: string;
  readonly to?: string;
}

/**
 * Who a step goes from and to, if its arguments say so; otherwise its actor, and the node that it is
 * about.
 *
 * @param nodes the names that are those of nodes: see `nodesOf`.
 */
export function participantsOf(
  { actor, params }: TraceStep,
  nodes: ReadonlySet<string>,
): Participants {
  const isNode = (value: string | number | null | undefined): value is string =>
    typeof value === 'string' && nodes.has(value);
  const { from, to } = params;
  // The one who handles a message is the actor, and the message still goes from its sender.
  if (isNode(from) && isNode(to)) return { from, to };
  const target = Object.values(params).find(value => value !== actor && isNode(value));
  return isNode(target) ? { from: actor, to: target } : { from: actor };
}

/** The names of nodes: whoever acts, and what the state has under a name such as "server-1". */
export function nodesOf({ steps, initial }: Pick<TraceFile, 'steps' | 'initial'>): Set<string> {
  return new Set([...steps.map(({ actor }) => actor), ...keysIn(initial.state).filter(isNodeName)]);
}

/** Whether a key of a state is the name of a node, such as "server-1", or of a link to one. */
export function isNodeName(key: string): boolean {
  return /-\d+$/.test(key);
}

function keysIn(value: TraceJson): string[] {
  if (value === null || typeof value !== 'object') return [];
  if (Array.isArray(value)) return value.flatMap(keysIn);
  return Object.entries(value).flatMap(([key, inner]) => [key, ...keysIn(inner)]);
}
