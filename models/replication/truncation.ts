import { endOffsetFor } from './log.ts';
import type { ReplicationRules } from './rules.ts';
import type { ReadonlyReplicaView, ReplicaView } from './schema.ts';

/**
 * Where the follower cuts its log when the leader says that `epoch` ends at `endOffset`. If the
 * follower's log has that epoch, or none as old, it takes the smaller end; if it skips the epoch,
 * it cuts to the end of its own largest older epoch and asks again.
 *
 * Source: AbstractFetcherThread.getOffsetTruncationState; KIP-279.
 */
export function truncationPoint(
  replica: ReadonlyReplicaView,
  epoch: number,
  endOffset: number,
): number {
  const own = endOffsetFor(replica, epoch);
  const { length } = replica.log;
  if (own === undefined) return Math.min(endOffset, length);
  if (own.epoch === epoch) return Math.min(endOffset, own.endOffset, length);
  return Math.min(own.endOffset, length);
}

/** After a truncation the high watermark is not beyond the end of the log. */
export function clipHighWatermark(rules: ReplicationRules, replica: ReplicaView): void {
  if (!rules.truncationClipsHighWatermark) return;
  if (replica.highWatermark > replica.log.length) replica.highWatermark = replica.log.length;
}
