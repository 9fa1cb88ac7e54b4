import type { KraftContext, NodeStep } from '../context.ts';
import { epochBelow, logEndOffset } from '../log.ts';
import type { Answer } from '../messages.ts';
import { requestVote } from '../requests.ts';
import type { NodeView, RaftNode, ReadonlyMessage, ReadonlyNodeView } from '../schema.ts';
import { becomeCandidate, becomeLeader, giveUpPreVote, grantVote } from '../transitions.ts';
import { isMajority, isRejected } from '../voters.ts';
import { acceptAnswer, acceptEpoch, type RpcRules, refused } from './rpc.ts';

/**
 * Vote: a candidate asks a voter for its vote.
 *
 * The request goes to every voter of the candidate's own newest voter set that has not answered.
 * Whether the candidate is a voter is not checked (KIP-853).
 *
 * Source: KafkaRaftClient.handleVoteRequest, handleVoteResponse; KIP-595, KIP-853, KIP-996.
 */
export const vote: RpcRules = {
  rpc: 'vote',
  title: 'Vote',
  maySend: (_, protocol, from, to) => maySend(protocol.nodes.get(from), 'candidate', to),
  send: (step, to) => requestVote(step, to, 'vote'),
  handle: handleVote,
  receive: receiveVote,
};

/** PreVote: a prospective asks whether it would get the vote. It changes no epoch but an older one. */
export const preVote: RpcRules = {
  rpc: 'preVote',
  title: 'PreVote',
  maySend: (_, protocol, from, to) => maySend(protocol.nodes.get(from), 'prospective', to),
  send: (step, to) => requestVote(step, to, 'preVote'),
  handle: handlePreVote,
  receive: receivePreVote,
};

function maySend(
  view: ReadonlyNodeView,
  role: 'candidate' | 'prospective',
  voter: RaftNode,
): true | string {
  if (view.state.state !== role) return `the node is not ${role}`;
  if (!view.voters.has(voter)) return 'the other is not a voter';
  return !(view.granted.has(voter) || view.rejected.has(voter)) || 'the voter has answered';
}

function handleVote(step: NodeStep, from: RaftNode, request: ReadonlyMessage): Answer {
  const { context, protocol, node } = step;
  if (!acceptEpoch(step, request.epoch)) return refused;
  const view = protocol.nodes.get(node);
  if (!isAddressed(context, view, request)) return refused;
  const { directory } = request;
  if (!mayVoteFor(context, view, from, request)) return { result: 'rejected' };
  if (view.vote !== from || view.voteDirectory !== directory) grantVote(step, from, directory);
  return { result: 'granted' };
}

/** Whether the request means this voter, and not one that had its id on another disk. */
function isAddressed(
  context: KraftContext,
  { directory }: ReadonlyNodeView,
  { targetDirectory }: ReadonlyMessage,
): boolean {
  const { config, rules } = context;
  return !config.dynamicVoters || !rules.checksDirectories || targetDirectory === directory;
}

function mayVoteFor(
  context: KraftContext,
  view: ReadonlyNodeView,
  candidate: RaftNode,
  request: ReadonlyMessage,
): boolean {
  const { rules } = context;
  switch (view.state.state) {
    case 'leader':
      return !rules.leaderRejectsVotes;
    case 'unattached':
    case 'prospective': {
      const voted = view.vote !== undefined;
      if (voted && isVoteFor(context, view, candidate, request)) return true;
      if (voted && rules.votesOncePerEpoch) return false;
      return view.leader === undefined && isUpToDate(context, view, request);
    }
    default:
      return false;
  }
}

/** With kraft.version 0 a vote is for an id; the file has no directory id. */
function isVoteFor(
  { config, rules }: KraftContext,
  view: ReadonlyNodeView,
  candidate: RaftNode,
  { directory }: ReadonlyMessage,
): boolean {
  if (view.vote !== candidate) return false;
  return !config.dynamicVoters || !rules.checksDirectories || view.voteDirectory === directory;
}

/** The candidate's log ends in a newer epoch, or in the same and not earlier (Raft 5.4.1). */
function isUpToDate(
  { rules }: KraftContext,
  view: ReadonlyNodeView,
  { offset, offsetEpoch }: ReadonlyMessage,
): boolean {
  if (!rules.voteNeedsUpToDateLog) return true;
  const end = logEndOffset(view);
  const last = epochBelow(view, end);
  return offsetEpoch > last || (offsetEpoch === last && offset >= end);
}

function handlePreVote(step: NodeStep, _from: RaftNode, request: ReadonlyMessage): Answer {
  const { context, protocol, node } = step;
  if (!protocol.nodes.get(node).preVoteSupported) return { result: 'unsupported' };
  if (!acceptEpoch(step, request.epoch)) return refused;
  const view = protocol.nodes.get(node);
  if (!isAddressed(context, view, request)) return refused;
  const { state } = view.state;
  const hears = view.hasFetched || !context.rules.refusesPreVotesOnlyAfterFetch;
  const listens = state !== 'leader' && !(state === 'follower' && hears);
  return { result: listens && isUpToDate(context, view, request) ? 'granted' : 'rejected' };
}

function receiveVote(step: NodeStep, from: RaftNode, answer: ReadonlyMessage): void {
  const { context, protocol, node } = step;
  if (!acceptAnswer(step, answer)) return;
  const view = protocol.nodes.get(node);
  if (view.state.state !== 'candidate') return;
  count(context, view, from, answer);
  if (isMajority(context, view, view.granted)) becomeLeader(step);
}

function receivePreVote(step: NodeStep, from: RaftNode, answer: ReadonlyMessage): void {
  const { context, protocol, node } = step;
  if (!acceptAnswer(step, answer)) return;
  const view = protocol.nodes.get(node);
  if (view.state.state !== 'prospective') return;
  count(context, view, from, answer);
  // A voter of 3.9 does not know pre-votes: the election is held without them.
  if (answer.result === 'unsupported') becomeCandidate(step);
  else if (isMajority(context, view, view.granted)) becomeCandidate(step);
  else if (isRejected(context, view)) giveUpPreVote(step);
}

function count(
  { rules, node }: KraftContext,
  view: NodeView,
  voter: RaftNode,
  { result }: ReadonlyMessage,
): void {
  if (result === 'rejected') view.rejected.add(voter);
  if (result !== 'granted') return;
  const again = view.granted.has(voter) && !rules.countsEachVoterOnce;
  if (again && view.repeatedVotes < node.count) view.repeatedVotes++;
  view.granted.add(voter);
}
