import { type KraftInvariant, leads, someNode } from './kraftScope.ts';
import type { KraftFacts } from './scopeFacts.ts';

/**
 * Election safety, over all time and not only at one moment: who leads an epoch is who led it
 * first. ("One leader at any time" is false: leaders of different epochs may meet.)
 *
 * Breaks under: a lost disk or quorum-state file of a voter, which then votes twice.
 */
export function oneLeaderPerEpoch(facts: KraftFacts): KraftInvariant {
  const { node: nodes } = facts;
  return {
    name: 'one-leader-per-epoch',
    kind: 'invariant',
    statement: 'At most one node ever leads in an epoch.',
    loss: 'Two active controllers decide under one epoch, and nobody can tell which of them is right.',
    source: 'Raft 5.2, election safety; KIP-595',
    when: state => someNode(facts, state, leads),
    holds({ protocol, ghost: { leaders } }) {
      for (const node of nodes.all) {
        const view = protocol.nodes.get(node);
        if (!leads(view)) continue;
        const first = view.epoch > leaders.length ? undefined : leaders.get(view.epoch - 1).leader;
        if (first === node) continue;
        const other = first === undefined ? 'nobody was elected' : `${nodes.nameOf(first)} led`;
        return `${nodes.nameOf(node)} leads in epoch ${view.epoch}, in which ${other} before`;
      }
      return true;
    },
  };
}

/**
 * A voter gives one candidate its vote in an epoch, whatever becomes of it in between. Of Raft in
 * general this is more than election safety needs; of KRaft it is true, since a node keeps its vote
 * for as long as it stays in the epoch.
 */
export function oneVotePerEpoch(facts: KraftFacts): KraftInvariant {
  const { node: nodes } = facts;
  return {
    name: 'one-vote-per-epoch',
    kind: 'invariant',
    statement: 'A voter votes for one candidate in an epoch, known by id and directory id.',
    loss: 'Two candidates can have a majority of one epoch.',
    source: 'Raft 5.2; QuorumState, ElectionState.isVotedCandidate; KIP-853',
    when({ ghost }) {
      for (const node of nodes.all) if (ghost.votes.get(node).candidate !== undefined) return true;
      return false;
    },
    holds({ ghost }) {
      for (const node of nodes.all) {
        const { twice, epoch, candidate } = ghost.votes.get(node);
        if (!twice) continue;
        const last =
          candidate === undefined ? '' : `, the last time for ${nodes.nameOf(candidate)}`;
        return `${nodes.nameOf(node)} voted twice in epoch ${epoch}${last}`;
      }
      return true;
    },
  };
}
