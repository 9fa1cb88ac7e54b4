import type { ClientsStep } from './context.ts';
import { isOpen } from './numbering.ts';
import type { ProducerView, ReadonlyProducerView } from './schema.ts';

/**
 * Puts a batch back that was in flight: to the front of the queue of its partition, and with idempotence behind
 * those of lower numbers.
 *
 * Source: RecordAccumulator.reenqueue, RecordAccumulator.insertInSequenceOrder.
 */
export function requeue(
  step: Pick<ClientsStep, 'context'>,
  producer: ProducerView,
  place: number,
): void {
  const batch = producer.batches.get(place);
  batch.state.send('requeue', {}, undefined);
  batch.inRetry = true;
  const { queue } = producer.partitions.get(batch.partition);
  const others = [...queue];
  const { idempotence } = step.context.config;
  const isBefore = (other: number): boolean => {
    const { sequence } = producer.batches.get(other);
    return idempotence && sequence !== undefined && sequence < (batch.sequence ?? 0);
  };
  const behind = others.findIndex(other => !isBefore(other));
  const index = behind < 0 ? others.length : behind;
  queue.truncate(0);
  for (const each of [...others.slice(0, index), place, ...others.slice(index)]) queue.push(each);
}

/** Takes a batch out of the queue of its partition, if it waits there. */
export function unqueue(producer: ProducerView, place: number): void {
  const { queue } = producer.partitions.get(producer.batches.get(place).partition);
  const others = [...queue].filter(each => each !== place);
  queue.truncate(0);
  for (const each of others) queue.push(each);
}

/** Whether the application was told what became of every earlier batch of the same partition. */
export function isOldestOpen(producer: ReadonlyProducerView, place: number): boolean {
  const { partition } = producer.batches.get(place);
  for (let earlier = 0; earlier < place; earlier++) {
    const batch = producer.batches.get(earlier);
    if (batch.partition === partition && isOpen(batch)) return false;
  }
  return true;
}
