import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { isOut } from '../connections.ts';
import type { ClientsContext } from '../context.ts';
import { hasNumbered, isFirstNumbered, isStale, mayBump, numberBatch } from '../numbering.ts';
import type { PartitionId, ReadonlyProducerView } from '../schema.ts';

/**
 * drain: a producer sends the next batch of a partition to the broker that leads it by its metadata.
 *
 * Who: the sender thread. Enabled: a batch waits; there are fewer than max.in.flight requests on the connection, and
 * with max.in.flight=1 none for this partition anywhere; an idempotent producer has its id and the epoch that it
 * wants, and the batch may be sent by the rules of its numbering. Changes: the batch gets its number, if it has none,
 * and is in flight. With acks=0 that is all: the application is told success.
 *
 * Left out: one request for several partitions; back-off, which is time.
 *
 * Source: Sender.sendProducerData, RecordAccumulator.drainBatchesForOneNode and shouldStopDrainBatchesForPartition.
 */
export function drain(context: ClientsContext): AnyAction {
  return context.action({
    name: 'drain',
    kind: 'protocol',
    actor: 'producer',
    phrase: '{producer} sends its next batch for {partition}',
    params: { producer: anyNode(context.producer), partition: anyNode(context.partition) },
    enabled: ({ protocol }, { producer, partition }) =>
      mayDrain(context, protocol.producers.get(producer), partition),
    step({ protocol, record }, { producer, partition }) {
      const view = protocol.producers.get(producer);
      const { queue, leader } = view.partitions.get(partition);
      const place = queue.get(0);
      const batch = view.batches.get(place);
      queue.removeFirst(1);
      const isNew = batch.sequence === undefined || !context.rules.keepsSequences;
      if (context.config.idempotence && isNew) numberBatch(context, view, batch);
      batch.renumbered = false;
      batch.state.send('drain', {}, undefined);
      const { producerId, producerEpoch, sequence } = batch;
      const numbers = { producerId, producerEpoch, sequence };
      const nothing = { result: 'none', offset: 0, leaderEpoch: 0 } as const;
      const { requests } = view.connections.get(leader);
      requests.push({ phase: 'sent', batch: place, ...numbers, ...nothing });
      if (context.config.acks !== '0') return;
      batch.state.send('succeed', {}, undefined);
      record.acknowledged(partition, { record: batch.record, offset: undefined, acks: '0' });
    },
  });
}

function mayDrain(
  context: ClientsContext,
  producer: ReadonlyProducerView,
  partition: PartitionId,
): Enabled {
  const { maxInFlight, idempotence } = context.config;
  const { queue, leader } = producer.partitions.get(partition);
  if (producer.state.state !== 'ready') return 'the producer has no producer id';
  if (queue.length === 0) return 'no batch waits';
  if (producer.connections.get(leader).requests.length >= maxInFlight) {
    return 'max.in.flight requests await their answers';
  }
  if (maxInFlight === 1 && isOut(context, producer, partition)) {
    return 'a batch of the partition is in flight';
  }
  return idempotence ? mayNumber(context, producer, partition) : true;
}

function mayNumber(
  context: ClientsContext,
  producer: ReadonlyProducerView,
  partition: PartitionId,
): Enabled {
  const { rules, partition: partitions } = context;
  if (partitions.all.some(each => mayBump(context, producer, each))) {
    return 'the producer goes on to its next epoch first';
  }
  const { queue, unresolvedBefore, gapAt } = producer.partitions.get(partition);
  const batch = producer.batches.get(queue.get(0));
  if (gapAt !== undefined && (batch.sequence ?? gapAt) >= gapAt)
    return 'a batch before it is missing';
  if (batch.sequence !== undefined) {
    const isNext = !rules.retriesInOrder || isFirstNumbered(context, producer, batch);
    return isNext || 'an earlier batch has no outcome yet';
  }
  const isBehind = isStale(producer, partition) && hasNumbered(context, producer, partition);
  if (isBehind) return 'batches of an earlier epoch are in flight';
  if (unresolvedBefore !== undefined) {
    return 'it is not known what became of an expired batch';
  }
  return true;
}
