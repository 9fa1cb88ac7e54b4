import { describe, expect, test } from 'vitest';
import {
  B1,
  B2,
  B3,
  decide,
  fence,
  heal,
  learn,
  produce,
  shrink,
} from '../replication/replicationStory.ts';
import { C1, C2, C3, crash, cutNode, fetchMetadata, restart, storiesIn } from './clusterStory.ts';

describe('cluster: a controller is deposed with a decision in its log (separate, brokers=3)', () => {
  const story = storiesIn();
  const snapshots = storiesIn({ bounds: { snapshots: 1 } });
  /** Broker 3 does not fetch any more, and its leader has asked to go on without it. */
  const asked = () =>
    story()
      .elect(C1, C2)
      .commit()
      .take(cutNode(B3, 'brokers'), produce(B1))
      .catchUp()
      .take(shrink(B1, B3));

  test('the decision is lost with its controller; the leader asks the next one', () => {
    const told = asked().take(cutNode(C1, 'controllers'), decide(B1)).commit();
    expect(told.decisionsAt(C1)).toBe('handleAlterPartition@1');
    expect(told.partition, 'nobody else has the entry').toBe('leader 1, epoch 0, ISR 1 2 3');
    told.elect(C2, C3).commit();
    expect(told.controller).toBe(C2);
    expect(told.role(C1), 'it does not know').toBe('leader, epoch 1');
    expect(told.decisionsAt(C2)).toBe('');
    expect(told.guard(decide(B1))).toBe('the sender is cut off from the controller');
    told.take(heal).commit();
    expect(told.role(C1)).toBe('follower, epoch 2');
    expect(told.decisionsAt(C1), 'the log of the new one is the truth').toBe('');
    expect(told.reached).toContain('decision-lost-with-its-controller');
    told.decide(decide(B1)).catchUp();
    expect(told.decisionsAt(C1)).toContain('handleAlterPartition@2');
    expect(told.acknowledged).toEqual([1]);
    expect(told.broken).toEqual([]);
  });

  test('the decision survives in the log of another, and takes effect under that one', () => {
    const told = asked().take(decide(B1), fetchMetadata(C2, C1));
    expect(told.decisionsAt(C2)).toBe('handleAlterPartition@1');
    expect(told.partition, 'the controller has not heard that it has arrived').toBe(
      'leader 1, epoch 0, ISR 1 2 3',
    );
    told.take(crash(C1)).elect(C2, C3).commit();
    expect(told.controller).toBe(C2);
    expect(told.decisionsAt(C3)).toBe('handleAlterPartition@1');
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2');
    expect(told.reached).toContain('decision-outlives-its-controller');
    // The leader would ask again, if it had not got its answer.
    expect(told.guard(decide(B1))).toBe('no request is in flight');
    told.commit().take(learn(B1));
    expect(told.acknowledged).toEqual([1]);
    expect(told.broken).toEqual([]);
  });

  test('a decision that comes back is not taken a second time', () => {
    const told = asked().take(decide(B1), fetchMetadata(C2, C1), crash(C1)).elect(C2, C3);
    expect(told.decisionsAt(C2)).toBe('handleAlterPartition@1');
    expect(told.guard(decide(B1)), 'it is not active before it has committed').toBe(
      'no controller is active',
    );
    told.commit();
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2');
    told.take(restart(C1)).catchUp();
    expect(told.decisionsAt(C1)).toBe('handleAlterPartition@1');
    expect(told.broken).toEqual([]);
  });

  test('a broker that came back meanwhile is fenced all the same, and returns', () => {
    const told = story().elect(C1, C2).commit().take(crash(B2), fence(B2), restart(B2));
    expect(told.registration(B2)).toBe('unfenced');
    told.commit();
    expect(told.registration(B2)).toBe('fenced');
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 3');
    told.join(B2);
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2 3');
    expect(told.broken).toEqual([]);
  });

  test('a registration is that of the process which asked for it', () => {
    const register = 'register(broker=broker-2)';
    const told = story().elect(C1, C2).commit().take(crash(B2), restart(B2)).commit();
    told.take(register, crash(B2), restart(B2)).commit();
    const answer = 'receiveRegistrationAnswer(broker=broker-2)';
    told.take(answer);
    expect(told.doing(B2), 'the answer is not for this one').toBe('starting, offline');
    told.join(B2);
    expect(told.doing(B2)).toBe('running, following');
    expect(told.decisionsAt(C1)).toBe('register@1 register@1 unfence@1 handleAlterPartition@1');
    expect(told.broken).toEqual([]);
  });

  test('a snapshot is of what has taken effect, and a node may start from it', () => {
    const snapshot = (node: string): string => `takeSnapshot(node=${node})`;
    const told = snapshots()
      .elect(C1, C2)
      .commit()
      .take(crash(B2), crash(B3), fence(B2), fence(B3));
    const copy = fetchMetadata(C2, C1);
    told.take(copy, copy, copy);
    expect(told.guard(snapshot(C1))).toBe('not all that is committed has taken effect');
    told.take('applyCommitted()', 'applyCommitted()', snapshot(C1), `cleanLog(node=${C1})`);
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1');
    expect(told.decisionsAt(C1)).toBe('');
    told.take(restart(B2)).join(B2);
    expect(told.decisionsAt(B2), 'the fencings are in the snapshot').toMatch(
      /^register@1 unfence@1/,
    );
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2');
    expect(told.broken).toEqual([]);
  });
});
