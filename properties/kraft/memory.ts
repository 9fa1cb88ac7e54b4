import type { ReadonlyNodeView } from '../../models/kraft/schema.ts';
import { type KraftInvariant, runs } from './kraftScope.ts';
import type { KraftFacts } from './scopeFacts.ts';

/** Something that a node keeps in memory in some of its states alone. */
interface Memory {
  readonly what: string;
  readonly states: readonly ReadonlyNodeView['state']['state'][];
  readonly isThere: (view: ReadonlyNodeView) => boolean;
}

const memories: readonly Memory[] = [
  {
    what: 'votes',
    states: ['prospective', 'candidate'],
    isThere: ({ granted }) => !granted.isEmpty,
  },
  {
    what: 'refusals',
    states: ['prospective', 'candidate'],
    isThere: ({ rejected }) => !rejected.isEmpty,
  },
  { what: 'a fetch from its leader', states: ['follower'], isThere: view => view.hasFetched },
  {
    what: 'the start of its epoch',
    states: ['leader'],
    isThere: view => view.epochStartOffset > 0,
  },
  { what: 'an active controller', states: ['leader'], isThere: ({ active }) => active },
];

/**
 * In Kafka each state is an object of its own, and goes with it. What a leader knows of fetches and a candidate
 * of votes must not be there when the node leads or stands again.
 */
export function memoryBelongsToState({ node: nodes }: KraftFacts): KraftInvariant {
  return {
    name: 'memory-belongs-to-state',
    kind: 'invariant',
    statement:
      'Votes are known to who stands, and fetches to who leads; who has stopped remembers nothing.',
    loss:
      'What was answered or acknowledged in one epoch counts in another: a leader without a majority, a ' +
      'record that too few have.',
    source: 'QuorumState, EpochState: LeaderState, CandidateState, FollowerState',
    holds({ protocol }) {
      for (const node of nodes.all) {
        const view = protocol.nodes.get(node);
        const { state } = view.state;
        const kept = memories.find(
          ({ states, isThere }) => !states.includes(state) && isThere(view),
        );
        const what = kept?.what ?? (knowsFetches(view) ? 'fetches of others' : remembered(view));
        if (what !== undefined) return `${nodes.nameOf(node)} is ${state}, and has ${what}`;
      }
      return true;
    },
  };

  function knowsFetches({ state, fetchOffsets }: ReadonlyNodeView): boolean {
    return (
      state.state !== 'leader' && nodes.all.some(other => fetchOffsets.get(other) !== undefined)
    );
  }
}

/** What a node that has stopped still has of what it knew. */
function remembered(view: ReadonlyNodeView): string | undefined {
  if (runs(view)) return undefined;
  if (view.epoch > 0) return 'an epoch';
  if (view.leader !== undefined) return 'a leader';
  if (view.vote !== undefined) return 'a vote';
  if (view.highWatermark > 0) return 'a high watermark';
  if (view.appliedOffset > 0) return 'what it has applied';
  return view.voters.isEmpty ? undefined : 'voters';
}
