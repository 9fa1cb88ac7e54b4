import type { KraftContext, NodeStep } from './context.ts';
import { logEndOffset } from './log.ts';
import type { RaftNode, ReadonlyNodeView } from './schema.ts';
import { isVoter, refreshVoters } from './voters.ts';

/**
 * Advances a leader's high watermark to the largest offset that a majority of the voters has
 * acknowledged, if that reaches beyond the start of the leader's own epoch.
 *
 * Source: LeaderState.maybeUpdateHighWatermark.
 */
export function advanceHighWatermark({ context, protocol, record, node }: NodeStep): void {
  const { rules } = context;
  const view = protocol.nodes.get(node);
  const ends = acknowledgedEnds(context, view, node);
  const majority = rules.majorityOf(view.voters.size);
  const offset = ends[majority - 1] ?? 0;
  if (offset <= view.highWatermark || !rules.mayCommit(offset, view.epochStartOffset)) return;
  view.highWatermark = offset;
  record.committed(view, offset);
  if (rules.votersCountFrom === 'committed') refreshVoters(context, view);
}

/** How far each voter has acknowledged the leader's log, the furthest first. */
function acknowledgedEnds(
  context: KraftContext,
  view: ReadonlyNodeView,
  leader: RaftNode,
): number[] {
  const { rules } = context;
  const ends: number[] = [];
  for (const voter of context.node.all) {
    if (voter === leader || !view.voters.has(voter)) continue;
    ends.push(view.fetchOffsets.get(voter) ?? 0);
  }
  if (isVoter(context, view, leader) || !rules.leaderCountsOnlyIfVoter) {
    const end = logEndOffset(view);
    ends.push(rules.leaderCountsOnlyFlushed ? Math.min(view.recoveryPoint, end) : end);
  }
  return ends.sort((a, b) => b - a);
}

/**
 * The high watermark that a leader tells: none until it has committed in its own epoch, although it
 * may know one from when it followed.
 */
export function toldHighWatermark({ rules }: KraftContext, view: ReadonlyNodeView): number {
  const { highWatermark, epochStartOffset } = view;
  const isOwn = rules.mayCommit(highWatermark, epochStartOffset);
  return isOwn || !rules.tellsOnlyOwnHighWatermark ? highWatermark : 0;
}

/** Takes over the high watermark that the leader told, as far as the own log goes. */
export function followHighWatermark({ context, protocol, node }: NodeStep, told: number): void {
  const { rules } = context;
  const view = protocol.nodes.get(node);
  const offset = Math.min(logEndOffset(view), told);
  const isMonotone = rules.followerHighWatermarkIsMonotone;
  if (told === 0 || (isMonotone && offset <= view.highWatermark)) return;
  view.highWatermark = offset;
  if (rules.votersCountFrom === 'committed') refreshVoters(context, view);
}
