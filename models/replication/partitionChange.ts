import type { ReplicationContext } from './context.ts';
import { type ElectionKind, elect } from './election.ts';
import { effectiveMinIsr, isAssigned } from './metadata.ts';
import type { Broker, PartitionDraft, PartitionView, Protocol } from './schema.ts';

/** A change of the partition that the controller is about to decide. */
export interface PartitionChange {
  readonly kind: ElectionKind;
  /** Sets what is wanted of the ISR, the assignment or the configuration. */
  readonly edit?: (draft: PartitionDraft) => void;
  /** A broker that restarted without proof of a clean shutdown. */
  readonly uncleanShutdown?: Broker | undefined;
  /** ELR and last known leader are dropped (ClearElrRecord). */
  readonly clearsElr?: boolean;
}

/**
 * Decides a change of the partition and appends the metadata record that tells it; appends nothing
 * if nothing changes. The steps and their order are those of PartitionChangeBuilder.build:
 * completed reassignment, target ELR, election, epoch bump for a removed replica, ELR, ISR (the
 * last member stays unless ELR is on), epoch bump for a shrink, last known leader.
 */
export function changePartition(
  context: ReplicationContext,
  protocol: Protocol,
  change: PartitionChange,
): void {
  const { rules } = context;
  const { history } = protocol.metadata;
  const draft = draftOfNext(protocol);
  const before = history.get(history.length - 2);
  change.edit?.(draft);
  completeReassignment(context, draft);
  updateElr(context, before, draft, change);
  const { leader, outside } = elect(context, protocol, before, draft, change.kind);
  if (outside && leader !== undefined) {
    draft.isr.clear();
    draft.isr.add(leader);
    draft.recovering = true;
    draft.elr.clear();
  } else if (leader !== undefined && !draft.isr.has(leader)) {
    // Out of the ELR, cleanly: the ISR was empty.
    draft.isr.clear();
    draft.isr.add(leader);
    draft.elr.delete(leader);
  }
  if (draft.isr.isEmpty && !rules.eligibleLeaderReplicas && rules.lastMemberStaysInIsr) {
    draft.isr.assign(before.isr);
  }
  const shrinks = !before.isr.isSubsetOf(draft.isr);
  const writesLeader =
    leader !== before.leader || loses(before, draft) || (shrinks && rules.shrinkBumpsLeaderEpoch);
  updateLastKnownLeader(context, before, draft, leader);
  if (writesLeader) {
    // The leader epoch grows whenever the leader is written, even to "none" or to the same one.
    draft.leader = leader;
    draft.leaderEpoch = rules.nextLeaderEpoch(before.leaderEpoch);
  } else if (same(before, draft)) {
    history.truncate(history.length - 1);
  }
}

/** Appends a copy of the newest record, to be changed; the partition epoch is its offset. */
function draftOfNext(protocol: Protocol): PartitionDraft {
  const { history } = protocol.metadata;
  const before = history.get(history.length - 1);
  history.push(before);
  const draft = history.get(history.length - 1);
  for (let index = 0; index < before.replicas.length; index++) {
    draft.replicas.push(before.replicas.get(index));
  }
  return draft;
}

/**
 * Ends a reassignment if its condition holds: every replica of the target is in the ISR. The
 * replicas to be removed leave the assignment and the ISR.
 */
function completeReassignment({ broker, rules }: ReplicationContext, draft: PartitionDraft): void {
  const { replicas, isr, adding, removing } = draft;
  if (adding.isEmpty && removing.isEmpty) return;
  const inTarget = (member: Broker): boolean => isAssigned(draft, member) && !removing.has(member);
  const isReady = (member: Broker): boolean => !inTarget(member) || isr.has(member);
  if (rules.reassignmentNeedsEveryTarget && !broker.all.every(isReady)) return;
  const target = orderOf(draft).filter(inTarget);
  replicas.truncate(0);
  for (const member of target) replicas.push(member);
  for (const member of broker.all) if (removing.has(member)) isr.delete(member);
  adding.clear();
  removing.clear();
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
  { uncleanShutdown, clearsElr }: PartitionChange,
): void {
  const { rules, broker } = context;
  if (!rules.eligibleLeaderReplicas) return;
  if (clearsElr === true) {
    if (!rules.minIsrChangeClearsElr) return;
    draft.elr.clear();
    draft.lastKnownLeader = undefined;
    return;
  }
  if (draft.isr.size >= effectiveMinIsr(draft)) {
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
}

function updateLastKnownLeader(
  { rules }: ReplicationContext,
  before: PartitionView,
  draft: PartitionDraft,
  leader: Broker | undefined,
): void {
  if (!rules.eligibleLeaderReplicas) return;
  if (leader !== undefined) draft.lastKnownLeader = undefined;
  else if (before.leader !== undefined && draft.lastKnownLeader === undefined) {
    draft.lastKnownLeader = before.leader;
  }
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
    a.recovering === b.recovering &&
    a.minInsyncReplicas === b.minInsyncReplicas &&
    orderOf(a).join() === orderOf(b).join()
  );
}

function sameMembers(a: PartitionView['isr'], b: PartitionView['isr']): boolean {
  return a.isSubsetOf(b) && b.isSubsetOf(a);
}
