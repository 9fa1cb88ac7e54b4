import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { KraftContext, NodeStep } from '../context.ts';
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
 * Left out: time. A timer may run out at once, which the protocol must be safe for.
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
    step: ({ protocol, record }, { node }) => {
      runOut({ context, protocol, record, node });
    },
  });
}

/**
 * fetchTimeout: a follower has not fetched from its leader for too long.
 *
 * Who: a follower that is a voter in its own view. Changes: it asks for pre-votes, or stands (3.9).
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
    step: ({ protocol, record }, { node }) => solicit({ context, protocol, record, node }),
  });
}

/**
 * resign: a leader gives up its epoch: a majority has not fetched for too long (check-quorum), it
 * shuts down, or its controller asks for it. Limited by `resignations`.
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
    enabled({ protocol }, { leader }) {
      const { state, voters } = protocol.nodes.get(leader);
      if (state.state !== 'leader') return 'the node does not lead';
      return voters.size > 1 || 'it is the only voter';
    },
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

function mayElect(context: KraftContext, protocol: ReadonlyProtocol, node: RaftNode): Enabled {
  const view = protocol.nodes.get(node);
  if (view.epoch >= context.bounds.epochs) return 'the scope has no further epoch';
  if (!context.rules.onlyVotersStand) return true;
  if (view.state.state === 'resigned' && view.preVoteSupported) return true;
  return isVoter(context, view, node) || 'the node is not a voter';
}

function runOut(step: NodeStep): void {
  const { epoch, state, preVoteSupported } = step.protocol.nodes.get(step.node);
  if (state.state === 'prospective') giveUpPreVote(step);
  else if (state.state === 'resigned' && preVoteSupported) becomeUnattached(step, epoch + 1);
  else solicit(step);
}

function solicit(step: NodeStep): void {
  if (step.protocol.nodes.get(step.node).preVoteSupported) becomeProspective(step);
  else becomeCandidate(step);
}
