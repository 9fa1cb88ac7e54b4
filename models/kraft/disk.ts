import type { NodeView, ReadonlyNodeView } from './schema.ts';

/*
 * What of a node's log and snapshot is on disk, and not in the page cache alone. It belongs to the environment, as the
 * network does: crashes ask for it, nothing that a node decides does, and nothing else writes it. How far a node takes
 * its log for flushed is its `recoveryPoint`, so that no mistake in its bookkeeping makes a record safe.
 * `test/repo/disk.test.ts` holds the sources to that.
 */

/** Writes the log, which ends at `end`, to disk (fsync). */
export function writeLog(view: NodeView, end: number): void {
  view.flushedOffset = end;
}

/** Follows a log that was cut, and ends at `end` now: what is not there any more is on no disk. */
export function cutDisk(view: NodeView, end: number): void {
  if (view.flushedOffset > end) view.flushedOffset = end;
}

/** Follows a log that starts anew at an offset, without an entry. */
export function startDiskAt(view: NodeView, offset: number): void {
  view.flushedOffset = offset;
}

/** Follows a log of which everything below an offset was deleted. */
export function cleanDisk(view: NodeView, offset: number): void {
  if (view.flushedOffset < offset) view.flushedOffset = offset;
}

/** Follows a snapshot that was filed or is gone: whether its file was written to disk (fsync). */
export function fileOnDisk({ snapshot }: NodeView, isWritten: boolean): void {
  snapshot.flushed = isWritten;
}

/** Whether a crash can leave the log up to `kept`: what is on disk stays. */
export function mayBeLeft(
  { flushedOffset, logStartOffset }: ReadonlyNodeView,
  kept: number,
): boolean {
  return kept >= flushedOffset && kept >= logStartOffset;
}

/** Whether a crash takes the snapshot: its file was never written, and is empty then (KAFKA-15312). */
export function losesSnapshot({ snapshot }: ReadonlyNodeView): boolean {
  return snapshot.offset > 0 && !snapshot.flushed;
}

/** Whether a log that ends at `end` has entries that are in the page cache alone. */
export function hasUnflushedTail({ flushedOffset }: ReadonlyNodeView, end: number): boolean {
  return flushedOffset < end;
}
