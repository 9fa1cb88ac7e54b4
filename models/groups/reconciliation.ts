import type { GroupsContext } from './context.ts';
import { membersIn } from './coordination.ts';
import { memberEffects } from './reading.ts';
import type {
  EntryView,
  GroupView,
  MemberNode,
  MemberView,
  PartitionId,
  Protocol,
  ReadonlyGroupView,
} from './schema.ts';

/** Gives every member an equal share, and leaves it what it had of that (UniformAssignor). */
export function computeTarget(context: GroupsContext, group: GroupView, first: MemberNode): void {
  const present = membersIn(context, group);
  const members = [
    ...present.filter(each => each >= first),
    ...present.filter(each => each < first),
  ];
  const share = Math.ceil(context.partition.count / members.length);
  const given = new Map<MemberNode, PartitionId[]>(members.map(member => [member, []]));
  const free: PartitionId[] = [];
  for (const partition of context.partition.all) {
    const owner = members.find(member => group.members.get(member).target.has(partition));
    const kept = owner === undefined ? undefined : given.get(owner);
    if (kept !== undefined && kept.length < share) kept.push(partition);
    else free.push(partition);
  }
  for (const partition of free) {
    const least = Math.min(...[...given.values()].map(({ length }) => length));
    [...given.values()].find(({ length }) => length === least)?.push(partition);
  }
  for (const [member, partitions] of given) {
    const { target } = group.members.get(member);
    target.clear();
    for (const partition of partitions) target.add(partition);
  }
  group.assignmentEpoch = group.generation;
}

/**
 * Brings a member nearer to the target: first it has to give up what others are to have, then it gets what nobody
 * holds any more.
 *
 * Source: CurrentAssignmentBuilder.build, computeNextAssignment.
 */
export function reconcileMember(
  context: GroupsContext,
  group: GroupView,
  member: MemberNode,
  owns: (partition: PartitionId) => boolean,
): void {
  const entry = group.members.get(member);
  if ([...entry.pending].some(owns)) return;
  const kept = [...entry.assigned].filter(partition => entry.target.has(partition));
  const revoked = [...entry.assigned].filter(partition => !entry.target.has(partition));
  if (revoked.some(owns)) {
    entry.pending.clear();
    for (const partition of revoked) {
      entry.assigned.delete(partition);
      entry.pending.add(partition);
    }
    return;
  }
  const added = [...entry.target].filter(
    partition => !entry.assigned.has(partition) && isFree(context, group, member, partition),
  );
  entry.pending.clear();
  entry.assigned.clear();
  for (const partition of context.partition.all) {
    if (!kept.includes(partition)) entry.assignedAt.set(partition, 0);
  }
  for (const partition of [...kept, ...added]) entry.assigned.add(partition);
  for (const partition of added) entry.assignedAt.set(partition, group.assignmentEpoch);
  if (entry.epoch === group.assignmentEpoch) return;
  entry.previousEpoch = entry.epoch;
  entry.epoch = group.assignmentEpoch;
}

/** Whether nobody else holds a partition, or has still to give it up. */
function isFree(
  { rules, member: members }: GroupsContext,
  group: ReadonlyGroupView,
  member: MemberNode,
  partition: PartitionId,
): boolean {
  if (!rules.releasesFirst) return true;
  return members.all.every(other => {
    const { assigned, pending } = group.members.get(other);
    return other === member || (!assigned.has(partition) && !pending.has(partition));
  });
}

/** A member gets the answer to its heartbeat: its epoch, and what it is to own. */
export function tellTarget(
  context: GroupsContext,
  protocol: Protocol,
  member: MemberNode,
  { epochs, owners, isPending }: EntryView,
): void {
  const view = protocol.members.get(member);
  view.heartbeat = undefined;
  view.generation = epochs.get(member);
  view.target.clear();
  for (const partition of context.partition.all) {
    if (owners.get(partition) === member && !isPending.get(partition)) view.target.add(partition);
  }
  followTarget(context, view);
}

/** It has to reconcile what it owns with what it was told, if that differs. */
export function followTarget(context: GroupsContext, view: MemberView): void {
  const isTheSame = context.partition.all.every(
    partition => view.partitions.get(partition).isOwned === view.target.has(partition),
  );
  view.consumer.send(isTheSame ? 'keep' : 'getTarget', memberEffects, { context, member: view });
}
