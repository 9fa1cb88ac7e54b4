import { describe, expect, test } from 'vitest';
import {
  B1,
  B2,
  B3,
  checkpoint,
  copy,
  crash,
  decide,
  fence,
  fetch,
  learn,
  loseMessage,
  of,
  P1,
  P2,
  prefer,
  produce,
  ReplicationStory,
  returnBroker,
  shrink,
} from './replicationStory.ts';

/** Partition 1 prefers broker 1, partition 2 broker 2; each has a record that all of them have. */
const twoPartitions = () => {
  const told = new ReplicationStory({ config: { partitions: 2 } });
  expect(told.lookAt(P1).assignment).toBe('1 2 3');
  expect(told.lookAt(P2).assignment, 'each partition prefers another broker').toBe('2 3 1');
  return told
    .take(of(P1, produce(B1), copy(B2, B1), copy(B3, B1), fetch(B2, B1), fetch(B3, B1)))
    .take(of(P2, produce(B2), copy(B1, B2), copy(B3, B2), fetch(B1, B2), fetch(B3, B2)))
    .catchUp();
};

describe('replication: two partitions on three brokers', () => {
  test('one broker leads one of them and follows the other, through its crash and back', () => {
    const told = twoPartitions();
    expect(told.lookAt(P1).doing(B1)).toBe('running, leading');
    expect(told.lookAt(P2).doing(B1)).toBe('running, following');
    expect(told.lookAt(P1).logs).toEqual(['1@0', '1@0', '1@0']);
    expect(told.reached).toContain('broker-leads-one-and-follows-another');

    told.take(crash(B1));
    expect(told.lookAt(P1).doing(B1)).toBe('notRunning, offline');
    expect(told.lookAt(P2).doing(B1)).toBe('notRunning, offline');

    const before = told.protocol.metadata.history.length;
    told.take(fence(B1));
    expect(told.protocol.metadata.history.length, 'one decision about both').toBe(before + 1);
    expect(told.lookAt(P1).partition).toBe('leader 2, epoch 1, ISR 2 3');
    expect(told.lookAt(P2).partition, 'its leader stays').toBe('leader 2, epoch 0, ISR 2 3');
    expect(told.reached).toContain('one-decision-moves-a-leader-and-an-isr');

    told.take(learn(B2), learn(B3), of(P1, produce(B2)), of(P2, produce(B2))).catchUp();
    expect(told.lookAt(P1).logs).toEqual(['1@0', '1@0 2@1', '1@0 2@1']);
    expect(told.lookAt(P2).logs).toEqual(['1@0', '1@0 2@0', '1@0 2@0']);

    told.take(returnBroker(B1)).catchUp();
    expect(told.lookAt(P1).doing(B1), 'it follows in both').toBe('running, following');
    expect(told.lookAt(P2).doing(B1)).toBe('running, following');
    expect(told.lookAt(P1).isr).toBe('1 2 3');
    expect(told.lookAt(P2).isr).toBe('1 2 3');
    expect(told.lookAt(P1).logs).toEqual(['1@0 2@1', '1@0 2@1', '1@0 2@1']);

    told.take(of(P1, prefer(B1))).catchUp();
    expect(told.lookAt(P1).doing(B1), 'and leads one again').toBe('running, leading');
    expect(told.lookAt(P2).doing(B1)).toBe('running, following');
    expect(told.broken).toEqual([]);
  });

  test('a decision about one leaves the pending ISR change of the other alone', () => {
    const told = twoPartitions().take(of(P1, produce(B1)));
    told.take(of(P1, shrink(B1, B3)));
    told.take(of(P2, prefer(B3)), learn(B1), learn(B2), learn(B3));
    expect(told.lookAt(P2).partition).toBe('leader 3, epoch 1, ISR 1 2 3');
    expect(told.lookAt(P1).pending(B1)).toBe('shrink to 1 2');
    // The partition epoch in the request is that of its own partition, which has not moved.
    told.take(of(P1, decide(B1)), learn(B1));
    expect(told.lookAt(P1).partition).toBe('leader 1, epoch 0, ISR 1 2');
    expect(told.broken).toEqual([]);
  });

  test('a connection carries the fetches of both, and a checkpoint has both high watermarks', () => {
    const told = twoPartitions();
    told.take(of(P1, produce(B1), fetch(B3, B1)), of(P2, produce(B2), fetch(B3, B2)));
    told.take(loseMessage('fetchResponse', B1, B3));
    expect(told.guard(of(P1, fetch(B3, B1)).join())).toBe('enabled');
    expect(told.guard(of(P2, fetch(B3, B2)).join()), 'another connection').toBe(
      'an answer is in flight',
    );
    told.take(checkpoint(B1));
    expect(told.lookAt(P1).replica(B1).checkpointedHighWatermark).toBe(1);
    expect(told.lookAt(P2).replica(B1).checkpointedHighWatermark).toBe(1);
  });
});
