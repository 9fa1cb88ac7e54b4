import type { ReplicationContext } from './context.ts';
import { brokerViewOf, effectiveMinIsr } from './metadata.ts';
import { leaveUnresolved } from './producer.ts';
import type { ReplicationRecording } from './recorders.ts';
import { isInMaximalIsr } from './rules.ts';
import type { Broker, BrokerView, PartitionView, Protocol, ReadonlyBrokerView } from './schema.ts';

/**
 * Advances the leader's high watermark to the least log end offset over its maximal ISR, and
 * answers the producers that waited for it. A leader that has not heard from a member since it was
 * elected does not know that member's log end offset and cannot advance.
 *
 * Kafka also waits for replicas outside the ISR that have caught up within
 * replica.lag.time.max.ms; that clause can only delay the advance and is left out, as is time.
 *
 * Source: Partition.maybeIncrementLeaderHW; the min.insync.replicas gate is 3.7 (KAFKA-15583).
 */
export function maybeAdvanceHighWatermark(
  context: ReplicationContext,
  protocol: Protocol,
  record: ReplicationRecording,
  leader: Broker,
): void {
  const replica = protocol.brokers.get(leader);
  const view = brokerViewOf(protocol, leader);
  if (context.rules.highWatermarkNeedsMinIsr && view.isr.size < effectiveMinIsr(view)) return;
  const candidate = committedEndOffset(context, replica, view, leader);
  if (candidate <= replica.highWatermark) return;
  replica.highWatermark = candidate;
  record.exposed(replica.log, candidate);
  answerWaitingProduce(context, protocol, record, leader);
}

/** The offset below which every replica that the leader waits for has everything. */
function committedEndOffset(
  { broker, rules }: ReplicationContext,
  replica: ReadonlyBrokerView,
  { isr }: PartitionView,
  leader: Broker,
): number {
  const ends = [replica.log.length];
  for (const other of broker.all) {
    if (other === leader || !rules.waitsFor(replica, isr, other)) continue;
    ends.push(replica.followers.get(other).logEndOffset ?? -1);
  }
  ends.sort((a, b) => a - b);
  return Math.min(ends[rules.mayMiss(ends.length)] ?? -1, replica.log.length);
}

/**
 * Answers every waiting acks=all request below the high watermark: success if the maximal ISR is
 * large enough, else NOT_ENOUGH_REPLICAS_AFTER_APPEND, after which the outcome is unknown to the
 * producer (DelayedProduce, Partition.checkEnoughReplicasReachOffset).
 */
function answerWaitingProduce(
  context: ReplicationContext,
  protocol: Protocol,
  record: ReplicationRecording,
  leader: Broker,
): void {
  const replica = protocol.brokers.get(leader);
  const view = brokerViewOf(protocol, leader);
  const { waitingProduce, log } = replica;
  const enough =
    !context.rules.answerNeedsMinIsr ||
    maximalIsrSize(context, replica, view) >= effectiveMinIsr(view);
  while (waitingProduce.length > 0 && waitingProduce.get(0) < replica.highWatermark) {
    const offset = waitingProduce.get(0);
    const id = log.get(offset).record;
    if (enough) record.acknowledged(offset, id, 'all');
    else leaveUnresolved(context, protocol, id);
    waitingProduce.removeFirst(1);
  }
}

function maximalIsrSize(
  { broker }: ReplicationContext,
  replica: BrokerView,
  { isr }: PartitionView,
): number {
  let size = 0;
  for (const other of broker.all) if (isInMaximalIsr(replica, isr, other)) size++;
  return size;
}
