import type { NodeType } from '../../checker/state/nodeType.ts';
import type { ReplicationRules } from './rules.ts';
import type { Broker, PartitionView, Protocol, ReadonlyProtocol } from './schema.ts';

/** The partition as the controller has it: the newest record of the metadata history. */
export function controllerView(protocol: ReadonlyProtocol): PartitionView {
  const { history } = protocol.metadata;
  return history.get(history.length - 1);
}

/** The offset of the newest metadata record, which is the controller's partition epoch. */
export function controllerPartitionEpoch(protocol: ReadonlyProtocol): number {
  const { firstOffset, history } = protocol.metadata;
  return firstOffset + history.length - 1;
}

/**
 * The partition as a live broker knows it: the fold of the metadata records that it has replayed.
 * Every record here carries the whole partition, so the fold is the last of them.
 */
export function brokerViewOf(protocol: ReadonlyProtocol, broker: Broker): PartitionView {
  const { firstOffset, history } = protocol.metadata;
  return history.get(protocol.brokers.get(broker).metadataOffset - firstOffset);
}

/** Whether the broker's process runs and has a view of the metadata: not stopped, not starting. */
export function isUp(protocol: ReadonlyProtocol, broker: Broker): boolean {
  const { state } = protocol.brokers.get(broker).process;
  return state !== 'notRunning' && state !== 'starting';
}

/** Whether the broker can take a step: it is up and does not stand still. */
export function isResponsive(protocol: ReadonlyProtocol, broker: Broker): boolean {
  return isUp(protocol, broker) && !protocol.brokers.get(broker).paused;
}

/** Whether the broker leads in its own view, and its process serves clients when it is awake. */
export function actsAsLeader(protocol: ReadonlyProtocol, broker: Broker): boolean {
  const { process, replica } = protocol.brokers.get(broker);
  if (replica.state !== 'leading') return false;
  return process.state === 'running' || process.state === 'pendingControlledShutdown';
}

/** Whether the broker acts as leader and answers now. */
export function servesAsLeader(protocol: ReadonlyProtocol, broker: Broker): boolean {
  return actsAsLeader(protocol, broker) && !protocol.brokers.get(broker).paused;
}

/**
 * Whether the broker acts as the leader that the controller has now, in the same leader epoch. Of
 * all brokers that believe to lead, this is the one whose log the others will follow.
 */
export function isCurrentLeader(protocol: ReadonlyProtocol, broker: Broker): boolean {
  if (!actsAsLeader(protocol, broker)) return false;
  const [now, view] = [controllerView(protocol), brokerViewOf(protocol, broker)];
  return now.leader === broker && view.leaderEpoch === now.leaderEpoch;
}

/** Whether a replica of the partition is assigned to the broker. */
export function isAssigned({ replicas }: PartitionView, broker: Broker): boolean {
  for (let index = 0; index < replicas.length; index++) {
    if (replicas.get(index) === broker) return true;
  }
  return false;
}

/** `min.insync.replicas` as it counts: never more than there are replicas. */
export function effectiveMinIsr({ minInsyncReplicas, replicas }: PartitionView): number {
  return Math.min(minInsyncReplicas, replicas.length);
}

/**
 * Drops metadata records that are no live broker's view any more. A stopped broker needs none: it
 * catches up with the newest record before it takes part again. This bounds the history without
 * changing what any broker can do.
 */
export function forgetReplayedMetadata(
  protocol: Protocol,
  brokers: NodeType<'broker'>,
  rules: ReplicationRules,
): void {
  if (!rules.ignoresOlderMetadata) return;
  const { metadata } = protocol;
  let oldest = controllerPartitionEpoch(protocol);
  for (const broker of brokers.all) {
    if (!isUp(protocol, broker)) continue;
    oldest = Math.min(oldest, protocol.brokers.get(broker).metadataOffset);
  }
  metadata.history.removeFirst(oldest - metadata.firstOffset);
  metadata.firstOffset = oldest;
}
