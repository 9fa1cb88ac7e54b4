import type { ReadonlyPartition } from '../../models/replication/partitionScope.ts';
import type {
  Broker,
  MetadataView,
  PartitionView,
  ReadonlyProtocol,
  ReadonlyReplicaView,
} from '../../models/replication/schema.ts';

/*
 * What properties read off a state by themselves. The model has functions of the same names, and a property
 * that called them would be wrong where they are: a fault in a rule would blind what is to notice it.
 */

/** All that the controller has decided: the newest record of the metadata log. */
export function newestMetadata({ metadata: { history } }: ReadonlyProtocol): MetadataView {
  return history.get(history.length - 1);
}

/** All that a live broker knows of that: the last record that it has replayed. */
function lastReplayed({ brokers, metadata }: ReadonlyProtocol, broker: Broker): MetadataView {
  return metadata.history.get(brokers.get(broker).metadataOffset - metadata.firstOffset);
}

/** The partition as the controller has it. */
export function controllerView(partition: ReadonlyPartition): PartitionView {
  return newestMetadata(partition).partitions.get(partition.id);
}

/** The partition as a live broker knows it. */
export function brokerViewOf(partition: ReadonlyPartition, broker: Broker): PartitionView {
  return lastReplayed(partition, broker).partitions.get(partition.id);
}

/** The offset of the newest record of the metadata log. */
export function newestMetadataOffset({ metadata }: ReadonlyProtocol): number {
  return metadata.firstOffset + metadata.history.length - 1;
}

/** Whether a live broker knows all that the controller has decided, and has applied the configuration. */
export function knowsNewest(protocol: ReadonlyProtocol, broker: Broker): boolean {
  const { metadataOffset, minInsyncReplicas } = protocol.brokers.get(broker);
  if (metadataOffset !== newestMetadataOffset(protocol)) return false;
  return minInsyncReplicas === newestMetadata(protocol).minInsyncReplicas;
}

/** The ISR that a leader goes by: what the controller has answered, until the metadata says it too. */
export function isrKnownTo(partition: ReadonlyPartition, leader: Broker): PartitionView['isr'] {
  const { answeredIsr } = partition.replicas.get(leader);
  const isAnswered = answeredIsr.partitionEpoch !== undefined;
  return isAnswered ? answeredIsr.isr : brokerViewOf(partition, leader).isr;
}

/** Whether the broker's process runs and has loaded its logs. */
export function isUp({ brokers }: ReadonlyProtocol, broker: Broker): boolean {
  const { state } = brokers.get(broker).process;
  return state === 'recovery' || state === 'running' || state === 'pendingControlledShutdown';
}

/** Whether the broker believes to lead, and serves clients unless it stands still. */
export function actsAsLeader({ brokers, replicas }: ReadonlyPartition, broker: Broker): boolean {
  const { state } = brokers.get(broker).process;
  const serves = state === 'running' || state === 'pendingControlledShutdown';
  return serves && replicas.get(broker).role.state === 'leading';
}

/** Whether the broker follows a leader, and serves consumers that may read from followers (KIP-392). */
export function servesAsFollower(
  { brokers, replicas }: ReadonlyPartition,
  broker: Broker,
): boolean {
  const { state } = brokers.get(broker).process;
  const serves = state === 'running' || state === 'pendingControlledShutdown';
  return serves && replicas.get(broker).role.state === 'following';
}

/** Whether the broker acts as the leader that the controller has now, in the same leader epoch of the topic. */
export function isCurrentLeader(partition: ReadonlyPartition, broker: Broker): boolean {
  const { leader, leaderEpoch, topicId } = controllerView(partition);
  if (leader !== broker || !actsAsLeader(partition, broker)) return false;
  const view = brokerViewOf(partition, broker);
  return view.leaderEpoch === leaderEpoch && view.topicId === topicId;
}

/** Whether the controller takes the broker for one that may lead: neither fenced nor about to stop. */
export function isActive({ registrations }: ReadonlyProtocol, broker: Broker): boolean {
  return registrations.get(broker).state.state === 'unfenced';
}

/** Whether a replica of the partition is assigned to the broker. */
export function isAssigned({ replicas }: PartitionView, broker: Broker): boolean {
  for (let index = replicas.length - 1; index >= 0; index--) {
    if (replicas.get(index) === broker) return true;
  }
  return false;
}

/** Whether eligible leader replicas are on by now. */
export function hasElr(
  { rules }: { readonly rules: { readonly eligibleLeaderReplicas: boolean } },
  protocol: ReadonlyProtocol,
): boolean {
  return newestMetadata(protocol).elrSwitchedOn === 1 || rules.eligibleLeaderReplicas;
}

/** Whether the topic allows unclean election by now. */
export function isUncleanElectionOn(
  { uncleanLeaderElection }: { readonly uncleanLeaderElection: boolean },
  protocol: ReadonlyProtocol,
): boolean {
  const isChanged = newestMetadata(protocol).uncleanElectionChanged === 1;
  return isChanged ? !uncleanLeaderElection : uncleanLeaderElection;
}

/** Whether there is a topic: a deleted one has no replicas. */
export function isCreated({ replicas }: PartitionView): boolean {
  return replicas.length !== 0;
}

/** Whether both states are of one topic: one that is created again is another, and begins anew. */
export function isOneTopic(before: ReadonlyPartition, after: ReadonlyPartition): boolean {
  return controllerView(before).topicId === controllerView(after).topicId;
}

/** Whether the broker has a replica of the topic that there is now, and not of one that was deleted. */
export function isOfTopicOfNow(partition: ReadonlyPartition, broker: Broker): boolean {
  const now = controllerView(partition);
  return now.topicId === partition.replicas.get(broker).topicId && isCreated(now);
}

/** Whether the replica may be elected without loss: it is in the ISR, or in the ELR of an empty one. */
export function isEligible({ isr, elr }: PartitionView, broker: Broker): boolean {
  return isr.isEmpty ? elr.has(broker) : isr.has(broker);
}

/** `min.insync.replicas` as it counts for the controller: never more than there are replicas. */
export function minIsrOf(partition: ReadonlyPartition): number {
  const { minInsyncReplicas } = newestMetadata(partition);
  return Math.min(controllerView(partition).replicas.length, minInsyncReplicas);
}

/** The same as a live broker has it: by the configuration that it has applied. */
export function minIsrKnownTo(partition: ReadonlyPartition, broker: Broker): number {
  const { minInsyncReplicas } = partition.brokers.get(broker);
  return Math.min(brokerViewOf(partition, broker).replicas.length, minInsyncReplicas);
}

/**
 * Whether a leader has to wait for the replica: it is in the ISR that the leader knows, or in one that
 * it has proposed to grow to and may already have been decided (KIP-497).
 */
export function isInMaximalIsr(
  { pendingIsr }: ReadonlyReplicaView,
  isr: PartitionView['isr'],
  replica: Broker,
): boolean {
  if (isr.has(replica)) return true;
  return pendingIsr.change === 'expand' && pendingIsr.isr.has(replica);
}

/** The first offset at which both logs may have a record: nothing is to be compared below. */
export function firstComparable(
  replicas: { get(broker: Broker): ReadonlyReplicaView },
  a: Broker,
  b: Broker,
): number {
  const [one, other] = [replicas.get(a).logStartOffset, replicas.get(b).logStartOffset];
  return one > other ? one : other;
}
