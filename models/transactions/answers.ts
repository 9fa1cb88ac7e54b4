import { idOf, type TransactionsStep } from './context.ts';
import type { IdView, ProducerNode, ProducerView, TransactionalId } from './schema.ts';

/** The processes whose request for an id is at the coordinator: one at most. */
function asking(
  { context, protocol }: TransactionsStep,
  id: TransactionalId,
): readonly { readonly producer: ProducerNode; readonly view: ProducerView }[] {
  return context.producer.all
    .filter(producer => idOf(context, producer) === id)
    .map(producer => ({ producer, view: protocol.producers.get(producer) }))
    .filter(({ view }) => view.asking);
}

/** InitProducerId is answered: with the next epoch. */
export function answerInitialized(
  step: TransactionsStep,
  id: TransactionalId,
  { epoch }: Pick<IdView, 'epoch'>,
): void {
  for (const { view } of asking(step, id)) {
    if (view.state.state !== 'initializing') continue;
    view.asking = false;
    becomeReady(step, id, view, epoch);
  }
}

/** A producer has an epoch of its own, and no transaction. */
export function becomeReady(
  { record }: TransactionsStep,
  id: TransactionalId,
  view: ProducerView,
  epoch: number,
): void {
  view.epoch = epoch;
  view.needsBump = false;
  view.state.send('initialized', {}, undefined);
  record.initialized(id, epoch);
}

/**
 * Partitions are in the transaction: the producer may send to them (version 1), or its leader may append (version
 * 2).
 */
export function answerAdded(
  step: TransactionsStep,
  id: TransactionalId,
  { epoch, partitions }: Pick<IdView, 'epoch' | 'partitions'>,
): void {
  const { context, protocol } = step;
  for (const { view } of asking(step, id)) {
    if (!view.pendingAdd) continue;
    view.asking = false;
    view.pendingAdd = false;
    view.added.assign(partitions);
  }
  for (const producer of context.producer.all) {
    const view = protocol.producers.get(producer);
    if (idOf(context, producer) !== id || view.epoch !== epoch) continue;
    for (const partition of partitions) {
      const batch = view.batches.get(partition);
      if (batch.phase === 'adding') batch.phase = 'verified';
    }
  }
  for (const late of protocol.lateRequests) {
    if (late.id !== id || late.epoch !== epoch || !partitions.has(late.partition)) continue;
    if (late.phase === 'adding') late.phase = 'verified';
  }
}

/** EndTxn is answered: the decision is committed, whatever becomes of the markers. */
export function answerEnded(
  step: TransactionsStep,
  id: TransactionalId,
  { epoch }: Pick<IdView, 'epoch'>,
): void {
  for (const { view } of asking(step, id)) {
    if (view.pendingAdd) continue;
    view.asking = false;
    endTransaction(step, id, view, epoch);
  }
}

/** The application is told that its transaction has ended as it asked. In version 2 the next one has another epoch. */
export function endTransaction(
  { context, record }: TransactionsStep,
  id: TransactionalId,
  view: ProducerView,
  epoch: number,
): void {
  const told = view.state.state === 'committing' ? 'committed' : 'aborted';
  record.told(id, view.epoch, told);
  view.added.clear();
  if (view.needsBump && context.rules.version === 1) {
    view.state.send('bump', {}, undefined);
    return;
  }
  view.needsBump = false;
  view.state.send('ended', {}, undefined);
  if (context.rules.version === 1) return;
  view.epoch = epoch;
}

/** Why an application can go on only by starting again, or by aborting. */
export type Failure = 'fatal' | 'abortable';

/** A request of a producer has failed for good. */
export function failProducer(
  { context, protocol, record }: TransactionsStep,
  producer: ProducerNode,
  failure: Failure,
): void {
  const view = protocol.producers.get(producer);
  const { state } = view.state;
  if (failure === 'abortable') {
    // Otherwise it aborts already, or has no transaction.
    if (state !== 'inTransaction' && state !== 'committing') return;
    view.state.send('failAbortably', {}, undefined);
    view.needsBump = context.rules.recoversByBump;
    return;
  }
  if (state === 'committing') record.told(idOf(context, producer), view.epoch, 'failure');
  view.asking = false;
  view.pendingAdd = false;
  view.state.send('fail', {}, undefined);
  for (const partition of context.partition.all) view.batches.clear(partition);
  view.added.clear();
  view.needsBump = false;
  view.isReading = false;
}
