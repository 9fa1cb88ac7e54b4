import { describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../../checker/explore/exhaustive.ts';
import { anyProperties } from '../../../checker/model/property.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { actsAsLeader, controllerView, isUp } from '../../../models/replication/metadata.ts';
import {
  currentLeaderOf,
  type ReplicationInvariant,
  type ReplicationScope,
} from '../../../properties/replicationScope.ts';
import { replicationIn, type Scope } from './scope.ts';

/** Something that sounds true of Kafka and is not. */
interface FalseFriend {
  readonly belief: string;
  readonly scope: Scope;
  readonly holds: (state: ReplicationScope) => boolean | string;
  /** What the shortest run that refutes it comes to. */
  readonly refutedBy: readonly string[];
}

const three = nodeType('broker', 3);
const two = nodeType('broker', 2);

const falseFriends: readonly FalseFriend[] = [
  {
    belief: 'the high watermark never falls below what a consumer has read',
    scope: { bounds: { preferredElections: 1 } },
    holds(state) {
      const leader = currentLeaderOf(state);
      if (leader === undefined) return true;
      return state.protocol.brokers.get(leader).highWatermark >= state.ghost.exposed.length;
    },
    refutedBy: ['consume', 'electPreferred', 'replayMetadata'],
  },
  {
    belief: 'a single broker acts as leader at any time',
    scope: { bounds: { preferredElections: 1 } },
    holds: ({ protocol }) => three.all.filter(each => actsAsLeader(protocol, each)).length <= 1,
    refutedBy: ['electPreferred', 'replayMetadata'],
  },
  {
    belief: 'the ISR never contains a dead broker',
    scope: { bounds: { crashes: 1 } },
    holds: ({ protocol }) =>
      three.all.every(each => isUp(protocol, each) || !controllerView(protocol).isr.has(each)),
    refutedBy: ['crash'],
  },
  {
    belief: 'the ISR loses a dead broker once the controller has noticed',
    scope: { config: { brokers: 1 }, bounds: { crashes: 1 } },
    holds: ({ protocol }) => {
      const { isr } = controllerView(protocol);
      const { fenced } = protocol.registrations;
      return nodeType('broker', 1).all.every(each => !isr.has(each) || !fenced.has(each));
    },
    refutedBy: ['crash', 'fence'],
  },
  {
    belief: 'a leader epoch ends only with a failure',
    scope: { bounds: { preferredElections: 1 } },
    holds: ({ protocol }) => controllerView(protocol).leaderEpoch === 0,
    refutedBy: ['electPreferred'],
  },
  {
    belief: 'a produce that is not answered leaves no record behind',
    scope: { bounds: { crashes: 1 } },
    holds: ({ ghost }) => ghost.exposed.length <= ghost.acknowledged.length,
    refutedBy: ['crash', 'consume'],
  },
  {
    belief: 'acks=all waits for min.insync.replicas',
    scope: {},
    holds({ protocol }) {
      const [leader] = three.all;
      if (leader === undefined) return true;
      const { followers, highWatermark, log } = protocol.brokers.get(leader);
      const heard = three.all.filter(each => (followers.get(each).logEndOffset ?? 0) > 0).length;
      return log.length === 0 || heard + 1 < 2 || highWatermark > 0;
    },
    // It waits for every member of the ISR, the third one too.
    refutedBy: ['produce', 'fetch', 'receiveFetchResponse', 'fetch'],
  },
  {
    belief: 'an acknowledged record is on a majority of the replicas',
    scope: { config: { brokers: 2, minInsyncReplicas: 1 }, bounds: { isrShrinks: 1 } },
    holds({ protocol, ghost }) {
      const copies = two.all.filter(each => protocol.brokers.get(each).log.length > 0).length;
      return ghost.acknowledged.length === 0 || copies > 1;
    },
    refutedBy: ['produce', 'shrinkIsr', 'handleAlterPartition', 'replayMetadata'],
  },
];

describe('a false friend is refuted by a run of the model', () => {
  test.each(falseFriends)('"$belief"', async ({ belief, scope, holds, refutedBy }) => {
    const property: ReplicationInvariant = {
      name: 'false-friend',
      kind: 'invariant',
      statement: belief,
      loss: 'nothing: it is not true of Kafka either',
      source: 'a common belief',
      holds,
    };
    const { model } = replicationIn(scope);
    const result = await exploreExhaustively(model, anyProperties([property]));
    expect(result.verdict).toBe('violated');
    const names = result.violations[0]?.steps.map(({ name }) => name) ?? [];
    expect(names).toEqual(expect.arrayContaining([...refutedBy]));
    expect(names.at(-1)).toBe(refutedBy.at(-1));
  });
});
