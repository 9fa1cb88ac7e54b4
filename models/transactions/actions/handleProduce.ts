import type { AnyAction } from '../../../checker/model/model.ts';
import { anyIndex, anyNode } from '../../../checker/model/params.ts';
import { idOf, type TransactionsContext, type TransactionsStep } from '../context.ts';
import { offsetsPartition } from '../nodes.ts';
import {
  addPartitions,
  appendBatch,
  type Batch,
  batchOf,
  judgeAppend,
  judgeBatch,
  proceed,
  type Verdict,
} from '../producing.ts';
import type { PartitionId, ProducerNode, Protocol, ReadonlyProtocol } from '../schema.ts';

/**
 * handleProduce: the leader of a partition handles the batch that a producer has for it.
 *
 * Who: the leader. Enabled: in version 1 the producer was told that the partition is added. Changes: what opens a
 * transaction is verified first, since 3.6: in version 1 the coordinator is asked, in version 2 it is to add the
 * partition. Anything else is appended, found to be there, or refused.
 *
 * Left out: sequence numbers, since a producer has one batch for a partition at a time (see `clients`).
 *
 * Source: ReplicaManager.handleProduceAppend, AddPartitionsToTxnManager; for offsets
 * GroupCoordinator.commitTransactionalOffsets.
 */
export function handleProduce(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'handleProduce',
    kind: 'protocol',
    actor: 'partition',
    phrase: 'the leader of {partition} handles the batch of {producer}',
    params: { producer: anyNode(context.producer), partition: anyNode(context.partition) },
    enabled({ protocol }, { producer, partition }) {
      const sent = isSent(context, protocol, producer, partition);
      if (sent !== true) return sent;
      const verdict = judgeBatch(
        context,
        protocol,
        batchOf(context, protocol, producer, partition),
      );
      return verdict !== 'later' || 'the coordinator has to be asked again';
    },
    step({ protocol, record }, { producer, partition }) {
      const batch = batchOf(context, protocol, producer, partition);
      proceed({ context, protocol, record }, producer, batch, judgeBatch(context, protocol, batch));
    },
  });
}

/** Whether the batch of a producer may go to its leader. */
function isSent(
  context: TransactionsContext,
  protocol: ReadonlyProtocol,
  producer: ProducerNode,
  partition: PartitionId,
): true | string {
  const { batches, added } = protocol.producers.get(producer);
  const { phase } = batches.get(partition);
  if (phase !== 'queued' && phase !== 'again') return 'there is nothing to handle';
  const isFirst = phase === 'queued' && context.config.transactions && context.rules.version === 1;
  return !isFirst || added.has(partition) || 'the partition is not added';
}

/**
 * appendVerified: the leader goes on with a batch of which the coordinator has said that its partition is in the
 * transaction.
 *
 * Who: the leader. Changes: the batch is appended, unless its epoch is over, or a marker came between.
 *
 * Source: ReplicaManager.handleProduceAppend (postVerificationCallback), UnifiedLog.batchMissingRequiredVerification.
 */
export function appendVerified(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'appendVerified',
    kind: 'protocol',
    actor: 'partition',
    phrase: 'the leader of {partition} goes on with the verified batch of {producer}',
    params: { producer: anyNode(context.producer), partition: anyNode(context.partition) },
    enabled({ protocol }, { producer, partition }) {
      const { phase } = protocol.producers.get(producer).batches.get(partition);
      return phase === 'verified' || phase === 'unguarded' || 'nothing was verified';
    },
    step({ protocol, record }, { producer, partition }) {
      const { phase } = protocol.producers.get(producer).batches.get(partition);
      const batch = batchOf(context, protocol, producer, partition);
      const verdict = phase === 'unguarded' ? 'abortable' : judgeAppend(context, protocol, batch);
      proceed({ context, protocol, record }, producer, batch, verdict);
    },
  });
}

/**
 * handleLateRequest: a produce request arrives, or is gone on with, that nobody waits for.
 *
 * Who: the leader, which handles it as any other. It need not ever happen.
 *
 * Source: a request that a broker has in the buffer of its socket when the client gives up; KIP-890.
 */
export function handleLateRequest(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'handleLateRequest',
    kind: 'protocol',
    actor: 'network',
    phrase: 'late request {late} is handled',
    params: { late: anyIndex(context.schema.protocol.fields.lateRequests) },
    weight: 0.2,
    fair: false,
    enabled({ protocol }, { late }) {
      const { phase } = protocol.lateRequests.get(late);
      if (phase === 'adding') return 'the coordinator adds its partition';
      return (
        verdictOf(context, protocol, late) !== 'later' || 'the coordinator has to be asked again'
      );
    },
    step({ protocol, record }, { late }) {
      const verdict = verdictOf(context, protocol, late);
      const request = protocol.lateRequests.get(late);
      const batch = lateBatch(protocol, late);
      if (verdict === 'verified') request.phase = 'verified';
      else if (verdict === 'add') {
        request.phase = 'adding';
        addPartitions({ context, protocol, record }, request.id, [request.partition]);
      } else finish({ context, protocol, record }, late, batch, verdict);
    },
  });
}

function finish(step: TransactionsStep, late: number, batch: Batch, verdict: Verdict): void {
  if (verdict === 'append') appendBatch(step, 'data', batch);
  step.protocol.lateRequests.removeAt(late);
}

function verdictOf(
  context: TransactionsContext,
  protocol: ReadonlyProtocol,
  late: number,
): Verdict {
  const { phase } = protocol.lateRequests.get(late);
  const batch = lateBatch(protocol, late);
  if (phase === 'unguarded') return 'abortable';
  if (phase === 'verified') return judgeAppend(context, protocol, batch);
  return judgeBatch(context, protocol, batch);
}

function lateBatch(protocol: ReadonlyProtocol, late: number): Batch {
  const { partition, id, epoch, record, input } = protocol.lateRequests.get(late);
  return { partition, id, epoch, record, input };
}

/** Whether a copy of a batch may stay behind: it is one of records, on its way to its leader. */
export function mayStayBehind(
  context: TransactionsContext,
  protocol: ReadonlyProtocol,
  producer: ProducerNode,
  partition: PartitionId,
): true | string {
  if (!context.config.transactions) return 'it is in no transaction';
  if (partition === offsetsPartition(context, context.config)) return 'it has offsets';
  return isSent(context, protocol, producer, partition);
}

/** A copy of a batch is left to arrive when it will. */
export function leaveLate(
  context: TransactionsContext,
  protocol: Protocol,
  producer: ProducerNode,
  partition: PartitionId,
): void {
  const view = protocol.producers.get(producer);
  const batch = view.batches.get(partition);
  const { record, input } = batch;
  const { epoch } = view;
  const id = idOf(context, producer);
  protocol.lateRequests.push({ id, epoch, partition, phase: 'sent', record, input });
  batch.phase = 'again';
}
