import type { ClientsContext } from './context.ts';
import {
  closeGap,
  followsAcknowledged,
  hasNumbered,
  isOpen,
  noteAcknowledged,
  startAtBeginning,
} from './numbering.ts';
import { type ProducerStep, producerEffects } from './producerEffects.ts';
import { requeue } from './queue.ts';
import type { BatchView, ProducerView, Result } from './schema.ts';

/** What is known of an attempt to send a batch: the answer, or that the connection is lost. */
export interface Outcome {
  readonly result: Result | 'disconnected' | 'expired';
  readonly offset: number;
}

const retriable: readonly Outcome['result'][] = [
  ...(['disconnected', 'notLeader', 'timedOut', 'notEnoughReplicas'] as const),
];

/**
 * A producer learns what became of an attempt to send a batch: it tells the application, or sends the batch again.
 * Of a batch that was given up meanwhile nothing more is told; that it is acknowledged counts for the numbering.
 *
 * Source: Sender.completeBatch, Sender.canRetry, TransactionManager.canRetry.
 */
export function learnOutcome(step: ProducerStep, place: number, outcome: Outcome): void {
  const producer = step.protocol.producers.get(step.producer);
  const batch = producer.batches.get(place);
  if (outcome.result === 'success') succeed(step, batch, outcome.offset);
  else if (isOpen(batch)) {
    if (mayRetry(step, batch, outcome)) requeue(step, producer, place);
    else failBatch(step, place, outcome.result);
  }
  resolveSequences(step);
}

function succeed(step: ProducerStep, batch: BatchView, offset: number): void {
  const { context, protocol, record } = step;
  if (context.config.idempotence) {
    noteAcknowledged(protocol.producers.get(step.producer), batch, offset);
  }
  if (!isOpen(batch)) return;
  batch.state.send('succeed', {}, undefined);
  const { acks } = context.config;
  record.acknowledged(batch.partition, { record: batch.record, offset, acks });
}

function mayRetry(step: ProducerStep, batch: BatchView, { result }: Outcome): boolean {
  const { context, protocol } = step;
  if (!context.config.retries) return false;
  if (retriable.includes(result)) return true;
  const producer = protocol.producers.get(step.producer);
  if (result === 'outOfOrderSequence') return retriesOutOfOrder(context, producer, batch);
  return result === 'unknownProducerId' && retriesUnknown(step, batch);
}

/** After OUT_OF_ORDER_SEQUENCE_NUMBER. */
function retriesOutOfOrder(
  { rules }: ClientsContext,
  producer: ProducerView,
  { partition, sequence = 0, renumbered, producerId }: BatchView,
): boolean {
  const numbering = producer.partitions.get(partition);
  const { unresolvedBefore } = numbering;
  const isOfId = rules.onGap === 'epochBump' || producerId === producer.producerId;
  const isWaitedFor = renumbered || !followsAcknowledged(producer, partition, sequence);
  if (isOfId && unresolvedBefore === undefined && isWaitedFor) return true;
  if (rules.onGap === 'newProducerId') return false;
  if (unresolvedBefore === undefined || unresolvedBefore === sequence) {
    numbering.gapAt = sequence;
  }
  return true;
}

/**
 * After UNKNOWN_PRODUCER_ID, which brokers answer before 2.5: where all that was acknowledged is deleted, the producer
 * knows why it is unknown, and begins anew.
 */
function retriesUnknown(step: ProducerStep, batch: BatchView): boolean {
  const { context, protocol } = step;
  const { partition, producerId, renumbered } = batch;
  const producer = protocol.producers.get(step.producer);
  if (producerId !== producer.producerId) return false;
  if (renumbered) return true;
  const { lastAckedOffset = -1 } = producer.partitions.get(partition);
  if (lastAckedOffset >= protocol.partitions.get(partition).logStartOffset) return false;
  startAtBeginning(context, producer, partition);
  return true;
}

/**
 * The application is told that a batch failed, which does not say that it is not in the log. Where the broker was
 * sure, its number is free again: what comes after it is numbered anew.
 *
 * Source: Sender.failBatch, TransactionManager.handleFailedBatch.
 */
export function failBatch(step: ProducerStep, place: number, result: Outcome['result']): void {
  const { context, protocol } = step;
  const producer = protocol.producers.get(step.producer);
  const batch = producer.batches.get(place);
  const isOfId = batch.producerId === producer.producerId;
  batch.state.send('fail', {}, undefined);
  if (!context.config.idempotence || result === 'expired' || batch.sequence === undefined) return;
  const numbering = producer.partitions.get(batch.partition);
  if (context.rules.onGap === 'epochBump') numbering.gapAt = batch.sequence;
  else if (!isOfId) return;
  else if (result === 'outOfOrderSequence') loseId(step);
  else closeGap(context, producer, batch);
}

/**
 * Once nothing of a partition is in flight any more it shows what became of expired batches: they were appended if
 * what followed them was.
 *
 * Source: TransactionManager.maybeResolveSequences.
 */
export function resolveSequences(step: ProducerStep): void {
  const { context, protocol } = step;
  const producer = protocol.producers.get(step.producer);
  for (const partition of context.partition.all) {
    const numbering = producer.partitions.get(partition);
    if (numbering.unresolvedBefore === undefined) continue;
    if (hasNumbered(context, producer, partition)) continue;
    numbering.unresolvedBefore = undefined;
    if (followsAcknowledged(producer, partition, numbering.nextSequence)) continue;
    if (context.rules.onGap === 'epochBump') numbering.gapAt = numbering.nextSequence;
    else loseId(step);
  }
}

function loseId(step: ProducerStep): void {
  const { state } = step.protocol.producers.get(step.producer);
  // It may wait for another id already, because of another partition.
  if (state.state === 'ready') state.send('loseId', producerEffects, step);
}
