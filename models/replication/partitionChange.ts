import type { ReplicationContext } from './context.ts';
import { type ElectionKind, elect } from './election.ts';
import { effectiveMinIsr, hasElr, isAssigned, isCreated } from './metadata.ts';
import { type Partition, partitionsIn } from './partitionScope.ts';
import type { ReplicationRules } from './rules.ts';
import type {
  Broker,
  MetadataDraft,
  PartitionDraft,
  PartitionId,
  PartitionView,
  Protocol,
} from './schema.ts';

/** A change of the partition that the controller is about to decide. */
export interface PartitionChange {
  readonly kind: ElectionKind;
  /** Sets what is wanted of the ISR or the assignment. */
  readonly edit?: (draft: PartitionDraft, partition: Partition) => void;
  /** A broker that restarted without proof of a clean shutdown. */
  readonly uncleanShutdown?: Broker | undefined;
  /** A broker of which the partitions are looked up both by their ISR and by their ELR. */
  readonly lookedUpTwice?: Broker | undefined;
}

/** Decides a change of one partition. */
export function decideOn(partition: Partition, change: PartitionChange): void {
  decide(partition.context, partition.protocol, draft => changePartition(partition, draft, change));
}

/**
 * Decides a change of every partition that it is about, at once: brokers learn of it as a whole or not at
 * all. The controller finds these partitions in indexes, and looks at no other.
 */
export function decideOnAll(
  context: ReplicationContext,
  protocol: Protocol,
  isAbout: (partition: PartitionView) => boolean,
  change: PartitionChange,
): void {
  decide(context, protocol, draft => {
    let changes = false;
    for (const partition of partitionsIn(context, protocol)) {
      if (!isAbout(draft.partitions.get(partition.id))) continue;
      if (changePartition(partition, draft, change)) changes = true;
    }
    return changes;
  });
}

/** Decides what becomes of the topic: what is written is of every partition. */
export function decideOnTopic(
  context: ReplicationContext,
  protocol: Protocol,
  write: (draft: PartitionDraft, partition: PartitionId) => void,
  minInsyncReplicas?: number,
): void {
  decide(context, protocol, draft => {
    draft.minInsyncReplicas = minInsyncReplicas ?? draft.minInsyncReplicas;
    for (const id of context.partition.all) write(draft.partitions.get(id), id);
    return true;
  });
}

/**
 * Decides another min.insync.replicas: a record about the configuration, not about partitions. Where ELR is
 * on, another one clears ELR and last known leader, for what they promise was true of the old setting;
 * partitions that have neither are not touched, and nobody is elected.
 *
 * Source: ConfigRecord, ClearElrRecord; ConfigurationControlManager.createClearElrRecordsAsNeeded,
 * ReplicationControlManager.removeTopicElrs; KIP-966.
 */
export function decideMinInsyncReplicas(
  context: ReplicationContext,
  protocol: Protocol,
  minInsyncReplicas: number,
): void {
  decide(context, protocol, draft => {
    draft.minInsyncReplicas = minInsyncReplicas;
    for (const id of context.partition.all) {
      if (hasElr(context, draft) && context.rules.minIsrChangeClearsElr)
        clearElr(context, draft.partitions.get(id));
    }
    return true;
  });
}

/**
 * Decides that eligible leader replicas are on: a feature level, and with it the min.insync.replicas that is in
 * force from now on. No partition is touched. So of one that is offline nobody notes who led it last, unless that
 * is repaired: then it is the last member of the ISR.
 *
 * Source: ConfigurationControlManager.updateFeatures, maybeGenerateElrSafetyRecords; KIP-966.
 */
export function decideElr(
  context: ReplicationContext,
  protocol: Protocol,
  minInsyncReplicas: number,
): void {
  decide(context, protocol, draft => {
    draft.elrSwitchedOn = 1;
    draft.minInsyncReplicas = minInsyncReplicas;
    if (!context.rules.enablingElrNotesLastLeader) return true;
    for (const id of context.partition.all) noteLastMember(context, draft.partitions.get(id));
    return true;
  });
}

function noteLastMember({ broker }: ReplicationContext, draft: PartitionDraft): void {
  if (draft.leader !== undefined || draft.isr.size !== 1) return;
  for (const member of broker.all) if (draft.isr.has(member)) draft.lastKnownLeader = member;
  draft.partitionEpoch++;
}

/** Decides the other value of unclean.leader.election.enable. Nobody is elected by that. */
export function decideUncleanSetting(context: ReplicationContext, protocol: Protocol): void {
  decide(context, protocol, draft => {
    draft.uncleanElectionChanged = 1 - draft.uncleanElectionChanged;
    return true;
  });
}

/**
 * The controller forgets to take the members out of its index of ELR members as well. There they are for good: who is
 * in the ELR again is there twice, and once when it has left it.
 */
function clearElr({ broker }: ReplicationContext, draft: PartitionDraft): void {
  const { elr, staleInElrIndex } = draft;
  if (elr.isEmpty && draft.lastKnownLeader === undefined && draft.nobodyLedLast === 0) return;
  for (const member of broker.all) if (elr.has(member)) staleInElrIndex.add(member);
  elr.clear();
  noteLastKnownLeader(draft, undefined);
  draft.partitionEpoch++;
}

/** Appends a metadata record, unless what it would say changes nothing. */
function decide(
  context: ReplicationContext,
  { metadata }: Protocol,
  change: (draft: MetadataDraft) => boolean,
): void {
  const { history } = metadata;
  if (!change(draftOfNext(context, metadata))) history.truncate(history.length - 1);
}

/**
 * Writes a change of a partition into the record that is being drafted, and says whether there is one.
 * The steps and their order are those of PartitionChangeBuilder.build: completed reassignment, target
 * ELR, election, epoch bump for a removed replica, ELR, ISR (the last member stays unless ELR is on),
 * epoch bump for a shrink, last known leader.
 */
function changePartition(
  partition: Partition,
  next: MetadataDraft,
  change: PartitionChange,
): boolean {
  const { context } = partition;
  const { rules } = context;
  const { history } = partition.metadata;
  const draft = next.partitions.get(partition.id);
  const before = history.get(history.length - 2).partitions.get(partition.id);
  // A deleted topic has nothing left to decide about.
  if (!isCreated(before)) return false;
  change.edit?.(draft, partition);
  completeReassignment(context, draft);
  const isElrOn = hasElr(context, next);
  if (isElrOn) updateElr(context, before, draft, minIsrOfElr(partition), change);
  const { leader, outside } = elect(partition, before, draft, change.kind);
  if (outside && leader !== undefined) {
    draft.isr.clear();
    draft.isr.add(leader);
    if (rules.marksUncleanElections) draft.recovering = true;
    draft.elr.clear();
  } else if (leader !== undefined && !draft.isr.has(leader)) {
    // Out of the ELR, cleanly: the ISR was empty.
    draft.isr.clear();
    draft.isr.add(leader);
    draft.elr.delete(leader);
  }
  if (draft.isr.isEmpty && !isElrOn && rules.lastMemberStaysInIsr) {
    draft.isr.assign(before.isr);
  }
  const shrinks = !before.isr.isSubsetOf(draft.isr);
  const writesLeader =
    leader !== before.leader || loses(before, draft) || (shrinks && rules.shrinkBumpsLeaderEpoch);
  if (isElrOn) updateLastKnownLeader(context, before, draft, leader);
  if (writesLeader) {
    // The leader epoch grows whenever the leader is written, even to "none" or to the same one.
    draft.leader = leader;
    draft.leaderEpoch = rules.nextLeaderEpoch(before.leaderEpoch);
  } else if (same(before, draft)) {
    return false;
  }
  draft.partitionEpoch = before.partitionEpoch + 1;
  for (let times = timesFound(before, change); times > 1; times--) {
    if (writesLeader) draft.leaderEpoch = rules.nextLeaderEpoch(draft.leaderEpoch);
    draft.partitionEpoch++;
  }
  return true;
}

/**
 * How often the controller finds the partition, by its ISR and by an index of ELR members that is not up to date: it
 * writes the same change as often, and the epochs grow by as much.
 *
 * Source: ReplicationControlManager.handleBrokerShutdown, BrokersToElrs.
 */
function timesFound(before: PartitionView, { lookedUpTwice: broker }: PartitionChange): number {
  if (broker === undefined) return 1;
  return [before.isr, before.elr, before.staleInElrIndex].filter(index => index.has(broker)).length;
}

/** Appends a copy of the newest record, to be changed. */
function draftOfNext(
  { partition }: ReplicationContext,
  { history }: Protocol['metadata'],
): MetadataDraft {
  const newest = history.get(history.length - 1);
  const { minInsyncReplicas, elrSwitchedOn, uncleanElectionChanged, partitions } = newest;
  history.push({ minInsyncReplicas, elrSwitchedOn, uncleanElectionChanged });
  const draft = history.get(history.length - 1);
  for (const id of partition.all) copyPartition(partitions.get(id), draft.partitions.get(id));
  return draft;
}

function copyPartition(from: PartitionView, to: PartitionDraft): void {
  to.topicId = from.topicId;
  to.leader = from.leader;
  to.leaderEpoch = from.leaderEpoch;
  to.partitionEpoch = from.partitionEpoch;
  to.isr.assign(from.isr);
  to.elr.assign(from.elr);
  to.staleInElrIndex.assign(from.staleInElrIndex);
  to.lastKnownLeader = from.lastKnownLeader;
  to.nobodyLedLast = from.nobodyLedLast;
  to.recovering = from.recovering;
  to.adding.assign(from.adding);
  to.removing.assign(from.removing);
  for (let index = 0; index < from.replicas.length; index++) {
    to.replicas.push(from.replicas.get(index));
  }
}

/**
 * The minimum that the ELR goes by. It is looked up in what was decided before: the setting that was in force,
 * and no more than the replicas that the first partition of the topic had, whatever this change makes of them.
 *
 * Source: ReplicationControlManager.getTopicEffectiveMinIsr.
 */
function minIsrOfElr({ context, metadata: { history } }: Partition): number {
  const { minInsyncReplicas, partitions } = history.get(history.length - 2);
  const [first] = context.partition.all as [PartitionId];
  return effectiveMinIsr(context.rules, minInsyncReplicas, partitions.get(first));
}

/**
 * Ends a reassignment if those are in the ISR that it waits for, and somebody is left there. The
 * replicas to be removed leave the assignment and the ISR.
 */
function completeReassignment({ broker, rules }: ReplicationContext, draft: PartitionDraft): void {
  const { replicas, isr, adding, removing } = draft;
  if (adding.isEmpty && removing.isEmpty) return;
  const target = orderOf(draft).filter(member => !removing.has(member));
  if (rules.reassignmentEndsWith !== 'nobody') {
    const awaited = awaitedOf(rules.reassignmentEndsWith, draft, target);
    // Whoever is to be added and to be removed is waited for in vain.
    const isLeft = (member: Broker): boolean => isr.has(member) && !removing.has(member);
    if (!awaited.every(isLeft) || !target.some(isLeft)) return;
  }
  replicas.truncate(0);
  for (const member of target) replicas.push(member);
  for (const member of broker.all) if (removing.has(member)) isr.delete(member);
  adding.clear();
  removing.clear();
}

/** Whom a reassignment waits for. */
function awaitedOf(
  endsWith: ReplicationRules['reassignmentEndsWith'],
  draft: PartitionView,
  target: readonly Broker[],
): readonly Broker[] {
  const { adding, removing } = draft;
  if (endsWith === 'everyTarget') return target;
  const added = orderOf(draft).filter(member => adding.has(member));
  const isFewer = endsWith === 'addedUnlessFewer' && adding.size < removing.size;
  return isFewer ? [...added, ...target] : added;
}

/** The assignment, in its order. */
export function orderOf({ replicas }: PartitionView): Broker[] {
  return Array.from({ length: replicas.length }, (_, index) => replicas.get(index));
}

/**
 * Eligible leader replicas: who left the ISR while it was below min.insync.replicas and still has
 * everything below the high watermark, which does not move then (KIP-966).
 */
function updateElr(
  context: ReplicationContext,
  before: PartitionView,
  draft: PartitionDraft,
  minIsr: number,
  { uncleanShutdown }: PartitionChange,
): void {
  const { rules, broker } = context;
  if (draft.isr.size >= minIsr) {
    draft.elr.clear();
    return;
  }
  for (const member of broker.all) {
    if (draft.isr.has(member)) draft.elr.delete(member);
    else if (before.isr.has(member)) draft.elr.add(member);
  }
  if (uncleanShutdown !== undefined && rules.uncleanShutdownLeavesElr) {
    draft.elr.delete(uncleanShutdown);
  }
  if (!rules.removedReplicaLeavesElr) return;
  for (const member of broker.all) if (!isAssigned(draft, member)) draft.elr.delete(member);
}

function updateLastKnownLeader(
  { rules }: ReplicationContext,
  before: PartitionView,
  draft: PartitionDraft,
  leader: Broker | undefined,
): void {
  if (leader !== undefined) noteLastKnownLeader(draft, undefined);
  else if (rules.notesLastKnownLeader === 'losingLeader') {
    const { leader: last } = before;
    if (last !== undefined && draft.lastKnownLeader === undefined) draft.lastKnownLeader = last;
  } else if (draft.isr.isEmpty && !before.isr.isEmpty) {
    noteLastKnownLeader(draft, before.leader);
    draft.nobodyLedLast = before.leader === undefined ? 1 : 0;
  }
}

/** Notes who led last; nobody forgets what was noted. */
function noteLastKnownLeader(draft: PartitionDraft, leader: Broker | undefined): void {
  draft.lastKnownLeader = leader;
  draft.nobodyLedLast = 0;
}

/** Whether a replica leaves the assignment. */
function loses(before: PartitionView, after: PartitionView): boolean {
  return orderOf(before).some(member => !isAssigned(after, member));
}

function same(a: PartitionView, b: PartitionView): boolean {
  return (
    sameMembers(a.isr, b.isr) &&
    sameMembers(a.elr, b.elr) &&
    sameMembers(a.adding, b.adding) &&
    sameMembers(a.removing, b.removing) &&
    a.lastKnownLeader === b.lastKnownLeader &&
    a.nobodyLedLast === b.nobodyLedLast &&
    a.recovering === b.recovering &&
    orderOf(a).join() === orderOf(b).join()
  );
}

function sameMembers(a: PartitionView['isr'], b: PartitionView['isr']): boolean {
  return a.isSubsetOf(b) && b.isSubsetOf(a);
}
