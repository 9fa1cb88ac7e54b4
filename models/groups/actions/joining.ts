import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { GroupsContext } from '../context.ts';
import { beginRebalance, groupOf, membersIn, refusal, servingGroup } from '../coordination.ts';
import { leads, writeGroup } from '../offsetsLog.ts';
import {
  dropCommit,
  dropPartitions,
  isAutomatic,
  isIdle,
  isLive,
  loseSync,
  memberEffects,
  owesCommit,
  tellMember,
} from '../reading.ts';
import type { MemberNode, MemberView, ReadonlyGroupView, ReadonlyProtocol } from '../schema.ts';

/**
 * start: the process of a member starts, the first one or another.
 *
 * Left out: a dynamic member that is back before its session is over. To the group it is another member.
 */
export function start(context: GroupsContext): AnyAction {
  return context.action({
    name: 'start',
    kind: 'recovery',
    actor: 'member',
    phrase: '{member} starts',
    params: { member: anyNode(context.member) },
    enabled({ protocol }, { member }) {
      const { classic, consumer } = protocol.members.get(member);
      if (classic.state !== 'stopped' || consumer.state !== 'stopped') return 'it runs';
      if (context.config.instanceIds !== 'none') return true;
      const isKnown = context.broker.all.some(
        broker => protocol.coordinators.get(broker).group.members.get(member).isIn,
      );
      return !isKnown || 'the session of the process before it is not over';
    },
    step({ protocol }, { member }) {
      const view = protocol.members.get(member);
      view.coordinator = protocol.offsets.leader;
      tellMember(context, view, 'start');
    },
  });
}

/**
 * findCoordinator: a member asks who is the coordinator, and turns to it.
 *
 * Changes: what waits at the one that it knew is lost with the connection. It joins again where it waits for others.
 *
 * Source: AbstractCoordinator.ensureCoordinatorReady, markCoordinatorUnknown.
 */
export function findCoordinator(context: GroupsContext): AnyAction {
  return context.action({
    name: 'findCoordinator',
    kind: 'protocol',
    actor: 'member',
    phrase: '{member} finds another coordinator',
    params: { member: anyNode(context.member) },
    enabled({ protocol }, { member }) {
      const view = protocol.members.get(member);
      if (!isLive(view)) return 'it has stopped';
      return view.coordinator !== protocol.offsets.leader || 'it knows the coordinator';
    },
    step({ protocol }, { member }) {
      const view = protocol.members.get(member);
      view.coordinator = protocol.offsets.leader;
      view.heartbeat = undefined;
      loseSync(context, view);
      dropCommit(context, view);
    },
  });
}

/**
 * prepareRevocation: a member that hears of a rebalance commits what it has processed, before it gives anything up.
 *
 * Who: a member with auto commit, in a poll, so that its application has processed what it had in hand. Changes: it
 * commits, and polls nothing more of partitions that it will give up (since 3.2.3; KAFKA-14196).
 *
 * Source: ConsumerCoordinator.onJoinPrepare.
 */
export function prepareRevocation(context: GroupsContext): AnyAction {
  return context.action({
    name: 'prepareRevocation',
    kind: 'protocol',
    actor: 'member',
    phrase: '{member} hears of a rebalance, and is about to join again',
    params: { member: anyNode(context.member) },
    enabled({ protocol }, { member }) {
      const view = protocol.members.get(member);
      if (!isAutomatic(context)) return 'its application commits by itself';
      if (view.isRevoking) return 'it is about to join again';
      return hearsOfRebalance(context, protocol, member);
    },
    step({ protocol }, { member }) {
      protocol.members.get(member).isRevoking = true;
    },
  });
}

/** Whether a stable member has a reason to join again, and its application lets it. */
function hearsOfRebalance(
  context: GroupsContext,
  protocol: ReadonlyProtocol,
  member: MemberNode,
): Enabled {
  const view = protocol.members.get(member);
  if (view.classic.state !== 'stable') return 'it is not in the group';
  const group = servingGroup(protocol, member);
  if (typeof group === 'string') return group;
  if (refusal(context, protocol, group, member) !== undefined) return 'it is in the group no more';
  const isAsked = group.state.state === 'preparingRebalance' || view.owesRejoin;
  if (!isAsked) return 'there is no rebalance';
  return isIdle(context, view) || 'the application has records in hand';
}

/**
 * join: a member sends JoinGroup, and waits until all others have.
 *
 * Who: whoever is not in the group, was told REBALANCE_IN_PROGRESS, or has lost its request with a coordinator.
 * Changes: an eager member gives up all of its partitions before, a cooperative one says what it owns: nothing after it
 * has left the group, and since 3.0 nothing where it is not known any more (UNKNOWN_MEMBER_ID). A member that the
 * coordinator does not know, or whose
 * partitions are to be distributed anew, begins a rebalance.
 *
 * Source: AbstractCoordinator.joinGroupIfNeeded, resetStateAndRejoin (needsJoinPrepare);
 * ConsumerCoordinator.onJoinPrepare; GroupMetadataManager.classicGroupJoin.
 */
export function join(context: GroupsContext): AnyAction {
  return context.action({
    name: 'join',
    kind: 'protocol',
    actor: 'member',
    phrase: '{member} sends JoinGroup',
    params: { member: anyNode(context.member) },
    enabled({ protocol }, { member }) {
      const group = servingGroup(protocol, member);
      if (typeof group === 'string') return group;
      if (protocol.members.get(member).heartbeat !== undefined) return 'it awaits an answer';
      return mayJoin(context, protocol, group, member);
    },
    step({ protocol }, { member }) {
      const view = protocol.members.get(member);
      const group = groupOf(protocol, member);
      if (givesUpAll(context, group, member, view)) dropPartitions(context, view);
      if (view.classic.state === 'unjoined') takeOverInstance(context, group, member);
      beginRebalance(context, group);
      const entry = group.members.get(member);
      entry.isIn = true;
      entry.hasJoined = true;
      entry.claims.clear();
      for (const partition of context.partition.all) {
        if (view.partitions.get(partition).isOwned) entry.claims.add(partition);
      }
      entry.claimedIn = view.generation;
      Object.assign(view, { isRevoking: false, owesRejoin: false });
      view.classic.send('join', memberEffects, { context, member: view });
    },
  });
}

/** Whether a member joins without the partitions that it had. */
function givesUpAll(
  { config, rules }: GroupsContext,
  group: ReadonlyGroupView,
  member: MemberNode,
  { classic, generation }: MemberView,
): boolean {
  if (config.assignor === 'eager') return true;
  // Whoever has left the group because its application did not poll has no generation.
  if (classic.state === 'unjoined' && generation === 0) return true;
  const isLost = classic.state === 'preparingRebalance' && !group.members.get(member).isIn;
  return isLost && rules.ignoresStaleClaims;
}

function mayJoin(
  context: GroupsContext,
  protocol: ReadonlyProtocol,
  group: ReadonlyGroupView,
  member: MemberNode,
): Enabled {
  const view = protocol.members.get(member);
  switch (view.classic.state) {
    case 'unjoined':
      return canReturn(context, group, member) || 'it gets its partitions without a rebalance';
    case 'preparingRebalance':
      if (isFenced(context, protocol, group, member)) return 'another process has its instance id';
      return !group.members.get(member).hasJoined || 'it waits for the others';
    case 'completingRebalance':
      if (refusal(context, protocol, group, member) !== undefined)
        return 'it is in the group no more';
      return group.state.state === 'preparingRebalance' || 'there is no other rebalance';
    case 'stable':
      return mayJoinAgain(context, protocol, view, member);
    default:
      return 'it has stopped';
  }
}

function isFenced(...args: Parameters<typeof refusal>): boolean {
  return refusal(...args) === 'FENCED_INSTANCE_ID';
}

/** Whether a member that has no generation has to begin a rebalance: a static one that is back does not. */
function canReturn(
  { config }: GroupsContext,
  group: ReadonlyGroupView,
  member: MemberNode,
): boolean {
  if (config.instanceIds === 'none' || group.state.state !== 'stable') return true;
  return !hasEntry(config.instanceIds, group, member);
}

/** Whether the coordinator knows the instance id of a member. */
function hasEntry(ids: 'own' | 'shared', group: ReadonlyGroupView, member: MemberNode): boolean {
  if (ids === 'own') return group.members.get(member).isIn;
  return group.members.toJSON().some(({ isIn }) => isIn);
}

function mayJoinAgain(
  context: GroupsContext,
  protocol: ReadonlyProtocol,
  view: ReturnType<ReadonlyProtocol['members']['get']>,
  member: MemberNode,
): Enabled {
  const isAsked = hearsOfRebalance(context, protocol, member);
  if (isAsked !== true) return isAsked;
  if (!isAutomatic(context)) {
    const isSettled = context.config.commit === 'async' || !owesCommit(context, view);
    return isSettled || 'the application commits first';
  }
  if (!view.isRevoking) return 'it commits first';
  if (view.commit !== undefined) return 'its commit is on its way';
  const { commitsBeforeRevocation, stopsBeforeRevocation } = context.rules;
  if (!commitsBeforeRevocation || context.config.assignor === 'cooperative') return true;
  return !stopsBeforeRevocation || !owesCommit(context, view) || 'it commits first';
}

/** Another process with the same `group.instance.id` was in the group: this one takes its place. */
function takeOverInstance(
  context: GroupsContext,
  group: ReturnType<typeof groupOf>,
  member: MemberNode,
): void {
  if (context.config.instanceIds !== 'shared') return;
  for (const other of membersIn(context, group)) {
    if (other === member) continue;
    const taken = group.members.get(member);
    taken.isIn = true;
    taken.assigned.assign(group.members.get(other).assigned);
    group.members.clear(other);
  }
}

/**
 * joinWithoutRebalance: a member gets the generation that there is.
 *
 * Who: a static member that is back within its session, or one whose JoinGroup was lost with a coordinator, if it is
 * not the leader of the group. Changes: nothing in the group but the member id of the static one, which is written, and
 * answered when that is committed.
 *
 * Source: GroupMetadataManager.updateStaticMemberThenRebalanceOrCompleteJoin, classicGroupJoinExistingMember
 * (Stable); KIP-345.
 */
export function joinWithoutRebalance(context: GroupsContext): AnyAction {
  return context.action({
    name: 'joinWithoutRebalance',
    kind: 'protocol',
    actor: 'member',
    phrase: '{member} sends JoinGroup, and gets the generation that there is',
    params: { member: anyNode(context.member) },
    enabled({ protocol }, { member }) {
      const group = servingGroup(protocol, member);
      if (typeof group === 'string') return group;
      if (group.state.state !== 'stable') return 'the group is not stable';
      const { classic, heartbeat } = protocol.members.get(member);
      const { instanceIds } = context.config;
      if (heartbeat !== undefined) return 'its new member id is not stored yet';
      if (classic.state === 'unjoined') {
        const isBack = instanceIds !== 'none' && hasEntry(instanceIds, group, member);
        return isBack || 'it is new in the group';
      }
      if (classic.state !== 'preparingRebalance') return 'it waits for no generation';
      if (!group.members.get(member).isIn) return 'it is new in the group';
      return membersIn(context, group).length > 1 || 'it leads the group';
    },
    step({ protocol }, { member }) {
      const view = protocol.members.get(member);
      const group = groupOf(protocol, member);
      if (view.classic.state === 'preparingRebalance') {
        getGeneration(context, view, group.generation);
        return;
      }
      takeOverInstance(context, group, member);
      const { coordinator } = view;
      const isLeading = leads(protocol, coordinator);
      const at = isLeading ? writeGroup(context, protocol.offsets, group) : undefined;
      view.heartbeat = { broker: coordinator, at };
    },
  });
}

/** A member is told that it is of a generation, and waits for its partitions. */
export function getGeneration(context: GroupsContext, view: MemberView, generation: number): void {
  view.generation = generation;
  view.classic.send('getGeneration', memberEffects, { context, member: view });
}

/**
 * completeJoin: everybody has joined, and a generation begins.
 *
 * Who: the coordinator. Changes: who waits is told the generation. It is in memory alone until the assignment is
 * written.
 *
 * Source: GroupMetadataManager.completeClassicGroupJoin.
 */
export function completeJoin(context: GroupsContext): AnyAction {
  return context.action({
    name: 'completeJoin',
    kind: 'protocol',
    actor: 'broker',
    phrase: '{broker} has heard of all members, and begins the next generation',
    params: { broker: anyNode(context.broker) },
    enabled({ protocol }, { broker }) {
      const { state, group } = protocol.coordinators.get(broker);
      if (state.state !== 'active') return 'it is no coordinator';
      if (group.state.state !== 'preparingRebalance') return 'there is no rebalance';
      const isComplete = membersIn(context, group).every(each => group.members.get(each).hasJoined);
      return isComplete || 'it waits for members';
    },
    step({ protocol }, { broker }) {
      const { group } = protocol.coordinators.get(broker);
      group.generation += 1;
      group.state.send('complete', {}, undefined);
      for (const member of membersIn(context, group)) {
        const entry = group.members.get(member);
        entry.hasJoined = false;
        entry.assigned.clear();
        const view = protocol.members.get(member);
        const isThere = view.classic.state === 'preparingRebalance' && view.coordinator === broker;
        if (isThere) getGeneration(context, view, group.generation);
      }
    },
  });
}
