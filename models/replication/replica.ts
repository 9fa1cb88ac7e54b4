import type { EffectHandlers } from '../../checker/state/viewTypes.ts';
import type { ReplicationContext } from './context.ts';
import { maybeAdvanceHighWatermark } from './highWatermark.ts';
import { brokerViewOf, controllerPartitionEpoch, forgetReplayedMetadata } from './metadata.ts';
import type { ReplicationRecording } from './recorders.ts';
import type { Broker, BrokerView, Protocol } from './schema.ts';

interface RoleChange {
  readonly context: ReplicationContext;
  readonly replica: BrokerView;
}

type ReplicaEffect = 'startEpoch' | 'forgetRemoteReplicas' | 'startFetching' | 'failWaitingProduce';

/** What each effect of the replica lifecycle does. */
const roleEffects: EffectHandlers<ReplicaEffect, RoleChange> = {
  startEpoch({ replica }) {
    replica.epochStartOffset = replica.log.length;
    dropPendingIsr(replica);
  },
  forgetRemoteReplicas({ context, replica }) {
    for (const other of context.broker.all) replica.followers.clear(other);
  },
  startFetching({ context, replica }) {
    context.rules.beforeFollowing(replica);
  },
  failWaitingProduce({ context, replica }) {
    // NOT_LEADER_OR_FOLLOWER: the producers do not know what became of their records.
    replica.waitingProduce.truncate(0);
    replica.epochStartOffset = 0;
    dropPendingIsr(replica);
    for (const other of context.broker.all) replica.followers.clear(other);
  },
};

/** Forgets an ISR change that was proposed: newer metadata has decided, one way or the other. */
export function dropPendingIsr(replica: BrokerView): void {
  replica.pendingIsr.change = 'none';
  replica.pendingIsr.replica = undefined;
}

/**
 * Moves a broker's view of the partition forward to the metadata record at `offset` and acts on
 * it: a newer leader epoch makes the replica lead, follow or wait; a newer ISR in the same epoch
 * replaces what a leader had committed and pending.
 *
 * The answer to an AlterPartition request is not modelled apart from this: a leader learns that
 * its proposal was accepted when it replays the record that the controller wrote for it.
 *
 * Source: Partition.makeLeader, Partition.makeFollower, ReplicaManager.applyLocalFollowersDelta.
 */
export function replayMetadataUpTo(
  context: ReplicationContext,
  protocol: Protocol,
  record: ReplicationRecording,
  broker: Broker,
  offset: number,
): void {
  const replica = protocol.brokers.get(broker);
  const oldEpoch = brokerViewOf(protocol, broker).leaderEpoch;
  replica.metadataOffset = offset;
  if (brokerViewOf(protocol, broker).leaderEpoch > oldEpoch) takeRole(context, protocol, broker);
  else dropPendingIsr(replica);
  if (replica.replica.state === 'leading') {
    maybeAdvanceHighWatermark(context, protocol, record, broker);
  }
  forgetReplayedMetadata(protocol, context.broker);
}

/** Brings the replica into the role that the broker's view gives it. */
function takeRole(context: ReplicationContext, protocol: Protocol, broker: Broker): void {
  const replica = protocol.brokers.get(broker);
  const { leader } = brokerViewOf(protocol, broker);
  const event = leader === undefined ? 'loseLeader' : leader === broker ? 'lead' : 'follow';
  replica.replica.send(event, roleEffects, { context, replica });
}

/**
 * Loads the log of a broker that starts and brings its view up to date. The high watermark starts
 * from a checkpoint; the model takes the oldest there can be, none at all, which is what makes the
 * rules that compare with it work hardest.
 */
export function loadReplica(context: ReplicationContext, protocol: Protocol, broker: Broker): void {
  const replica = protocol.brokers.get(broker);
  replica.metadataOffset = controllerPartitionEpoch(protocol);
  replica.replica.send('load', roleEffects, { context, replica });
  takeRole(context, protocol, broker);
  forgetReplayedMetadata(protocol, context.broker);
}

/** Loses everything that a broker process holds in memory; the log survives. */
export function loseMemory(context: ReplicationContext, protocol: Protocol, broker: Broker): void {
  const replica = protocol.brokers.get(broker);
  replica.replica.send('stop', roleEffects, { context, replica });
  replica.metadataOffset = 0;
  replica.highWatermark = 0;
  replica.epochStartOffset = 0;
  replica.waitingProduce.truncate(0);
  dropPendingIsr(replica);
  for (const other of context.broker.all) {
    replica.followers.clear(other);
    if (other !== broker) protocol.fetchResponses.clear(other, broker);
  }
  forgetReplayedMetadata(protocol, context.broker);
}
