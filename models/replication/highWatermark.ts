import type { ReplicationContext } from './context.ts';
import { isrKnownTo, minIsrKnownTo } from './metadata.ts';
import type { PartitionStep, RuledPartition } from './partitionScope.ts';
import { leaveUnresolved } from './producer.ts';
import { isInMaximalIsr } from './rules.ts';
import type { Broker, PartitionView, ReadonlyReplicaView } from './schema.ts';
import { tellAcknowledged, tellExposed } from './told.ts';

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
export function maybeAdvanceHighWatermark(partition: PartitionStep, leader: Broker): void {
  const replica = partition.replicas.get(leader);
  const candidate = nextHighWatermark(partition, leader);
  if (candidate === undefined) return;
  replica.highWatermark = candidate;
  tellExposed(partition, leader, candidate);
  answerWaitingProduce(partition, leader);
}

/** What the leader's high watermark would move to, if anybody looked at it now. */
export function nextHighWatermark(partition: RuledPartition, leader: Broker): number | undefined {
  const replica = partition.replicas.get(leader);
  const isr = isrKnownTo(partition, leader);
  const { context } = partition;
  const needsMinIsr = context.rules.highWatermarkNeedsMinIsr;
  if (needsMinIsr && isr.size < minIsrKnownTo(partition, leader)) return undefined;
  const candidate = committedEndOffset(context, replica, isr, leader);
  return candidate > replica.highWatermark ? candidate : undefined;
}

/** The offset below which every replica that the leader waits for has everything. */
function committedEndOffset(
  { broker, rules }: ReplicationContext,
  replica: ReadonlyReplicaView,
  isr: PartitionView['isr'],
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
function answerWaitingProduce(partition: PartitionStep, leader: Broker): void {
  const replica = partition.replicas.get(leader);
  const isr = isrKnownTo(partition, leader);
  const { waitingProduce, log } = replica;
  const enough =
    !partition.context.rules.answerNeedsMinIsr ||
    maximalIsrSize(partition.context, replica, isr) >= minIsrKnownTo(partition, leader);
  while (waitingProduce.length > 0 && waitingProduce.get(0) < replica.highWatermark) {
    const offset = waitingProduce.get(0);
    if (enough) tellAcknowledged(partition, leader, { offset, acks: 'all' });
    else leaveUnresolved(partition, log.get(offset).record);
    waitingProduce.removeFirst(1);
  }
}

function maximalIsrSize(
  { broker }: ReplicationContext,
  replica: ReadonlyReplicaView,
  isr: PartitionView['isr'],
): number {
  let size = 0;
  for (const other of broker.all) if (isInMaximalIsr(replica, isr, other)) size++;
  return size;
}
