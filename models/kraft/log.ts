import { cutDisk, writeLog } from './disk.ts';
import type { KraftRules } from './rules.ts';
import type { EntryDraft, EntryView, NodeView, ReadonlyNodeView } from './schema.ts';
import { assignVoterSet, type VoterSetView } from './voterSet.ts';

/** An offset with the epoch of the entry below it. */
export interface OffsetAndEpoch {
  readonly offset: number;
  readonly epoch: number;
}

/** An entry without the voter set, which only a voters record has. */
export type NewEntry = Pick<EntryView, 'epoch' | 'kind' | 'value'>;

/** The offset that the next entry gets (LEO). */
export function logEndOffset({ logStartOffset, log }: ReadonlyNodeView): number {
  return logStartOffset + log.length;
}

/** The entry at an offset, which the log must hold. */
export function entryAt({ logStartOffset, log }: ReadonlyNodeView, offset: number): EntryView {
  return log.get(offset - logStartOffset);
}

/** The epoch of the entry below `offset`; 0 below the first. */
export function epochBelow(view: ReadonlyNodeView, offset: number): number {
  const { logStartOffset, snapshot } = view;
  if (offset > logStartOffset) return entryAt(view, offset - 1).epoch;
  return logStartOffset === 0 ? 0 : snapshot.lastEpoch;
}

/** The epoch of the last entry, or of the snapshot where the log is empty. */
export function lastEpoch(view: ReadonlyNodeView): number {
  return epochBelow(view, logEndOffset(view));
}

/**
 * The largest epoch in the log that is not above `epoch`, and where it ends.
 *
 * Source: ReplicatedLog.endOffsetForEpoch.
 */
export function endOffsetForEpoch(view: ReadonlyNodeView, epoch: number): OffsetAndEpoch {
  let offset = logEndOffset(view);
  while (offset > view.logStartOffset && entryAt(view, offset - 1).epoch > epoch) offset--;
  return { offset, epoch: epochBelow(view, offset) };
}

/** Appends an entry at the end of the log; it is in the page cache, not on disk yet. */
export function append(view: NodeView, entry: NewEntry, set?: VoterSetView): EntryDraft {
  const { log } = view;
  const { epoch, kind, value } = entry;
  log.push({ epoch, kind, value, voters: (set ?? view).voters });
  const appended = log.get(log.length - 1);
  if (set === undefined) appended.voters.clear();
  else assignVoterSet(set, appended);
  return appended;
}

/** Copies an entry into another place. */
export function copyEntry(from: EntryView, to: EntryDraft): void {
  to.epoch = from.epoch;
  to.kind = from.kind;
  to.value = from.value;
  assignVoterSet(from, to);
}

/**
 * Drops every entry from `offset` on. What takes their place is not flushed yet.
 *
 * Source: LocalLog.truncateTo, updateLogEndOffset.
 */
export function truncateTo(rules: KraftRules, view: NodeView, offset: number): void {
  view.log.truncate(Math.max(0, offset - view.logStartOffset));
  const end = logEndOffset(view);
  cutDisk(view, end);
  if (rules.truncationLowersRecoveryPoint) view.recoveryPoint = Math.min(view.recoveryPoint, end);
}

/** Whether the node takes its whole log for flushed. */
export function isFlushed(view: ReadonlyNodeView): boolean {
  return view.recoveryPoint >= logEndOffset(view);
}

/**
 * Writes the log to disk, unless the node takes the whole of it for flushed.
 *
 * Source: UnifiedLog.flush, LocalLog.markFlushed.
 */
export function flush(view: NodeView): void {
  if (isFlushed(view)) return;
  const end = logEndOffset(view);
  writeLog(view, end);
  view.recoveryPoint = end;
}
