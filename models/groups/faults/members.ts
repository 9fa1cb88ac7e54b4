import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { GroupsContext } from '../context.ts';
import { groupOf, removeMember, servingGroup } from '../coordination.ts';
import { hasGeneration, isIdle, isLive, isStable, owesCommit, tellMember } from '../reading.ts';
import type { Broker, MemberNode, ReadonlyProtocol } from '../schema.ts';

/**
 * crash: the process of a member dies.
 *
 * Limited by `crashes`. Changes: what it had in hand is as if it had not been read. The coordinator does not know
 * until the session is over. What it had committed is written, or not.
 */
export function crash(context: GroupsContext): AnyAction {
  return context.action({
    name: 'crash',
    kind: 'fault',
    actor: 'member',
    phrase: '{member} dies',
    params: { member: anyNode(context.member) },
    spends: 'crashes',
    weight: 0.2,
    enabled: ({ protocol }, { member }) =>
      isLive(protocol.members.get(member)) ||
      protocol.members.get(member).classic.state === 'fenced' ||
      'it has stopped',
    step: ({ protocol }, { member }) => tellMember(context, protocol.members.get(member), 'crash'),
  });
}

/**
 * leave: the application closes a consumer, having processed what it had in hand.
 *
 * Limited by `leaves`. Changes: it has committed what it processed, if it waits for its
 * commits at all; then LeaveGroup removes it, unless it is
 * static: that the session of its process ends is all that the group hears.
 *
 * Source: AbstractCoordinator.close, maybeLeaveGroup (isDynamicMember), GroupMetadataManager.classicGroupLeave.
 */
export function leave(context: GroupsContext): AnyAction {
  return context.action({
    name: 'leave',
    kind: 'fault',
    actor: 'member',
    phrase: 'the application closes {member}',
    params: { member: anyNode(context.member) },
    spends: 'leaves',
    weight: 0.2,
    enabled({ protocol }, { member }) {
      const view = protocol.members.get(member);
      if (!isStable(view)) return 'it is not in the group';
      if (!isIdle(context, view)) return 'the application has records in hand';
      if (view.commit !== undefined) return 'its commit is on its way';
      const isSettled = context.config.commit === 'async' || !owesCommit(context, view);
      if (!isSettled) return 'it commits first';
      const group = servingGroup(protocol, member);
      return typeof group !== 'string' || group;
    },
    step({ protocol }, { member }) {
      const view = protocol.members.get(member);
      const isIn = groupOf(protocol, member).members.get(member).isIn;
      if (context.config.instanceIds === 'none' && isIn) {
        removeMember({ context, protocol }, view.coordinator, member);
      }
      tellMember(context, view, 'leave');
    },
  });
}

/**
 * expireSession: the coordinator has not heard of a member for `session.timeout.ms`, because it is dead.
 *
 * Changes: it is in the group no more, and a rebalance begins.
 *
 * Source: GroupMetadataManager.expireClassicGroupMemberHeartbeat.
 */
export function expireSession(context: GroupsContext): AnyAction {
  return context.action({
    name: 'expireSession',
    kind: 'protocol',
    actor: 'broker',
    phrase: '{broker} gives {member} up, which is dead',
    params: { broker: anyNode(context.broker), member: anyNode(context.member) },
    enabled({ protocol }, { broker, member }) {
      if (!isMember(protocol, broker, member)) return 'it is no member there';
      return !isLive(protocol.members.get(member)) || 'it lives';
    },
    step: ({ protocol }, { broker, member }) => removeMember({ context, protocol }, broker, member),
  });
}

/**
 * missSession: a coordinator gives up a member that lives.
 *
 * Limited by `missedSessions`. It is paused or cut off for `session.timeout.ms`, turns to another broker, or comes
 * too late for a rebalance (`max.poll.interval.ms` as its rebalance timeout). Changes: as of one that is dead; it
 * goes on until it is told.
 *
 * Source: GroupMetadataManager.expireClassicGroupMemberHeartbeat, completeClassicGroupJoin (who has not joined).
 */
export function missSession(context: GroupsContext): AnyAction {
  return context.action({
    name: 'missSession',
    kind: 'fault',
    actor: 'broker',
    phrase: '{broker} gives {member} up, which lives',
    params: { broker: anyNode(context.broker), member: anyNode(context.member) },
    spends: 'missedSessions',
    weight: 0.2,
    enabled({ protocol }, { broker, member }) {
      if (!isMember(protocol, broker, member)) return 'it is no member there';
      return isLive(protocol.members.get(member)) || 'it is dead';
    },
    step: ({ protocol }, { broker, member }) => removeMember({ context, protocol }, broker, member),
  });
}

function isMember({ coordinators }: ReadonlyProtocol, broker: Broker, member: MemberNode): boolean {
  const { state, group } = coordinators.get(broker);
  return state.state === 'active' && group.members.get(member).isIn;
}

/**
 * exceedPollInterval: an application processes for longer than `max.poll.interval.ms`.
 *
 * Limited by `slowPolls`. Changes: the member leaves the group by itself, and the application goes on with what it
 * has in hand: the next poll joins again, and loses the partitions.
 *
 * Source: AbstractCoordinator.HeartbeatThread (pollTimeoutExpired), maybeLeaveGroup.
 */
export function exceedPollInterval(context: GroupsContext): AnyAction {
  return context.action({
    name: 'exceedPollInterval',
    kind: 'fault',
    actor: 'member',
    phrase: '{member} leaves the group, for its application does not poll',
    params: { member: anyNode(context.member) },
    spends: 'slowPolls',
    weight: 0.2,
    enabled({ protocol }, { member }) {
      const view = protocol.members.get(member);
      if (!hasGeneration(view)) return 'it is not in the group';
      if (isIdle(context, view)) return 'its application polls';
      return isMember(protocol, view.coordinator, member) || 'it is no member there';
    },
    step({ protocol }, { member }) {
      const view = protocol.members.get(member);
      removeMember({ context, protocol }, view.coordinator, member);
      tellMember(context, view, 'lose', true);
    },
  });
}
