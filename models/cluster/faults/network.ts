import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode, anyOf } from '../../../checker/model/params.ts';
import type { RaftNode } from '../../kraft/schema.ts';
import type { ClusterContext, ClusterStep } from '../context.ts';
import { reaches, refreshReach } from '../reach.ts';
import { partitionPart, quorumPart } from '../recorders.ts';

interface Link {
  readonly from: RaftNode;
  readonly to: RaftNode;
}

const ends = ['everyone', 'controllers', 'brokers'] as const;

/**
 * cutNode: a node is cut off from all others, from the controllers, or from the nodes with a broker,
 * in both directions. Clients still reach it.
 *
 * Who: the environment. Limited by `partitions`. Changes: what is in flight still arrives; nothing
 * new gets across the cut, neither of the quorum nor of the partition.
 */
export function cutNode(context: ClusterContext): AnyAction {
  const { node: nodes } = context.hosts;
  return context.action({
    name: 'cutNode',
    kind: 'fault',
    actor: 'network',
    phrase: 'network cuts {node} off from {from}',
    params: { node: anyNode(nodes), from: anyOf(...ends) },
    spends: 'partitions',
    weight: 0.1,
    enabled({ protocol }, { node, from }) {
      const links = linksOf(context, node, from);
      if (links.length === 0) return 'there is no other node';
      const connects = links.some(link => reaches(protocol, link.from, link.to));
      return connects || 'the node is cut off already';
    },
    step({ protocol, record }, { node, from }) {
      const step = { context, protocol, record };
      for (const link of linksOf(context, node, from)) cut(step, link);
      refreshReach(context, protocol);
    },
  });
}

/** cutLink: what one node sends to another is lost: a partial, one-way cut. Limited by `partitions`. */
export function cutLink(context: ClusterContext): AnyAction {
  const { node: nodes } = context.hosts;
  return context.action({
    name: 'cutLink',
    kind: 'fault',
    actor: 'network',
    phrase: 'network cuts the link from {from} to {to}',
    params: { from: anyNode(nodes), to: anyNode(nodes) },
    spends: 'partitions',
    weight: 0.1,
    enabled: ({ protocol }, link) =>
      quorumPart.enabled(context.acts.node.cutLink, protocol, { ...link }),
    step({ protocol, record }, link) {
      cut({ context, protocol, record }, link);
      refreshReach(context, protocol);
    },
  });
}

/** healNetwork: every cut ends. Never limited. */
export function healNetwork(context: ClusterContext): AnyAction {
  const { acts } = context;
  return context.action({
    name: 'healNetwork',
    kind: 'recovery',
    actor: 'network',
    phrase: 'network heals',
    params: {},
    enabled: ({ protocol }) => quorumPart.enabled(acts.node.healNetwork, protocol, {}),
    step({ protocol, record }) {
      const step = { context, protocol, record };
      quorumPart.take(acts.node.healNetwork, step, {});
      partitionPart.take(acts.broker.healNetwork, step, {});
      refreshReach(context, protocol);
    },
  });
}

/** The links between a node and the others of this kind, in both directions. */
function linksOf(
  { hosts, config }: ClusterContext,
  node: RaftNode,
  kind: (typeof ends)[number],
): Link[] {
  const others = hosts.node.all.filter(other => {
    if (other === node) return false;
    if (kind === 'controllers') return other < config.controllers;
    return kind === 'everyone' || hosts.brokerOn[other] !== undefined;
  });
  return others.flatMap(other => [
    { from: node, to: other },
    { from: other, to: node },
  ]);
}

/** One network carries both levels. */
function cut(step: ClusterStep, { from, to }: Link): void {
  const { acts, hosts } = step.context;
  quorumPart.take(acts.node.cutLink, step, { from, to });
  const [source, target] = [hosts.brokerOn[from], hosts.brokerOn[to]];
  if (source === undefined || target === undefined) return;
  partitionPart.take(acts.broker.cutLink, step, { source, target });
}
