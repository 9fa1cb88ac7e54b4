import type { RaftNode, ReadonlyNodeView } from '../../models/kraft/schema.ts';
import { type KraftStepProperty, someNodeAcross } from './kraftScope.ts';
import type { KraftFacts } from './scopeFacts.ts';
import { lastEpoch } from './view.ts';

/**
 * The epoch in a node's quorum-state file never goes back, not even across a restart. A lost file or
 * disk begins anew: it is no step of the node.
 */
export function epochNeverGoesBack(facts: KraftFacts): KraftStepProperty {
  const { node: nodes } = facts;
  return {
    name: 'epoch-never-goes-back',
    kind: 'step',
    statement: 'The epoch that a node has on disk never decreases.',
    loss: 'A node acts in an epoch in which it has voted, or led, and does not know it.',
    source: 'QuorumState.durableTransitionTo; Raft 5.1',
    when: (before, after, { name }) =>
      !losesFile(name) &&
      someNodeAcross(
        facts,
        before,
        after,
        (was, is) => was.quorumState.epoch !== is.quorumState.epoch,
      ),
    holds(before, after) {
      for (const node of nodes.all) {
        const was = before.protocol.nodes.get(node).quorumState.epoch;
        const is = after.protocol.nodes.get(node).quorumState.epoch;
        if (is < was) return `${nodes.nameOf(node)} was in epoch ${was} and is in epoch ${is}`;
      }
      return true;
    },
  };
}

function losesFile(action: string): boolean {
  return action === 'replaceDisk' || action === 'loseQuorumState';
}

type Role = ReadonlyNodeView['state']['state'];
/** What a move does to the epoch: it stays, or it is a newer one, or either, or the next. */
type EpochChange = 'same' | 'newer' | 'sameOrNewer' | 'next';

/** From each state, the states that a node may move to, and in which epoch. */
const moves: Readonly<Record<Role, Partial<Readonly<Record<Role, EpochChange>>>>> = {
  stopped: {
    stopped: 'same',
    unattached: 'sameOrNewer',
    follower: 'same',
    candidate: 'same',
    resigned: 'same',
  },
  unattached: {
    unattached: 'sameOrNewer',
    prospective: 'same',
    candidate: 'next',
    follower: 'sameOrNewer',
  },
  prospective: {
    prospective: 'same',
    candidate: 'next',
    unattached: 'sameOrNewer',
    follower: 'sameOrNewer',
  },
  candidate: {
    // Without pre-vote a candidate that timed out stands again.
    candidate: 'next',
    leader: 'same',
    prospective: 'same',
    unattached: 'newer',
    follower: 'sameOrNewer',
  },
  leader: { leader: 'same', resigned: 'same', unattached: 'newer', follower: 'newer' },
  follower: {
    follower: 'sameOrNewer',
    prospective: 'same',
    candidate: 'next',
    unattached: 'newer',
  },
  resigned: { resigned: 'same', unattached: 'newer', follower: 'newer', candidate: 'next' },
};

/**
 * Nodes move between states as KIP-595 and KIP-996 draw it, and in the epochs given there: leaders
 * are made of candidates, in the epoch they stood in; a leader leaves its epoch for good; pre-votes
 * change no epoch. The only voter of a quorum takes all the steps to leadership at once.
 */
export function lifecycleMovesAreAllowed(facts: KraftFacts): KraftStepProperty {
  const { node: nodes } = facts;
  return {
    name: 'lifecycle-moves-are-allowed',
    kind: 'step',
    statement: 'A node moves only between states, and in epochs, as the quorum protocol allows.',
    loss: 'A node leads, votes or stands in an epoch in which it has promised not to.',
    source: 'QuorumState; KIP-595, KIP-996; KAFKA-10527, KAFKA-10661',
    when: (before, after) => someNodeAcross(facts, before, after, hasMoved),
    holds(before, after) {
      for (const node of nodes.all) {
        const was = before.protocol.nodes.get(node);
        const is = after.protocol.nodes.get(node);
        if (!hasMoved(was, is)) continue;
        const wrong = wrongMove(was, is) ?? wrongStart(was, is, node) ?? wrongStand(was, is, node);
        if (wrong !== undefined) return `${nodes.nameOf(node)} ${wrong}`;
      }
      return true;
    },
  };
}

function hasMoved(was: ReadonlyNodeView, is: ReadonlyNodeView): boolean {
  return was.state.state !== is.state.state || was.epoch !== is.epoch;
}

function isUp({ state }: ReadonlyNodeView): boolean {
  return state.state !== 'stopped';
}

/** The epoch that the node is in, or was in when it stopped. */
function epochOf(view: ReadonlyNodeView): number {
  return isUp(view) ? view.epoch : view.quorumState.epoch;
}

function wrongMove(was: ReadonlyNodeView, is: ReadonlyNodeView): string | undefined {
  const [from, to] = [was.state.state, is.state.state];
  if (to === 'stopped') return undefined;
  const [old, now] = [epochOf(was), epochOf(is)];
  const change = moves[from][to] ?? (isAlone(is) && to === 'leader' ? 'sameOrNewer' : undefined);
  if (change !== undefined && allows(change, old, now)) return undefined;
  return `was ${from} in epoch ${old} and is ${to} in epoch ${now}`;
}

/** Whether the node is the only voter that it knows, and so wins whenever it stands. */
function isAlone({ voters }: ReadonlyNodeView): boolean {
  return voters.size === 1;
}

function allows(change: EpochChange, old: number, now: number): boolean {
  switch (change) {
    case 'same':
      return now === old;
    case 'newer':
      return now > old;
    case 'sameOrNewer':
      return now >= old;
    case 'next':
      return now === old + 1;
  }
}

/** What the quorum-state file says decides how a node starts, unless the log is newer. */
function wrongStart(
  was: ReadonlyNodeView,
  { state, epoch: now }: ReadonlyNodeView,
  node: RaftNode,
): string | undefined {
  const { epoch, leader } = was.quorumState;
  if (isUp(was) || epoch < lastEpoch(was)) return undefined;
  const isResigned = state.state === 'resigned';
  if (leader === node) {
    // The only voter leads the next epoch at once.
    const isNext = state.state === 'leader' && now > epoch;
    if (isResigned || isNext) return undefined;
    return `had led epoch ${epoch} and came back ${state.state}`;
  }
  return isResigned ? `came back resigned in epoch ${epoch} and had not led it` : undefined;
}

/** A candidate votes for itself, and has asked for pre-votes before if its release has them. */
function wrongStand(
  was: ReadonlyNodeView,
  is: ReadonlyNodeView,
  node: RaftNode,
): string | undefined {
  const { state, vote, epoch, preVoteSupported } = is;
  if (state.state === 'prospective' && !preVoteSupported) return 'asks for pre-votes';
  if (state.state !== 'candidate') return undefined;
  if (vote !== node) return `stands in epoch ${epoch} and has not voted for itself`;
  if (!preVoteSupported || was.state.state === 'prospective' || !isUp(was)) return undefined;
  return `stands in epoch ${epoch} and has not asked for pre-votes`;
}
