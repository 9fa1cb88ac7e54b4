import type { ClientsContext } from './context.ts';
import type {
  BatchView,
  PartitionId,
  ProducerView,
  ReadonlyBatchView,
  ReadonlyProducerView,
} from './schema.ts';

/*
 * How a producer with idempotence numbers its batches: TransactionManager, TxnPartitionMap and TxnPartitionEntry of
 * the Java client, the parts that a producer without transactions takes.
 */

/** A sequence number before the first. */
const NONE = -1;

/** Whether the application was not told of the batch yet. */
export function isOpen({ state }: Pick<ReadonlyBatchView, 'state'>): boolean {
  return state.state === 'queued' || state.state === 'inFlight';
}

/**
 * The places of the batches of a partition that have a sequence number and no outcome, in flight or to be sent again,
 * in the order of their numbers (TxnPartitionEntry.inflightBatchesBySequence).
 */
function numbered(
  { rules }: ClientsContext,
  producer: ReadonlyProducerView,
  partition: PartitionId,
): number[] {
  const { batches, producerId } = producer;
  const sequenceAt = (place: number): number => batches.get(place).sequence ?? NONE;
  return Array.from({ length: batches.length }, (_, place) => place)
    .filter(place => {
      const batch = batches.get(place);
      if (batch.partition !== partition || batch.sequence === undefined) return false;
      // Whoever asks for another producer id forgets the batches of the last.
      return isOpen(batch) && (rules.onGap === 'epochBump' || batch.producerId === producerId);
    })
    .sort((one, other) => sequenceAt(one) - sequenceAt(other));
}

/** Whether some batch of a partition is numbered and has no outcome. */
export function hasNumbered(
  context: ClientsContext,
  producer: ReadonlyProducerView,
  partition: PartitionId,
): boolean {
  return numbered(context, producer, partition).length > 0;
}

/** Whether no batch of its partition that is numbered and has no outcome has a lower number than this one. */
export function isFirstNumbered(
  context: ClientsContext,
  producer: ReadonlyProducerView,
  { partition, sequence }: ReadonlyBatchView,
): boolean {
  const [first] = numbered(context, producer, partition);
  return first === undefined || producer.batches.get(first).sequence === sequence;
}

/**
 * Whether a producer goes on to its next epoch before it sends anything: a partition has a gap. With the repair of
 * `renumbered-while-undecided` that waits for the batches before the gap, of which some may be in the log.
 */
export function mayBump(
  context: ClientsContext,
  producer: ReadonlyProducerView,
  partition: PartitionId,
): boolean {
  const { gapAt } = producer.partitions.get(partition);
  if (gapAt === undefined) return false;
  const [first] = numbered(context, producer, partition);
  if (context.rules.bumpsWhileUndecided || first === undefined) return true;
  return (producer.batches.get(first).sequence ?? NONE) >= gapAt;
}

/** Whether the numbering of a partition is still of an earlier producer id or epoch. */
export function isStale(producer: ReadonlyProducerView, partition: PartitionId): boolean {
  const { producerId, producerEpoch } = producer.partitions.get(partition);
  return producerId !== producer.producerId || producerEpoch !== producer.producerEpoch;
}

/** Gives a batch its number, the first time that it is sent (RecordAccumulator.drainBatchesForOneNode). */
export function numberBatch(
  context: ClientsContext,
  producer: ProducerView,
  batch: BatchView,
): void {
  const { partition } = batch;
  const numbering = producer.partitions.get(partition);
  if (isStale(producer, partition) && !hasNumbered(context, producer, partition)) {
    startAtBeginning(context, producer, partition);
  }
  batch.producerId = producer.producerId;
  batch.producerEpoch = producer.producerEpoch;
  batch.sequence = numbering.nextSequence;
  numbering.nextSequence += 1;
}

/**
 * Numbers the batches of a partition anew from 0, by the producer id and epoch of now
 * (TxnPartitionEntry.startSequencesAtBeginning).
 */
export function startAtBeginning(
  context: ClientsContext,
  producer: ProducerView,
  partition: PartitionId,
): void {
  const places = numbered(context, producer, partition);
  if (!context.rules.renumbersInOrder) places.reverse();
  const { producerId, producerEpoch } = producer;
  for (const [sequence, place] of places.entries()) {
    const batch = producer.batches.get(place);
    Object.assign(batch, { sequence, producerId, producerEpoch, renumbered: true });
  }
  const numbering = producer.partitions.get(partition);
  Object.assign(numbering, { producerId, producerEpoch });
  numbering.nextSequence = places.length;
  numbering.lastAckedSequence = undefined;
}

/** A batch of this number is acknowledged (TransactionManager.handleCompletedBatch). */
export function noteAcknowledged(
  producer: ProducerView,
  { partition, sequence }: ReadonlyBatchView,
  offset: number,
): void {
  const numbering = producer.partitions.get(partition);
  const { lastAckedSequence = NONE, lastAckedOffset = NONE } = numbering;
  if (sequence !== undefined) numbering.lastAckedSequence = Math.max(lastAckedSequence, sequence);
  numbering.lastAckedOffset = Math.max(lastAckedOffset, offset);
}

/** Whether a number follows the last that was acknowledged (TransactionManager.isNextSequence). */
export function followsAcknowledged(
  producer: ReadonlyProducerView,
  partition: PartitionId,
  sequence: number,
): boolean {
  const { lastAckedSequence = NONE } = producer.partitions.get(partition);
  return sequence - lastAckedSequence === 1;
}

/** It is not known whether an expired batch was appended (TransactionManager.markSequenceUnresolved). */
export function markUnresolved(
  producer: ProducerView,
  { partition, sequence }: ReadonlyBatchView,
): void {
  if (sequence === undefined) return;
  const numbering = producer.partitions.get(partition);
  numbering.unresolvedBefore = Math.max(numbering.unresolvedBefore ?? 0, sequence + 1);
}

/**
 * Numbers what follows a batch that failed for good as if it had not been there: before 2.5 the only reaction
 * (TransactionManager.adjustSequencesDueToFailedBatch).
 */
export function closeGap(
  context: ClientsContext,
  producer: ProducerView,
  { partition, sequence }: ReadonlyBatchView,
): void {
  if (sequence === undefined) return;
  producer.partitions.get(partition).nextSequence -= 1;
  for (const place of numbered(context, producer, partition)) {
    const batch = producer.batches.get(place);
    if (batch.sequence === undefined || batch.sequence <= sequence) continue;
    batch.sequence -= 1;
    batch.renumbered = true;
  }
}
