import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { idOf, type TransactionsContext, type TransactionsStep } from '../context.ts';
import type { PartitionId, ProducerNode } from '../schema.ts';

/**
 * send: the application hands a record to its producer, in the transaction that it is in, or begins one with it.
 *
 * Who: the application. Enabled: it sends records of its own; the producer has no other batch for the partition.
 * Limited by `records`.
 *
 * Left out: batches of several records, and several of one partition in flight (see `clients`); transactions without
 * records, which no broker hears of.
 *
 * Source: KafkaProducer.beginTransaction, KafkaProducer.send.
 */
export function send(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'send',
    kind: 'client',
    actor: 'producer',
    phrase: 'the application sends a record to {partition} with {producer}',
    params: { producer: anyNode(context.producer), partition: anyNode(context.partition) },
    enabled({ protocol }, { producer, partition }) {
      if (context.config.pattern !== 'send') return 'it sends outputs of an input';
      if (protocol.sent >= context.bounds.records) return 'it has no more records';
      const { state, batches } = protocol.producers.get(producer);
      if (state.state !== 'ready' && state.state !== 'inTransaction') return 'it may not send';
      return batches.get(partition).phase === 'none' || 'it has a batch for the partition';
    },
    step({ protocol, record }, { producer, partition }) {
      sendRecord({ context, protocol, record }, producer, partition, 0);
    },
  });
}

/** A record is handed to a producer; a transaction begins with the first. */
export function sendRecord(
  { context, protocol, record }: TransactionsStep,
  producer: ProducerNode,
  partition: PartitionId,
  input: number,
): void {
  const view = protocol.producers.get(producer);
  const id = idOf(context, producer);
  const { epoch } = view;
  const within = context.config.transactions ? { id, epoch } : undefined;
  if (within !== undefined && view.state.state === 'ready') {
    view.state.send('begin', {}, undefined);
    record.begun(id, epoch);
  }
  protocol.sent += 1;
  Object.assign(view.batches.get(partition), { phase: 'queued', record: protocol.sent, input });
  record.sent(partition, within);
}
