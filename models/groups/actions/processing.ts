import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyInt, anyNode } from '../../../checker/model/params.ts';
import type { GroupsContext } from '../context.ts';
import { servingGroup } from '../coordination.ts';
import { committedOffset, knownHighWatermark } from '../offsetsLog.ts';
import { hasGeneration, hasInHand, isDirty } from '../reading.ts';
import type { PartitionId, ReadonlyMemberView } from '../schema.ts';

/** The parameters of what a member does about one partition. */
function ofPartition({ member, partition }: GroupsContext) {
  return { member: anyNode(member), partition: anyNode(partition) };
}

/**
 * fetchOffset: a member asks where the group goes on in a partition that it has got.
 *
 * Changes: it goes on there; where nothing is committed `auto.offset.reset` decides. A coordinator answers with what
 * it knows to be committed, also one that was deposed and does not know it.
 *
 * Source: ConsumerCoordinator.initWithCommittedOffsetsIfNeeded, OffsetMetadataManager.fetchOffsets.
 */
export function fetchOffset(context: GroupsContext): AnyAction {
  return context.action({
    name: 'fetchOffset',
    kind: 'protocol',
    actor: 'member',
    phrase: '{member} asks where the group goes on in {partition}',
    params: ofPartition(context),
    enabled({ protocol }, { member, partition }) {
      const view = protocol.members.get(member);
      const { isOwned, position } = view.partitions.get(partition);
      if (!isOwned) return 'the partition is not its own';
      if (position !== undefined) return 'it knows where it is';
      const group = servingGroup(protocol, member);
      return typeof group !== 'string' || group;
    },
    step({ protocol }, { member, partition }) {
      const view = protocol.members.get(member);
      const end = knownHighWatermark(protocol, view.coordinator);
      const committed = committedOffset(protocol.offsets.log, end, partition);
      const { reset } = context.config;
      const position = committed ?? (reset === 'latest' ? context.bounds.records : 0);
      Object.assign(view.partitions.get(partition), {
        position,
        done: position,
        committed: position,
      });
    },
  });
}

/**
 * poll: the application gets the next records of a partition.
 *
 * Enabled: the member owns the partition, as far as it knows; the application has processed what it had in hand,
 * unless other threads do. While it is about to give partitions up it gets none of them (since 3.2.3).
 *
 * Source: KafkaConsumer.poll, SubscriptionState.isFetchable (pendingRevocation).
 */
export function poll(context: GroupsContext): AnyAction {
  return context.action({
    name: 'poll',
    kind: 'protocol',
    actor: 'member',
    phrase: '{member} polls, and gets {count} of {partition}',
    params: { ...ofPartition(context), count: anyInt(1, context.bounds.records) },
    enabled({ protocol }, { member, partition, count }) {
      const view = protocol.members.get(member);
      const may = mayPoll(context, view, partition);
      if (may !== true) return may;
      const { position = 0 } = view.partitions.get(partition);
      return position + count <= context.bounds.records || 'there are not as many';
    },
    step({ protocol }, { member, partition, count }) {
      const reading = protocol.members.get(member).partitions.get(partition);
      reading.position = (reading.position ?? 0) + count;
    },
  });
}

function mayPoll(
  { config, rules, ...context }: GroupsContext,
  view: ReadonlyMemberView,
  partition: PartitionId,
): Enabled {
  const reading = view.partitions.get(partition);
  if (!reading.isOwned || reading.position === undefined) return 'it does not read the partition';
  if (!hasGeneration(view) && view.classic.state !== 'preparingRebalance')
    return 'it joins again first';
  if (view.consumer.state === 'reconciling' && !view.target.has(partition)) {
    return 'it is about to give the partition up';
  }
  const stops = view.isRevoking && rules.stopsBeforeRevocation && config.assignor === 'eager';
  if (stops) return 'it is about to give the partition up';
  if (config.commit === 'handedOver') return true;
  if (context.partition.all.some(each => hasInHand(view.partitions.get(each)))) {
    return 'the application has records in hand';
  }
  const isBehind = config.commit === 'after' || config.commit === 'before';
  return (
    !isBehind || !isOwing({ config, rules, ...context }, view) || 'the application commits first'
  );
}

function isOwing(context: GroupsContext, view: ReadonlyMemberView): boolean {
  return context.partition.all.some(each => isDirty(context, view.partitions.get(each)));
}

/**
 * processRecord: the application processes the first record in hand.
 *
 * Who: the application, whether the member is still in the group or not: it may not know. Enabled: it commits before,
 * if it does so at all. Changes: the ghost knows that the record was processed, whatever that is: nobody can take it
 * back.
 */
export function processRecord(context: GroupsContext): AnyAction {
  return context.action({
    name: 'processRecord',
    kind: 'protocol',
    actor: 'member',
    phrase: 'the application of {member} processes a record of {partition}',
    params: ofPartition(context),
    enabled({ protocol }, { member, partition }) {
      const reading = protocol.members.get(member).partitions.get(partition);
      if (!hasInHand(reading)) return 'nothing is in hand';
      const isLater = context.config.commit !== 'before' || !isDirty(context, reading);
      return isLater || 'the application commits first';
    },
    step({ protocol, record }, { member, partition }) {
      const reading = protocol.members.get(member).partitions.get(partition);
      record.processed(partition, reading.done);
      reading.done += 1;
    },
  });
}
