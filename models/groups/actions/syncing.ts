import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { assign as computeAssignment } from '../assignor.ts';
import type { GroupsContext } from '../context.ts';
import { groupOf, refusal, servingGroup, tellRefused } from '../coordination.ts';
import { leads, writeGroup } from '../offsetsLog.ts';
import { isIdle, memberEffects } from '../reading.ts';
import type { MemberNode, ReadonlyProtocol } from '../schema.ts';

/**
 * assign: the leader of the group computes who gets which partitions, and sends it with SyncGroup.
 *
 * Who: any member of the generation: which one leads is left open. Enabled: nobody has done so in this generation.
 * Changes: the coordinator writes it; members get their partitions when it is committed. One that was deposed writes
 * what is never committed.
 *
 * Source: ConsumerCoordinator.onLeaderElected, GroupMetadataManager.classicGroupSyncToClassicGroup.
 */
export function assign(context: GroupsContext): AnyAction {
  return context.action({
    name: 'assign',
    kind: 'protocol',
    actor: 'member',
    phrase: '{member} assigns the partitions, beginning with {first}',
    params: { member: anyNode(context.member), first: anyNode(context.member) },
    enabled({ protocol }, { member, first }) {
      const { classic } = protocol.members.get(member);
      if (classic.state !== 'completingRebalance') return 'it waits for no assignment';
      const group = servingGroup(protocol, member);
      if (typeof group === 'string') return group;
      const refused = refusal(context, protocol, group, member);
      const isFenced =
        refused !== undefined &&
        (context.rules.fencesAssignments || refused !== 'ILLEGAL_GENERATION');
      if (isFenced) return 'it is in the group no more';
      if (group.state.state !== 'completingRebalance') return 'the group does not wait for it';
      if (!group.members.get(first).isIn) return 'the first is no member';
      const isAssigned = group.members.toJSON().some(({ hasJoined }) => hasJoined);
      return !isAssigned || 'another member has assigned them';
    },
    step({ protocol }, { member, first }) {
      const view = protocol.members.get(member);
      const group = groupOf(protocol, member);
      for (const [each, partitions] of computeAssignment(context, group, first)) {
        const entry = group.members.get(each);
        entry.hasJoined = true;
        for (const partition of partitions) entry.assigned.add(partition);
      }
      if (leads(protocol, view.coordinator)) {
        group.pendingAt = writeGroup(context, protocol.offsets, group);
      }
      if (!context.rules.assignsCommitted) group.state.send('assign', {}, undefined);
    },
  });
}

/**
 * getPartitions: a member is told which partitions are its own, by the answer to SyncGroup.
 *
 * Enabled: the assignment is committed. In a rebalance a cooperative member has gone on to poll: its application has
 * processed what it got. Changes: it owns these, and no others: what it had to give up, others get after it has
 * joined again.
 *
 * Source: ConsumerCoordinator.onJoinComplete.
 */
export function getPartitions(context: GroupsContext): AnyAction {
  return context.action({
    name: 'getPartitions',
    kind: 'protocol',
    actor: 'member',
    phrase: '{member} gets its partitions',
    params: { member: anyNode(context.member) },
    enabled({ protocol }, { member }) {
      const view = protocol.members.get(member);
      if (view.classic.state !== 'completingRebalance') return 'it waits for no assignment';
      const group = servingGroup(protocol, member);
      if (typeof group === 'string') return group;
      if (refusal(context, protocol, group, member) !== undefined)
        return 'it is in the group no more';
      if (group.state.state !== 'stable') return 'the assignment is not committed';
      return isIdle(context, view) || 'the application has records in hand';
    },
    step({ protocol }, { member }) {
      const view = protocol.members.get(member);
      const { assigned } = groupOf(protocol, member).members.get(member);
      for (const partition of context.partition.all) {
        const reading = view.partitions.get(partition);
        if (reading.isOwned === assigned.has(partition)) continue;
        if (reading.isOwned) view.owesRejoin = true;
        view.partitions.clear(partition);
        view.partitions.get(partition).isOwned = assigned.has(partition);
      }
      view.classic.send('getPartitions', memberEffects, { context, member: view });
    },
  });
}

/**
 * hearOfLoss: a member is told that it is in the group no more (UNKNOWN_MEMBER_ID, ILLEGAL_GENERATION,
 * FENCED_INSTANCE_ID).
 *
 * Who: whoever sends a heartbeat or another request to its coordinator. Changes: it gives up its partitions, and
 * commits nothing (onPartitionsLost). One that is fenced by another process with its `group.instance.id` stops.
 *
 * Source: AbstractCoordinator.HeartbeatResponseHandler, SyncGroupResponseHandler; ConsumerCoordinator.onJoinPrepare.
 */
export function hearOfLoss(context: GroupsContext): AnyAction {
  return context.action({
    name: 'hearOfLoss',
    kind: 'protocol',
    actor: 'member',
    phrase: '{member} is told that it is in the group no more',
    params: { member: anyNode(context.member) },
    enabled: ({ protocol }, { member }) => isLost(context, protocol, member),
    step: ({ protocol }, { member }) => tellRefused(context, protocol, member),
  });
}

function isLost(context: GroupsContext, protocol: ReadonlyProtocol, member: MemberNode): Enabled {
  const { classic } = protocol.members.get(member);
  const { state } = classic;
  const group = servingGroup(protocol, member);
  if (typeof group === 'string') return group;
  const refused = refusal(context, protocol, group, member);
  if (state === 'preparingRebalance') {
    return refused === 'FENCED_INSTANCE_ID' || 'it waits for its generation';
  }
  if (state !== 'stable' && state !== 'completingRebalance') return 'it has no generation';
  return refused !== undefined || 'it is in the group';
}
