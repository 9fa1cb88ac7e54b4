import { describe, expect, test } from 'vitest';
import { isrChangeWithoutEpochs } from '../../models/defects/isrChangeWithoutEpochs.ts';
import type { Scope } from '../models/replication/scope.ts';
import {
  B1,
  B2,
  B3,
  copy,
  cut,
  decide,
  fence,
  fetch,
  heal,
  learn,
  loseBroker,
  losePower,
  prefer,
  produce,
  ReplicationStory,
  receive,
  returnBroker,
  shrink,
  unfence,
} from './replicationStory.ts';

/** Broker 2 has left the ISR and has caught up again; its return is proposed, not decided. */
function expansionInFlight(scope: Scope): ReplicationStory {
  return new ReplicationStory(scope)
    .take(produce(B1), shrink(B1, B2), decide(B1), learn(B1))
    .take(copy(B2, B1), fetch(B2, B1));
}

describe('isr: an expansion is pending (brokers=3)', () => {
  const bounds = { crashes: 1, powerLosses: 1, isrShrinks: 1, preferredElections: 1 };

  test('the high watermark waits for the new member at once', () => {
    const told = expansionInFlight({ bounds: { ...bounds, records: 2 } });
    expect(told.broker(B1).pendingIsr.change).toBe('expand');
    expect(told.isr).toBe('1 3');
    told.take(produce(B1), copy(B3, B1), copy(B3, B1), fetch(B3, B1));
    expect(told.log(B3)).toBe('1@0 2@0');
    expect(told.highWatermark(B1), 'broker 2 has only record 1').toBe(1);
  });

  test('the controller accepts it, and the leader learns it from the metadata', () => {
    const told = expansionInFlight({ bounds }).take(decide(B1));
    expect(told.isr).toBe('1 2 3');
    expect(told.isrKnownTo(B1)).toBe('1 3');
    expect(told.broker(B1).pendingIsr.change).toBe('expand');
    told.take(learn(B1));
    expect(told.isrKnownTo(B1)).toBe('1 2 3');
    expect(told.broker(B1).pendingIsr.change).toBe('none');
  });

  test('an election makes it stale: FENCED_LEADER_EPOCH', () => {
    const told = expansionInFlight({ bounds }).take(prefer(B3), decide(B1));
    expect(told.isr).toBe('1 3');
    expect(told.broker(B1).pendingIsr.change, 'until newer metadata arrives').toBe('expand');
    told.take(learn(B1));
    expect(told.broker(B1).pendingIsr.change).toBe('none');
    expect(told.broken).toEqual([]);
  });

  test('a change of the ISR makes it stale: INVALID_UPDATE_VERSION', () => {
    const told = expansionInFlight({ bounds }).take(loseBroker(B3), decide(B1));
    expect(told.isr).toBe('1');
    // Once the leader knows the new ISR it proposes again, and is heard.
    told.take(learn(B1));
    expect(told.broker(B1).pendingIsr.change).toBe('none');
    told.take(receive(B2, B1), fetch(B2, B1));
    told.take(decide(B1));
    expect(told.isr).toBe('1 2');
    expect(told.broken).toEqual([]);
  });

  test('without the comparison of epochs the stale change overwrites the newer one', () => {
    const told = expansionInFlight({ bounds, defects: [isrChangeWithoutEpochs] });
    told.take(loseBroker(B3), returnBroker(B3), decide(B1));
    expect(told.isr, 'broker 3 is back in the ISR without having fetched').toBe('1 2 3');
  });

  test('the added replica has restarted since: INELIGIBLE_REPLICA (KIP-903)', () => {
    const told = expansionInFlight({ bounds }).take(copy(B3, B1), fetch(B3, B1));
    expect(told.acknowledged).toEqual(['1 at 0']);
    told.take(losePower(B2, 0), fence(B2), returnBroker(B2));
    expect(told.isr, 'fencing a replica outside the ISR changes nothing').toBe('1 3');
    told.take(decide(B1));
    expect(told.isr).toBe('1 3');
    expect(told.broker(B1).pendingIsr.change, 'back to the committed ISR').toBe('none');
    // The new incarnation joins once it has caught up itself.
    told.take(copy(B2, B1));
    expect(told.broker(B1).pendingIsr.change).toBe('none');
    told.take(fetch(B2, B1), decide(B1));
    expect(told.isr).toBe('1 2 3');
    expect(told.broken).toEqual([]);
  });

  test('the added replica is fenced: INELIGIBLE_REPLICA (KIP-841)', () => {
    const told = expansionInFlight({ bounds }).take(loseBroker(B2), decide(B1));
    expect(told.isr).toBe('1 3');
    expect(told.broker(B1).pendingIsr.change).toBe('none');
  });
});

describe('isr: a shrink is pending (brokers=3)', () => {
  const story = () =>
    new ReplicationStory({ bounds: { isrShrinks: 1, partitions: 1 } })
      .take(produce(B1), copy(B3, B1), fetch(B3, B1))
      .take(shrink(B1, B2));

  test('does not release the high watermark until the leader knows that it is decided', () => {
    const told = story();
    expect(told.highWatermark(B1)).toBe(0);
    told.take(decide(B1));
    expect(told.isr).toBe('1 3');
    expect(told.highWatermark(B1)).toBe(0);
    told.take(learn(B1));
    expect(told.highWatermark(B1)).toBe(1);
    expect(told.acknowledged).toEqual(['1 at 0']);
  });

  test('is one change at a time', () => {
    expect(story().guard(shrink(B1, B2))).toBe('no isrShrinks are left in this scope');
    const told = new ReplicationStory({ bounds: { isrShrinks: 2 } }).take(
      produce(B1),
      shrink(B1, B2),
    );
    expect(told.guard(shrink(B1, B3))).toBe('an ISR change is pending');
  });

  test('a follower that has all there is never falls out, dead or not', () => {
    const told = new ReplicationStory({ bounds: { isrShrinks: 1, partitions: 1 } });
    told.take(produce(B1), copy(B2, B1), fetch(B2, B1), cut(B2, 'brokers'));
    expect(told.guard(shrink(B1, B2))).toBe('the follower is caught up');
  });
});

describe('isr: a live broker is fenced and does not notice (brokers=3)', () => {
  test('it leaves the ISR and comes back as it was', () => {
    const told = new ReplicationStory({ bounds: { partitions: 1 } });
    told.take(cut(B2, 'controller'), fence(B2), learn(B1));
    expect(told.isr).toBe('1 3');
    expect(told.broker(B2).process.state).toBe('running');
    // It goes on fetching, but a fenced broker is not proposed for the ISR.
    told.take(fetch(B2, B1));
    expect(told.broker(B1).pendingIsr.change).toBe('none');
    told.take(receive(B2, B1), heal, unfence(B2));
    told.take(fetch(B2, B1), decide(B1));
    expect(told.isr).toBe('1 2 3');
  });
});
