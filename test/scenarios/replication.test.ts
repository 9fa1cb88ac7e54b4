import { describe, expect, test } from 'vitest';
import { truncatesToHighWatermark } from '../../models/defects/truncatesToHighWatermark.ts';
import {
  B1,
  B2,
  B3,
  type BrokerName,
  consume,
  copy,
  crash,
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
  receive,
  restart,
  returnBroker,
  shrink,
  unfence,
} from './replicationStory.ts';

describe('replication: a record is produced, copied, committed and read (brokers=3, minIsr=2)', () => {
  const story = () => new ReplicationStory({ config: {} });

  test('the high watermark follows the slowest member of the ISR', () => {
    const told = story().take(produce(B1), copy(B2, B1), fetch(B2, B1));
    expect(told.log(B1)).toBe('1@0');
    expect(told.log(B2)).toBe('1@0');
    expect(told.highWatermark(B1)).toBe(0);
    told.take(copy(B3, B1));
    expect(told.highWatermark(B1)).toBe(0);
    expect(told.acknowledged).toEqual([]);
    expect(told.guard(consume(B1))).toBe('there is nothing below the read limit');
    // Only by asking for offset 1 does a follower say that it has offset 0.
    told.take(fetch(B3, B1));
    expect(told.highWatermark(B1)).toBe(1);
    expect(told.acknowledged).toEqual(['1 at 0']);
    told.take(consume(B1));
    expect(told.read).toEqual([1]);
    expect(told.broken).toEqual([]);
  });

  test('a follower hears of the high watermark one fetch later', () => {
    const told = story().take(produce(B1), copy(B2, B1), copy(B3, B1), copy(B2, B1), copy(B3, B1));
    expect(told.highWatermark(B1)).toBe(1);
    // The answer to the fetch that moved it still says 0.
    expect([told.highWatermark(B2), told.highWatermark(B3)]).toEqual([0, 0]);
    told.take(copy(B2, B1), copy(B3, B1));
    expect([told.highWatermark(B2), told.highWatermark(B3)]).toEqual([1, 1]);
    expect(told.guard(fetch(B2, B1))).toBe('the leader has nothing new to say');
  });

  test('a broker that does not lead serves no client', () => {
    expect(story().guard(produce(B2))).toBe('the broker does not act as leader');
    expect(story().guard(consume(B2))).toBe('the broker does not act as leader');
  });
});

describe('replication: leader crashes after append, before high watermark (brokers=3, minIsr=2)', () => {
  test('the record may survive although nobody acknowledged it', () => {
    const told = new ReplicationStory({ bounds: { crashes: 1 } });
    told.take(produce(B1), copy(B2, B1), loseBroker(B1, B2), learn(B2));
    expect(told.log(B2)).toBe('1@0');
    told.take(learn(B3), copy(B3, B2), fetch(B3, B2));
    expect(told.highWatermark(B2)).toBe(1);
    // A failed send is not an absent record: it becomes readable without an acknowledgement.
    told.take(consume(B2));
    expect(told.read).toEqual([1]);
    expect(told.acknowledged).toEqual([]);
    expect(told.broken).toEqual([]);
  });

  test('or it is truncated', () => {
    const told = new ReplicationStory({ bounds: { crashes: 1 } });
    told.take(produce(B1), copy(B2, B1), loseBroker(B1, B3), learn(B2), learn(B3));
    expect(told.leader).toBe(B3);
    told.take(copy(B2, B3));
    expect(told.log(B2)).toBe('');
    expect(told.broken).toEqual([]);
  });
});

describe('replication: two elections before a follower hears of the high watermark (KIP-101, brokers=3)', () => {
  const bounds = { preferredElections: 2 };
  const steps = [
    produce(B1),
    ...copy(B2, B1),
    fetch(B2, B1),
    ...copy(B3, B1),
    fetch(B3, B1),
    prefer(B2),
    learn(B3),
    prefer(B3),
    learn(B3),
  ];

  test('keeps the record, since a follower truncates by leader epoch', () => {
    const told = new ReplicationStory({ bounds }).take(steps);
    expect(told.acknowledged).toEqual(['1 at 0']);
    expect(told.leader).toBe(B3);
    expect(told.log(B3)).toBe('1@0');
    expect(told.broken).toEqual([]);
    expect(told.reached).toContain('acknowledged-record-survives-failover');
  });

  test('loses it when a follower truncates to its own high watermark', () => {
    const told = new ReplicationStory({ bounds, defects: [truncatesToHighWatermark] }).take(steps);
    expect(told.acknowledged).toEqual(['1 at 0']);
    expect(told.log(B3)).toBe('');
    expect(told.broken).toEqual(['acknowledged-records-survive']);
    expect(told.steps).toHaveLength(11);
  });
});

describe('replication: leader cut from the controller goes on appending (brokers=3, minIsr=2)', () => {
  const zombie = () =>
    new ReplicationStory({ bounds: { records: 2, partitions: 1, isrShrinks: 1 } })
      .take(cut(B1, 'controller'), fence(B1, B2), learn(B2), learn(B3))
      .take(produce(B1));

  test('and acknowledges nothing, since no follower copies from it any more', () => {
    const told = zombie();
    expect(told.leader).toBe(B2);
    expect(told.log(B1)).toBe('1@0');
    expect(told.guard(fetch(B2, B1))).toBe('the follower does not follow');
    expect(told.guard(fetch(B3, B1))).toBe('the follower knows another leader');
    expect(told.broker(B1).waitingProduce.length).toBe(1);
    expect(told.highWatermark(B1)).toBe(0);
    // It may propose to do without its followers, but the controller does not hear of it.
    told.take(shrink(B1, B2));
    expect(told.guard(decide(B1))).toBe('the sender is cut off from the controller');
    expect(told.highWatermark(B1)).toBe(0);
    expect(told.acknowledged).toEqual([]);
  });

  test('and cuts off its tail when it returns', () => {
    const told = zombie().take(produce(B2), copy(B3, B2), fetch(B3, B2), consume(B2));
    expect(told.acknowledged).toEqual(['2 at 0']);
    told.take(heal, unfence(B1), learn(B1));
    expect(told.broker(B1).waitingProduce.length).toBe(0);
    told.take(copy(B1, B2));
    expect(told.log(B1)).toBe('');
    told.take(copy(B1, B2), fetch(B1, B2), decide(B2), learn(B2));
    expect(told.log(B1)).toBe('2@1');
    expect(told.isr).toBe('1 2 3');
    expect(told.acknowledged).toEqual(['2 at 0']);
    expect(told.read).toEqual([2]);
    expect(told.broken).toEqual([]);
  });

  test('and its stale ISR change is refused when it arrives after all', () => {
    const told = zombie().take(shrink(B1, B2), heal, decide(B1));
    expect(told.isr).toBe('2 3');
    expect(told.leader).toBe(B2);
  });
});

describe('replication: brokers restart one after the other (brokers=3, minIsr=2, crashes=3)', () => {
  /** Stops and starts a broker while the others go on, and lets it catch up to the ISR. */
  const bounce = (broker: BrokerName, leader: BrokerName, others: readonly BrokerName[]) => [
    loseBroker(broker, broker === leader ? (others[0] ?? 'none') : 'none'),
    others.map(learn),
    returnBroker(broker),
  ];

  test('everything is kept and the ISR becomes whole again', () => {
    const told = new ReplicationStory({ bounds: { records: 2, crashes: 3 } });
    told.take(produce(B1), copy(B2, B1), copy(B3, B1), fetch(B2, B1), fetch(B3, B1));
    expect(told.acknowledged).toEqual(['1 at 0']);
    told.take(receive(B2, B1), receive(B3, B1));
    for (const [broker, other] of [
      [B2, B3],
      [B3, B2],
    ] as const) {
      told.take(bounce(broker, B1, [B1, other]).flat());
      expect(told.isr).toBe(`1 ${other.at(-1)}`);
      told.take(copy(broker, B1), decide(B1), learn(B1), learn(other), learn(broker));
      expect(told.isr).toBe('1 2 3');
    }
    told.take(bounce(B1, B1, [B2, B3]).flat());
    expect(told.leader).toBe(B2);
    expect(told.isr).toBe('2 3');
    told.take(produce(B2), copy(B3, B2), fetch(B3, B2));
    expect(told.acknowledged).toEqual(['1 at 0', '2 at 1']);
    told.take(copy(B1, B2), fetch(B1, B2), decide(B2), learn(B2));
    expect(told.isr).toBe('1 2 3');
    expect(told.log(B1)).toBe('1@0 2@1');
    told.take(consume(B2), consume(B2));
    expect(told.read).toEqual([1, 2]);
    expect(told.broken).toEqual([]);
    expect(told.reached).toContain('isr-shrinks-and-expands-again');
  });

  test('a broker is not registered again while its old session is valid', () => {
    const told = new ReplicationStory({ bounds: { crashes: 1 } }).take(crash(B2));
    expect(told.guard(restart(B2))).toBe('DUPLICATE_BROKER_REGISTRATION');
    expect(told.take(fence(B2)).guard(restart(B2))).toBe('enabled');
  });
});

describe('replication: logs diverge in an epoch that the follower skips (brokers=2, elections=3)', () => {
  const story = () =>
    new ReplicationStory({
      config: { brokers: 2, acks: ['all', '1'] },
      bounds: { records: 5, preferredElections: 3 },
    })
      .take(produce(B1), copy(B2, B1), produce(B1, '1'))
      .take(prefer(B2), learn(B2), produce(B2, '1'), produce(B2, '1'))
      .take(prefer(B1), learn(B1), learn(B1), produce(B1, '1'))
      .take(prefer(B2), learn(B2), learn(B2), learn(B1));

  test('two rounds of truncation find the point of divergence', () => {
    const told = story();
    expect(told.log(B1)).toBe('1@0 2@0 5@2');
    expect(told.log(B2)).toBe('1@0 3@1 4@1');
    // Epoch 2 is unknown to the leader, which answers for epoch 1; the follower has no epoch 1.
    told.take(copy(B1, B2));
    expect(told.log(B1)).toBe('1@0 2@0');
    told.take(copy(B1, B2));
    expect(told.log(B1)).toBe('1@0');
    told.take(copy(B1, B2), copy(B1, B2));
    expect(told.log(B1)).toBe('1@0 3@1 4@1');
    expect(told.broken).toEqual([]);
    expect(told.reached).toContain('log-truncated');
  });

  test('a diverging answer leaves what the leader knows of the follower as it was', () => {
    const told = story().take(fetch(B1, B2));
    expect(told.knownEndOffset(B2, B1)).toBeUndefined();
    expect(told.highWatermark(B2)).toBe(0);
  });
});

describe('replication: an answer arrives after the leader has changed (brokers=3)', () => {
  test('it is dropped, whatever it carries', () => {
    const told = new ReplicationStory({ bounds: { preferredElections: 1 } });
    told.take(produce(B1), fetch(B2, B1), prefer(B3), learn(B2), receive(B2, B1));
    expect(told.log(B2)).toBe('');
  });

  test('it is dropped by a follower that has become the leader', () => {
    const told = new ReplicationStory({ bounds: { preferredElections: 1 } });
    told.take(produce(B1), fetch(B2, B1), prefer(B2), learn(B2), receive(B2, B1));
    expect(told.log(B2)).toBe('');
  });

  test('it is taken by a follower that has not heard of the change', () => {
    const told = new ReplicationStory({ bounds: { preferredElections: 1 } });
    told.take(produce(B1), fetch(B2, B1), prefer(B3), receive(B2, B1));
    expect(told.log(B2)).toBe('1@0');
    // Once it has, the record is cut off again: the new leader does not have it.
    told.take(learn(B2), learn(B3), copy(B2, B3));
    expect(told.log(B2)).toBe('');
    expect(told.broken).toEqual([]);
  });
});
