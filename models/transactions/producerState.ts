import type { TransactionsRules } from './rules.ts';
import type { LogView, ReadonlyPartitionView, TransactionalId } from './schema.ts';

/** What a partition knows of a producer: a fold of its log, as every replica makes one. */
interface ProducerState {
  /** The last epoch that it has seen; none if the producer is unknown. */
  readonly epoch: number | undefined;
  /** Where its open transaction begins, if one is open. */
  readonly openSince: number | undefined;
  /** The last coordinator epoch that it has seen. */
  readonly coordinatorEpoch: number;
}

/**
 * What a log says of a producer with transactions.
 *
 * Source: ProducerStateEntry (producerEpoch, currentTxnFirstOffset, coordinatorEpoch), ProducerStateManager.update.
 */
export function producerStateOf(log: LogView, id: TransactionalId): ProducerState {
  let epoch: number | undefined;
  let openSince: number | undefined;
  let coordinatorEpoch = 0;
  for (let offset = 0; offset < log.length; offset++) {
    const entry = log.get(offset);
    if (entry.kind === 'plain' || entry.id !== id) continue;
    epoch = entry.epoch;
    if (entry.kind === 'data') openSince ??= offset;
    else {
      openSince = undefined;
      coordinatorEpoch = entry.coordinatorEpoch;
    }
  }
  return { epoch, openSince, coordinatorEpoch };
}

/** The offset of the marker that ends a record of a transaction; none while it is open. */
export function markerOf(log: LogView, offset: number): number | undefined {
  const { id } = log.get(offset);
  for (let at = offset + 1; at < log.length; at++) {
    const { kind, id: other } = log.get(at);
    if (other === id && (kind === 'commit' || kind === 'abort')) return at;
  }
  return undefined;
}

/**
 * How far readers of committed records are let: up to the first transaction that is open, or whose marker is not
 * committed.
 *
 * Source: ProducerStateManager.firstUnstableOffset, UnifiedLog.fetchLastStableOffsetMetadata.
 */
export function lastStableOffset(
  { stopsAtOpen, stopsAtUncommitted }: TransactionsRules,
  { log, highWatermark }: ReadonlyPartitionView,
): number {
  for (let offset = 0; offset < highWatermark; offset++) {
    if (log.get(offset).kind !== 'data') continue;
    const marker = markerOf(log, offset);
    if (marker === undefined ? stopsAtOpen : marker >= highWatermark && stopsAtUncommitted) {
      return offset;
    }
  }
  return highWatermark;
}

/**
 * How far the input is processed, by the partition of the offsets: what was written last counts, of what is not part
 * of a transaction or of one that is committed.
 *
 * Source: OffsetMetadataManager.completePendingTxnOffsetCommits, GroupMetadata.completePendingTxnOffsetCommit.
 */
export function committedInput(
  { offsetsWait }: TransactionsRules,
  { log, highWatermark }: ReadonlyPartitionView,
): number {
  for (let offset = highWatermark - 1; offset >= 0; offset--) {
    const { kind, input } = log.get(offset);
    if (kind === 'plain' || (kind === 'data' && !offsetsWait)) return input;
    if (kind !== 'data') continue;
    const marker = markerOf(log, offset);
    if (marker === undefined || marker >= highWatermark) continue;
    if (log.get(marker).kind === 'commit') return input;
  }
  return 0;
}

/** Whether offsets of a transaction are there that is not decided yet, as far as the partition knows. */
export function hasPendingOffsets({ log, highWatermark }: ReadonlyPartitionView): boolean {
  for (let offset = 0; offset < log.length; offset++) {
    if (log.get(offset).kind !== 'data') continue;
    const marker = markerOf(log, offset);
    if (marker === undefined || marker >= highWatermark) return true;
  }
  return false;
}
