import { decideAlterPartition, noteReplacedMembers } from './alterPartition.ts';
import { isActive } from './election.ts';
import { newestMetadataOffset } from './learning.ts';
import { brokerViewOf, isAssigned, isrKnownTo, partitionEpochKnownTo } from './metadata.ts';
import { reachesController } from './network.ts';
import { decideOnTopic } from './partitionChange.ts';
import type { PartitionStep, RuledPartition } from './partitionScope.ts';
import { replayMetadataUpTo } from './replay.ts';
import { dropPendingIsr } from './replica.ts';
import { isInMaximalIsr } from './rules.ts';
import type { Broker } from './schema.ts';

/**
 * Whether the leader may propose an ISR change: one at a time, one request in flight. Before 2.7 it
 * writes the change itself, which works only if it knows the newest version of the partition.
 */
export function mayPropose(partition: RuledPartition, leader: Broker): boolean {
  const { rules } = partition.context;
  if (rules.isrChange === 'zookeeper') {
    return (
      reachesController(partition, leader) && partition.learning.knowsNewest(partition, leader)
    );
  }
  if (!rules.oneIsrChangeAtATime) return true;
  return partition.replicas.get(leader).pendingIsr.change === 'none' && isFree(partition, leader);
}

/**
 * Whether nothing of this process is on its way to the controller. What the process before it has sent nobody
 * waits for any more; such a request is refused whenever it arrives (STALE_BROKER_EPOCH), and the next
 * takes its place.
 */
function isFree({ alterPartition, brokers }: RuledPartition, leader: Broker): boolean {
  const { inFlight, senderBrokerEpoch } = alterPartition.get(leader);
  if (inFlight === 'none') return true;
  return inFlight === 'request' && senderBrokerEpoch !== brokers.get(leader).brokerEpoch;
}

/**
 * Whether the leader would propose to add this follower: it has reached the high watermark and the
 * start of the leader's epoch, its broker is active and still the incarnation that has fetched.
 *
 * Kafka looks up the broker in the leader's own metadata. The model looks at the registrations
 * themselves: a leader with older knowledge would propose in vain or propose later.
 *
 * Source: Partition.maybeExpandIsr, isReplicaIsrEligible; KAFKA-7128, KIP-841, KIP-903.
 */
export function isExpandable(partition: RuledPartition, leader: Broker, follower: Broker): boolean {
  const { rules } = partition.context;
  const replica = partition.replicas.get(leader);
  const { logEndOffset, brokerEpoch } = replica.followers.get(follower);
  const view = brokerViewOf(partition, leader);
  if (logEndOffset === undefined) return false;
  if (isInMaximalIsr(replica, isrKnownTo(partition, leader), follower)) return false;
  if (!isAssigned(view, follower)) return false;
  if (rules.expandNeedsHighWatermark && logEndOffset < replica.highWatermark) return false;
  if (rules.expandNeedsEpochStart && logEndOffset < replica.epochStartOffset) return false;
  if (rules.refusesIneligibleMembers && !isActive(partition, follower)) return false;
  const registered = partition.registrations.get(follower).brokerEpoch;
  if (rules.fetchNeedsBrokerEpoch && brokerEpoch !== registered) return false;
  return mayPropose(partition, leader);
}

/** Proposes to add the follower that has just fetched, if it qualifies. */
export function maybeExpandIsr(partition: PartitionStep, leader: Broker, follower: Broker): void {
  if (!isExpandable(partition, leader, follower)) return;
  const { pendingIsr } = partition.replicas.get(leader);
  pendingIsr.change = 'expand';
  pendingIsr.isr.assign(isrKnownTo(partition, leader));
  pendingIsr.isr.add(follower);
  sendAlterPartition(partition, leader);
}

/** Proposes to remove followers that lag behind. */
export function shrinkIsr(
  partition: PartitionStep,
  leader: Broker,
  lagging: readonly Broker[],
): void {
  const { pendingIsr } = partition.replicas.get(leader);
  pendingIsr.change = 'shrink';
  pendingIsr.isr.assign(isrKnownTo(partition, leader));
  for (const follower of lagging) pendingIsr.isr.delete(follower);
  sendAlterPartition(partition, leader);
}

/**
 * Sends the pending ISR change to the controller, with the epochs that the leader knows. Until the
 * outcome is known, an expansion counts for what the high watermark waits for and a shrink does not.
 *
 * Source: Partition.prepareIsrExpand, prepareIsrShrink; DefaultAlterPartitionManager; KIP-497; the
 * broker epochs of members are KIP-903.
 */
export function sendAlterPartition(partition: PartitionStep, leader: Broker): void {
  const replica = partition.replicas.get(leader);
  const isr = isrKnownTo(partition, leader);
  const request = partition.alterPartition.get(leader);
  // Only with a defect: a change is proposed while another is in flight, and waits for its turn.
  if (!isFree(partition, leader)) return;
  request.inFlight = 'request';
  const { topicId, leaderEpoch } = brokerViewOf(partition, leader);
  request.topicId = topicId;
  request.leaderEpoch = leaderEpoch;
  request.partitionEpoch = partitionEpochKnownTo(partition, leader);
  request.senderBrokerEpoch = partition.brokers.get(leader).brokerEpoch;
  request.isr.assign(replica.pendingIsr.isr);
  request.added = undefined;
  for (const member of partition.context.broker.all) {
    if (!request.isr.has(member) || isr.has(member)) continue;
    request.added = member;
    request.addedBrokerEpoch = replica.followers.get(member).brokerEpoch;
  }
  noteReplacedMembers(partition, leader);
  if (partition.context.rules.isrChange === 'zookeeper') writeIsr(partition, leader);
}

/** Before 2.7: the leader writes the partition state in ZooKeeper, and knows the outcome at once. */
function writeIsr(partition: PartitionStep, leader: Broker): void {
  if (partition.learning.isPushed) writeStateZnode(partition, leader);
  else decideAlterPartition(partition, leader);
  partition.alterPartition.clear(leader);
  dropPendingIsr(partition.replicas.get(leader));
  if (partition.learning.knowsNewest(partition, leader)) return;
  replayMetadataUpTo(partition, leader, newestMetadataOffset(partition));
}

/**
 * The znode itself, on condition that it has the version that the leader knows (`mayPropose`): no controller is
 * asked, and nobody is elected.
 *
 * Source: ReplicationUtils.updateLeaderAndIsr, KafkaZkClient.conditionalUpdatePath.
 */
function writeStateZnode({ context, protocol, replicas }: PartitionStep, leader: Broker): void {
  const { isr } = replicas.get(leader).pendingIsr;
  decideOnTopic(context, protocol, draft => {
    draft.isr.assign(isr);
    draft.partitionEpoch++;
    draft.recovering = false;
  });
}
