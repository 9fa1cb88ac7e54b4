import type { EffectHandlers } from '../../checker/state/viewTypes.ts';
import { maybeAdvanceHighWatermark, nextHighWatermark } from './highWatermark.ts';
import { assignEpoch, startLogAt, truncateLog } from './log.ts';
import { brokerViewOf, isAssigned, partitionEpochKnownTo } from './metadata.ts';
import { reaches } from './network.ts';
import type { Partition, PartitionStep, RuledPartition } from './partitionScope.ts';
import { failWaitingProduce } from './producer.ts';
import type { Broker, PartitionView, ReadonlyReplicaView, ReplicaView } from './schema.ts';

interface RoleChange {
  readonly partition: Partition;
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
  startEpoch({ partition, broker }) {
    const replica = partition.replicas.get(broker);
    const { leaderEpoch } = brokerViewOf(partition, broker);
    replica.epochStartOffset = replica.log.length;
    if (partition.context.rules.writesEpochEntryOnElection) {
      assignEpoch(replica, leaderEpoch, replica.log.length);
    }
    dropPendingIsr(replica);
  },
  forgetRemoteReplicas({ partition, broker }) {
    if (partition.context.rules.forgetsFollowersOnElection) forgetFollowers(partition, broker);
  },
  startFetching({ partition, broker }) {
    const replica = partition.replicas.get(broker);
    // Before 0.11 the replica's own high watermark decides, which may trail (KIP-101).
    if (partition.context.rules.truncation === 'toHighWatermark')
      truncateLog(replica, replica.highWatermark);
  },
  failWaitingProduce({ partition, broker }) {
    const replica = partition.replicas.get(broker);
    failWaitingProduce(partition, replica);
    replica.epochStartOffset = 0;
    dropPendingIsr(replica);
    if (partition.context.rules.forgetsFollowersOnElection) forgetFollowers(partition, broker);
  },
  deleteLog({ partition, broker }) {
    const replica = partition.replicas.get(broker);
    startLogAt(replica, 0);
    // What is written of its high watermark stays until the file is written anew: it goes by the topic's name.
    replica.topicId = 0;
  },
};

function forgetFollowers(partition: Partition, of: Broker): void {
  const { followers } = partition.replicas.get(of);
  for (const other of partition.context.broker.all) followers.clear(other);
}

/**
 * Forgets an ISR change that was proposed: the metadata has decided, one way or the other. So the leader
 * takes it, who cannot tell a record that decides about the proposal from one that it knew by an
 * answer before it proposed anything (Partition.updateAssignmentAndIsr).
 */
export function dropPendingIsr({ pendingIsr }: ReplicaView): void {
  pendingIsr.change = 'none';
  pendingIsr.isr.clear();
}

/**
 * Acts on newer metadata of the partition, which the broker has just replayed: a newer leader epoch
 * makes the replica lead, follow or wait; a newer ISR in the same epoch replaces what a leader had
 * committed and pending; a changed assignment makes or removes the replica, and so does another topic
 * of the name.
 *
 * Source: Partition.makeLeader, Partition.makeFollower, ReplicaManager.applyDelta.
 */
export function actOnMetadata(
  partition: PartitionStep,
  broker: Broker,
  {
    leader: oldLeader,
    leaderEpoch: oldEpoch,
    topicId: oldTopic,
  }: Pick<PartitionView, 'leader' | 'leaderEpoch' | 'topicId'>,
): void {
  const { rules } = partition.context;
  const { role, answeredIsr } = partition.replicas.get(broker);
  const view = brokerViewOf(partition, broker);
  // By an answer a leader may know more than the record says, which it then passes over.
  const isSameTopic = view.topicId === oldTopic;
  if (isSameTopic && view.partitionEpoch < partitionEpochKnownTo(partition, broker)) return;
  forgetAnswer(answeredIsr);
  const newEpoch = rules.ignoresOlderMetadata
    ? view.leaderEpoch > oldEpoch
    : view.leaderEpoch !== oldEpoch;
  const overlooked =
    !rules.truncatesInEveryEpoch && view.leader === oldLeader && oldLeader !== broker;
  if (!isSameTopic && role.state !== 'absent') removeReplica(partition, broker);
  const hosted = role.state !== 'absent';
  if (hosted !== isAssigned(view, broker) || (newEpoch && !overlooked)) {
    takeRole(partition, broker);
  } else if (hosted) {
    stayInRole(partition, broker);
  }
  if (role.state === 'leading' && rules.reevaluatesOnIsrChange) {
    maybeAdvanceHighWatermark(partition, broker);
  }
}

/** The metadata that a leader has replayed says what it knew by an answer, or more. */
function forgetAnswer(answeredIsr: ReplicaView['answeredIsr']): void {
  answeredIsr.partitionEpoch = undefined;
  answeredIsr.isr.clear();
}

/** Brings the replica into the role that the broker's view gives it. */
export function takeRole(partition: Partition, broker: Broker): void {
  const replica = partition.replicas.get(broker);
  const { role } = replica;
  const view = brokerViewOf(partition, broker);
  const change = { partition, broker };
  if (!isAssigned(view, broker)) {
    if (role.state !== 'absent') removeReplica(partition, broker);
    return;
  }
  if (role.state === 'absent') role.send('assign', roleEffects, change);
  replica.topicId = view.topicId;
  if (view.leader === broker) {
    role.send('lead', roleEffects, change);
    forgetRemoved(partition, broker);
  } else if (view.leader === undefined || isLeaving(partition, broker)) {
    role.send('loseLeader', roleEffects, change);
  } else {
    role.send(asksBeforeFetching(partition, broker) ? 'truncate' : 'follow', roleEffects, change);
  }
}

/** The broker has no replica of the partition any more, and deletes its log. */
export function removeReplica(partition: Partition, broker: Broker): void {
  partition.replicas.get(broker).role.send('remove', roleEffects, { partition, broker });
}

/** A follower is told to stop (StopReplica); whoever leads goes on. */
export function stopFetching(partition: Partition, broker: Broker): void {
  const { role } = partition.replicas.get(broker);
  if (role.state !== 'following' && role.state !== 'truncating') return;
  role.send('loseLeader', roleEffects, { partition, broker });
}

/** The same leader epoch: only the ISR, the assignment or the configuration is new. */
function stayInRole(partition: Partition, broker: Broker): void {
  const { role } = partition.replicas.get(broker);
  dropPendingIsr(partition.replicas.get(broker));
  if (role.state === 'leading') forgetRemoved(partition, broker);
  else if (role.state !== 'absent' && isLeaving(partition, broker)) {
    role.send('loseLeader', roleEffects, { partition, broker });
  }
}

/** In controlled shutdown and out of the ISR: such a replica does not fetch any more (KIP-841). */
function isLeaving(partition: Partition, broker: Broker): boolean {
  const { process } = partition.brokers.get(broker);
  const { isr } = brokerViewOf(partition, broker);
  return process.state === 'pendingControlledShutdown' && !isr.has(broker);
}

function asksBeforeFetching(partition: Partition, broker: Broker): boolean {
  const { rules } = partition.context;
  if (rules.truncation === 'onFetch' || rules.truncation === 'toHighWatermark') return false;
  // With an empty log there is nothing to ask about.
  return partition.replicas.get(broker).epochCache.length > 0;
}

/** A leader forgets the replicas that are not assigned any more (Partition.updateAssignment). */
function forgetRemoved(partition: Partition, leader: Broker): void {
  if (!partition.context.rules.forgetsRemovedReplicas) return;
  const view = brokerViewOf(partition, leader);
  const { followers } = partition.replicas.get(leader);
  for (const other of partition.context.broker.all)
    if (!isAssigned(view, other)) followers.clear(other);
}

/** Ends the truncation that comes before fetching, in generations that have it. */
export function startFetching(partition: Partition, broker: Broker): void {
  const { role } = partition.replicas.get(broker);
  role.send('agree', roleEffects, { partition, broker });
}

/** Only with a defect: whoever the leader cannot answer fetches no more until the next leader epoch. */
export function stopCutOffFetchers(partition: Partition): void {
  if (partition.context.rules.fetchesAgainAfterCut) return;
  for (const broker of partition.context.broker.all) {
    const { role } = partition.replicas.get(broker);
    if (role.state !== 'following') continue;
    const { leader } = brokerViewOf(partition, broker);
    if (leader === undefined) continue;
    const isCutOff = !reaches(partition, broker, leader) || !reaches(partition, leader, broker);
    if (isCutOff) role.send('loseLeader', roleEffects, { partition, broker });
  }
}

/**
 * Loads the log of a broker that starts and has replayed some metadata. The high watermark starts
 * from its checkpoint; epochs of which no record is left are forgotten. A broker that still leads, because
 * nobody has noticed that it was away, looks at once whether it can move. A log of another topic of the
 * name is a stray, which does not stay.
 *
 * Source: LogLoader, Partition.createLog, BrokerMetadataPublisher (first publish, and finishInitializingReplicaManager,
 * which starts to write high watermarks without delay), Partition.makeLeader; LogManager.deleteStrayKRaftReplicas,
 * KAFKA-14616.
 */
export function loadReplica(partition: Partition, broker: Broker): void {
  const replica = partition.replicas.get(broker);
  truncateLog(replica, replica.log.length);
  const { checkpointedHighWatermark: checkpointed, log } = replica;
  const within = partition.context.rules.clipsCheckpointedHighWatermark
    ? Math.min(checkpointed, log.length)
    : checkpointed;
  replica.highWatermark = Math.max(replica.logStartOffset, within);
  replica.role.send('load', roleEffects, { partition, broker });
  // Nobody has told it yet what the replica is.
  if (partition.learning.isPushed) return;
  if (hasStrayLog(partition, broker)) {
    removeReplica(partition, broker);
    // The partition could not be made beside the stray, and is not before something else makes it.
    if (partition.context.rules.strayLogs === 'removed') return;
  }
  takeRole(partition, broker);
  if (replica.role.state === 'leading') {
    // Nobody waits for it yet, and nobody can read before the broker opens for clients.
    replica.highWatermark = nextHighWatermark(partition, broker) ?? replica.highWatermark;
  }
  // A start writes the file at once. That counts where the old one is of a log that is gone: of one that is there, the
  // high watermark can be that of before.
  if (isHosted(replica) && replica.log.length === 0) {
    replica.checkpointedHighWatermark = replica.highWatermark;
  }
}

/** Whether the partition is one of those that the broker has now: not of one that is down. */
function isHosted({ role }: ReadonlyReplicaView): boolean {
  return role.state !== 'absent' && role.state !== 'offline';
}

/** Whether the file of high watermarks that the broker would write now is another than there is. */
export function hasNewHighWatermark(
  partitions: readonly RuledPartition[],
  broker: Broker,
): boolean {
  const replicas = partitions.map(each => each.replicas.get(broker));
  const isNew = replicas.some(each => toWrite(each) !== each.checkpointedHighWatermark);
  return isNew && replicas.some(isHosted);
}

/**
 * The broker writes the high watermarks of the replicas that it has, and of no others; with none it writes
 * nothing, and the file stays as it is.
 *
 * Source: ReplicaManager.checkpointHighWatermarks.
 */
export function checkpointHighWatermarks(partitions: readonly Partition[], broker: Broker): void {
  const replicas = partitions.map(each => each.replicas.get(broker));
  if (!replicas.some(isHosted)) return;
  for (const each of replicas) each.checkpointedHighWatermark = toWrite(each);
}

function toWrite(replica: ReadonlyReplicaView): number {
  return isHosted(replica) ? replica.highWatermark : 0;
}

/** Whether the broker has a log that is of another topic than the one that it knows of. */
function hasStrayLog(partition: Partition, broker: Broker): boolean {
  const { topicId } = partition.replicas.get(broker);
  if (topicId === 0 || partition.context.rules.strayLogs === 'taken') return false;
  return topicId !== brokerViewOf(partition, broker).topicId;
}

/** Loses everything that a broker process holds in memory of a replica; what is on disk survives. */
export function unloadReplica(partition: Partition, broker: Broker): void {
  const replica = partition.replicas.get(broker);
  if (replica.role.state !== 'offline') {
    replica.role.send('stop', roleEffects, { partition, broker });
  }
  failWaitingProduce(partition, replica);
  replica.highWatermark = 0;
  replica.epochStartOffset = 0;
  dropPendingIsr(replica);
  forgetAnswer(replica.answeredIsr);
  forgetFollowers(partition, broker);
  // Its connection to the controller is gone as well, and an answer with it.
  const { inFlight } = partition.alterPartition.get(broker);
  const isAnswered = inFlight === 'success' || inFlight === 'ineligibleReplica';
  if (isAnswered) partition.alterPartition.clear(broker);
  for (const other of partition.context.broker.all) {
    if (other === broker) continue;
    // Its connections are gone. A request it has sent may still arrive.
    partition.fetchResponses.clear(other, broker);
    partition.fetchRequests.clear(other, broker);
  }
}
