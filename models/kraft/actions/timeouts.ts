import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { KraftContext, NodeStep } from '../context.ts';
import { connects, isConnected } from '../messages.ts';
import type { RaftNode, ReadonlyProtocol } from '../schema.ts';
import {
  becomeCandidate,
  becomeProspective,
  becomeUnattached,
  giveUpPreVote,
  resign,
} from '../transitions.ts';
import { isVoter } from '../voters.ts';

/**
 * electionTimeout: the election timer of a node runs out.
 *
 * Who: an unattached, prospective, candidate or resigned node, if the scope has another epoch.
 * Changes: an unattached voter and a candidate ask for pre-votes; a prospective gives up; a resigned
 * node moves to the next epoch. Without pre-vote (3.9) all of them stand for election.
 *
 * Left out: time. A timer may run out at once, which the protocol must be safe for. It is due, and has
 * to run out at last, when nothing is on its way that would stop it: timers are slower than messages.
 *
 * Source: QuorumState, KafkaRaftClient.pollCurrentState; KIP-996.
 */
export function electionTimeout(context: KraftContext): AnyAction {
  return context.action({
    name: 'electionTimeout',
    kind: 'protocol',
    actor: 'node',
    phrase: 'election timer of {node} runs out',
    params: { node: anyNode(context.node) },
    weight: 0.2,
    enabled({ protocol }, { node }) {
      const { state } = protocol.nodes.get(node).state;
      if (!hasElectionTimer(state)) return 'the node has no election timer';
      return mayElect(context, protocol, node);
    },
    heldBack({ protocol }, { node }) {
      const { state } = protocol.nodes.get(node).state;
      return hasElectionTimer(state) && isLastEpoch(context, protocol, node);
    },
    due({ protocol }, { node }) {
      const isAsking = isElectioneering(protocol.nodes.get(node).state.state);
      return isAsking ? !awaitsVote(protocol, node) : !willHearOfLeader(context, protocol, node);
    },
    step: ({ protocol, record }, { node }) => {
      const step = { context, protocol, record, node };
      if (context.rules.electionTimersDiffer) runOut(step);
      else runOutTogether(step);
    },
  });
}

/**
 * fetchTimeout: a follower has not fetched from its leader for too long.
 *
 * Who: a follower that is a voter in its own view. Changes: it asks for pre-votes, or stands (3.9).
 * It is due where its fetches come back from no leader.
 */
export function fetchTimeout(context: KraftContext): AnyAction {
  return context.action({
    name: 'fetchTimeout',
    kind: 'protocol',
    actor: 'node',
    phrase: '{node} has not fetched from its leader for too long',
    params: { node: anyNode(context.node) },
    weight: 0.2,
    enabled({ protocol }, { node }) {
      if (protocol.nodes.get(node).state.state !== 'follower') return 'the node does not follow';
      return mayElect(context, protocol, node);
    },
    heldBack: ({ protocol }, { node }) =>
      protocol.nodes.get(node).state.state === 'follower' && isLastEpoch(context, protocol, node),
    due({ protocol }, { node }) {
      const { leader, epoch } = protocol.nodes.get(node);
      if (leader === undefined || !isConnected(protocol, node, leader)) return true;
      const { state, epoch: epochThere } = protocol.nodes.get(leader);
      return state.state !== 'leader' || epochThere !== epoch;
    },
    step: ({ protocol, record }, { node }) => solicit({ context, protocol, record, node }),
  });
}

/**
 * resign: a leader gives up its epoch: a majority has not fetched for too long (check-quorum), it
 * shuts down, or its controller asks for it. Limited by `resignations`. It is due where no majority
 * can talk to the leader.
 *
 * Left out: who fetched when. A slow network is enough for the check to fail. The only voter of a
 * quorum never resigns (KAFKA-16144).
 *
 * Source: LeaderState.timeUntilCheckQuorumExpires; KAFKA-15489.
 */
export function resignLeadership(context: KraftContext): AnyAction {
  return context.action({
    name: 'resign',
    kind: 'fault',
    actor: 'leader',
    phrase: '{leader} resigns as leader of the quorum',
    params: { leader: anyNode(context.node) },
    spends: 'resignations',
    weight: 0.2,
    fair: true,
    enabled({ protocol }, { leader }) {
      const { state, voters } = protocol.nodes.get(leader);
      if (state.state !== 'leader') return 'the node does not lead';
      return voters.size > 1 || 'it is the only voter';
    },
    due: ({ protocol }, { leader }) =>
      context.rules.leadersCheckQuorum && !reachesMajority(context, protocol, leader),
    step: ({ protocol, record }, { leader }) => resign({ context, protocol, record, node: leader }),
  });
}

function hasElectionTimer(state: string): boolean {
  return (
    state === 'unattached' ||
    state === 'prospective' ||
    state === 'candidate' ||
    state === 'resigned'
  );
}

/** Whether the node asks others for votes or pre-votes. */
function isElectioneering(state: string): boolean {
  return state === 'prospective' || state === 'candidate';
}

function mayElect(context: KraftContext, protocol: ReadonlyProtocol, node: RaftNode): Enabled {
  const { epoch } = protocol.nodes.get(node);
  if (epoch >= context.bounds.epochs) return 'the scope has no further epoch';
  return mayStand(context, protocol, node) || 'the node is not a voter';
}

/** Whether the node could hold an election, if the scope had another epoch. */
function isLastEpoch(context: KraftContext, protocol: ReadonlyProtocol, node: RaftNode): boolean {
  const { epoch } = protocol.nodes.get(node);
  return epoch >= context.bounds.epochs && mayStand(context, protocol, node);
}

function mayStand(context: KraftContext, protocol: ReadonlyProtocol, node: RaftNode): boolean {
  const view = protocol.nodes.get(node);
  if (!context.rules.onlyVotersStand) return true;
  if (view.state.state === 'resigned' && view.preVoteSupported) return true;
  return isVoter(context, view, node);
}

/** Whether a voter that can be asked, and can answer, has not answered yet. */
function awaitsVote(protocol: ReadonlyProtocol, node: RaftNode): boolean {
  const { voters, granted, rejected } = protocol.nodes.get(node);
  return voters.some(
    voter =>
      voter !== node &&
      !granted.has(voter) &&
      !rejected.has(voter) &&
      isConnected(protocol, node, voter),
  );
}

/** Whether some leader will tell the node that it leads: in the node's epoch, or in a newer one. */
function willHearOfLeader(
  { node: nodes }: KraftContext,
  protocol: ReadonlyProtocol,
  node: RaftNode,
): boolean {
  const { epoch } = protocol.nodes.get(node);
  return nodes.all.some(other => {
    const view = protocol.nodes.get(other);
    if (other === node || view.state.state !== 'leader' || view.epoch < epoch) return false;
    return view.voters.has(node) && connects(protocol, other, node);
  });
}

/** Whether so many voters can talk to the leader, itself included, that it may commit. */
function reachesMajority(
  context: KraftContext,
  protocol: ReadonlyProtocol,
  leader: RaftNode,
): boolean {
  const { voters } = protocol.nodes.get(leader);
  let count = 0;
  voters.every(voter => {
    if (voter === leader || isConnected(protocol, leader, voter)) count++;
    return true;
  });
  return count >= context.rules.majorityOf(voters.size);
}

function runOut(step: NodeStep): void {
  const { epoch, state, preVoteSupported } = step.protocol.nodes.get(step.node);
  if (state.state === 'prospective') giveUpPreVote(step);
  else if (state.state === 'resigned' && preVoteSupported) becomeUnattached(step, epoch + 1);
  else solicit(step);
}

function solicit(step: NodeStep): void {
  const { asksForPreVotes } = step.context.rules;
  const { preVoteSupported } = step.protocol.nodes.get(step.node);
  if (preVoteSupported && asksForPreVotes) becomeProspective(step);
  else becomeCandidate(step);
}

/** Only with a defect: timers that were started together run out together. */
function runOutTogether(step: NodeStep): void {
  const { context, protocol } = step;
  const running = context.node.all.filter(node => {
    const { state } = protocol.nodes.get(node).state;
    return hasElectionTimer(state) && mayElect(context, protocol, node) === true;
  });
  for (const node of running) runOut({ ...step, node });
}
