import type { KraftContext } from './context.ts';
import { cleanDisk, fileOnDisk, startDiskAt } from './disk.ts';
import { epochBelow, lastEpoch, logEndOffset, type OffsetAndEpoch } from './log.ts';
import type { NodeView, ReadonlyNodeView } from './schema.ts';
import { assignVoterSet, clearVoterSet, type VoterSetView } from './voterSet.ts';
import { refreshVoters, voterSetAt } from './voters.ts';

/**
 * Files a snapshot of everything that is committed here, with the voter set as of its offset.
 *
 * Source: KafkaRaftClient.createSnapshot; KIP-630, KIP-853.
 */
export function fileSnapshot({ rules }: KraftContext, view: NodeView): void {
  const { snapshot } = view;
  const offset = rules.snapshotOffset(view.highWatermark);
  const end = Math.min(offset, logEndOffset(view));
  const set = voterSetAt(view, end);
  snapshot.lastEpoch = epochBelow(view, end);
  if (rules.snapshotHoldsVoters) assignVoterSet(set, snapshot);
  else clearVoterSet(snapshot);
  snapshot.offset = offset;
  fileOnDisk(view, rules.flushesSnapshots);
}

/**
 * Replaces the whole log by a snapshot that the leader sent, and starts the log anew at its end.
 *
 * Source: KafkaMetadataLog.truncateToLatestSnapshot.
 */
export function installSnapshot(
  context: KraftContext,
  view: NodeView,
  { offset, epoch }: OffsetAndEpoch,
  set: VoterSetView,
): void {
  const { snapshot } = view;
  snapshot.offset = offset;
  snapshot.lastEpoch = epoch;
  fileOnDisk(view, context.rules.flushesSnapshots);
  assignVoterSet(set, snapshot);
  startLogAt(view, offset);
  view.highWatermark = offset;
  view.votersReadAhead = 0;
  view.unreadVoters.truncate(0);
  refreshVoters(context, view);
}

/** Whether a snapshot goes further than the log. */
export function isAhead(view: ReadonlyNodeView, { offset, epoch }: OffsetAndEpoch): boolean {
  const newest = lastEpoch(view);
  return epoch > newest || (epoch === newest && offset > logEndOffset(view));
}

/**
 * Begins the log anew at the end of the newest snapshot where a crash has left it behind: the
 * snapshot was on disk before the records that it covers.
 *
 * Source: KafkaMetadataLog.apply, truncateToLatestSnapshot.
 */
export function recoverLog(view: NodeView): void {
  const { offset, lastEpoch: epoch } = view.snapshot;
  if (offset === 0 || !isAhead(view, { offset, epoch })) return;
  startLogAt(view, offset);
}

/** Source: UnifiedLog.truncateFullyAndStartAt. */
function startLogAt(view: NodeView, offset: number): void {
  view.log.truncate(0);
  view.logStartOffset = offset;
  startDiskAt(view, offset);
  view.recoveryPoint = offset;
}

/** Deletes the entries below `offset`, which a snapshot covers. */
export function cleanLog(view: NodeView, offset: number): void {
  view.log.removeFirst(offset - view.logStartOffset);
  view.logStartOffset = offset;
  cleanDisk(view, offset);
  view.recoveryPoint = Math.max(view.recoveryPoint, offset);
  const { unreadVoters } = view;
  while (unreadVoters.length > 0 && unreadVoters.get(0).offset < offset)
    unreadVoters.removeFirst(1);
}
