import { describe, expect, test } from 'vitest';
import { B1, B2, B3, fence, produce, shrink, unfence } from '../replication/replicationStory.ts';
import { C1, C2, C3, crash, resign, restart, storiesIn } from './clusterStory.ts';

describe('cluster: two of three controllers are gone (separate, brokers=3, minIsr=2)', () => {
  const story = storiesIn();
  const withoutQuorum = () => {
    const told = story().elect(C1, C2).commit();
    expect(told.controller).toBe(C1);
    return told.take(produce(B1)).catchUp().take(crash(C1), crash(C2));
  };

  test('the leader goes on serving: records are copied and acknowledged', () => {
    const told = withoutQuorum();
    expect(told.controller).toBe('none');
    told.take(produce(B1)).catchUp();
    expect(told.acknowledged).toEqual([1, 2]);
    expect([B1, B2, B3].map(broker => told.log(broker))).toEqual(['1@0 2@0', '1@0 2@0', '1@0 2@0']);
    expect(told.reached).toContain('acknowledged-without-controller');
    expect(told.broken).toEqual([]);
  });

  test('a follower that dies then stalls acks=all, for the ISR cannot shrink', () => {
    const told = withoutQuorum().take(crash(B2), produce(B1)).catchUp();
    expect(told.waiting(B1)).toBe(1);
    told.take(shrink(B1, B2)).catchUp();
    expect(told.guard(fence(B2))).toBe('no controller is active');
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2 3');
    expect(told.acknowledged).toEqual([1]);
    // The quorum is back, and with it the decision that the leader has asked for.
    told.take(restart(C2)).elect(C3, C2).commit();
    expect(told.controller).toBe(C3);
    told.catchUp();
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 3');
    expect(told.acknowledged).toEqual([1, 2]);
    expect(told.broken).toEqual([]);
  });

  test('when the leader dies nobody is elected until the quorum is back', () => {
    const told = withoutQuorum().take(crash(B1)).catchUp();
    expect(told.guard(fence(B1))).toBe('no controller is active');
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2 3');
    told.take(restart(C1)).elect(C3, C1).commit().decide(fence(B1)).catchUp();
    expect(told.partition).toBe('leader 2, epoch 1, ISR 2 3');
    told.take(produce(B2)).catchUp();
    expect(told.acknowledged).toEqual([1, 2]);
    told.take(restart(B1)).join(B1);
    expect(told.partition).toBe('leader 2, epoch 1, ISR 1 2 3');
    expect(told.log(B1)).toBe('1@0 2@1');
    expect(told.broken).toEqual([]);
  });

  test('a controller that is left alone decides, and nothing comes of it', () => {
    const told = story().elect(C1, C2).commit().take(crash(C2), crash(C3), crash(B3));
    expect(told.controller, 'it has not noticed').toBe(C1);
    told.decide(fence(B3));
    expect(told.decisionsAt(C1)).toBe('fence@1');
    expect(told.guard(fence(B3))).toBe('the decision is under way');
    expect(told.registration(B3)).toBe('unfenced');
    // Check-quorum: a majority has not fetched from it for too long.
    told.take(resign(C1));
    expect(told.controller).toBe('none');
    expect(told.broken).toEqual([]);
    // Its log is the longest, so that only it can lead; then the decision counts after all.
    told.take(restart(C2)).elect(C1, C2).commit();
    expect(told.registration(B3)).toBe('fenced');
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2');
    expect(told.reached).toContain('decision-outlives-its-controller');
    expect(told.guard(unfence(B3))).toBe('its heartbeats do not arrive');
    expect(told.broken).toEqual([]);
  });
});
