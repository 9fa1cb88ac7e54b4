import { describe, expect, test } from 'vitest';
import { transitionsOf } from '../../../checker/explore/result.ts';
import type { LifecycleTable } from '../../../checker/state/lifecycleTable.ts';
import { brokerLifecycle, brokerMachine } from '../../../models/lifecycle/broker.ts';
import { replicaLifecycle, replicaMachine } from '../../../models/lifecycle/replica.ts';
import { expectTableEqualsMachine } from '../../checker/model/lifecycleEquivalence.ts';

/** Every transition with its effects, as `idle -lead-> leading: forgetRemoteReplicas, startEpoch`. */
function listOf(table: LifecycleTable<string, string, string>): string[] {
  return transitionsOf(table).map(({ name, entry }) => {
    const effects = table.effects[entry] ?? [];
    const move = name.replace(`${table.name}: `, '');
    return effects.length === 0 ? move : `${move}: ${effects.join(', ')}`;
  });
}

describe('the lifecycle of a broker', () => {
  test('is what XState says', () => {
    expectTableEqualsMachine(brokerMachine, brokerLifecycle);
  });

  test('is this list of transitions', () => {
    expect(listOf(brokerLifecycle)).toEqual([
      'notRunning -start-> recovery: loadLog',
      'recovery -unfence-> running: openRequestProcessing',
      'recovery -crash-> notRunning: loseMemory',
      'recovery -losePower-> notRunning: loseMemory, loseUnflushedTail',
      'running -crash-> notRunning: loseMemory',
      'running -losePower-> notRunning: loseMemory, loseUnflushedTail',
    ]);
  });
});

describe('the lifecycle of a replica', () => {
  test('is what XState says', () => {
    expectTableEqualsMachine(replicaMachine, replicaLifecycle);
  });

  test('is this list of transitions', () => {
    expect(listOf(replicaLifecycle)).toEqual([
      'offline -load-> idle',
      'idle -lead-> leading: forgetRemoteReplicas, startEpoch',
      'idle -follow-> following: startFetching',
      'idle -loseLeader-> idle',
      'idle -stop-> offline',
      'following -lead-> leading: forgetRemoteReplicas, startEpoch',
      'following -follow-> following: startFetching',
      'following -loseLeader-> idle',
      'following -stop-> offline',
      'leading -lead-> leading: startEpoch',
      'leading -follow-> following: failWaitingProduce, startFetching',
      'leading -loseLeader-> idle: failWaitingProduce',
      'leading -stop-> offline',
    ]);
  });
});
