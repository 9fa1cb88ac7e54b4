import type { NodeStep } from './context.ts';
import { clearRole, raftEffects } from './effects.ts';
import { appendAsLeader } from './leaderLog.ts';
import { lastEpoch, logEndOffset } from './log.ts';
import type { KraftRules } from './rules.ts';
import type { NodeView, RaftNode } from './schema.ts';
import { recoverLog } from './snapshot.ts';
import {
  hasVotersOfFormat,
  isMajority,
  isOnlyVoter,
  isVoter,
  lastVotersOffset,
  loadVoters,
} from './voters.ts';

type Move = 'detach' | 'follow' | 'resign' | 'crash' | Start;
type Start =
  | 'startUnattached'
  | 'startFollowing'
  | 'startAsCandidate'
  | 'startResigned'
  | 'startLeading';

/** Knows no leader of this epoch; in a newer epoch it has not voted yet. */
export function becomeUnattached(step: NodeStep, epoch: number): void {
  enterEpoch(step, epoch, undefined);
  move(step, 'detach');
}

/**
 * Follows the leader of this epoch. A node that knows another leader of the same epoch has seen
 * what must never happen, and its process exits (KAFKA-14644).
 */
export function becomeFollower(step: NodeStep, epoch: number, leader: RaftNode): void {
  const view = step.protocol.nodes.get(step.node);
  if (epoch === view.epoch && (view.leader ?? leader) !== leader) {
    move(step, 'crash');
    return;
  }
  enterEpoch(step, epoch, leader);
  if (!step.context.rules.followerKeepsVote || !view.preVoteSupported) forgetVote(view);
  move(step, 'follow');
}

/** Asks for pre-votes, in the epoch that it is in. */
export function becomeProspective(step: NodeStep): void {
  const { context, protocol, node } = step;
  const view = protocol.nodes.get(node);
  if (!context.rules.prospectiveKeepsLeader) view.leader = undefined;
  clearRole(step);
  view.granted.add(node);
  view.state.send('solicit', raftEffects, step);
  if (isMajority(context, view, view.granted)) becomeCandidate(step);
}

/** What a prospective does that is not wanted: back to the leader it knew, if any. */
export function giveUpPreVote(step: NodeStep): void {
  const { epoch, leader } = step.protocol.nodes.get(step.node);
  if (leader === undefined || leader === step.node) becomeUnattached(step, epoch);
  else becomeFollower(step, epoch, leader);
}

/** Votes for itself in the next epoch, and asks the others. */
export function becomeCandidate(step: NodeStep): void {
  const { protocol, node } = step;
  const view = protocol.nodes.get(node);
  enterEpoch(step, view.epoch + 1, undefined);
  vote(step, node, view.directory);
  campaign(step, 'stand');
}

function campaign(step: NodeStep, event: 'stand' | 'startAsCandidate'): void {
  const { context, protocol, node } = step;
  const view = protocol.nodes.get(node);
  clearRole(step);
  view.granted.add(node);
  view.state.send(event, raftEffects, step);
  if (isMajority(context, view, view.granted)) becomeLeader(step);
}

/** Leads the epoch, and says so with the first record of it. */
export function becomeLeader(step: NodeStep): void {
  const { protocol, record, node } = step;
  const view = protocol.nodes.get(node);
  clearRole(step);
  view.leader = node;
  view.epochStartOffset = logEndOffset(view);
  record.led(node, view.epoch);
  view.state.send('win', raftEffects, step);
  // Who knows no voters but those that the quorum was formatted with writes them down, as the first leader does.
  const isFirst = step.context.config.dynamicVoters && hasVotersOfFormat(view);
  const keep = isFirst ? () => undefined : undefined;
  appendAsLeader(step, { kind: 'leaderChange', value: 0 }, keep);
}

/** Leads no longer, and waits for the next epoch. */
export function resign(step: NodeStep): void {
  move(step, 'resign');
}

/** A leader that is no voter any more leaves once the record that removed it is committed. */
export function resignIfRemoved(step: NodeStep): void {
  const { context, protocol, node } = step;
  const view = protocol.nodes.get(node);
  if (view.state.state !== 'leader' || isVoter(context, view, node)) return;
  const removal = lastVotersOffset(view, logEndOffset(view)) ?? -1;
  if (view.highWatermark > removal) resign(step);
}

/** Gives its vote to a candidate, known by id and directory id. */
export function grantVote(step: NodeStep, candidate: RaftNode, directory: number): void {
  const { protocol, node } = step;
  const view = protocol.nodes.get(node);
  vote(step, candidate, directory);
  if (view.state.state === 'unattached') view.state.send('grantVote', raftEffects, step);
  else if (view.state.state === 'prospective') {
    // The round of pre-votes starts anew.
    clearRole(step);
    view.granted.add(node);
    view.state.send('grantVote', raftEffects, step);
  }
}

function vote({ protocol, record, node }: NodeStep, candidate: RaftNode, directory: number): void {
  const view = protocol.nodes.get(node);
  view.vote = candidate;
  view.voteDirectory = directory;
  record.voted(node, view);
}

/** Dies: only what is on disk is left. */
export function crashNode(step: NodeStep): void {
  move(step, 'crash');
}

/**
 * Starts a node from what is on its disk: in which state, the quorum-state file decides. A file
 * that is older than the log, or lost, says nothing about votes.
 *
 * Source: QuorumState.initialize.
 */
export function startNode(step: NodeStep): void {
  startByFile(step);
  leadAlone(step);
}

/**
 * The only voter of a quorum does not wait: it stands, and so leads, as soon as it has started, if the scope has
 * another epoch.
 *
 * Source: KafkaRaftClient.initialize.
 */
function leadAlone(step: NodeStep): void {
  const { context, protocol, node } = step;
  const view = protocol.nodes.get(node);
  const { state } = view.state;
  if (state === 'candidate' || state === 'leader' || view.epoch >= context.bounds.epochs) return;
  if (isOnlyVoter(context, view, node)) becomeCandidate(step);
}

function startByFile(step: NodeStep): void {
  const { context, protocol, node } = step;
  const view = protocol.nodes.get(node);
  const { quorumState } = view;
  recoverLog(view);
  loadVoters(context, view);
  view.appliedOffset = view.snapshot.offset;
  view.epoch = quorumState.epoch;
  if (view.epoch < lastEpoch(view)) {
    enterEpoch(step, lastEpoch(view), undefined);
    move(step, 'startUnattached');
    return;
  }
  view.leader = quorumState.leader;
  view.vote = quorumState.vote;
  view.voteDirectory = quorumState.voteDirectory;
  const start = startOf(step);
  if (start === 'startAsCandidate') {
    // A candidate knows no leader, not even one that it has followed since it stood.
    view.leader = undefined;
    campaign(step, start);
  } else move(step, start);
}

function startOf({ context, protocol, record, node }: NodeStep): Start {
  const view = protocol.nodes.get(node);
  const { leader, vote: candidate, voteDirectory, directory, voters } = view;
  if (leader === node)
    return restartOfLeader(context.rules, view, () => record.led(node, view.epoch));
  // A node that has been removed since it stood is no candidate. Kafka 4.x does not even start there:
  // it finds the node's own vote first, and CandidateState takes none but voters.
  const mayStand = isVoter(context, view, node) || !context.rules.onlyVotersStand;
  const stood = candidate === node && voteDirectory === directory && mayStand;
  const followed = leader !== undefined && context.rules.restartFollowsKnownLeader;
  if (stood && !followed) return 'startAsCandidate';
  return leader !== undefined && voters.has(leader) ? 'startFollowing' : 'startUnattached';
}

/** A node that led the epoch which its file names. */
function restartOfLeader({ leaderRestartsAs }: KraftRules, view: NodeView, led: () => void): Start {
  switch (leaderRestartsAs) {
    case 'resigned':
      return 'startResigned';
    case 'leader':
      led();
      return 'startLeading';
    case 'unattached':
      view.leader = undefined;
      forgetVote(view);
      return 'startUnattached';
  }
}

/** Moves to an epoch, or stays in it with what is known of it. */
function enterEpoch(step: NodeStep, epoch: number, leader: RaftNode | undefined): void {
  const { protocol, record, node } = step;
  const view = protocol.nodes.get(node);
  if (epoch > view.epoch) {
    view.epoch = epoch;
    view.leader = leader;
    forgetVote(view);
    record.movedOn(node, epoch);
  } else if (leader !== undefined) view.leader = leader;
}

function forgetVote(view: NodeView): void {
  view.vote = undefined;
  view.voteDirectory = 0;
}

function move(step: NodeStep, event: Move): void {
  clearRole(step);
  step.protocol.nodes.get(step.node).state.send(event, raftEffects, step);
}
