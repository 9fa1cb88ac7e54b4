import type { BrokerView, ReadonlyBrokerView } from './schema.ts';

/** Where a leader epoch ends in a log: the largest epoch not above the one asked for, and its end. */
export interface EpochEnd {
  epoch: number;
  endOffset: number;
  /** Whether the log has any record of an epoch not above the one asked for. */
  known: boolean;
}

const answer: EpochEnd = { epoch: 0, endOffset: 0, known: false };

/**
 * Looks up the end of a leader epoch, as LeaderEpochFileCache.endOffsetFor does.
 *
 * The cache is derived from the log here. What that leaves out is the entry that a leader writes
 * at its election before it appends anything: its start offset is the log's end, so the offsets
 * in the answers are the same without it. The returned object is reused by the next call.
 */
export function endOffsetFor(replica: ReadonlyBrokerView, epoch: number): EpochEnd {
  const { log } = replica;
  let end = log.length;
  // Epochs never decrease along a log, so the records above `epoch` are a tail.
  while (end > 0 && log.get(end - 1).epoch > epoch) end--;
  answer.known = end > 0;
  answer.epoch = end > 0 ? log.get(end - 1).epoch : epoch;
  answer.endOffset = end;
  return answer;
}

/** The epoch of the last record, or undefined for an empty log: `lastFetchedEpoch` of a fetch. */
export function lastEpoch(replica: ReadonlyBrokerView): number | undefined {
  const { log } = replica;
  return log.length === 0 ? undefined : log.get(log.length - 1).epoch;
}

/** Cuts the log to `endOffset`; the high watermark never stays beyond the end of the log. */
export function truncateReplica(replica: BrokerView, endOffset: number): void {
  replica.log.truncate(endOffset);
  if (replica.highWatermark > replica.log.length) replica.highWatermark = replica.log.length;
}
