import type { ReadonlyReplicaView, ReplicaView } from './schema.ts';

/*
 * What of a log is on disk, and not in the page cache alone. It belongs to the environment, as the network does:
 * nothing that a broker or the controller decides reads it, and nothing else writes it, so that no mistake of the
 * protocol makes a record safe. `test/repo/disk.test.ts` holds the sources to that.
 */

/** Writes the whole log to disk (fsync). */
export function flushLog(replica: ReplicaView): void {
  replica.flushedOffset = replica.log.length;
}

/** Follows a log that was cut: what is not there any more is on no disk. */
export function cutDisk(replica: ReplicaView): void {
  const { length } = replica.log;
  if (replica.flushedOffset > length) replica.flushedOffset = length;
}

/** Follows a log that starts anew at an offset, without a record. */
export function startDiskAt(replica: ReplicaView, offset: number): void {
  replica.flushedOffset = offset;
}

/** Where a log ends that a power loss cuts at `kept`: what is flushed stays. */
export function endAfterPowerLoss({ flushedOffset }: ReadonlyReplicaView, kept: number): number {
  return Math.max(kept, flushedOffset);
}

/** Whether a power loss can cut a log at `kept`, and takes a record by it. */
export function losesRecord({ flushedOffset, log }: ReadonlyReplicaView, kept: number): boolean {
  return flushedOffset <= kept && kept < log.length;
}

/** Whether a log has records that are in the page cache alone. */
export function hasUnflushedTail({ flushedOffset, log }: ReadonlyReplicaView): boolean {
  return flushedOffset < log.length;
}
