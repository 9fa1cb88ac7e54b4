import { describe, expect, test } from 'vitest';
import {
  B1,
  B2,
  B3,
  consume,
  copy,
  cut,
  decide,
  fence,
  fetch,
  heal,
  learn,
  pause,
  produce,
  ReplicationStory,
  resume,
  shrink,
  unfence,
} from './replicationStory.ts';

describe('replication: leader cut from the controller goes on appending (brokers=3, minIsr=2)', () => {
  const zombie = () => {
    const told = new ReplicationStory().take(cut(B1, 'controller'), fence(B1));
    expect(told.partition).toBe('leader 2, epoch 1, ISR 2 3');
    expect(told.registration(B1)).toBe('fenced');
    expect(told.doing(B1), 'it does not notice').toBe('running, leading');
    return told.take(learn(B2), learn(B3), produce(B1));
  };

  test('and acknowledges nothing, since no follower copies from it any more', () => {
    const told = zombie();
    expect(told.logs).toEqual(['1@0', '', '']);
    expect(told.partitionKnownTo(B1)).toBe('leader 1, epoch 0, ISR 1 2 3');
    expect(told.guard(fetch(B2, B1))).toBe('the follower does not follow');
    expect(told.guard(fetch(B3, B1))).toBe('the follower knows another leader');
    expect(told.guard(learn(B1))).toBe('the broker is cut off from the controller');
    expect(told.waiting(B1)).toBe(1);
    // It may propose to do without its followers, but the controller does not hear of it.
    told.take(shrink(B1, B2));
    expect(told.guard(decide(B1))).toBe('the sender is cut off from the controller');
    expect(told.highWatermark(B1)).toBe(0);
    expect(told.acknowledged).toEqual([]);
    expect(told.broken).toEqual([]);
  });

  test('and cuts off its tail when it returns', () => {
    const told = zombie().take(produce(B2), copy(B3, B2), fetch(B3, B2), consume(B2, 0));
    expect(told.acknowledged).toEqual(['2 at 0']);
    told.take(heal, unfence(B1), learn(B1));
    expect(told.waiting(B1)).toBe(0);
    told.take(copy(B1, B2));
    expect(told.log(B1)).toBe('');
    told.take(copy(B1, B2), fetch(B1, B2), decide(B2), learn(B2));
    expect(told.log(B1)).toBe('2@1');
    expect(told.partition).toBe('leader 2, epoch 1, ISR 1 2 3');
    expect(told.acknowledged).toEqual(['2 at 0']);
    expect(told.exposed).toEqual([2]);
    expect(told.broken).toEqual([]);
  });

  test('and its stale ISR change is refused when it arrives after all', () => {
    const told = zombie().take(shrink(B1, B2), heal, decide(B1));
    expect(told.partition).toBe('leader 2, epoch 1, ISR 2 3');
    expect(told.pending(B1)).toBe('shrink to 1 3');
    told.take(learn(B1));
    expect(told.pending(B1)).toBe('none');
  });

  test('a follower that has not heard of the election may still copy from it, to no harm', () => {
    const told = new ReplicationStory().take(cut(B1, 'controller'), fence(B1), produce(B1));
    told.take(copy(B2, B1), copy(B3, B1), fetch(B2, B1), fetch(B3, B1));
    // It is committed, rightly so: the elected leader has the record.
    expect(told.acknowledged).toEqual(['1 at 0']);
    told.take(learn(B2), learn(B3));
    expect(told.log(B2)).toBe('1@0');
    expect(told.broken).toEqual([]);
    expect(told.reached).toContain('acknowledged-record-survives-failover');
  });
});

describe('replication: leader cut from the controller, alone in its ISR (brokers=3, minIsr=1)', () => {
  test('goes on committing, and nobody else is elected', () => {
    const told = new ReplicationStory({ config: { minInsyncReplicas: 1 } });
    told.take(produce(B1), shrink(B1), decide(B1), learn(B1));
    expect(told.acknowledged).toEqual(['1 at 0']);
    told.take(cut(B1, 'controller'), fence(B1), produce(B1));
    expect(told.partition).toBe('no leader, epoch 1, ISR 1');
    expect(told.acknowledged).toEqual(['1 at 0', '2 at 1']);
    told.take(heal, unfence(B1)).catchUp();
    expect(told.partition).toBe('leader 1, epoch 2, ISR 1 2 3');
    expect(told.logs).toEqual(['1@0 2@0', '1@0 2@0', '1@0 2@0']);
    expect(told.broken).toEqual([]);
  });
});

describe('replication: leader stands still and goes on (brokers=3, minIsr=2)', () => {
  const paused = () => {
    const told = new ReplicationStory().take(produce(B1), fetch(B2, B1), pause(B1));
    expect(told.guard(produce(B1))).toBe('the broker does not act as leader');
    expect(told.guard(fetch(B3, B1))).toBe('the broker does not answer');
    return told.take(fence(B1), learn(B2), learn(B3), resume(B1));
  };

  test('with its old knowledge: it appends, and acknowledges nothing', () => {
    const told = paused().take(produce(B1));
    expect(told.partition).toBe('leader 2, epoch 1, ISR 2 3');
    expect(told.partitionKnownTo(B1)).toBe('leader 1, epoch 0, ISR 1 2 3');
    expect(told.logs).toEqual(['1@0 2@0', '', '']);
    expect(told.waiting(B1)).toBe(2);
    expect(told.guard(consume(B1, 0))).toBe('there is nothing below the read limit');
    expect(told.acknowledged).toEqual([]);
    expect(told.broken).toEqual([]);
  });

  test('it steps down with the next metadata record, cuts off its tail and joins the ISR again', () => {
    const told = paused().take(learn(B1));
    expect(told.doing(B1)).toBe('running, following');
    expect(told.waiting(B1)).toBe(0);
    expect(told.unresolved, 'the producer does not know').toEqual([1]);
    told.take(produce(B2), unfence(B1)).catchUp();
    expect(told.logs).toEqual(['2@1', '2@1', '2@1']);
    expect(told.partition).toBe('leader 2, epoch 1, ISR 1 2 3');
    expect(told.broken).toEqual([]);
  });

  test('a broker whose heartbeats arrive is not fenced', () => {
    expect(new ReplicationStory().guard(fence(B1))).toBe('its heartbeats arrive');
  });
});
