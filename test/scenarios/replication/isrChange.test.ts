import { describe, expect, test } from 'vitest';
import { isrChangeWithoutEpochs } from '../../../models/replication/defects/isrMembership.ts';
import {
  B1,
  B2,
  B3,
  copy,
  crash,
  cut,
  decide,
  fetch,
  hearAnswer,
  learn,
  loseBroker,
  prefer,
  produce,
  ReplicationStory,
  receive,
  returnBroker,
  type StoryScope,
  shrink,
} from './replicationStory.ts';

/** Broker 2 has left the ISR and has caught up again; its return is proposed, not decided. */
function expansionInFlight(scope: StoryScope = {}): ReplicationStory {
  return new ReplicationStory(scope)
    .take(produce(B1), shrink(B1, B2), decide(B1), learn(B1))
    .take(copy(B2, B1), fetch(B2, B1));
}

describe('replication: an ISR expansion is pending (brokers=3, minIsr=2)', () => {
  test('the high watermark waits for the new member at once', () => {
    const told = expansionInFlight();
    expect(told.pending(B1)).toBe('expand to 1 2 3');
    expect(told.isr).toBe('1 3');
    told.take(produce(B1), copy(B3, B1), copy(B3, B1), fetch(B3, B1));
    expect(told.log(B3)).toBe('1@0 2@0');
    expect(told.highWatermark(B1), 'broker 2 has only record 1').toBe(1);
  });

  test('the controller accepts it, and the leader learns it from the metadata', () => {
    const told = expansionInFlight().take(decide(B1));
    expect(told.isr).toBe('1 2 3');
    expect(told.isrKnownTo(B1)).toBe('1 3');
    expect(told.pending(B1)).toBe('expand to 1 2 3');
    told.take(learn(B1));
    expect(told.isrKnownTo(B1)).toBe('1 2 3');
    expect(told.pending(B1)).toBe('none');
  });

  test('an election makes it stale: FENCED_LEADER_EPOCH', () => {
    const told = expansionInFlight().take(prefer(B3), decide(B1));
    expect(told.partition).toBe('leader 3, epoch 1, ISR 1 3');
    expect(told.pending(B1), 'until newer metadata arrives').toBe('expand to 1 2 3');
    told.take(learn(B1));
    expect(told.pending(B1)).toBe('none');
    expect(told.broken).toEqual([]);
  });

  test('a change of the ISR makes it stale: INVALID_UPDATE_VERSION', () => {
    const told = expansionInFlight().take(loseBroker(B3), decide(B1));
    expect(told.isr).toBe('1');
    expect(told.pending(B1)).toBe('expand to 1 2 3');
    // Once the leader knows the new ISR it proposes again, and is heard.
    told.take(learn(B1));
    expect(told.pending(B1)).toBe('none');
    told.take(receive(B2, B1), fetch(B2, B1), decide(B1));
    expect(told.isr).toBe('1 2');
    expect(told.broken).toEqual([]);
  });

  test('without the comparison of epochs the stale change overwrites the newer one', () => {
    const told = expansionInFlight({ defects: [isrChangeWithoutEpochs] });
    told.take(loseBroker(B3), returnBroker(B3), decide(B1));
    expect(told.isr, 'broker 3 is back in the ISR without having fetched').toBe('1 2 3');
  });

  test('the added replica has been fenced since: INELIGIBLE_REPLICA', () => {
    const told = expansionInFlight().take(loseBroker(B2), decide(B1));
    expect(told.isr).toBe('1 3');
    expect(told.pending(B1)).toBe('expand to 1 2 3');
    told.take(hearAnswer(B1));
    expect(told.pending(B1), 'back to the committed ISR').toBe('none');
  });
});

describe('replication: an ISR shrink is pending (brokers=3, minIsr=2)', () => {
  const story = () =>
    new ReplicationStory().take(produce(B1), copy(B3, B1), fetch(B3, B1)).take(shrink(B1, B2));

  test('does not release the high watermark until the leader knows that it is decided', () => {
    const told = story();
    expect(told.pending(B1)).toBe('shrink to 1 3');
    expect(told.highWatermark(B1)).toBe(0);
    told.take(decide(B1));
    expect(told.isr).toBe('1 3');
    expect(told.highWatermark(B1)).toBe(0);
    told.take(learn(B1));
    expect(told.highWatermark(B1)).toBe(1);
    expect(told.acknowledged).toEqual(['1 at 0']);
    expect(told.broken).toEqual([]);
  });

  test('the removed replica is still elected if the controller has not decided', () => {
    const told = story().take(loseBroker(B1), decide(B1));
    expect(told.partition).toBe('leader 2, epoch 1, ISR 2 3');
    expect(told.acknowledged, 'the record had not been committed without it').toEqual([]);
    told.catchUp();
    expect(told.logs).toEqual(['1@0', '', '']);
    expect(told.broken).toEqual([]);
  });

  test('is one change at a time', () => {
    const told = new ReplicationStory().take(produce(B1), shrink(B1, B2));
    expect(told.guard(shrink(B1, B3))).toBe('an ISR change is pending');
  });

  test('several lagging followers leave at once, and the leader is alone', () => {
    const told = new ReplicationStory().take(produce(B1), shrink(B1), decide(B1), learn(B1));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1');
    expect(told.highWatermark(B1), 'the ISR is below min.insync.replicas').toBe(0);
  });

  test('a follower that has all there is never falls out, dead or not', () => {
    const told = new ReplicationStory();
    told.take(produce(B1), copy(B2, B1), fetch(B2, B1), cut(B2, 'brokers'));
    expect(told.guard(shrink(B1, B2))).toBe('the follower is caught up');
    expect(told.guard(shrink(B1, B3))).toBe('enabled');
  });
});

describe('replication: an ISR shrink bumps the leader epoch only before 3.6 (KAFKA-15021, brokers=3, minIsr=2)', () => {
  test.each([
    ['kip-320', 1],
    ['alter-partition', 1],
    ['current', 0],
    ['current-elr', 0],
  ] as const)('%s: the epoch is %i', (generation, epoch) => {
    const told = new ReplicationStory({ config: { kafka: generation } });
    told.take(produce(B1), shrink(B1, B2)).catchUp();
    expect(told.partition).toMatch(`leader 1, epoch ${epoch}, ISR 1`);
    expect(told.broken).toEqual([]);
  });
});

describe('replication: a member is replaced unnoticed while it is in the ISR (3.9, KIP-903)', () => {
  const story = () =>
    new ReplicationStory({
      config: { kafka: '3.9' },
      bounds: { crashes: 1, isrShrinks: 2 },
    }).take(fetch(B3, B1));

  test('the request names it under its earlier incarnation, and is refused', () => {
    const told = story().take(crash(B3), returnBroker(B3), shrink(B1, B2));
    expect(told.partition, 'nobody has noticed').toBe('leader 1, epoch 0, ISR 1 2 3');
    told.take(decide(B1));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2 3');
    expect(told.take(hearAnswer(B1)).pending(B1)).toBe('none');
    told.take(fetch(B3, B1), shrink(B1, B2), decide(B1));
    expect(told.partition, 'the new incarnation has fetched').toBe('leader 1, epoch 0, ISR 1 3');
    expect(told.broken).toEqual([]);
  });

  test('so is one that is on its way when it is replaced', () => {
    const told = story().take(shrink(B1, B2), crash(B3), returnBroker(B3), decide(B1));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2 3');
  });

  test('one that has not fetched from the leader is named under no epoch', () => {
    const told = new ReplicationStory({
      config: { kafka: '3.9' },
      bounds: { crashes: 1, isrShrinks: 1 },
    });
    told.take(crash(B3), returnBroker(B3), shrink(B1, B2), decide(B1));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 3');
  });
});
