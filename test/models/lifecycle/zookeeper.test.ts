import { describe, expect, test } from 'vitest';
import {
  partitionStateLifecycle,
  partitionStateMachine,
} from '../../../models/lifecycle/partitionState.ts';
import {
  replicaStateLifecycle,
  replicaStateMachine,
} from '../../../models/lifecycle/replicaState.ts';
import {
  zooKeeperControllerLifecycle,
  zooKeeperControllerMachine,
} from '../../../models/lifecycle/zooKeeperController.ts';
import {
  zooKeeperSessionLifecycle,
  zooKeeperSessionMachine,
} from '../../../models/lifecycle/zooKeeperSession.ts';
import { expectTableEqualsMachine } from '../../checker/model/lifecycleEquivalence.ts';
import { listOf } from './listOf.ts';

describe('the lifecycles of ZooKeeper mode are what XState says', () => {
  test('a session', () =>
    expectTableEqualsMachine(zooKeeperSessionMachine, zooKeeperSessionLifecycle));
  test('a controller', () =>
    expectTableEqualsMachine(zooKeeperControllerMachine, zooKeeperControllerLifecycle));
  test('a partition', () =>
    expectTableEqualsMachine(partitionStateMachine, partitionStateLifecycle));
  test('a replica', () => expectTableEqualsMachine(replicaStateMachine, replicaStateLifecycle));
});

test('a session and a controller have these transitions', () => {
  expect(listOf(zooKeeperSessionLifecycle)).toEqual([
    'closed -open-> open',
    'open -expire-> expired',
    'open -close-> closed',
    'expired -close-> closed',
    'expired -reopen-> open',
  ]);
  expect(listOf(zooKeeperControllerLifecycle)).toEqual([
    'standby -win-> elected',
    'elected -read-> loaded',
    'elected -resign-> standby',
    'loaded -resign-> standby',
    'loaded -start-> active',
    'active -resign-> standby',
  ]);
});

/** The states from which each may be entered, but for what a controller finds when it begins. */
function previousOf(transitions: readonly string[]): Record<string, string[]> {
  const previous: Record<string, string[]> = {};
  for (const transition of transitions) {
    const [, from = '', event = '', to = ''] = /^(\w+) -(\w+)-> (\w+)$/.exec(transition) ?? [];
    if (event.startsWith('find')) continue;
    previous[to] = [...new Set([...(previous[to] ?? []), from])].sort();
  }
  return previous;
}

test('a partition is entered from the states that Kafka takes for valid (PartitionState.validPreviousStates)', () => {
  expect(previousOf(listOf(partitionStateLifecycle))).toEqual({
    nonExistent: ['offline'],
    new: ['nonExistent'],
    online: ['new', 'offline', 'online'],
    offline: ['new', 'offline', 'online'],
  });
});

test('a replica is entered from the states that Kafka takes for valid (ReplicaState.validPreviousStates)', () => {
  expect(previousOf(listOf(replicaStateLifecycle))).toEqual({
    new: ['nonExistent'],
    online: ['deletionIneligible', 'new', 'offline', 'online'],
    offline: ['deletionIneligible', 'new', 'offline', 'online'],
    deletionStarted: ['offline'],
    deletionSuccessful: ['deletionStarted'],
    deletionIneligible: ['deletionStarted', 'offline'],
    nonExistent: ['deletionSuccessful'],
  });
});
