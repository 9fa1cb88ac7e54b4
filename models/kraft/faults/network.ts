import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { KraftContext } from '../context.ts';
import type { Protocol, RaftNode, ReadonlyProtocol } from '../schema.ts';

/**
 * cutNode: a node is cut off from all others, in both directions. Limited by `partitions`. What is
 * in flight still arrives; nothing new gets across the cut.
 */
export function cutNode(context: KraftContext): AnyAction {
  return context.action({
    name: 'cutNode',
    kind: 'fault',
    actor: 'network',
    phrase: 'network cuts {node} off from all others',
    params: { node: anyNode(context.node) },
    spends: 'partitions',
    weight: 0.1,
    enabled({ protocol }, { node }) {
      const others = context.node.all.filter(other => other !== node);
      const isConnected = others.some(other => !isCut(protocol, node, other));
      return isConnected || 'the node is cut off already';
    },
    step({ protocol }, { node }) {
      for (const other of context.node.all) {
        if (other === node) continue;
        cut(protocol, node, other);
        cut(protocol, other, node);
      }
    },
  });
}

/** cutLink: what one node sends to another is lost: a partial, one-way cut. Limited by `partitions`. */
export function cutLink(context: KraftContext): AnyAction {
  return context.action({
    name: 'cutLink',
    kind: 'fault',
    actor: 'network',
    phrase: 'network cuts the link from {from} to {to}',
    params: { from: anyNode(context.node), to: anyNode(context.node) },
    spends: 'partitions',
    weight: 0.1,
    enabled({ protocol }, { from, to }) {
      if (from === to) return 'there is no such link';
      return !isCut(protocol, from, to) || 'the link is cut already';
    },
    step: ({ protocol }, { from, to }) => cut(protocol, from, to),
  });
}

/** healNetwork: every cut ends. Never limited. */
export function healNetwork(context: KraftContext): AnyAction {
  const { all } = context.node;
  const links = all.flatMap(from => all.filter(to => to !== from).map(to => ({ from, to })));
  return context.action({
    name: 'healNetwork',
    kind: 'recovery',
    actor: 'network',
    phrase: 'network heals',
    params: {},
    // A cut may last for good.
    fair: false,
    enabled: ({ protocol }) =>
      links.some(({ from, to }) => isCut(protocol, from, to)) || 'the network is whole',
    step({ protocol }) {
      for (const { from, to } of links) protocol.cutLinks.clear(from, to);
    },
  });
}

function isCut({ cutLinks }: ReadonlyProtocol, from: RaftNode, to: RaftNode): boolean {
  return cutLinks.get(from, to).cut;
}

function cut({ cutLinks }: Protocol, from: RaftNode, to: RaftNode): void {
  cutLinks.get(from, to).cut = true;
}
