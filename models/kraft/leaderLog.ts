import type { NodeStep } from './context.ts';
import { advanceHighWatermark } from './highWatermark.ts';
import { append, flush, logEndOffset, type NewEntry } from './log.ts';
import type { VoterSetDraft } from './voterSet.ts';
import { readAppended, voterSetAt } from './voters.ts';

/**
 * Appends an entry of the leader's own epoch. A voter set counts at once. The leader flushes in the
 * same turn, or in a step of its own where `lateFlush` lets a crash or a waiting fetch come between.
 *
 * Source: KafkaRaftClient.maybeAppendBatches, flushLeaderLog.
 */
export function appendAsLeader(
  step: NodeStep,
  entry: Omit<NewEntry, 'epoch'>,
  editVoters?: (set: VoterSetDraft) => void,
): void {
  const { context, protocol, node } = step;
  const view = protocol.nodes.get(node);
  const added = { epoch: view.epoch, ...entry };
  if (editVoters === undefined) append(view, added);
  else editVoters(append(view, added, voterSetAt(view, logEndOffset(view))));
  readAppended(context, view);
  if (!context.config.lateFlush) flush(view);
  advanceHighWatermark(step);
}
