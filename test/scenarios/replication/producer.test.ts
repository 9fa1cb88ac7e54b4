import { describe, expect, test } from 'vitest';
import type { Acks } from '../../../models/replication/config.ts';
import type { Generation } from '../../../models/replication/generation.ts';
import {
  applyConfiguration,
  B1,
  B2,
  B3,
  changeMinIsr,
  consume,
  copy,
  cut,
  decide,
  fence,
  fetch,
  heal,
  learn,
  loseBroker,
  prefer,
  produce,
  ReplicationStory,
  retry,
  returnBroker,
  timeOut,
  unfence,
} from './replicationStory.ts';

const acks = ['all', '1', '0'] as const;

describe('replication: acks decide what a producer is told, and when (brokers=3, minIsr=2)', () => {
  test.each([
    ['0', []],
    ['1', ['1 at 0 (acks=1)']],
    ['all', []],
  ] as const)('acks=%s: after the append', (setting, told) => {
    const story = new ReplicationStory({ config: { acks } }).take(produce(B1, setting));
    expect(story.acknowledged).toEqual(told);
    expect(story.waiting(B1)).toBe(setting === 'all' ? 1 : 0);
  });

  test.each([
    ['0', []],
    ['1', ['1 at 0 (acks=1)']],
    ['all', ['1 at 0']],
  ] as const)('acks=%s: after the high watermark has passed the record', (setting, told) => {
    const story = new ReplicationStory({ config: { acks } }).take(produce(B1, setting)).catchUp();
    expect(story.acknowledged).toEqual(told);
    expect(story.waiting(B1)).toBe(0);
    expect(story.take(consume(B1, 0)).exposed).toEqual([1]);
    expect(story.broken).toEqual([]);
  });

  test.each(acks)('acks=%s: the leader dies before anybody has copied the record', setting => {
    const told = new ReplicationStory({ config: { acks } }).take(produce(B1, setting));
    told.take(loseBroker(B1)).catchUp().take(returnBroker(B1)).catchUp();
    expect(told.logs).toEqual(['', '', '']);
    // Only acks=all promises more; a record that is lost under acks=1 was never committed.
    expect(told.acknowledged).toEqual(setting === '1' ? ['1 at 0 (acks=1)'] : []);
    expect(told.unresolved).toEqual(setting === '1' ? [] : [1]);
    expect(told.broken).toEqual([]);
  });
});

describe('replication: the producer does not know the outcome and sends again (brokers=3, minIsr=2)', () => {
  test('a request times out, and its record is committed all the same', () => {
    const told = new ReplicationStory().take(produce(B1), timeOut(B1));
    expect(told.unresolved).toEqual([1]);
    expect(told.waiting(B1)).toBe(0);
    told.catchUp();
    expect(told.exposed).toEqual([1]);
    expect(told.acknowledged, 'a failed send is not an absent record').toEqual([]);
    expect(told.broken).toEqual([]);
  });

  test('its retry makes a duplicate: this producer is not idempotent', () => {
    const told = new ReplicationStory().take(produce(B1));
    expect(told.guard(retry(B1, 1))).toBe('the producer knows its fate');
    told.take(timeOut(B1), retry(B1, 1)).catchUp();
    expect(told.logs).toEqual(['1@0 1@0', '1@0 1@0', '1@0 1@0']);
    expect(told.exposed).toEqual([1, 1]);
    expect(told.acknowledged).toEqual(['1 at 1']);
    expect(told.unresolved).toEqual([]);
    expect(told.broken).toEqual([]);
  });

  test('the leader steps down with requests waiting: NOT_LEADER_OR_FOLLOWER, and either may be true', () => {
    const told = new ReplicationStory().take(produce(B1), copy(B2, B1), prefer(B2), learn(B1));
    expect(told.waiting(B1)).toBe(0);
    expect(told.unresolved).toEqual([1]);
    told.take(learn(B2), retry(B2, 1)).catchUp();
    expect(told.logs[1], 'the new leader had it').toBe('1@0 1@1');

    const other = new ReplicationStory().take(produce(B1), prefer(B3), learn(B1), learn(B3));
    other.take(retry(B3, 1)).catchUp();
    expect(other.logs, 'the new leader did not').toEqual(['1@1', '1@1', '1@1']);
    expect([...told.broken, ...other.broken]).toEqual([]);
  });

  test('without retries nothing is left to do after a timeout', () => {
    const told = new ReplicationStory({ bounds: { retries: 0 } }).take(produce(B1));
    expect(told.guard(timeOut(B1))).toBe('the producer does not retry');
  });
});

describe('replication: stale client metadata points at a deposed leader (brokers=3, minIsr=2)', () => {
  const deposed = (setting: Acks) => {
    const told = new ReplicationStory({ config: { acks } });
    told.take(cut(B1, 'controller'), fence(B1), learn(B2), learn(B3), produce(B1, setting));
    expect(told.leader).toBe(B2);
    return told;
  };

  test('acks=1: the deposed leader confirms a record that is lost, and breaks no promise', () => {
    const told = deposed('1');
    expect(told.acknowledged).toEqual(['1 at 0 (acks=1)']);
    told.take(produce(B2), heal, unfence(B1)).catchUp();
    expect(told.logs).toEqual(['2@1', '2@1', '2@1']);
    expect(told.acknowledged).toEqual(['1 at 0 (acks=1)', '2 at 0']);
    expect(told.broken).toEqual([]);
  });

  test('acks=all: it times out, and the retry goes to the new leader', () => {
    const told = deposed('all');
    expect(told.waiting(B1)).toBe(1);
    told.take(timeOut(B1), retry(B2, 1)).catchUp();
    expect(told.acknowledged).toEqual(['1 at 0']);
    told.take(heal, unfence(B1)).catchUp();
    expect(told.logs, 'no duplicate: the first attempt is cut off').toEqual(['1@1', '1@1', '1@1']);
    expect(told.broken).toEqual([]);
  });

  test('once it has heard, it refuses', () => {
    const told = deposed('all').take(heal, learn(B1));
    expect(told.guard(produce(B1))).toBe('the broker does not act as leader');
    expect(told.unresolved).toEqual([1]);
  });
});

describe('replication: the ISR is below min.insync.replicas (brokers=3, minIsr=2)', () => {
  const loseFollowers = [loseBroker(B2), loseBroker(B3), learn(B1), learn(B1)].flat();
  const storyOf = (generation: Generation) =>
    new ReplicationStory({ config: { kafka: generation, acks: ['all', '1'] } });

  test('acks=all is refused before anything is appended, acks=1 is not: NOT_ENOUGH_REPLICAS', () => {
    const told = storyOf('current').take(loseFollowers);
    expect(told.isrKnownTo(B1)).toBe('1');
    expect(told.guard(produce(B1))).toBe('NOT_ENOUGH_REPLICAS');
    told.take(produce(B1, '1'));
    expect(told.log(B1)).toBe('1@0');
    expect(told.guard(consume(B1, 0))).toBe('there is nothing below the read limit');
  });

  test('the high watermark stands still until a replica has returned (KAFKA-15583, 3.7)', () => {
    const told = storyOf('current').take(produce(B1), loseFollowers);
    expect(told.highWatermark(B1)).toBe(0);
    expect(told.waiting(B1)).toBe(1);
    told.take(returnBroker(B2), copy(B2, B1), fetch(B2, B1));
    expect(told.highWatermark(B1), 'a pending expansion does not open the gate').toBe(0);
    told.take(decide(B1), learn(B1));
    expect(told.isr).toBe('1 2');
    expect(told.highWatermark(B1)).toBe(1);
    expect(told.acknowledged).toEqual(['1 at 0']);
    expect(told.broken).toEqual([]);
  });

  test('before 3.7 it moves on: NOT_ENOUGH_REPLICAS_AFTER_APPEND, and the record is read', () => {
    const told = storyOf('alter-partition').take(produce(B1), loseFollowers);
    expect(told.highWatermark(B1)).toBe(1);
    expect(told.waiting(B1)).toBe(0);
    expect(told.acknowledged).toEqual([]);
    expect(told.unresolved).toEqual([1]);
    told.take(consume(B1, 0));
    expect(told.exposed).toEqual([1]);
    expect(told.broken).toEqual([]);
  });

  test('min.insync.replicas counts no more replicas than there are', () => {
    const told = new ReplicationStory({ config: { brokers: 1 } }).take(produce(B1));
    expect(told.acknowledged).toEqual(['1 at 0']);
  });
});

describe('replication: min.insync.replicas is changed at run time (brokers=3, minIsr=2)', () => {
  test('raised above the ISR: acks=all is refused as soon as the leader has heard', () => {
    const told = new ReplicationStory({ bounds: { minIsrChanges: 1 } });
    told.take(loseBroker(B3), learn(B1), changeMinIsr(3));
    expect(told.guard(produce(B1))).toBe('enabled');
    told.take(produce(B1), copy(B2, B1), learn(B1));
    expect(told.guard(produce(B1)), 'replayed, and not applied yet').toBe('enabled');
    told.take(applyConfiguration(B1));
    expect(told.guard(produce(B1))).toBe('NOT_ENOUGH_REPLICAS');
    told.catchUp();
    expect(told.highWatermark(B1), 'what waits goes on waiting').toBe(0);
    told.take(returnBroker(B3)).catchUp();
    expect(told.acknowledged).toEqual(['1 at 0']);
    expect(told.broken).toEqual([]);
  });

  test('lowered to the ISR: the high watermark moves when the leader looks at it next', () => {
    const told = new ReplicationStory({ bounds: { minIsrChanges: 1 } });
    told.take(produce(B1), loseBroker(B2), loseBroker(B3), learn(B1), learn(B1));
    expect(told.highWatermark(B1)).toBe(0);
    told.take(changeMinIsr(1), learn(B1), applyConfiguration(B1));
    expect(told.acknowledged, 'the producer waits on').toEqual([]);
    told.take(produce(B1));
    expect(told.acknowledged).toEqual(['1 at 0', '2 at 1']);
    expect(told.broken).toEqual([]);
  });

  test('it clears the ELR, and an offline partition has nobody left to lead (KIP-966)', () => {
    const told = new ReplicationStory({
      config: { eligibleLeaderReplicas: true },
      bounds: { uncleanElections: 1, minIsrChanges: 1 },
    });
    told.take(produce(B1)).catchUp().take(loseBroker(B3), loseBroker(B2), loseBroker(B1));
    expect(told.partition).toBe('no leader, epoch 1, ISR empty, ELR 1 2, last leader 1');
    told.take(changeMinIsr(1));
    expect(told.partition).toBe('no leader, epoch 1, ISR empty');
    told.take(returnBroker(B1), returnBroker(B2), returnBroker(B3));
    expect(told.partition).toBe('no leader, epoch 1, ISR empty');
    // Only an operator's unclean election revives it; here every replica has everything.
    told.take('electUncleanly()').catchUp();
    expect(told.partition).toBe('leader 1, epoch 2, ISR 1 2 3');
    expect(told.logs).toEqual(['1@0', '1@0', '1@0']);
  });
});
