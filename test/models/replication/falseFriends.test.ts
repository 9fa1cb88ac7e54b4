import { describe, expect, test } from 'vitest';
import { exploreExhaustively } from '../../../checker/exhaustive/exhaustive.ts';
import { anyProperties, type Holds } from '../../../checker/model/property.ts';
import { nodeType } from '../../../checker/state/nodeType.ts';
import { newestMetadata } from '../../../models/replication/learning.ts';
import { actsAsLeader, controllerView, isUp } from '../../../models/replication/metadata.ts';
import { ofEveryPartition } from '../../../properties/replication/everyPartition.ts';
import {
  currentLeaderOf,
  electedIn,
  type PartitionInvariant,
  type PartitionScope,
  type PartitionStepProperty,
} from '../../../properties/replication/partitionScope.ts';
import { replicationIn, type Scope } from './scope.ts';

/** Something that sounds true of Kafka and is not. */
interface FalseFriend {
  readonly belief: string;
  readonly scope: Scope;
  /** What would be true of every state, or of every step. */
  readonly holds?: (state: PartitionScope) => Holds;
  readonly holdsAcross?: (before: PartitionScope, after: PartitionScope) => Holds;
  /** The shortest run that refutes it. */
  readonly refutedBy: readonly string[];
}

const three = nodeType('broker', 3);
const two = nodeType('broker', 2);
const one = nodeType('broker', 1);
const onlyOne = nodeType('partition', 1);
const elr = { eligibleLeaderReplicas: true, brokers: 2 } as const;

const aboutLeaders: readonly FalseFriend[] = [
  {
    belief: 'a single broker acts as leader at any time',
    scope: { bounds: { preferredElections: 1 } },
    holds: ({ protocol }) => three.all.filter(each => actsAsLeader(protocol, each)).length <= 1,
    refutedBy: ['electPreferred', 'replayMetadata'],
  },
  {
    belief: 'a leader epoch ends only with a failure',
    scope: { bounds: { preferredElections: 1 } },
    holds: ({ protocol }) => controllerView(protocol).leaderEpoch === 0,
    refutedBy: ['electPreferred'],
  },
  {
    belief: 'with unclean election disabled, every elected leader was in the ISR',
    scope: { config: elr, bounds: { isrShrinks: 1, crashes: 1 } },
    holdsAcross(before, after) {
      const elected = electedIn(before, after);
      return elected === undefined || controllerView(before.protocol).isr.has(elected);
    },
    // It was in the ELR (KIP-966).
    refutedBy: ['shrinkIsr', 'handleAlterPartition', 'crash', 'fence'],
  },
  {
    belief: 'with unclean election disabled, every elected leader was in the ISR or the ELR',
    scope: { config: { ...elr, brokers: 1 }, bounds: { crashes: 1 } },
    holdsAcross(before, after) {
      const elected = electedIn(before, after);
      const { isr, elr: eligible } = controllerView(before.protocol);
      return elected === undefined || isr.has(elected) || eligible.has(elected);
    },
    // It was the last known leader, and its shutdown was not clean.
    refutedBy: ['crash', 'restart', 'register', 'receiveRegistrationAnswer', 'unfence'],
  },
];

const aboutTheIsr: readonly FalseFriend[] = [
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
    holds: ({ protocol }) =>
      one.all.every(
        each =>
          !controllerView(protocol).isr.has(each) ||
          protocol.registrations.get(each).state.state !== 'fenced',
      ),
    refutedBy: ['crash', 'fence'],
  },
  {
    belief: 'every member of the ISR has all that the leader has',
    scope: {},
    holds(state) {
      const leader = currentLeaderOf(state);
      if (leader === undefined) return true;
      const { replicas } = state.protocol;
      return three.all.every(
        each => replicas.get(each).log.length >= replicas.get(leader).log.length,
      );
    },
    refutedBy: ['produce'],
  },
  {
    belief: 'a replication factor of 3 tolerates two failures',
    scope: { bounds: { crashes: 2 } },
    holds({ protocol }) {
      const { leader, isr } = controllerView(protocol);
      return leader === undefined || isr.size >= newestMetadata(protocol).minInsyncReplicas;
    },
    // It can be read; writes with acks=all stop below min.insync.replicas.
    refutedBy: ['crash', 'crash', 'fence', 'fence'],
  },
];

const aboutRecords: readonly FalseFriend[] = [
  {
    belief: 'the high watermark of the partition never decreases',
    scope: { config: { brokers: 2 }, bounds: { preferredElections: 1 } },
    holds(state) {
      const leader = currentLeaderOf(state);
      if (leader === undefined) return true;
      return state.protocol.replicas.get(leader).highWatermark >= state.ghost.exposed.length;
    },
    refutedBy: [
      'produce',
      'fetch',
      'receiveFetchResponse',
      'fetch',
      'electPreferred',
      'replayMetadata',
    ],
  },
  {
    belief: 'a produce that failed left no record behind',
    scope: { config: { brokers: 2 }, bounds: { retries: 1 } },
    holds({ protocol, ghost }) {
      const { unresolved } = protocol.producer;
      return unresolved.length === 0 || ghost.exposed.length === 0;
    },
    refutedBy: ['produce', 'timeOutProduce', 'fetch', 'receiveFetchResponse', 'fetch'],
  },
  {
    belief: 'acks=all waits for min.insync.replicas',
    scope: {},
    holds({ protocol }) {
      const [leader] = three.all;
      if (leader === undefined) return true;
      const { followers, highWatermark, log } = protocol.replicas.get(leader);
      const heard = three.all.filter(each => (followers.get(each).logEndOffset ?? 0) > 0).length;
      return log.length === 0 || heard + 1 < 2 || highWatermark > 0;
    },
    // It waits for every member of the ISR, the third one too.
    refutedBy: ['produce', 'fetch', 'receiveFetchResponse', 'fetch'],
  },
  {
    belief: 'a record is committed only when a majority of the replicas has it',
    scope: { config: { minInsyncReplicas: 1 }, bounds: { isrShrinks: 1 } },
    holds({ protocol, ghost }) {
      const copies = three.all.filter(each => protocol.replicas.get(each).log.length > 0).length;
      return ghost.acknowledged.length === 0 || copies > 1;
    },
    refutedBy: ['shrinkIsr', 'handleAlterPartition', 'replayMetadata', 'produce'],
  },
  {
    belief: 'a follower truncates to its high watermark',
    scope: { config: { brokers: 2 }, bounds: { records: 2, preferredElections: 1 } },
    holdsAcross: (before, after) =>
      two.all.every(each => {
        const [was, is] = [before, after].map(({ protocol }) => protocol.replicas.get(each));
        if (was === undefined || is === undefined) return true;
        return is.log.length >= was.log.length || is.log.length === was.highWatermark;
      }),
    // It truncates to where the logs part, which the leader tells by leader epoch (KIP-101).
    refutedBy: [
      'produce',
      'fetch',
      'receiveFetchResponse',
      'produce',
      'electPreferred',
      'replayMetadata',
      'replayMetadata',
      'fetch',
      'receiveFetchResponse',
    ],
  },
  {
    belief: 'all consumers read the same record at an offset, unclean elections or not',
    scope: {
      config: { brokers: 2, minInsyncReplicas: 1, uncleanLeaderElection: true },
      bounds: { records: 2, isrShrinks: 1, missedHeartbeats: 1 },
    },
    holds: ({ protocol, ghost }) =>
      ghost.exposed.length === 0 ||
      two.all.every(each => {
        const { highWatermark, log } = protocol.replicas.get(each);
        if (!actsAsLeader(protocol, each) || highWatermark === 0) return true;
        return log.get(0).record === ghost.exposed.get(0).record;
      }),
    refutedBy: [
      'shrinkIsr',
      'handleAlterPartition',
      'replayMetadata',
      'produce',
      'missHeartbeats',
      'replayMetadata',
      'produce',
      'replayMetadata',
    ],
  },
];

describe('a false friend is refuted by a run of the model', () => {
  const all = [...aboutLeaders, ...aboutTheIsr, ...aboutRecords];
  test.each(all)('"$belief"', async ({ belief, scope, holds, holdsAcross, refutedBy }) => {
    const text = {
      name: 'false-friend',
      statement: belief,
      loss: 'nothing: it is not true of Kafka either',
      source: 'a common belief',
    };
    const invariants: PartitionInvariant[] =
      holds === undefined ? [] : [{ ...text, kind: 'invariant', holds }];
    const steps: PartitionStepProperty[] =
      holdsAcross === undefined ? [] : [{ ...text, kind: 'step', holds: holdsAcross }];
    const { model } = replicationIn(scope);
    const believed = [...invariants, ...steps].map(one => ofEveryPartition(onlyOne, one));
    const result = await exploreExhaustively(model, anyProperties(believed));
    expect(result.verdict).toBe('violated');
    const names = result.violations[0]?.steps.map(({ name }) => name) ?? [];
    expect([...names].sort()).toEqual([...refutedBy].sort());
  });
});
