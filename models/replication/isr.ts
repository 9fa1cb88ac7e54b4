import { decideAlterPartition } from './alterPartition.ts';
import type { ReplicationContext } from './context.ts';
import { isActive } from './election.ts';
import { brokerViewOf, controllerPartitionEpoch, isAssigned } from './metadata.ts';
import { reachesController } from './network.ts';
import type { ReplicationRecording } from './recorders.ts';
import { dropPendingIsr, replayMetadataUpTo } from './replica.ts';
import { isInMaximalIsr } from './rules.ts';
import type { Broker, Protocol, ReadonlyProtocol } from './schema.ts';

/**
 * Whether the leader may propose an ISR change: one at a time, one request in flight. Before 2.7 it
 * writes the change itself, which works only if it knows the newest version of the partition.
 */
export function mayPropose(
  { rules }: ReplicationContext,
  protocol: ReadonlyProtocol,
  leader: Broker,
): boolean {
  const { metadataOffset, pendingIsr } = protocol.brokers.get(leader);
  if (rules.isrChange === 'zookeeper') {
    return (
      reachesController(protocol, leader) && metadataOffset === controllerPartitionEpoch(protocol)
    );
  }
  if (!rules.oneIsrChangeAtATime) return true;
  return pendingIsr.change === 'none' && protocol.alterPartition.get(leader).inFlight === 'none';
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
export function isExpandable(
  context: ReplicationContext,
  protocol: ReadonlyProtocol,
  leader: Broker,
  follower: Broker,
): boolean {
  const { rules } = context;
  const replica = protocol.brokers.get(leader);
  const { logEndOffset, brokerEpoch } = replica.followers.get(follower);
  const view = brokerViewOf(protocol, leader);
  if (logEndOffset === undefined || isInMaximalIsr(replica, view.isr, follower)) return false;
  if (!isAssigned(view, follower)) return false;
  if (rules.expandNeedsHighWatermark && logEndOffset < replica.highWatermark) return false;
  if (rules.expandNeedsEpochStart && logEndOffset < replica.epochStartOffset) return false;
  if (rules.refusesIneligibleMembers && !isActive(protocol, follower)) return false;
  const registered = protocol.registrations.get(follower).brokerEpoch;
  if (rules.fetchNeedsBrokerEpoch && brokerEpoch !== registered) return false;
  return mayPropose(context, protocol, leader);
}

/** Proposes to add the follower that has just fetched, if it qualifies. */
export function maybeExpandIsr(
  context: ReplicationContext,
  protocol: Protocol,
  record: ReplicationRecording,
  leader: Broker,
  follower: Broker,
): void {
  if (!isExpandable(context, protocol, leader, follower)) return;
  const { pendingIsr } = protocol.brokers.get(leader);
  pendingIsr.change = 'expand';
  pendingIsr.isr.assign(brokerViewOf(protocol, leader).isr);
  pendingIsr.isr.add(follower);
  sendAlterPartition(context, protocol, record, leader);
}

/** Proposes to remove followers that lag behind. */
export function shrinkIsr(
  context: ReplicationContext,
  protocol: Protocol,
  record: ReplicationRecording,
  leader: Broker,
  lagging: readonly Broker[],
): void {
  const { pendingIsr } = protocol.brokers.get(leader);
  pendingIsr.change = 'shrink';
  pendingIsr.isr.assign(brokerViewOf(protocol, leader).isr);
  for (const follower of lagging) pendingIsr.isr.delete(follower);
  sendAlterPartition(context, protocol, record, leader);
}

/**
 * Sends the pending ISR change to the controller, with the epochs that the leader knows. Until the
 * outcome is known, an expansion counts for what the high watermark waits for and a shrink does not.
 *
 * Source: Partition.prepareIsrExpand, prepareIsrShrink; DefaultAlterPartitionManager; KIP-497; the
 * broker epoch of the added replica is KIP-903.
 */
export function sendAlterPartition(
  context: ReplicationContext,
  protocol: Protocol,
  record: ReplicationRecording,
  leader: Broker,
): void {
  const replica = protocol.brokers.get(leader);
  const view = brokerViewOf(protocol, leader);
  const request = protocol.alterPartition.get(leader);
  // Only with a defect: a change is proposed while another is in flight, and waits for its turn.
  if (request.inFlight !== 'none') return;
  request.inFlight = 'request';
  request.leaderEpoch = view.leaderEpoch;
  request.partitionEpoch = replica.metadataOffset;
  request.senderBrokerEpoch = replica.brokerEpoch;
  request.isr.assign(replica.pendingIsr.isr);
  request.added = undefined;
  for (const member of context.broker.all) {
    if (!request.isr.has(member) || view.isr.has(member)) continue;
    request.added = member;
    request.addedBrokerEpoch = replica.followers.get(member).brokerEpoch;
  }
  if (context.rules.isrChange === 'zookeeper') writeIsr(context, protocol, record, leader);
}

/** Before 2.7: the leader writes the partition state in ZooKeeper, and knows the outcome at once. */
function writeIsr(
  context: ReplicationContext,
  protocol: Protocol,
  record: ReplicationRecording,
  leader: Broker,
): void {
  const replica = protocol.brokers.get(leader);
  decideAlterPartition(context, protocol, leader);
  protocol.alterPartition.clear(leader);
  dropPendingIsr(replica);
  const newest = controllerPartitionEpoch(protocol);
  if (newest > replica.metadataOffset) {
    replayMetadataUpTo(context, protocol, record, leader, newest);
  }
}
