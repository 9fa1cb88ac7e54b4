import type { GroupsContext } from './context.ts';
import { membersIn } from './coordination.ts';
import type { MemberNode, PartitionId, ReadonlyGroupView } from './schema.ts';

/** Who gets which partitions. */
export type Assignment = ReadonlyMap<MemberNode, readonly PartitionId[]>;

/**
 * What the leader of a group computes: an equal share for each, beginning with one of them. An eager assignor does
 * not look at what they had; a cooperative one leaves everybody what it has up to its share, and gives to others in
 * the next round what somebody has to give up first.
 *
 * Source: RangeAssignor; CooperativeStickyAssignor, AbstractStickyAssignor.
 */
export function assign(
  context: GroupsContext,
  group: ReadonlyGroupView,
  first: MemberNode,
): Assignment {
  const members = inTurn(context, group, first);
  const { all } = context.partition;
  if (context.config.assignor === 'eager') {
    return new Map(
      members.map((member, index) => [
        member,
        all.filter((_, at) => at % members.length === index),
      ]),
    );
  }
  return assignStickily(context, group, members);
}

/** The members, beginning with one of them. */
function inTurn(context: GroupsContext, group: ReadonlyGroupView, first: MemberNode): MemberNode[] {
  const members = membersIn(context, group);
  return [...members.filter(each => each >= first), ...members.filter(each => each < first)];
}

function assignStickily(
  context: GroupsContext,
  group: ReadonlyGroupView,
  members: readonly MemberNode[],
): Assignment {
  const { revokesFirst, ignoresStaleClaims } = context.rules;
  const share = Math.ceil(context.partition.count / members.length);
  const given = new Map<MemberNode, PartitionId[]>(members.map(member => [member, []]));
  const free: { readonly partition: PartitionId; readonly isClaimed: boolean }[] = [];
  for (const partition of context.partition.all) {
    const claimers = members.filter(member => group.members.get(member).claims.has(partition));
    const owners = ignoresStaleClaims ? trusted(group, claimers) : claimers;
    const kept = owners.filter(owner => (given.get(owner)?.length ?? 0) < share);
    for (const owner of kept) given.get(owner)?.push(partition);
    if (kept.length === 0) free.push({ partition, isClaimed: claimers.length > 0 });
  }
  for (const { partition, isClaimed } of free) {
    const least = Math.min(...[...given.values()].map(({ length }) => length));
    const [next] = members.filter(member => given.get(member)?.length === least);
    if (next !== undefined && !(isClaimed && revokesFirst)) given.get(next)?.push(partition);
  }
  return given;
}

/** Of several who claim a partition the one who has claimed it last; nobody where that is not one. */
function trusted(group: ReadonlyGroupView, claimers: readonly MemberNode[]): readonly MemberNode[] {
  const newest = Math.max(...claimers.map(member => group.members.get(member).claimedIn));
  const last = claimers.filter(member => group.members.get(member).claimedIn === newest);
  return last.length === 1 ? last : [];
}
