import { logEndOffset } from '../kraft/log.ts';
import { isRunning } from '../kraft/messages.ts';
import type { RaftNode } from '../kraft/schema.ts';
import type { Broker } from '../replication/schema.ts';
import type { ClusterStep } from './context.ts';
import { nodeOf } from './nodes.ts';
import { partitionPart, quorumPart } from './recorders.ts';

/** A broker process that shuts down takes its node of the quorum along; nothing is lost. */
export function stopProcess(step: ClusterStep, broker: Broker): void {
  const { acts, hosts } = step.context;
  partitionPart.take(acts.broker.stop, step, { broker, leave: 'notGranted' });
  endNode(step, nodeOf(hosts, broker), 'arrives');
}

/** A node of the quorum whose process ends: the page cache survives, and with it the whole log. */
export function endNode(step: ClusterStep, node: RaftNode, sent: 'arrives' | 'lost'): void {
  const { context, protocol } = step;
  const kept = logEndOffset(protocol.quorum.nodes.get(node));
  quorumPart.take(context.acts.node.crash, step, { node, kept, sent });
}

/** Where a node of the quorum has stopped, its process has ended, and the broker with it. */
export function endBrokersOfStoppedNodes(step: ClusterStep): void {
  const { context, protocol } = step;
  for (const broker of context.hosts.broker.all) {
    if (isRunning(protocol.quorum, nodeOf(context.hosts, broker))) continue;
    if (protocol.partition.brokers.get(broker).process.state === 'notRunning') continue;
    partitionPart.take(context.acts.broker.crash, step, { broker });
  }
}
