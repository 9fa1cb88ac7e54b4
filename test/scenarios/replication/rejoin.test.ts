import { describe, expect, test } from 'vitest';
import type { Generation } from '../../../models/replication/generation.ts';
import type { ReplicationDefect } from '../../../models/replication/rules.ts';
import {
  B1,
  B2,
  B3,
  copy,
  crash,
  cut,
  decide,
  fence,
  fetch,
  heal,
  hearAnswer,
  learn,
  leave,
  losePower,
  prefer,
  produce,
  ReplicationStory,
  receive,
  receiveFetch,
  recordLost,
  register,
  restart,
  returnBroker,
  type StoryScope,
  sendFetch,
  shrink,
  start,
  unfence,
} from './replicationStory.ts';

/** The rules of KIP-903 taken away: a replaced follower cannot be told from the one before it. */
const withoutBrokerEpochs: ReplicationDefect = {
  name: 'without-broker-epochs',
  statement: 'Neither a fetch nor a proposed ISR member is held to its broker epoch.',
  source: 'KIP-903',
  rules: { fetchNeedsBrokerEpoch: false, checksBrokerEpochOfMembers: false },
  caughtBy: 'acknowledged-records-survive',
};

describe('replication: a live broker is fenced and does not notice (KIP-841, brokers=3, minIsr=2)', () => {
  const fenced = (generation: Generation) => {
    const told = new ReplicationStory({ config: { kafka: generation } });
    told.take(cut(B2, 'toController'), fence(B2), learn(B1));
    expect(told.isr).toBe('1 3');
    expect(told.doing(B2)).toBe('running, following');
    return told;
  };

  test('it goes on fetching, is not proposed for the ISR, and comes back as it was', () => {
    const told = fenced('current').take(fetch(B2, B1));
    expect(told.pending(B1)).toBe('none');
    told.take(receive(B2, B1), produce(B1)).catchUp();
    expect(told.log(B2)).toBe('1@0');
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 3');
    expect(told.acknowledged).toEqual(['1 at 0']);
    told.take(heal, unfence(B2)).catchUp();
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2 3');
    expect(told.broken).toEqual([]);
  });

  test('before 2.7 it enters the ISR again, where the controller does not look for it any more', () => {
    const told = fenced('kip-320').take(heal, learn(B2), fetch(B2, B1));
    expect(told.registration(B2)).toBe('fenced');
    expect(told.isr).toBe('1 2 3');
    told.take(receive(B2, B1), crash(B2));
    expect(told.guard(fence(B2))).toBe('the broker is fenced already');
    // So acks=all waits for a dead broker, until the leader itself finds it lagging.
    told.take(produce(B1)).catchUp();
    expect(told.acknowledged).toEqual([]);
    told.take(shrink(B1, B2)).catchUp();
    expect(told.acknowledged).toEqual(['1 at 0']);
    expect(told.broken).toEqual([]);
  });
});

describe('replication: the controller refuses a member that is not eligible (KIP-841, brokers=3, minIsr=2)', () => {
  /** The leader has proposed broker 2, which has all there is. */
  const proposed = () => {
    const told = new ReplicationStory().take(produce(B1), shrink(B1, B2), decide(B1), learn(B1));
    told.take(copy(B2, B1), fetch(B2, B1), receive(B2, B1));
    expect(told.pending(B1)).toBe('expand to 1 2 3');
    return told;
  };

  test.each([
    ['fenced', [cut(B2, 'toController'), fence(B2)]],
    ['in controlled shutdown', leave(B2)],
  ])('a broker that is %s by now', (_, becomes) => {
    const told = proposed().take(becomes);
    expect(told.isr, 'it was not in the ISR, so nothing changes').toBe('1 3');
    expect(told.guard(hearAnswer(B1))).toBe('no answer is in flight');
    told.take(decide(B1));
    expect(told.isr).toBe('1 3');
    expect(told.pending(B1)).toBe('expand to 1 2 3');
    told.take(hearAnswer(B1));
    expect(told.pending(B1)).toBe('none');
    // Its next fetch changes nothing: the leader asks only for brokers that are active.
    expect(told.catchUp().isr).toBe('1 3');
    expect(told.broken).toEqual([]);
  });

  test('a refused member is waited for until the leader next looks at its high watermark', () => {
    const told = proposed().take(produce(B1), crash(B2), fence(B2), decide(B1)).catchUp();
    expect(told.pending(B1)).toBe('none');
    expect(told.logs).toEqual(['1@0 2@0', '1@0', '1@0 2@0']);
    // Going back to the committed ISR is not one of the occasions; the next record is.
    expect(told.acknowledged).toEqual(['1 at 0']);
    told.take(produce(B1)).catchUp();
    expect(told.acknowledged).toEqual(['1 at 0', '2 at 1', '3 at 2']);
  });
});

describe('replication: the added replica has been replaced by an empty one (KIP-903, brokers=3, minIsr=2)', () => {
  test('the proposal names the broker epoch of the incarnation that had fetched', () => {
    const told = new ReplicationStory({ bounds: { powerLosses: 1 } });
    told.take(produce(B1), shrink(B1, B2), decide(B1), learn(B1), copy(B2, B1), fetch(B2, B1));
    told.take(copy(B3, B1), fetch(B3, B1));
    expect(told.acknowledged).toEqual(['1 at 0']);
    told.take(losePower(B2, 0), fence(B2), returnBroker(B2));
    expect(told.isr, 'fencing a replica outside the ISR changes nothing').toBe('1 3');
    told.take(decide(B1));
    expect(told.isr).toBe('1 3');
    told.take(hearAnswer(B1));
    expect(told.pending(B1), 'back to the committed ISR').toBe('none');
    // The new incarnation joins once it has caught up itself.
    told.take(copy(B2, B1));
    expect(told.pending(B1)).toBe('none');
    told.take(fetch(B2, B1), decide(B1));
    expect(told.isr).toBe('1 2 3');
    expect(told.broken).toEqual([]);
  });

  /** A fetch for offset 1 is on its way while broker 2 loses its log and comes back empty. */
  const lateFetch = ({ config, defects = [] }: StoryScope) => {
    const told = new ReplicationStory({
      config: { ...config, requestsInFlight: true },
      bounds: { powerLosses: 1 },
      defects,
    });
    told.take(produce(B1), sendFetch(B2, B1), receiveFetch(B2, B1), receive(B2, B1));
    expect(told.logs).toEqual(['1@0', '1@0', '']);
    told.take(sendFetch(B2, B1), losePower(B2, 0), fence(B2), returnBroker(B2), learn(B1));
    expect(told.logs).toEqual(['1@0', '', '']);
    expect(told.isr).toBe('1 3');
    return told.take(receiveFetch(B2, B1)).catchUp();
  };

  test.each([
    ['current', 'it has the broker epoch of the incarnation before'],
    ['kip-320', 'every shrink of the ISR made a new leader epoch, which hid the case'],
  ] as const)('%s: its late fetch request is refused, for %s', (generation, _why) => {
    const told = lateFetch({ config: { kafka: generation } });
    expect(told.knownEndOffset(B1, B2)).toBe(0);
    expect(told.isr).toBe('1 3');
    expect(told.broken).toEqual([]);
  });

  test('it counts while the new incarnation is fenced, and its answer is lost', () => {
    const told = new ReplicationStory({
      config: { requestsInFlight: true },
      bounds: { crashes: 1 },
    });
    told.take(produce(B1), sendFetch(B2, B1), receiveFetch(B2, B1), receive(B2, B1));
    told.take(sendFetch(B2, B1), crash(B2), restart(B2), register(B2));
    expect(told.knownEndOffset(B1, B2)).toBe(0);
    // The leader's metadata has the epoch of a fenced broker nowhere where fetches are held to it.
    told.take(receiveFetch(B2, B1));
    expect(told.knownEndOffset(B1, B2)).toBe(1);
    expect(told.guard(receive(B2, B1))).toBe('no answer is in flight');
    expect(told.broken).toEqual([]);
  });

  test.each([
    ['without broker epochs', { defects: [withoutBrokerEpochs] }],
    ['kip-279, before any fence of a fetch', { config: { kafka: 'kip-279' } }],
  ] as const)('%s: the late request puts the empty replica into the ISR', (_, scope) => {
    const told = lateFetch(scope);
    expect(told.knownEndOffset(B1, B2)).toBe(1);
    expect(told.isr).toBe('1 2 3');
    expect(told.log(B2)).toBe('');
    // The record is committed without it, and lost in the next clean election.
    told.take(sendFetch(B3, B1), receiveFetch(B3, B1), receive(B3, B1));
    told.take(sendFetch(B3, B1), receiveFetch(B3, B1));
    expect(told.acknowledged).toEqual(['1 at 0']);
    told.take(prefer(B2)).catchUp();
    expect(told.broken).toEqual(expect.arrayContaining(recordLost));
  });
});

describe('replication: a restarted replica rejoins with all that is committed (brokers=3, minIsr=2)', () => {
  test('the leader proposes it at the high watermark, not at the end of the log', () => {
    const told = new ReplicationStory().take(produce(B1)).catchUp();
    told.take(crash(B2), fence(B2), learn(B1), produce(B1), copy(B3, B1), fetch(B3, B1));
    expect(told.highWatermark(B1)).toBe(2);
    told.take(start(B2), fetch(B2, B1), receive(B2, B1));
    expect(told.log(B2)).toBe('1@0 2@0');
    expect(told.pending(B1), 'it was fenced').toBe('none');
    told.take(unfence(B2), produce(B1), fetch(B2, B1));
    expect(told.pending(B1), 'record 3 is not committed yet').toBe('expand to 1 2 3');
    told.take(decide(B1));
    expect(told.isr).toBe('1 2 3');
    expect(told.catchUp().acknowledged).toEqual(['1 at 0', '2 at 1', '3 at 2']);
    expect(told.broken).toEqual([]);
  });
});
