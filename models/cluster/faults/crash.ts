import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyNode, anyOf } from '../../../checker/model/params.ts';
import { hasUnflushedTail as hasUnflushedEntries } from '../../kraft/disk.ts';
import { logEndOffset } from '../../kraft/log.ts';
import type { RaftNode, ReadonlyNodeView } from '../../kraft/schema.ts';
import { hasUnflushedTail } from '../../replication/disk.ts';
import { losePowerOf } from '../../replication/faults/powerLoss.ts';
import { partitionsIn } from '../../replication/partitionScope.ts';
import { afterQuorumStep } from '../apply.ts';
import type { ClusterContext } from '../context.ts';
import { endNode } from '../process.ts';
import { partitionPart, quorumPart } from '../recorders.ts';
import type { ReadonlyProtocol } from '../schema.ts';

/**
 * crash: a process dies (SIGKILL, out of memory): the node of the quorum, and the broker on it.
 *
 * Who: the environment. Limited by `crashes`. Changes: memory is lost on both levels; the logs
 * survive in the page cache. `sent` says what becomes of the quorum's messages that the node had
 * just sent.
 */
export function crash(context: ClusterContext): AnyAction {
  return context.action({
    name: 'crash',
    kind: 'fault',
    actor: 'node',
    phrase: '{node} crashes; what it sent: {sent}',
    params: { node: anyNode(context.hosts.node), sent: anyOf('arrives', 'lost') },
    spends: 'crashes',
    weight: 0.1,
    enabled: ({ protocol }, { node, sent }) => mayEnd(context, protocol, node, sent),
    step({ protocol, record }, { node, sent }) {
      const step = { context, protocol, record };
      endNode(step, node, sent);
      afterQuorumStep(step);
    },
  });
}

/**
 * losePower: a machine loses power, and with it the node of the quorum and the broker.
 *
 * Who: the environment. Limited by `powerLosses`. Changes: as a crash, and of both logs what is not
 * flushed is lost, all of it or the last entry. Controllers flush what they acknowledge; brokers do
 * not, unless `flushEveryRecord` is set.
 *
 * Left out: tails of any other length.
 */
export function losePower(context: ClusterContext): AnyAction {
  const { acts, hosts, config } = context;
  return context.action({
    name: 'losePower',
    kind: 'fault',
    actor: 'node',
    phrase: '{node} loses power (lost: {lost}; what it sent: {sent})',
    params: {
      node: anyNode(hosts.node),
      lost: anyOf('unflushed', 'lastEntry'),
      sent: anyOf('arrives', 'lost'),
    },
    spends: 'powerLosses',
    weight: 0.1,
    enabled({ protocol }, { node, sent }) {
      const may = mayEnd(context, protocol, node, sent);
      if (may !== true) return may;
      const broker = hosts.brokerOn[node];
      const view = protocol.quorum.nodes.get(node);
      if (hasUnflushedEntries(view, logEndOffset(view))) return true;
      if (broker === undefined || config.flushEveryRecord) return 'everything is flushed';
      const loses = partitionsIn(context.partition, protocol.partition).some(({ replicas }) =>
        hasUnflushedTail(replicas.get(broker)),
      );
      return loses || 'everything is flushed';
    },
    step({ protocol, record }, { node, lost, sent }) {
      const step = { context, protocol, record };
      const broker = hosts.brokerOn[node];
      const view = protocol.quorum.nodes.get(node);
      const kept = keptOf(view, logEndOffset(view), lost);
      quorumPart.take(acts.node.crash, step, { node, kept, sent });
      if (broker !== undefined) {
        losePowerOf({
          context: context.partition,
          protocol: protocol.partition,
          broker,
          keptOf: replica => keptOf(replica, replica.log.length, lost),
        });
      }
      afterQuorumStep(step);
    },
  });
}

/** restart: a stopped process starts, on both levels, from what is on its disk. Never limited. */
export function restart(context: ClusterContext): AnyAction {
  const { acts, hosts } = context;
  const { incarnation } = context.partition.schema.protocol.fields.brokers.element.fields;
  return context.action({
    name: 'restart',
    kind: 'recovery',
    actor: 'node',
    phrase: '{node} restarts',
    params: { node: anyNode(hosts.node) },
    weight: 2,
    enabled({ protocol }, { node }) {
      const may = quorumPart.enabled(acts.node.restart, protocol, { node });
      if (may !== true) return may;
      const broker = hosts.brokerOn[node];
      if (broker === undefined) return true;
      // Only a defect makes processes end that no fault has ended.
      const started = protocol.partition.brokers.get(broker).incarnation;
      return started < incarnation.max || 'no incarnations are left in this scope';
    },
    step({ protocol, record }, { node }) {
      const step = { context, protocol, record };
      quorumPart.take(acts.node.restart, step, { node });
      const broker = hosts.brokerOn[node];
      if (broker !== undefined) partitionPart.take(acts.broker.restart, step, { broker });
      afterQuorumStep(step);
    },
  });
}

function mayEnd(
  { acts }: ClusterContext,
  protocol: ReadonlyProtocol,
  node: RaftNode,
  sent: 'arrives' | 'lost',
): Enabled {
  const kept = logEndOffset(protocol.quorum.nodes.get(node));
  return quorumPart.enabled(acts.node.crash, protocol, { node, kept, sent });
}

/** How much of a log that ends at `end` a power loss leaves. */
function keptOf(
  { flushedOffset }: Pick<ReadonlyNodeView, 'flushedOffset'>,
  end: number,
  lost: 'unflushed' | 'lastEntry',
): number {
  return lost === 'unflushed' ? flushedOffset : Math.max(flushedOffset, end - 1);
}
