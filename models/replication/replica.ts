import type { EffectHandlers } from '../../checker/state/viewTypes.ts';
import type { ReplicationContext } from './context.ts';
import { maybeAdvanceHighWatermark } from './highWatermark.ts';
import { assignEpoch, startLogAt, truncateLog } from './log.ts';
import { brokerViewOf, forgetReplayedMetadata, isAssigned } from './metadata.ts';
import { reaches } from './network.ts';
import { failWaitingProduce } from './producer.ts';
import type { ReplicationRecording } from './recorders.ts';
import type { Broker, BrokerView, Protocol } from './schema.ts';

interface RoleChange {
  readonly context: ReplicationContext;
  readonly protocol: Protocol;
  readonly broker: Broker;
}

type ReplicaEffect =
  | 'startEpoch'
  | 'forgetRemoteReplicas'
  | 'startFetching'
  | 'failWaitingProduce'
  | 'deleteLog';

/** What each effect of the replica lifecycle does. */
const roleEffects: EffectHandlers<ReplicaEffect, RoleChange> = {
  startEpoch({ context, protocol, broker }) {
    const replica = protocol.brokers.get(broker);
    const { leaderEpoch } = brokerViewOf(protocol, broker);
    replica.epochStartOffset = replica.log.length;
    if (context.rules.writesEpochEntryOnElection) {
      assignEpoch(replica, leaderEpoch, replica.log.length);
    }
    dropPendingIsr(replica);
  },
  forgetRemoteReplicas({ context, protocol, broker }) {
    if (context.rules.forgetsFollowersOnElection) forgetFollowers(context, protocol, broker);
  },
  startFetching({ context, protocol, broker }) {
    const replica = protocol.brokers.get(broker);
    // Before 0.11 the replica's own high watermark decides, which may trail (KIP-101).
    if (context.rules.truncation === 'toHighWatermark') truncateLog(replica, replica.highWatermark);
  },
  failWaitingProduce({ context, protocol, broker }) {
    const replica = protocol.brokers.get(broker);
    failWaitingProduce(context, protocol, replica);
    replica.epochStartOffset = 0;
    dropPendingIsr(replica);
    if (context.rules.forgetsFollowersOnElection) forgetFollowers(context, protocol, broker);
  },
  deleteLog({ protocol, broker }) {
    const replica = protocol.brokers.get(broker);
    startLogAt(replica, 0);
    replica.checkpointedHighWatermark = 0;
  },
};

function forgetFollowers({ broker: brokers }: ReplicationContext, protocol: Protocol, of: Broker) {
  const { followers } = protocol.brokers.get(of);
  for (const other of brokers.all) followers.clear(other);
}

/** Forgets an ISR change that was proposed: newer metadata has decided, one way or the other. */
export function dropPendingIsr({ pendingIsr }: BrokerView): void {
  pendingIsr.change = 'none';
  pendingIsr.isr.clear();
}

/**
 * Moves a broker's view of the partition to the metadata record at `offset` and acts on it: a newer
 * leader epoch makes the replica lead, follow or wait; a newer ISR in the same epoch replaces what
 * a leader had committed and pending; a changed assignment makes or removes the replica.
 *
 * Source: Partition.makeLeader, Partition.makeFollower, ReplicaManager.applyDelta.
 */
export function replayMetadataUpTo(
  context: ReplicationContext,
  protocol: Protocol,
  record: ReplicationRecording,
  broker: Broker,
  offset: number,
): void {
  const replica = protocol.brokers.get(broker);
  const { leader: oldLeader, leaderEpoch: oldEpoch } = brokerViewOf(protocol, broker);
  replica.metadataOffset = offset;
  const view = brokerViewOf(protocol, broker);
  const newEpoch = context.rules.ignoresOlderMetadata
    ? view.leaderEpoch > oldEpoch
    : view.leaderEpoch !== oldEpoch;
  const overlooked =
    !context.rules.truncatesInEveryEpoch && view.leader === oldLeader && oldLeader !== broker;
  const hosted = replica.replica.state !== 'absent';
  if (hosted !== isAssigned(view, broker) || (newEpoch && !overlooked)) {
    takeRole(context, protocol, broker);
  } else if (hosted) {
    stayInRole(context, protocol, broker);
  }
  if (replica.replica.state === 'leading' && context.rules.reevaluatesOnIsrChange) {
    maybeAdvanceHighWatermark(context, protocol, record, broker);
  }
  forgetReplayedMetadata(protocol, context.broker, context.rules);
}

/** Brings the replica into the role that the broker's view gives it. */
function takeRole(context: ReplicationContext, protocol: Protocol, broker: Broker): void {
  const { replica } = protocol.brokers.get(broker);
  const view = brokerViewOf(protocol, broker);
  const change = { context, protocol, broker };
  if (!isAssigned(view, broker)) {
    if (replica.state !== 'absent') replica.send('remove', roleEffects, change);
    return;
  }
  if (replica.state === 'absent') replica.send('assign', roleEffects, change);
  if (view.leader === broker) {
    replica.send('lead', roleEffects, change);
    forgetRemoved(context, protocol, broker);
  } else if (view.leader === undefined || isLeaving(protocol, broker)) {
    replica.send('loseLeader', roleEffects, change);
  } else {
    replica.send(
      asksBeforeFetching(context, protocol, broker) ? 'truncate' : 'follow',
      roleEffects,
      change,
    );
  }
}

/** The same leader epoch: only the ISR, the assignment or the configuration is new. */
function stayInRole(context: ReplicationContext, protocol: Protocol, broker: Broker): void {
  const { replica } = protocol.brokers.get(broker);
  dropPendingIsr(protocol.brokers.get(broker));
  if (replica.state === 'leading') forgetRemoved(context, protocol, broker);
  else if (replica.state !== 'absent' && isLeaving(protocol, broker)) {
    replica.send('loseLeader', roleEffects, { context, protocol, broker });
  }
}

/** In controlled shutdown and out of the ISR: such a replica does not fetch any more (KIP-841). */
function isLeaving(protocol: Protocol, broker: Broker): boolean {
  const { process } = protocol.brokers.get(broker);
  const { isr } = brokerViewOf(protocol, broker);
  return process.state === 'pendingControlledShutdown' && !isr.has(broker);
}

function asksBeforeFetching(
  { rules }: ReplicationContext,
  protocol: Protocol,
  broker: Broker,
): boolean {
  if (rules.truncation === 'onFetch' || rules.truncation === 'toHighWatermark') return false;
  // With an empty log there is nothing to ask about.
  return protocol.brokers.get(broker).epochCache.length > 0;
}

/** A leader forgets the replicas that are not assigned any more (Partition.updateAssignment). */
function forgetRemoved(context: ReplicationContext, protocol: Protocol, leader: Broker): void {
  if (!context.rules.forgetsRemovedReplicas) return;
  const view = brokerViewOf(protocol, leader);
  const { followers } = protocol.brokers.get(leader);
  for (const other of context.broker.all) if (!isAssigned(view, other)) followers.clear(other);
}

/** Ends the truncation that comes before fetching, in generations that have it. */
export function startFetching(context: ReplicationContext, protocol: Protocol, broker: Broker) {
  const { replica } = protocol.brokers.get(broker);
  replica.send('agree', roleEffects, { context, protocol, broker });
}

/** Only with a defect: whoever the leader cannot answer fetches no more until the next leader epoch. */
export function stopCutOffFetchers(context: ReplicationContext, protocol: Protocol): void {
  if (context.rules.fetchesAgainAfterCut) return;
  for (const broker of context.broker.all) {
    const { replica } = protocol.brokers.get(broker);
    if (replica.state !== 'following') continue;
    const { leader } = brokerViewOf(protocol, broker);
    if (leader === undefined) continue;
    const isCutOff = !reaches(protocol, broker, leader) || !reaches(protocol, leader, broker);
    if (isCutOff) replica.send('loseLeader', roleEffects, { context, protocol, broker });
  }
}

/**
 * Loads the log of a broker that starts and has replayed the metadata this far. The high watermark starts
 * from its checkpoint; epochs of which no record is left are forgotten.
 *
 * Source: LogLoader, Partition.createLog, BrokerMetadataPublisher (first publish).
 */
export function loadReplica(
  context: ReplicationContext,
  protocol: Protocol,
  broker: Broker,
  replayed: number,
): void {
  const replica = protocol.brokers.get(broker);
  replica.metadataOffset = replayed;
  truncateLog(replica, replica.log.length);
  const { checkpointedHighWatermark: checkpointed, log } = replica;
  const within = context.rules.clipsCheckpointedHighWatermark
    ? Math.min(checkpointed, log.length)
    : checkpointed;
  replica.highWatermark = Math.max(replica.logStartOffset, within);
  replica.replica.send('load', roleEffects, { context, protocol, broker });
  takeRole(context, protocol, broker);
  forgetReplayedMetadata(protocol, context.broker, context.rules);
}

/** Loses everything that a broker process holds in memory; what is on disk survives. */
export function loseMemory(context: ReplicationContext, protocol: Protocol, broker: Broker): void {
  const replica = protocol.brokers.get(broker);
  if (replica.replica.state !== 'offline') {
    replica.replica.send('stop', roleEffects, { context, protocol, broker });
  }
  failWaitingProduce(context, protocol, replica);
  replica.paused = false;
  replica.brokerEpoch = 0;
  replica.previousBrokerEpoch = undefined;
  replica.metadataOffset = 0;
  replica.highWatermark = 0;
  replica.epochStartOffset = 0;
  dropPendingIsr(replica);
  forgetFollowers(context, protocol, broker);
  for (const other of context.broker.all) {
    if (other === broker) continue;
    // Its connections are gone. A request it has sent may still arrive.
    protocol.fetchResponses.clear(other, broker);
    protocol.fetchRequests.clear(other, broker);
  }
  forgetReplayedMetadata(protocol, context.broker, context.rules);
}
