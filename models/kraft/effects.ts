import type { EffectHandlers } from '../../checker/state/viewTypes.ts';
import type { NodeStep } from './context.ts';
import { resetConnections } from './messages.ts';
import {
  requestBeginQuorumEpoch,
  requestEndQuorumEpoch,
  requestFetch,
  requestVote,
} from './requests.ts';
import type { RaftNode } from './schema.ts';
import { clearVoterSet } from './voterSet.ts';

type RaftEffect =
  | 'writeQuorumState'
  | 'resetConnections'
  | 'requestPreVotes'
  | 'requestVotes'
  | 'beginEpoch'
  | 'endEpoch'
  | 'startFetching'
  | 'loseMemory';

/** What each effect of the node lifecycle does. */
export const raftEffects: EffectHandlers<RaftEffect, NodeStep> = {
  writeQuorumState({ context, protocol, node }) {
    const view = protocol.nodes.get(node);
    const { quorumState } = view;
    quorumState.epoch = view.epoch;
    quorumState.leader = view.leader;
    const isWritten = context.rules.persistsVotes || view.vote === node;
    quorumState.vote = isWritten ? view.vote : undefined;
    quorumState.voteDirectory = isWritten ? view.voteDirectory : 0;
  },
  resetConnections,
  requestPreVotes: step => toVoters(step, voter => requestVote(step, voter, 'preVote')),
  requestVotes: step => toVoters(step, voter => requestVote(step, voter, 'vote')),
  beginEpoch: step => toVoters(step, voter => requestBeginQuorumEpoch(step, voter)),
  endEpoch: step => toVoters(step, voter => requestEndQuorumEpoch(step, voter)),
  startFetching(step) {
    const { leader } = step.protocol.nodes.get(step.node);
    if (leader === undefined || step.fetchesLater === true) return;
    if (sendsAtOnce(step)) requestFetch(step, leader);
  },
  loseMemory(step) {
    const view = step.protocol.nodes.get(step.node);
    view.epoch = 0;
    view.leader = undefined;
    view.vote = undefined;
    view.voteDirectory = 0;
    view.highWatermark = 0;
    clearVoterSet(view);
    view.votersReadAhead = 0;
    view.unreadVoters.truncate(0);
    view.appliedOffset = 0;
    clearRole(step);
  },
};

/** Forgets what belongs to the state that the node leaves. */
export function clearRole({ context, protocol, node }: NodeStep): void {
  const view = protocol.nodes.get(node);
  view.granted.clear();
  view.rejected.clear();
  view.repeatedVotes = 0;
  view.hasFetched = false;
  view.epochStartOffset = 0;
  view.active = false;
  for (const other of context.node.all) view.fetchOffsets.clear(other);
}

/** In rounds nothing is sent on its own: a request, its handling and its answer are one step. */
function sendsAtOnce({ context }: NodeStep): boolean {
  return context.config.transport === 'inFlight';
}

function toVoters(step: NodeStep, send: (voter: RaftNode) => void): void {
  if (!sendsAtOnce(step)) return;
  const { voters } = step.protocol.nodes.get(step.node);
  for (const voter of step.context.node.all) {
    if (voter !== step.node && voters.has(voter)) send(voter);
  }
}
