import { effectiveMinIsr } from './config.ts';
import type { ReplicationContext } from './context.ts';
import { brokerViewOf } from './metadata.ts';
import type { ReplicationRecording } from './recorders.ts';
import { isInMaximalIsr } from './rules.ts';
import type { Broker, BrokerView, Protocol, ReadonlyProtocol } from './schema.ts';

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
  const { isr } = brokerViewOf(protocol, leader);
  if (context.config.highWatermarkNeedsMinIsr && isr.size < effectiveMinIsr(context.config)) return;
  let candidate = replica.log.length;
  for (const other of context.broker.all) {
    if (other === leader || !context.rules.waitsFor(replica, isr, other)) continue;
    const endOffset = replica.followers.get(other).logEndOffset;
    if (endOffset === undefined) return;
    if (endOffset < candidate) candidate = endOffset;
  }
  if (candidate <= replica.highWatermark) return;
  replica.highWatermark = candidate;
  answerWaitingProduce(context, protocol, record, leader, replica);
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
  replica: BrokerView,
): void {
  const { waitingProduce, log } = replica;
  const enough = maximalIsrSize(context, protocol, leader) >= effectiveMinIsr(context.config);
  while (waitingProduce.length > 0 && waitingProduce.get(0) < replica.highWatermark) {
    const offset = waitingProduce.get(0);
    if (enough) record.acknowledged(offset, log.get(offset).record);
    waitingProduce.removeFirst(1);
  }
}

function maximalIsrSize(
  context: ReplicationContext,
  protocol: ReadonlyProtocol,
  leader: Broker,
): number {
  const replica = protocol.brokers.get(leader);
  const { isr } = brokerViewOf(protocol, leader);
  let size = 0;
  for (const other of context.broker.all) if (isInMaximalIsr(replica, isr, other)) size++;
  return size;
}
