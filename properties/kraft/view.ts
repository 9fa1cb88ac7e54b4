import type { EntryView, ReadonlyNodeView } from '../../models/kraft/schema.ts';
import type { VoterSetView } from '../../models/kraft/voterSet.ts';

/*
 * What properties read off a state by themselves. The model has functions of the same names, and a property
 * that called them would be wrong where they are: a fault in a rule would blind what is to notice it.
 */

/** The offset behind the last entry of a log, which may begin with a snapshot. */
export function logEndOffset({ log, logStartOffset }: ReadonlyNodeView): number {
  return log.length + logStartOffset;
}

/** The entry at an offset from the log's start to its end. */
export function entryAt({ log, logStartOffset }: ReadonlyNodeView, offset: number): EntryView {
  return log.get(offset - logStartOffset);
}

/** The epoch of what is right below an offset: an entry, or at the log's start the snapshot; 0 where there is none. */
export function epochBelow(view: ReadonlyNodeView, offset: number): number {
  if (offset <= view.logStartOffset) return view.snapshot.lastEpoch;
  return entryAt(view, offset - 1).epoch;
}

/** The epoch of the newest entry, also where it is in the snapshot alone. */
export function lastEpoch(view: ReadonlyNodeView): number {
  return epochBelow(view, logEndOffset(view));
}

/** Whether both are one record: as it was written, in the epoch in which it was. */
export function sameEntry(one: EntryView, other: EntryView): boolean {
  if (one.kind !== other.kind || one.epoch !== other.epoch) return false;
  return one.value === other.value && sameVoterSet(one, other);
}

/** Whether both name the same voters, on the same disks. */
export function sameVoterSet(one: VoterSetView, other: VoterSetView): boolean {
  if (one.voters.size !== other.voters.size) return false;
  return one.voters.every(
    voter => other.voters.has(voter) && one.directories.get(voter) === other.directories.get(voter),
  );
}
