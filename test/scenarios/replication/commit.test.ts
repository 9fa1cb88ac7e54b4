import { describe, expect, test } from 'vitest';
import {
  B1,
  B2,
  B3,
  consume,
  copy,
  fetch,
  learn,
  loseBroker,
  prefer,
  produce,
  ReplicationStory,
  receive,
} from './replicationStory.ts';

describe('replication: a record is produced, copied, committed and read (brokers=3, minIsr=2)', () => {
  const story = () => new ReplicationStory();

  test('the high watermark follows the slowest member of the ISR', () => {
    const told = story().take(produce(B1), copy(B2, B1), fetch(B2, B1));
    expect(told.logs).toEqual(['1@0', '1@0', '']);
    expect(told.highWatermark(B1)).toBe(0);
    told.take(copy(B3, B1));
    expect(told.highWatermark(B1), 'min.insync.replicas is not what it waits for').toBe(0);
    expect(told.acknowledged).toEqual([]);
    expect(told.guard(consume(B1, 0))).toBe('there is nothing below the read limit');
    // Only by asking for offset 1 does a follower say that it has offset 0.
    told.take(fetch(B3, B1));
    expect(told.highWatermark(B1)).toBe(1);
    expect(told.acknowledged).toEqual(['1 at 0']);
    told.take(consume(B1, 0));
    expect(told.exposed).toEqual([1]);
    expect(told.broken).toEqual([]);
  });

  test('a follower hears of the high watermark one fetch later', () => {
    const told = story().take(produce(B1), copy(B2, B1), copy(B3, B1), copy(B2, B1), copy(B3, B1));
    // The answer to the fetch that moved it still says 0.
    expect(told.highWatermarks).toEqual([1, 0, 0]);
    told.take(copy(B2, B1), copy(B3, B1));
    expect(told.highWatermarks).toEqual([1, 1, 1]);
    expect(told.guard(fetch(B2, B1))).toBe('the leader has nothing new to say');
  });

  test('a consumer reads to the high watermark and no further', () => {
    const told = story().take(produce(B1)).catchUp().take(produce(B1));
    expect(told.guard(consume(B1, 1))).toBe('it is not the last readable record');
    expect(told.guard(consume(B1, 0))).toBe('enabled');
  });

  test('a broker that does not lead serves no client', () => {
    expect(story().guard(produce(B2))).toBe('the broker does not act as leader');
    expect(story().guard(consume(B2, 0))).toBe('the broker does not act as leader');
  });
});

describe('replication: leader crashes after append, before high watermark (brokers=3, minIsr=2)', () => {
  test('the record may survive although nobody acknowledged it', () => {
    const told = new ReplicationStory().take(produce(B1), copy(B2, B1), loseBroker(B1));
    expect(told.partition).toBe('leader 2, epoch 1, ISR 2 3');
    told.take(learn(B2), learn(B3), copy(B3, B2), fetch(B3, B2));
    expect(told.logs).toEqual(['1@0', '1@0', '1@0']);
    expect(told.highWatermark(B2)).toBe(1);
    // A failed send is not an absent record: it becomes readable without an acknowledgement.
    told.take(consume(B2, 0));
    expect(told.exposed).toEqual([1]);
    expect(told.acknowledged).toEqual([]);
    expect(told.broken).toEqual([]);
  });

  test('or it is truncated: the order of the assignment elects, not the longer log', () => {
    const told = new ReplicationStory().take(produce(B1), copy(B3, B1), loseBroker(B1));
    expect(told.logs).toEqual(['1@0', '', '1@0']);
    expect(told.leader).toBe(B2);
    told.take(learn(B2), learn(B3), copy(B3, B2));
    expect(told.log(B3)).toBe('');
    expect(told.broken).toEqual([]);
  });
});

describe('replication: an elected leader has not heard of its election yet (brokers=3, minIsr=2)', () => {
  test('its followers have, and wait for it', () => {
    const told = new ReplicationStory().take(produce(B1)).catchUp();
    told.take(loseBroker(B1), learn(B3));
    expect(told.leader).toBe(B2);
    expect(told.guard(produce(B2))).toBe('the broker does not act as leader');
    expect(told.guard(fetch(B3, B2))).toBe('UNKNOWN_LEADER_EPOCH');
    told.take(learn(B2), produce(B2)).catchUp();
    expect(told.logs.slice(1)).toEqual(['1@0 2@1', '1@0 2@1']);
    expect(told.broken).toEqual([]);
  });

  test('it has, and a follower has not: two brokers lead, each in its own leader epoch', () => {
    const told = new ReplicationStory().take(prefer(B2), learn(B2));
    expect(told.guard(fetch(B3, B2))).toBe('the follower knows another leader');
    // The old leader has not heard either, and serves its old followers.
    expect(told.doing(B1)).toBe('running, leading');
    expect(told.doing(B2)).toBe('running, leading');
    told.take(produce(B1), fetch(B3, B1), learn(B1));
    expect(told.guard(fetch(B3, B1))).toBe('an answer is in flight');
    told.take(receive(B3, B1));
    expect(told.guard(fetch(B3, B1))).toBe('FENCED_LEADER_EPOCH');
    expect(told.catchUp().logs).toEqual(['', '', '']);
    expect(told.broken).toEqual([]);
  });
});

describe('replication: an answer arrives after the leader has changed (brokers=3)', () => {
  const story = () => new ReplicationStory().take(produce(B1), fetch(B2, B1));

  test('it is dropped, whatever it carries', () => {
    const told = story().take(prefer(B3), learn(B2), receive(B2, B1));
    expect(told.log(B2)).toBe('');
  });

  test('it is dropped by a follower that has become the leader', () => {
    const told = story().take(prefer(B2), learn(B2), receive(B2, B1));
    expect(told.log(B2)).toBe('');
  });

  test('it is taken by a follower that has not heard of the change', () => {
    const told = story().take(prefer(B3), receive(B2, B1));
    expect(told.log(B2)).toBe('1@0');
    // Once it has, the record is cut off again: the new leader does not have it.
    told.take(learn(B2), learn(B3), copy(B2, B3));
    expect(told.log(B2)).toBe('');
    expect(told.broken).toEqual([]);
  });
});
