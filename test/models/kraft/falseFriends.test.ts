import { describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { anyProperties, type Holds, type TakenAction } from '../../../checker/model/property.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { entryAt, lastEpoch, logEndOffset } from '../../../models/kraft/log.ts';
import type { ReadonlyNodeView } from '../../../models/kraft/schema.ts';
import {
  holds as hasEntry,
  type KraftInvariant,
  type KraftScope,
  type KraftStepProperty,
  leads,
} from '../../../properties/kraft/kraftScope.ts';
import { isLong } from '../../long.ts';
import { kraftIn, type Scope } from './scope.ts';

/** Something that sounds true of Raft, or was published as an invariant of it, and is not. */
interface FalseFriend {
  readonly belief: string;
  readonly scope: Scope;
  /** What would be true of every state, or of every step. */
  readonly holds?: (state: KraftScope) => Holds;
  readonly holdsAcross?: (before: KraftScope, after: KraftScope, action: TakenAction) => Holds;
  /** The shortest run that refutes it. */
  readonly refutedBy: readonly string[];
  /** It takes a search of many states, which only the long tests make. */
  readonly long?: true;
}

const seven = nodeType('node', 7).all;
const rounds = { transport: 'rounds' } as const;
const old = { ...rounds, kafka: '3.9' } as const;

/** Every node of the scope. */
function viewsOf({ protocol }: KraftScope, count: number): ReadonlyNodeView[] {
  return seven.slice(0, count).map(node => protocol.nodes.get(node));
}

/** Whether the log of `other` holds all that `view` takes for committed. */
function hasCommittedOf(view: ReadonlyNodeView, other: ReadonlyNodeView): boolean {
  for (let offset = view.logStartOffset; offset < view.highWatermark; offset++) {
    if (!hasEntry(other, offset, entryAt(view, offset))) return false;
  }
  return true;
}

const aboutLeaders: readonly FalseFriend[] = [
  {
    belief: 'a single node leads at any time',
    scope: { config: old, bounds: { epochs: 2 } },
    holds: state => viewsOf(state, 3).filter(leads).length <= 1,
    refutedBy: ['electionTimeout', 'exchangeVote', 'electionTimeout', 'exchangeVote'],
  },
  {
    belief: 'every leader has every committed record',
    scope: { config: old, bounds: { epochs: 2 } },
    holds: state =>
      viewsOf(state, 3).every(view => {
        const { committed } = state.ghost;
        for (let offset = 0; offset < committed.length; offset++) {
          if (leads(view) && !hasEntry(view, offset, committed.get(offset))) return false;
        }
        return true;
      }),
    // The leader of an older epoch has not heard of the newer one.
    refutedBy: [
      'electionTimeout',
      'exchangeVote',
      'electionTimeout',
      'exchangeVote',
      'exchangeBeginQuorumEpoch',
      'exchangeFetch',
      'exchangeFetch',
    ],
  },
  {
    belief: 'the newest leader knows of everything that is committed',
    scope: { config: old, bounds: { epochs: 2 } },
    holds: state =>
      viewsOf(state, 3).every(
        ({ state: { state: role }, epoch, highWatermark }) =>
          role !== 'leader' ||
          epoch < state.ghost.leaders.length ||
          highWatermark >= state.ghost.committed.length,
      ),
    // It has the records, and learns that they are committed when it commits one of its own.
    refutedBy: [
      'electionTimeout',
      'exchangeVote',
      'exchangeBeginQuorumEpoch',
      'exchangeFetch',
      'exchangeFetch',
      'fetchTimeout',
      'exchangeVote',
    ],
  },
  {
    belief: 'the high watermark of a follower is not above that of its leader',
    scope: { config: old, bounds: { epochs: 2 } },
    holds: ({ protocol }) =>
      seven.slice(0, 3).every(node => {
        const { state, leader, epoch, highWatermark } = protocol.nodes.get(node);
        if (state.state !== 'follower' || leader === undefined) return true;
        const other = protocol.nodes.get(leader);
        return !leads(other) || other.epoch !== epoch || highWatermark <= other.highWatermark;
      }),
    refutedBy: [
      'electionTimeout',
      'exchangeVote',
      'exchangeBeginQuorumEpoch',
      'exchangeFetch',
      'exchangeFetch',
      'fetchTimeout',
      'exchangeVote',
      'exchangeBeginQuorumEpoch',
    ],
  },
];

/**
 * That a voter gives no two votes in an epoch is false of some implementations: a candidate that
 * has lost may vote for another there. In KRaft it keeps the vote for itself, and the property
 * one-vote-per-epoch holds.
 */
const aboutVotes: readonly FalseFriend[] = [
  {
    belief: 'a candidate has all that those who voted for it take for committed',
    scope: { config: { ...old, voters: 4 }, bounds: { epochs: 2 } },
    holds: ({ protocol }) =>
      seven.slice(0, 4).every(node => {
        const candidate = protocol.nodes.get(node);
        return seven
          .slice(0, 4)
          .every(
            voter =>
              !candidate.granted.has(voter) || hasCommittedOf(protocol.nodes.get(voter), candidate),
          );
      }),
    // The voter went on to the next epoch, and commits there.
    refutedBy: [
      'electionTimeout',
      'exchangeVote',
      'electionTimeout',
      'exchangeVote',
      'exchangeVote',
      'exchangeBeginQuorumEpoch',
      'exchangeBeginQuorumEpoch',
      'exchangeFetch',
      'exchangeFetch',
      'exchangeFetch',
      'exchangeFetch',
    ],
  },
  {
    belief: 'whom a node voted for in its epoch has all that the node takes for committed',
    scope: { config: { ...old, voters: 5 } },
    holds: ({ protocol }) =>
      seven.slice(0, 5).every(node => {
        const view = protocol.nodes.get(node);
        return view.vote === undefined || hasCommittedOf(view, protocol.nodes.get(view.vote));
      }),
    long: true,
    // It voted for one that lost, and follows the one that won.
    refutedBy: [
      'electionTimeout',
      'exchangeVote',
      'exchangeVote',
      'exchangeBeginQuorumEpoch',
      'exchangeFetch',
      'exchangeFetch',
      'electionTimeout',
      'exchangeVote',
      'exchangeBeginQuorumEpoch',
      'exchangeFetch',
      'exchangeFetch',
    ],
  },
  {
    belief: 'a log that is as far as that of a voter has all that the voter takes for committed',
    scope: {
      config: { ...old, observers: 1, bootstrapFetch: true },
      bounds: { epochs: 3 },
    },
    holds: state => {
      const views = viewsOf(state, 4);
      return views.every(view =>
        views.every(other => !isAsFar(other, view) || hasCommittedOf(view, other)),
      );
    },
    long: true,
    // True only of who wins: its log ends in a newer epoch, and none of that was ever committed.
    refutedBy: [
      'electionTimeout',
      'exchangeVote',
      'electionTimeout',
      'exchangeVote',
      'exchangeVote',
      'electionTimeout',
      'exchangeVote',
      'exchangeBeginQuorumEpoch',
      'exchangeFetch',
      'exchangeFetch',
      'exchangeFetch',
      'exchangeFetch',
      'exchangeFetch',
    ],
  },
  {
    belief: 'a pre-vote changes the epoch of nobody',
    scope: { config: rounds, bounds: { epochs: 2 } },
    holdsAcross: (before, after, { name }) =>
      name !== 'exchangePreVote' ||
      seven.slice(0, 3).every(node => {
        const [was, is] = [before, after].map(({ protocol }) => protocol.nodes.get(node));
        return was?.state.state === 'prospective' || was?.epoch === is?.epoch;
      }),
    // Who asks stays in its epoch; who is asked comes up to it.
    refutedBy: ['electionTimeout', 'exchangePreVote', 'electionTimeout', 'exchangePreVote'],
  },
];

/** Whether a voter with the log of `voter` would vote for a candidate with this log. */
function isAsFar(candidate: ReadonlyNodeView, voter: ReadonlyNodeView): boolean {
  const [own, other] = [lastEpoch(candidate), lastEpoch(voter)];
  return own > other || (own === other && logEndOffset(candidate) >= logEndOffset(voter));
}

describe('a false friend is refuted by a run of the model', () => {
  const all = [...aboutLeaders, ...aboutVotes].filter(({ long }) => isLong || !long);
  test.each(all)('"$belief"', async friend => {
    const { belief, scope, holds, holdsAcross, refutedBy } = friend;
    const text = {
      name: 'false-friend',
      statement: belief,
      loss: 'nothing: it is not true of Kafka either',
      source: 'a common belief',
    };
    const invariants: KraftInvariant[] =
      holds === undefined ? [] : [{ ...text, kind: 'invariant', holds }];
    const steps: KraftStepProperty[] =
      holdsAcross === undefined ? [] : [{ ...text, kind: 'step', holds: holdsAcross }];
    const { model } = kraftIn(scope);
    const properties = anyProperties([...invariants, ...steps]);
    const result = await exploreExhaustively(model, properties, { symmetry: true });
    expect(result.verdict).toBe('violated');
    const names = result.violations[0]?.steps.map(({ name }) => name) ?? [];
    expect([...names].sort()).toEqual([...refutedBy].sort());
    expect(names.at(-1)).toBe(refutedBy.at(-1));
  });
});
