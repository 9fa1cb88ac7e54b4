import type { ReplicationContext } from './context.ts';
import { newestMetadata, newestMetadataOffset } from './learning.ts';
import type { ReadonlyPartition, RuledPartition } from './partitionScope.ts';
import type { ReplicationRules } from './rules.ts';
import type { Broker, MetadataView, PartitionView, Protocol, ReadonlyProtocol } from './schema.ts';

/** The partition as the controller has it. */
export function controllerView(partition: ReadonlyPartition): PartitionView {
  return newestMetadata(partition).partitions.get(partition.id);
}

/** The partition as a live broker knows it. */
export function brokerViewOf(partition: ReadonlyPartition, broker: Broker): PartitionView {
  return partition.learning.partitionKnownTo(partition, partition.id, broker);
}

/**
 * The ISR that a leader takes for committed: as the metadata has it that it has replayed, or as the
 * controller has answered since.
 */
export function isrKnownTo(partition: ReadonlyPartition, leader: Broker): PartitionView['isr'] {
  const { partitionEpoch, isr } = partition.replicas.get(leader).answeredIsr;
  return partitionEpoch === undefined ? brokerViewOf(partition, leader).isr : isr;
}

/** The partition epoch of what a leader takes for committed. */
export function partitionEpochKnownTo(partition: ReadonlyPartition, leader: Broker): number {
  const { partitionEpoch } = partition.replicas.get(leader).answeredIsr;
  return partitionEpoch ?? brokerViewOf(partition, leader).partitionEpoch;
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
export function actsAsLeader(partition: ReadonlyPartition, broker: Broker): boolean {
  if (partition.replicas.get(broker).role.state !== 'leading') return false;
  const { state } = partition.brokers.get(broker).process;
  return state === 'running' || state === 'pendingControlledShutdown';
}

/** Whether the broker acts as leader and answers now. */
export function servesAsLeader(partition: ReadonlyPartition, broker: Broker): boolean {
  return actsAsLeader(partition, broker) && !partition.brokers.get(broker).paused;
}

/**
 * Whether the broker acts as the leader that the controller has now, in the same leader epoch of the
 * same topic. Of all brokers that believe to lead, this is the one whose log the others will follow.
 */
export function isCurrentLeader(partition: ReadonlyPartition, broker: Broker): boolean {
  if (!actsAsLeader(partition, broker)) return false;
  const [now, view] = [controllerView(partition), brokerViewOf(partition, broker)];
  if (now.leader !== broker || view.leaderEpoch !== now.leaderEpoch) return false;
  return view.topicId === now.topicId;
}

/** Whether a replica of the partition is assigned to the broker. */
export function isAssigned({ replicas }: PartitionView, broker: Broker): boolean {
  for (let index = 0; index < replicas.length; index++) {
    if (replicas.get(index) === broker) return true;
  }
  return false;
}

/** Whether the topic is there: it has been deleted if its partitions have no replicas. */
export function isCreated({ replicas }: PartitionView): boolean {
  return replicas.length > 0;
}

/** Whether there is a topic now. */
export function hasTopic(
  { partition: { all } }: ReplicationContext,
  protocol: ReadonlyProtocol,
): boolean {
  return all.every(id => isCreated(newestMetadata(protocol).partitions.get(id)));
}

/** Whether a broker's replica is of the topic that there is now, and not of a deleted one. */
export function isOfTopicOfNow(partition: ReadonlyPartition, broker: Broker): boolean {
  const now = controllerView(partition);
  return isCreated(now) && partition.replicas.get(broker).topicId === now.topicId;
}

/**
 * Whether what a leader tells clients is about the topic that there is now: a broker that has not heard
 * of its deletion goes on serving the deleted one.
 */
export function speaksOfTopicOfNow(partition: RuledPartition, leader: Broker): boolean {
  return partition.context.bounds.topicDeletions === 0 || isOfTopicOfNow(partition, leader);
}

/** Whether eligible leader replicas are on: from the start, or switched on since. */
export function hasElr(
  { rules, bounds }: ReplicationContext,
  { elrSwitchedOn }: MetadataView,
): boolean {
  return rules.eligibleLeaderReplicas || (bounds.elrEnablings > 0 && elrSwitchedOn === 1);
}

/** `unclean.leader.election.enable` as it is now. */
export function isUncleanElectionOn(
  { config: { uncleanLeaderElection }, bounds }: ReplicationContext,
  protocol: ReadonlyProtocol,
): boolean {
  if (bounds.uncleanSettingChanges === 0) return uncleanLeaderElection;
  return uncleanLeaderElection !== (newestMetadata(protocol).uncleanElectionChanged === 1);
}

/** `min.insync.replicas` as it counts: since 3.7 never more than there are replicas. */
export function effectiveMinIsr(
  { minIsrWithinReplicas }: ReplicationRules,
  minInsyncReplicas: number,
  { replicas }: PartitionView,
): number {
  return minIsrWithinReplicas ? Math.min(minInsyncReplicas, replicas.length) : minInsyncReplicas;
}

/** The same as a live broker knows it: the setting and the assignment that it has learned. */
export function minIsrKnownTo(partition: RuledPartition, broker: Broker): number {
  const setting = partition.learning.minInsyncReplicasKnownTo(partition, broker);
  return effectiveMinIsr(partition.context.rules, setting, brokerViewOf(partition, broker));
}

/**
 * Drops metadata records that are no live broker's view any more. A stopped broker needs none: it
 * catches up with the newest record before it takes part again. This bounds the history without
 * changing what any broker can do.
 */
export function forgetReplayedMetadata(
  { broker: brokers, rules, learning }: ReplicationContext,
  protocol: Protocol,
): void {
  if (!rules.ignoresOlderMetadata || learning.isPushed) return;
  const { metadata } = protocol;
  let oldest = newestMetadataOffset(protocol);
  for (const broker of brokers.all) {
    if (!isUp(protocol, broker)) continue;
    oldest = Math.min(oldest, protocol.brokers.get(broker).metadataOffset);
  }
  metadata.history.removeFirst(oldest - metadata.firstOffset);
  metadata.firstOffset = oldest;
}
