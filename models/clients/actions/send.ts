import type { AnyAction } from '../../../checker/model/model.ts';
import { anyInt, anyNode } from '../../../checker/model/params.ts';
import type { ClientsContext } from '../context.ts';
import type { BatchView, PartitionId, ProducerNode, Protocol } from '../schema.ts';

/**
 * send: an application sends a record.
 *
 * Who: a producer. Enabled: always. Changes: the record is the last batch in the queue of its partition.
 *
 * Left out: batches of several records, `linger.ms`, a full buffer (`max.block.ms`), and a record that is refused
 * before it is in a batch.
 *
 * Source: KafkaProducer.send, RecordAccumulator.append.
 */
export function send(context: ClientsContext): AnyAction {
  return context.action({
    name: 'send',
    kind: 'client',
    actor: 'producer',
    phrase: '{producer} sends a record to {partition}',
    params: { producer: anyNode(context.producer), partition: anyNode(context.partition) },
    spends: 'records',
    enabled: () => true,
    step({ protocol, record }, { producer, partition }) {
      protocol.sent += 1;
      record.sent(producer, partition);
      enqueue(protocol, producer, { record: protocol.sent, partition });
    },
  });
}

/**
 * resend: an application sends a record again, because it was told failure, or because its process is another one
 * that does not know what became of it.
 *
 * Who: a producer, by an application that wants no record to be missing. Enabled: the batch failed or was abandoned.
 * Changes: as `send`. For the producer it is another record.
 */
export function resend(context: ClientsContext): AnyAction {
  const most = context.limits.batches - 1;
  return context.action({
    name: 'resend',
    kind: 'client',
    actor: 'producer',
    phrase: '{producer} sends again what was in its batch {batch}',
    params: { producer: anyNode(context.producer), batch: anyInt(0, most) },
    spends: 'resends',
    enabled({ protocol }, { producer, batch }) {
      const { batches } = protocol.producers.get(producer);
      if (batch >= batches.length) return 'there is no such batch';
      const { state } = batches.get(batch).state;
      return state === 'failed' || state === 'abandoned' || 'the application has no reason to';
    },
    step({ protocol }, { producer, batch }) {
      const { record, partition } = protocol.producers.get(producer).batches.get(batch);
      enqueue(protocol, producer, { record, partition });
    },
  });
}

function enqueue(
  protocol: Protocol,
  producer: ProducerNode,
  { record, partition }: Pick<BatchView, 'record'> & { readonly partition: PartitionId },
): void {
  const { batches, partitions } = protocol.producers.get(producer);
  const numbers = { sequence: undefined, producerId: 0, producerEpoch: 0 };
  batches.push({ record, partition, ...numbers, inRetry: false, renumbered: false });
  partitions.get(partition).queue.push(batches.length - 1);
}
