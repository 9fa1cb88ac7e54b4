import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { GroupsContext } from '../context.ts';
import { groupOf, refusal, servingGroup, tellRefused } from '../coordination.ts';
import { leads, writeOffsets } from '../offsetsLog.ts';
import {
  committable,
  hasGeneration,
  hasInHand,
  isAutomatic,
  isDirty,
  owesCommit,
} from '../reading.ts';
import type {
  MemberNode,
  PartitionId,
  Protocol,
  ReadonlyGroupView,
  ReadonlyMemberView,
  ReadonlyProtocol,
} from '../schema.ts';
import { tellCommitted } from './coordinate.ts';

/**
 * commitOffsets: a member sends OffsetCommit for all of its partitions.
 *
 * Who: the application, or the consumer at the beginning of a poll (`enable.auto.commit`), which the application
 * makes when it has processed what it had in hand; where other threads process, whenever it likes. Changes: the
 * coordinator writes the offsets, whatever they were before, and answers when they are committed. It refuses who is
 * not in the group, or in another generation: then the member has lost its partitions. While it waits for an
 * assignment it refuses for now. One that was deposed writes what is never committed.
 *
 * Left out: a commit that is on its way while its sender does something else: it is handled when it is sent.
 *
 * Source: ClassicGroup.validateOffsetCommit, OffsetMetadataManager.commitOffset;
 * ConsumerCoordinator.OffsetCommitResponseHandler.
 */
export function commitOffsets(context: GroupsContext): AnyAction {
  return context.action({
    name: 'commitOffsets',
    kind: 'protocol',
    actor: 'member',
    phrase: '{member} commits its offsets',
    params: { member: anyNode(context.member) },
    enabled({ protocol }, { member }) {
      const view = protocol.members.get(member);
      if (!hasGeneration(view)) return 'it has no generation';
      const may = mayCommit(context, view);
      if (may !== true) return may;
      const group = servingGroup(protocol, member);
      return typeof group === 'string' ? group : isHandled(context, protocol, group, member);
    },
    step({ protocol, record }, { member }) {
      const view = protocol.members.get(member);
      const group = groupOf(protocol, member);
      if (isRefused(context, protocol, group, member)) {
        tellRefused(context, protocol, member);
        return;
      }
      const offsets = dirtyOffsets(context, view);
      for (const [partition, offset] of offsets) {
        view.partitions.get(partition).committing = offset;
      }
      view.commit = { broker: view.coordinator, at: write(protocol, member, offsets) };
      if (!context.rules.answersCommitted) tellCommitted({ context, protocol, record }, member);
    },
  });
}

function mayCommit(context: GroupsContext, view: ReadonlyMemberView): Enabled {
  if (view.commit !== undefined) return 'another commit is on its way';
  if (!owesCommit(context, view)) return 'there is nothing new to commit';
  const { commit } = context.config;
  if (commit === 'before' || commit === 'handedOver') return true;
  if (isAutomatic(context) && !context.rules.autoCommitsProcessed) return true;
  const isBusy = context.partition.all.some(each => hasInHand(view.partitions.get(each)));
  return !isBusy || 'the application has records in hand';
}

/** Whether the coordinator decides now: it refuses for good, or writes. */
function isHandled(
  context: GroupsContext,
  protocol: ReadonlyProtocol,
  group: ReadonlyGroupView,
  member: MemberNode,
): Enabled {
  if (isRefused(context, protocol, group, member)) return true;
  if (context.config.protocol === 'consumer' && isStale(context, protocol, group, member)) {
    return 'its member epoch is not that of the coordinator (STALE_MEMBER_EPOCH)';
  }
  const isWaiting = group.state.state === 'completingRebalance';
  return !isWaiting || 'the group waits for its assignment (REBALANCE_IN_PROGRESS)';
}

function isRefused(
  context: GroupsContext,
  protocol: ReadonlyProtocol,
  group: ReadonlyGroupView,
  member: MemberNode,
): boolean {
  const { fencesGenerations, fencesMembers, fencesInstances } = context.rules;
  switch (refusal(context, protocol, group, member)) {
    case 'ILLEGAL_GENERATION':
      return fencesGenerations;
    case 'UNKNOWN_MEMBER_ID':
      return fencesMembers;
    case 'FENCED_INSTANCE_ID':
      return fencesInstances;
    default:
      return false;
  }
}

/**
 * Whether a commit by KIP-848 has to be sent again with a later epoch: before 4.3 it had to be that of the
 * coordinator, since then one that is not older than the assignment of each partition will do (KIP-1251).
 */
function isStale(
  context: GroupsContext,
  protocol: ReadonlyProtocol,
  group: ReadonlyGroupView,
  member: MemberNode,
): boolean {
  const view = protocol.members.get(member);
  const partitions = [...dirtyOffsets(context, view).keys()];
  return isOfOtherEpoch(context, group, member, { epoch: view.generation, partitions });
}

/** Whether the coordinator does not take offsets of partitions with this epoch of a member that it knows. */
export function isOfOtherEpoch(
  { rules }: GroupsContext,
  group: ReadonlyGroupView,
  member: MemberNode,
  commit: { readonly epoch: number; readonly partitions: readonly PartitionId[] },
): boolean {
  const entry = group.members.get(member);
  if (commit.epoch === entry.epoch) return false;
  if (commit.epoch > entry.epoch || !rules.commitsByAssignmentEpoch) return true;
  return commit.partitions.some(partition => {
    const isHeld = entry.assigned.has(partition) || entry.pending.has(partition);
    return !isHeld || entry.assignedAt.get(partition) > commit.epoch;
  });
}

function dirtyOffsets(context: GroupsContext, view: ReadonlyMemberView): Map<PartitionId, number> {
  const dirty = context.partition.all.filter(each => isDirty(context, view.partitions.get(each)));
  return new Map(dirty.map(each => [each, committable(context, view.partitions.get(each))]));
}

function write(
  protocol: Protocol,
  member: MemberNode,
  offsets: ReadonlyMap<PartitionId, number>,
): number | undefined {
  const { coordinator } = protocol.members.get(member);
  return leads(protocol, coordinator)
    ? writeOffsets(protocol.offsets, 'offsets', offsets)
    : undefined;
}
