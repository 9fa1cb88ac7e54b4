import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { isOfOtherEpoch } from '../../groups/actions/commits.ts';
import type { ProducerNode } from '../../transactions/schema.ts';
import type { PipelineContext, PipelineStep } from '../context.ts';
import { memberOf } from '../nodes.ts';
import { uncommittedOf } from '../offsetsPartition.ts';
import { groupsPart, transactionsPart } from '../recorders.ts';
import type { ReadonlyProtocol } from '../schema.ts';

/** No member is of this generation: they begin with 1. */
const NO_GENERATION = 0;

/**
 * handleOffsets: the coordinator of the group handles the offsets of a transaction.
 *
 * Who: who leads the partition of the group. Enabled: as for any partition of a transaction; the group is loaded.
 * Changes: as for any partition. Offsets of who is no member, or of another generation, are refused: the application
 * aborts.
 *
 * Left out: a coordinator that was deposed and does not know it.
 *
 * Source: GroupCoordinatorService.commitTransactionalOffsets, OffsetMetadataManager.validateTransactionalOffsetCommit.
 */
export function handleOffsets(context: PipelineContext): AnyAction {
  return ofGroup(context, 'handleProduce', {
    name: 'handleOffsets',
    phrase: 'the coordinator of the group handles the offsets of {producer}',
  });
}

/**
 * appendVerifiedOffsets: it goes on with them once the coordinator of the transaction has said that the partition is in
 * it. Only now are they held to the group (KAFKA-15784).
 */
export function appendVerifiedOffsets(context: PipelineContext): AnyAction {
  return ofGroup(context, 'appendVerified', {
    name: 'appendVerifiedOffsets',
    phrase: 'the coordinator of the group goes on with the verified offsets of {producer}',
  });
}

function ofGroup(
  context: PipelineContext,
  played: 'handleProduce' | 'appendVerified',
  words: { readonly name: string; readonly phrase: string },
): AnyAction {
  const { transactions, offsets, acts } = context;
  const own = acts.transactions[played];
  return context.action({
    ...words,
    kind: 'protocol',
    actor: 'producer',
    params: { producer: anyNode(transactions.producer) },
    enabled({ protocol }, { producer }): Enabled {
      if (!isServed(protocol)) return 'the coordinator of the group loads';
      return transactionsPart.enabled(own, protocol, { producer, partition: offsets });
    },
    step(step, { producer }) {
      asCoordinatorHas(context, step, producer);
      transactionsPart.take(own, step, { producer, partition: offsets });
      step.protocol.transactions.group.generation = NO_GENERATION;
    },
  });
}

function isServed({ groups: { offsets, coordinators } }: ReadonlyProtocol): boolean {
  return coordinators.get(offsets.leader).state.state === 'active';
}

/** To the model of transactions the group has one generation: that in which it has who sends these offsets. */
function asCoordinatorHas(
  context: PipelineContext,
  { protocol }: PipelineStep,
  producer: ProducerNode,
): void {
  const { groups, transactions } = protocol;
  const sent = transactions.producers.get(producer).generation;
  const isTaken = takesOffsets(context, protocol, producer, sent);
  transactions.group.generation = isTaken ? sent : otherThan(sent, groups);
}

/** Whether the coordinator takes offsets of a process with this generation, or member epoch. */
function takesOffsets(
  context: PipelineContext,
  { groups }: ReadonlyProtocol,
  producer: ProducerNode,
  sent: number,
): boolean {
  const member = memberOf(context, producer);
  const { group } = groups.coordinators.get(groups.offsets.leader);
  if (!group.members.get(member).isIn) return false;
  if (context.config.protocol === 'classic') return sent === group.generation;
  return !isOfOtherEpoch(context.groups, group, member, {
    epoch: sent,
    partitions: [context.input],
  });
}

function otherThan(sent: number, { coordinators, offsets }: ReadonlyProtocol['groups']): number {
  const { generation } = coordinators.get(offsets.leader).group;
  return generation === sent ? NO_GENERATION : generation;
}

/**
 * replicateOffsets: the in-sync replicas have fetched all of the log of `__consumer_offsets`.
 *
 * Changes: as in both parts, in the order of the log: what waits for the group is answered, offsets of transactions and
 * markers are committed.
 *
 * Source: Partition.maybeIncrementLeaderHW, CoordinatorRuntime.HighWatermarkListener.
 */
export function replicateOffsets(context: PipelineContext): AnyAction {
  const { acts, offsets } = context;
  return context.action({
    name: 'replicateOffsets',
    kind: 'protocol',
    actor: 'partition',
    phrase: 'what is in the log of __consumer_offsets is committed',
    params: {},
    enabled: ({ protocol }) => protocol.tail.length > 0 || 'everything is committed',
    step(step) {
      const { protocol } = step;
      while (uncommittedOf(context, protocol, 'groups') > 0) {
        groupsPart.take(acts.groups.replicate, step, {});
      }
      if (uncommittedOf(context, protocol, 'transactions') > 0) {
        transactionsPart.take(acts.transactions.replicate, step, { partition: offsets });
      }
      protocol.tail.truncate(0);
    },
  });
}
