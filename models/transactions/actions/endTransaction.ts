import type { AnyAction } from '../../../checker/model/model.ts';
import { anyIndex, anyNode } from '../../../checker/model/params.ts';
import { failProducer, endTransaction as tellEnd } from '../answers.ts';
import { idOf, type TransactionsContext, type TransactionsStep } from '../context.ts';
import { decide, type EndRequest, judgeEnd } from '../decision.ts';
import type { ProducerNode, ReadonlyProducerView, ReadonlyProtocol } from '../schema.ts';

/**
 * commitTransaction: the application asks its producer to commit.
 *
 * Source: KafkaProducer.commitTransaction.
 */
export function commitTransaction(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'commitTransaction',
    kind: 'client',
    actor: 'producer',
    phrase: 'the application commits with {producer}',
    params: { producer: anyNode(context.producer) },
    enabled: ({ protocol }, { producer }) =>
      protocol.producers.get(producer).state.state === 'inTransaction' || 'it is in no transaction',
    step({ protocol, record }, { producer }) {
      const view = protocol.producers.get(producer);
      record.asked(idOf(context, producer), view.epoch, true);
      view.state.send('commit', {}, undefined);
    },
  });
}

/**
 * abortTransaction: the application aborts, because it wants to (limited by `aborts`) or has to.
 *
 * Changes: what was never sent is dropped; what was sent has to get its answer.
 *
 * Source: KafkaProducer.abortTransaction, RecordAccumulator.abortUndrainedBatches.
 */
export function abortTransaction(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'abortTransaction',
    kind: 'client',
    actor: 'producer',
    phrase: 'the application aborts with {producer}',
    params: { producer: anyNode(context.producer) },
    spends: 'aborts',
    enabled: ({ protocol }, { producer }) =>
      protocol.producers.get(producer).state.state === 'inTransaction' || 'it is in no transaction',
    step: ({ protocol, record }, { producer }) => abort({ context, protocol, record }, producer),
  });
}

/**
 * abortAfterError: the application aborts because a batch has failed: it can do nothing else.
 *
 * Source: KafkaProducer.abortTransaction, TransactionManager.State.ABORTABLE_ERROR.
 */
export function abortAfterError(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'abortAfterError',
    kind: 'protocol',
    actor: 'producer',
    phrase: 'the application aborts with {producer} after an error',
    params: { producer: anyNode(context.producer) },
    enabled: ({ protocol }, { producer }) =>
      protocol.producers.get(producer).state.state === 'abortableError' || 'there is no error',
    step: ({ protocol, record }, { producer }) => abort({ context, protocol, record }, producer),
  });
}

function abort({ context, protocol, record }: TransactionsStep, producer: ProducerNode): void {
  const view = protocol.producers.get(producer);
  record.asked(idOf(context, producer), view.epoch, false);
  view.state.send('abort', {}, undefined);
  if (context.rules.rewindsAfterFailure) view.isReading = false;
  for (const partition of context.partition.all) {
    if (view.batches.get(partition).phase === 'queued') view.batches.clear(partition);
  }
}

/**
 * endTransaction: the producer asks the coordinator to commit or abort its transaction.
 *
 * Who: the producer, and the coordinator, which handles the request in the same step. Enabled: every batch has its
 * answer, so has the request to add partitions, and the coordinator is not busy. Changes: the decision is written, and
 * told once it is committed; the markers come after that. What was decided already is told at once, and who is
 * fenced fails for good. A transaction of which the coordinator was not told ends without it.
 *
 * Source: TransactionManager.EndTxnHandler, TransactionManager.nextRequest, TransactionCoordinator.endTransaction.
 */
export function endTransaction(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'endTransaction',
    kind: 'protocol',
    actor: 'producer',
    phrase: '{producer} has its transaction ended',
    params: { producer: anyNode(context.producer) },
    enabled({ protocol }, { producer }) {
      const ready = mayAskForEnd(context, protocol, producer);
      if (ready !== true || isUnknown(context, protocol.producers.get(producer))) return ready;
      const judgement = judgeEnd(context, protocol, requestOf(context, protocol, producer));
      return judgement !== 'later' || 'the coordinator is busy with it (CONCURRENT_TRANSACTIONS)';
    },
    step({ protocol, record }, { producer }) {
      const step = { context, protocol, record };
      const view = protocol.producers.get(producer);
      const request = requestOf(context, protocol, producer);
      const { epoch } = protocol.coordinator.ids.get(request.id);
      if (isUnknown(context, view)) return tellEnd(step, request.id, view, view.epoch);
      const judgement = judgeEnd(context, protocol, request);
      if (judgement === 'done') return tellEnd(step, request.id, view, epoch);
      if (judgement === 'refuse') return failProducer(step, producer, 'fatal');
      view.asking = true;
      return decide(step, request);
    },
  });
}

/** Whether a producer may ask the coordinator to end its transaction. */
export function mayAskForEnd(
  context: TransactionsContext,
  protocol: ReadonlyProtocol,
  producer: ProducerNode,
): true | string {
  const { state, asking, pendingAdd, batches } = protocol.producers.get(producer);
  if (state.state !== 'committing' && state.state !== 'aborting') return 'nobody has asked it to';
  if (asking || pendingAdd) return 'it awaits an answer';
  const isDone = context.partition.all.every(each => batches.get(each).phase === 'none');
  return isDone || !context.rules.waitsForBatches || 'a batch has no answer yet';
}

/** In version 1 a transaction is unknown to the coordinator until a partition is added. */
export function isUnknown(
  { rules }: TransactionsContext,
  { added }: Pick<ReadonlyProducerView, 'added'>,
): boolean {
  return rules.version === 1 && added.isEmpty;
}

/** What a producer asks of the coordinator. */
export function requestOf(
  context: TransactionsContext,
  protocol: ReadonlyProtocol,
  producer: ProducerNode,
): EndRequest {
  const { epoch, state } = protocol.producers.get(producer);
  return { id: idOf(context, producer), epoch, commits: state.state === 'committing' };
}

/**
 * handleLateEnd: a request to end a transaction arrives that nobody waits for.
 *
 * Who: the coordinator, which handles it as any other. It need not ever happen.
 *
 * Source: KAFKA-17754.
 */
export function handleLateEnd(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'handleLateEnd',
    kind: 'protocol',
    actor: 'network',
    phrase: 'late request {late} to end a transaction is handled',
    params: { late: anyIndex(context.schema.protocol.fields.lateEnds) },
    weight: 0.2,
    fair: false,
    enabled: ({ protocol }, { late }) =>
      judgeEnd(context, protocol, protocol.lateEnds.get(late)) !== 'later' ||
      'the coordinator is busy with it',
    step({ protocol, record }, { late }) {
      const { id, epoch, commits } = protocol.lateEnds.get(late);
      const isDecided = judgeEnd(context, protocol, { id, epoch, commits }) === 'decide';
      if (isDecided) decide({ context, protocol, record }, { id, commits });
      protocol.lateEnds.removeAt(late);
    },
  });
}
