import { describe, expect, test } from 'vitest';
import {
  B1,
  B2,
  B3,
  copy,
  crash,
  cut,
  cutLink,
  decide,
  fence,
  fetch,
  heal,
  learn,
  loseBroker,
  loseMessage,
  missHeartbeats,
  produce,
  ReplicationStory,
  receive,
  shrink,
  unfence,
} from './replicationStory.ts';

describe('replication: heartbeats arrive and metadata does not (brokers=3, minIsr=2)', () => {
  /** The leader learns nothing of what the controller decides, and is not fenced. */
  const deaf = () => {
    const told = new ReplicationStory().take(cut(B1, 'fromController'), loseBroker(B2));
    expect(told.guard(fence(B1))).toBe('its heartbeats arrive');
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 3');
    expect(told.guard(learn(B1))).toBe('the broker is cut off from the controller');
    return told.take(produce(B1), copy(B3, B1), fetch(B3, B1));
  };

  test('acks=all waits for a follower that has left the ISR long since', () => {
    const told = deaf();
    expect(told.isrKnownTo(B1)).toBe('1 2 3');
    expect(told.highWatermark(B1)).toBe(0);
    // Its own proposal is built on what it knows, and refused: INVALID_UPDATE_VERSION.
    told.take(shrink(B1, B2), decide(B1));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 3');
    expect(told.pending(B1)).toBe('shrink to 1 3');
    expect(told.acknowledged).toEqual([]);
    told.take(heal, learn(B1));
    expect(told.acknowledged).toEqual(['1 at 0']);
    expect(told.broken).toEqual([]);
  });

  test('a leader whose heartbeats are lost is fenced, and does not hear of it', () => {
    const told = new ReplicationStory().take(cut(B1, 'toController'), produce(B1), fence(B1));
    expect(told.partition).toBe('leader 2, epoch 1, ISR 2 3');
    expect(told.guard(learn(B1)), 'fetching metadata takes a request').toBe(
      'the broker is cut off from the controller',
    );
    expect(told.doing(B1)).toBe('running, leading');
    told.take(heal, learn(B1), unfence(B1)).catchUp();
    expect(told.partition).toBe('leader 2, epoch 1, ISR 1 2 3');
    expect(told.log(B1)).toBe('');
    expect(told.broken).toEqual([]);
  });

  test('an elected leader that hears nothing keeps the partition from being served', () => {
    const told = new ReplicationStory().take(produce(B1)).catchUp();
    told.take(cut(B2, 'fromController'), loseBroker(B1)).catchUp();
    expect(told.partition).toBe('leader 2, epoch 1, ISR 2 3');
    expect(told.guard(produce(B2))).toBe('the broker does not act as leader');
    expect(told.guard(fence(B2))).toBe('its heartbeats arrive');
    expect(told.guard(fetch(B3, B2))).toBe('UNKNOWN_LEADER_EPOCH');
    told.take(heal).catchUp().take(produce(B2)).catchUp();
    expect(told.acknowledged).toEqual(['1 at 0', '2 at 1']);
  });
});

describe('replication: a link is cut one way (brokers=3, minIsr=2)', () => {
  test('the leader hears a follower whose answers are lost: it lags, and leaves the ISR', () => {
    const told = new ReplicationStory().take(cutLink(B1, B2), produce(B1), fetch(B2, B1));
    expect(told.knownEndOffset(B1, B2)).toBe(0);
    expect(told.guard(receive(B2, B1))).toBe('no answer is in flight');
    told.take(copy(B3, B1), fetch(B3, B1));
    expect(told.acknowledged).toEqual([]);
    told.take(shrink(B1, B2), decide(B1), learn(B1));
    expect(told.acknowledged).toEqual(['1 at 0']);
    // It asks for the same offset for ever, which is below the high watermark.
    expect(told.catchUp().isr).toBe('1 3');
    expect(told.take(heal).catchUp().isr).toBe('1 2 3');
    expect(told.logs).toEqual(['1@0', '1@0', '1@0']);
    expect(told.broken).toEqual([]);
  });

  test('the leader does not hear a follower, which it could reach', () => {
    const told = new ReplicationStory().take(cutLink(B2, B1), produce(B1));
    expect(told.guard(fetch(B2, B1))).toBe('the brokers are cut off');
    expect(told.guard(fetch(B3, B1))).toBe('enabled');
    told.catchUp();
    expect(told.logs).toEqual(['1@0', '', '1@0']);
    expect(told.acknowledged).toEqual([]);
    told.take(shrink(B1, B2)).catchUp();
    expect(told.acknowledged).toEqual(['1 at 0']);
    expect(told.broken).toEqual([]);
  });

  test('an answer is lost with its connection: the follower fetches again', () => {
    const told = new ReplicationStory().take(produce(B1), fetch(B2, B1));
    told.take(loseMessage('fetchResponse', B1, B2));
    expect(told.guard(receive(B2, B1))).toBe('no answer is in flight');
    expect(told.knownEndOffset(B1, B2), 'nothing was credited').toBe(0);
    expect(told.catchUp().acknowledged).toEqual(['1 at 0']);
    expect(told.broken).toEqual([]);
  });
});

describe('replication: leader cut from its followers, not from the controller (brokers=3)', () => {
  const alone = (minInsyncReplicas: number) =>
    new ReplicationStory({ config: { minInsyncReplicas } })
      .take(cut(B1, 'brokers'), produce(B1), shrink(B1))
      .catchUp();

  test('minIsr=1: it is left alone in the ISR, and commits alone', () => {
    const told = alone(1);
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1');
    expect(told.acknowledged).toEqual(['1 at 0']);
    told.take(heal).catchUp();
    expect(told.isr).toBe('1 2 3');
    expect(told.logs).toEqual(['1@0', '1@0', '1@0']);
    expect(told.broken).toEqual([]);
  });

  test('minIsr=2: it stays the leader, and takes no acks=all', () => {
    const told = alone(2);
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1');
    expect(told.acknowledged).toEqual([]);
    expect(told.guard(produce(B1))).toBe('NOT_ENOUGH_REPLICAS');
    expect(told.guard(fence(B1)), 'nobody takes over').toBe('its heartbeats arrive');
    expect(told.take(heal).catchUp().acknowledged).toEqual(['1 at 0']);
    expect(told.broken).toEqual([]);
  });
});

describe('replication: the controller misses the heartbeats of a live leader (brokers=3, minIsr=2)', () => {
  test('the leadership moves although nothing is broken, and nothing is lost', () => {
    const told = new ReplicationStory().take(produce(B1)).catchUp().take(missHeartbeats(B1));
    expect(told.partition).toBe('leader 2, epoch 1, ISR 2 3');
    expect(told.guard(missHeartbeats(B1))).toBe('the broker is fenced already');
    told.take(unfence(B1)).catchUp();
    expect(told.partition).toBe('leader 2, epoch 1, ISR 1 2 3');
    expect(told.logs).toEqual(['1@0', '1@0', '1@0']);
    expect(told.broken).toEqual([]);
  });

  test('a broker that is dead does not miss them, it is fenced', () => {
    const told = new ReplicationStory().take(crash(B2));
    expect(told.guard(missHeartbeats(B2))).toBe('it sends no heartbeats that arrive');
    expect(told.guard(fence(B2))).toBe('enabled');
  });
});
