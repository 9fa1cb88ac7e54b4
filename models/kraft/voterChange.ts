import type { Enabled } from '../../checker/model/model.ts';
import type { KraftContext, NodeStep } from './context.ts';
import { appendAsLeader } from './leaderLog.ts';
import { logEndOffset } from './log.ts';
import type { RaftNode, ReadonlyNodeView, ReadonlyProtocol } from './schema.ts';
import { resignIfRemoved } from './transitions.ts';
import { addVoterTo, removeVoterFrom } from './voterSet.ts';
import { lastVotersOffset } from './voters.ts';

/** A change of the voter set; an update rewrites the voter's own entry. */
export type VoterChange = 'add' | 'remove' | 'update';

/**
 * Whether a leader takes on a change of its voter set now: it has committed in its own epoch and
 * the last change is committed. A node to add must not be a voter, and must have fetched; Kafka
 * wants it to have been at the log's end within the last hour, which this admits and more.
 *
 * Source: AddVoterHandler, RemoveVoterHandler, UpdateVoterHandler; KIP-853.
 */
export function mayChangeVoters(
  { rules, config }: KraftContext,
  protocol: ReadonlyProtocol,
  leader: RaftNode,
  change: VoterChange,
  voter: RaftNode,
): Enabled {
  if (!config.dynamicVoters) return 'the voter set is static';
  const view = protocol.nodes.get(leader);
  if (view.state.state !== 'leader') return 'the node does not lead';
  if (rules.voterChangeNeedsCommittedEpoch && !hasCommittedInEpoch(view)) {
    return 'the leader has not committed in its epoch';
  }
  if (rules.oneVoterChangeAtATime && !isLastChangeCommitted(view)) {
    return 'the last voter change is not committed';
  }
  if (change === 'remove' && view.voters.size === 1) return 'it is the only voter';
  if (change !== 'add') return view.voters.has(voter) || 'the node is not a voter';
  if (view.voters.has(voter)) return 'the node is a voter already';
  return view.fetchOffsets.get(voter) !== undefined || 'the node has not caught up';
}

/** Whatever defect lets a leader commit earlier than it should: this is about its own epoch. */
function hasCommittedInEpoch({ highWatermark, epochStartOffset }: ReadonlyNodeView): boolean {
  return highWatermark > epochStartOffset;
}

function isLastChangeCommitted(view: ReadonlyNodeView): boolean {
  return view.highWatermark > (lastVotersOffset(view, logEndOffset(view)) ?? -1);
}

/** Appends the voters record, which counts from now on. */
export function changeVoters(
  step: NodeStep,
  change: VoterChange,
  voter: RaftNode,
  directory: number,
): void {
  const view = step.protocol.nodes.get(step.node);
  appendAsLeader(step, { kind: 'voters', value: 0 }, set => {
    if (change === 'remove') removeVoterFrom(set, voter);
    else addVoterTo(set, voter, directory);
  });
  // Who is taken back later has to fetch again before.
  if (change === 'remove') view.fetchOffsets.clear(voter);
  resignIfRemoved(step);
}
