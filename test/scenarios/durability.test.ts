import { describe, expect, test } from 'vitest';
import {
  B1,
  B2,
  B3,
  consume,
  copy,
  decide,
  fence,
  fetch,
  learn,
  loseBroker,
  losePower,
  produce,
  ReplicationStory,
  receive,
  restart,
  returnBroker,
  unfence,
} from './replicationStory.ts';

describe('durability: the only in-sync replica is down, another one returns (brokers=2, minIsr=1)', () => {
  const story = (uncleanLeaderElection: boolean) =>
    new ReplicationStory({
      config: { brokers: 2, minInsyncReplicas: 1, uncleanLeaderElection },
      bounds: { crashes: 2 },
    })
      .take(produce(B1), loseBroker(B2), learn(B1))
      .take(loseBroker(B1), restart(B2));

  test('an unclean election loses the acknowledged record', () => {
    const told = story(true);
    expect(told.acknowledged).toEqual(['1 at 0']);
    expect(told.isr).toBe('1');
    told.take(unfence(B2, B2), learn(B2));
    expect(told.leader).toBe(B2);
    expect(told.isr).toBe('2');
    expect(told.broken).toEqual(['acknowledged-records-survive']);
    // The returning replica follows the new truth.
    told.take(returnBroker(B1), copy(B1, B2));
    expect(told.log(B1)).toBe('');
  });

  test('without unclean election the partition waits and keeps the record', () => {
    const told = story(false);
    expect(told.guard(unfence(B2, B2))).toBe('not an outcome of the election');
    told.take(unfence(B2));
    expect(told.leader).toBe('none');
    told.take(returnBroker(B1, B1), learn(B1), learn(B2), copy(B2, B1));
    expect(told.leader).toBe(B1);
    expect(told.log(B2)).toBe('1@0');
    expect(told.broken).toEqual([]);
  });
});

describe('durability: last replica standing (brokers=2, minIsr=1)', () => {
  const story = (flushEveryRecord: boolean) =>
    new ReplicationStory({
      config: { brokers: 2, minInsyncReplicas: 1, flushEveryRecord },
      bounds: { crashes: 2, powerLosses: 1 },
    }).take(produce(B1), loseBroker(B2), learn(B1));
  const returns = [fence(B1), returnBroker(B1, B1), learn(B1)].flat();

  test('a power loss loses the acknowledged record in a clean election', () => {
    const told = story(false);
    expect(told.acknowledged).toEqual(['1 at 0']);
    told.take(losePower(B1, 0), fence(B1));
    expect(told.isr, 'the last member is never removed').toBe('1');
    told.take(returnBroker(B1, B1), learn(B1));
    expect(told.leader).toBe(B1);
    expect(told.broken).toEqual(['acknowledged-records-survive']);
  });

  test('a process crash loses nothing: the page cache survives', () => {
    const told = story(false).take(loseBroker(B1), returnBroker(B1, B1), learn(B1));
    expect(told.log(B1)).toBe('1@0');
    expect(told.broken).toEqual([]);
  });

  test('no power loss takes records that were flushed one by one', () => {
    const told = story(true);
    expect(told.guard(losePower(B1, 0))).toBe('every record is flushed');
  });

  test('a power loss takes at least one record, or it is a crash', () => {
    const told = story(false);
    expect(told.guard(losePower(B1, 1))).toBe('no record is lost');
    expect(told.take(losePower(B1, 0)).take(returns).log(B1)).toBe('');
  });
});

describe('durability: last replica standing lost its tail, another has the record (brokers=3, minIsr=2)', () => {
  test('the record is lost in a clean election with the recommended settings', () => {
    const told = new ReplicationStory({ bounds: { crashes: 2, powerLosses: 1 } });
    told.take(produce(B1), copy(B2, B1), fetch(B2, B1), loseBroker(B3), learn(B1));
    expect(told.isr).toBe('1 2');
    expect(told.acknowledged).toEqual(['1 at 0']);
    told.take(losePower(B1, 0), loseBroker(B2), fence(B1));
    expect(told.isr).toBe('1');
    told.take(restart(B2));
    expect(told.log(B2)).toBe('1@0');
    expect(told.guard(unfence(B2, B2))).toBe('not an outcome of the election');
    told.take(unfence(B2), returnBroker(B1, B1), learn(B1));
    expect(told.broken).toEqual(['acknowledged-records-survive']);
    // And the good copy follows the bad one.
    told.take(learn(B2), copy(B2, B1));
    expect(told.log(B2)).toBe('');
  });
});

describe('durability: the ISR is below min.insync.replicas (brokers=3, minIsr=2)', () => {
  const loseFollowers = [loseBroker(B2), loseBroker(B3), learn(B1), learn(B1)].flat();

  test('acks=all is refused before anything is appended, acks=1 is not', () => {
    const told = new ReplicationStory({
      config: { acks: ['all', '1'] },
      bounds: { crashes: 2 },
    }).take(loseFollowers);
    expect(told.isrKnownTo(B1)).toBe('1');
    expect(told.guard(produce(B1))).toBe('NOT_ENOUGH_REPLICAS');
    told.take(produce(B1, '1'));
    expect(told.log(B1)).toBe('1@0');
    expect(told.guard(consume(B1))).toBe('there is nothing below the read limit');
  });

  test('the high watermark stands still until a replica has returned (3.7)', () => {
    const told = new ReplicationStory({ bounds: { crashes: 2 } });
    told.take(produce(B1), loseFollowers);
    expect(told.highWatermark(B1)).toBe(0);
    expect(told.broker(B1).waitingProduce.length).toBe(1);
    told.take(returnBroker(B2), copy(B2, B1), fetch(B2, B1));
    expect(told.highWatermark(B1), 'a pending expansion does not open the gate').toBe(0);
    told.take(decide(B1), learn(B1));
    expect(told.isr).toBe('1 2');
    expect(told.highWatermark(B1)).toBe(1);
    expect(told.acknowledged).toEqual(['1 at 0']);
    expect(told.broken).toEqual([]);
  });

  test('before 3.7 it moves on: the producer gets NOT_ENOUGH_REPLICAS_AFTER_APPEND, and the record is read', () => {
    const told = new ReplicationStory({
      config: { highWatermarkNeedsMinIsr: false },
      bounds: { crashes: 2 },
    }).take(produce(B1), loseFollowers);
    expect(told.highWatermark(B1)).toBe(1);
    expect(told.broker(B1).waitingProduce.length).toBe(0);
    expect(told.acknowledged).toEqual([]);
    told.take(consume(B1));
    expect(told.read).toEqual([1]);
    expect(told.broken).toEqual([]);
  });

  test('min.insync.replicas counts no more replicas than there are', () => {
    const told = new ReplicationStory({ config: { brokers: 1 } }).take(produce(B1));
    expect(told.acknowledged).toEqual(['1 at 0']);
  });
});

describe('durability: acks decide what was promised (brokers=2)', () => {
  test.each(['0', '1'] as const)('a record sent with acks=%s is never acknowledged', acks => {
    const told = new ReplicationStory({ config: { brokers: 2, acks: [acks] } });
    told.take(produce(B1, acks), copy(B2, B1), fetch(B2, B1), receive(B2, B1), consume(B1));
    expect(told.broker(B1).waitingProduce.length).toBe(0);
    expect(told.acknowledged).toEqual([]);
    expect(told.read).toEqual([1]);
  });
});
