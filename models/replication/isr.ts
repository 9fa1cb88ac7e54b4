import { brokerViewOf } from './metadata.ts';
import { isInMaximalIsr } from './rules.ts';
import type { Broker, Protocol, ReadonlyProtocol } from './schema.ts';

/** Whether the leader may propose an ISR change: one at a time, one request in flight. */
export function mayPropose(protocol: ReadonlyProtocol, leader: Broker): boolean {
  return (
    protocol.brokers.get(leader).pendingIsr.change === 'none' &&
    !protocol.alterPartition.get(leader).inFlight
  );
}

/**
 * Whether the leader would propose to add this follower: it has reached the high watermark and the
 * start of the leader's epoch, and its broker is unfenced.
 *
 * Kafka looks up "unfenced" in the leader's own metadata. The model looks at the registrations
 * themselves: a leader with older knowledge would propose in vain or propose later.
 *
 * Source: Partition.maybeExpandIsr, isReplicaIsrEligible; KIP-841.
 */
export function isExpandable(
  protocol: ReadonlyProtocol,
  leader: Broker,
  follower: Broker,
): boolean {
  const replica = protocol.brokers.get(leader);
  const endOffset = replica.followers.get(follower).logEndOffset;
  return (
    endOffset !== undefined &&
    endOffset >= replica.highWatermark &&
    endOffset >= replica.epochStartOffset &&
    !isInMaximalIsr(replica, brokerViewOf(protocol, leader).isr, follower) &&
    !protocol.registrations.fenced.has(follower) &&
    mayPropose(protocol, leader)
  );
}

/** Proposes to add the follower that has just fetched, if it qualifies. */
export function maybeExpandIsr(protocol: Protocol, leader: Broker, follower: Broker): void {
  if (isExpandable(protocol, leader, follower)) proposeIsr(protocol, leader, 'expand', follower);
}

/**
 * Proposes an ISR with one replica more or less: notes it as pending and sends AlterPartition with
 * the epochs that the leader knows. Until the outcome is known, an expansion counts for what the
 * high watermark waits for and a shrink does not.
 *
 * Source: Partition.prepareIsrExpand, prepareIsrShrink; DefaultAlterPartitionManager; KIP-497; the
 * broker epoch of the added replica is KIP-903.
 */
export function proposeIsr(
  protocol: Protocol,
  leader: Broker,
  change: 'expand' | 'shrink',
  follower: Broker,
): void {
  const replica = protocol.brokers.get(leader);
  const view = brokerViewOf(protocol, leader);
  replica.pendingIsr.change = change;
  replica.pendingIsr.replica = follower;
  const request = protocol.alterPartition.get(leader);
  request.inFlight = true;
  request.leaderEpoch = view.leaderEpoch;
  request.partitionEpoch = replica.metadataOffset;
  request.senderBrokerEpoch = protocol.registrations.brokerEpochs.get(leader);
  request.isr.assign(view.isr);
  if (change === 'shrink') {
    request.isr.delete(follower);
    return;
  }
  request.isr.add(follower);
  request.added = follower;
  request.addedBrokerEpoch = replica.followers.get(follower).brokerEpoch;
}
