import { cutDisk, startDiskAt } from './disk.ts';
import type { ReadonlyReplicaView, ReplicaView } from './schema.ts';

/** Where a leader epoch ends in a log: the largest known epoch not above the one asked for. */
export interface EpochEnd {
  epoch: number;
  endOffset: number;
}

/** What stands in a log where a record was deleted. */
const deleted = { epoch: 0, record: 0 };

const answer: EpochEnd = { epoch: 0, endOffset: 0 };

/**
 * Looks up the end of a leader epoch; undefined if the cache is empty or the epoch is newer than
 * all it knows. An epoch older than all it knows ends where the oldest known one starts. The
 * returned object is reused by the next call.
 *
 * Source: LeaderEpochFileCache.endOffsetFor.
 */
export function endOffsetFor(replica: ReadonlyReplicaView, epoch: number): EpochEnd | undefined {
  const { epochCache, log } = replica;
  const newest = epochCache.length - 1;
  if (newest < 0 || epoch > epochCache.get(newest).epoch) return undefined;
  let index = newest;
  while (index >= 0 && epochCache.get(index).epoch > epoch) index--;
  answer.epoch = index < 0 ? epoch : epochCache.get(index).epoch;
  answer.endOffset = index === newest ? log.length : epochCache.get(index + 1).startOffset;
  return answer;
}

/** The newest epoch that the cache knows: `lastFetchedEpoch` of a fetch. */
export function latestEpoch({ epochCache }: ReadonlyReplicaView): number | undefined {
  return epochCache.length === 0 ? undefined : epochCache.get(epochCache.length - 1).epoch;
}

/**
 * Notes that `epoch` starts at `startOffset`; ignored if it is not newer than all that is known.
 *
 * Source: LeaderEpochFileCache.assign.
 */
export function assignEpoch(replica: ReplicaView, epoch: number, startOffset: number): void {
  const { epochCache } = replica;
  if (epochCache.length > 0 && epoch <= epochCache.get(epochCache.length - 1).epoch) return;
  dropEpochsFrom(replica, startOffset);
  epochCache.push({ epoch, startOffset });
}

/** Drops the epochs that start at `offset` or later (LeaderEpochFileCache.truncateFromEnd). */
function dropEpochsFrom({ epochCache }: ReplicaView, offset: number): void {
  let kept = epochCache.length;
  while (kept > 0 && epochCache.get(kept - 1).startOffset >= offset) kept--;
  epochCache.truncate(kept);
}

/** Appends a record at the log's end. */
export function appendRecord(replica: ReplicaView, epoch: number, record: number): void {
  const offset = replica.log.length;
  replica.log.push({ epoch, record });
  assignEpoch(replica, epoch, offset);
}

/** Cuts the log to `endOffset`, which may be its end: epochs without records go then as well. */
export function truncateLog(replica: ReplicaView, endOffset: number): void {
  replica.log.truncate(endOffset);
  const { length } = replica.log;
  dropEpochsFrom(replica, length);
  if (replica.logStartOffset > length) replica.logStartOffset = length;
  cutDisk(replica);
}

/**
 * Deletes the records below `offset`, as retention, DeleteRecords and a leader's newer log start
 * offset do. The epoch that covers `offset` starts there from now on.
 *
 * Source: UnifiedLog.maybeIncrementLogStartOffset, LeaderEpochFileCache.truncateFromStart.
 */
export function raiseLogStartOffset(replica: ReplicaView, offset: number): void {
  const { log, epochCache } = replica;
  if (offset <= replica.logStartOffset) return;
  for (let below = replica.logStartOffset; below < offset; below++) {
    Object.assign(log.get(below), deleted);
  }
  replica.logStartOffset = offset;
  let covering = 0;
  while (covering < epochCache.length && epochCache.get(covering).startOffset <= offset) covering++;
  epochCache.removeFirst(covering - 1);
  if (covering > 0) epochCache.get(0).startOffset = offset;
}

/** Empties the log and lets it start anew at `offset` (UnifiedLog.truncateFullyAndStartAt). */
export function startLogAt(replica: ReplicaView, offset: number): void {
  replica.log.truncate(0);
  replica.epochCache.truncate(0);
  while (replica.log.length < offset) replica.log.push(deleted);
  replica.logStartOffset = offset;
  startDiskAt(replica, offset);
  replica.highWatermark = offset;
}

/** Whether two replicas have the same record, of the same epoch, at an offset. */
export function sameRecordAt(
  a: ReadonlyReplicaView['log'],
  b: ReadonlyReplicaView['log'],
  offset: number,
): boolean {
  if (offset >= a.length || offset >= b.length) return false;
  const [left, right] = [a.get(offset), b.get(offset)];
  return left.record === right.record && left.epoch === right.epoch;
}
