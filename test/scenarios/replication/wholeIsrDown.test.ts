import { describe, expect, test } from 'vitest';
import { quietScope } from '../../../models/replication/config.ts';
import { everyFew } from '../../long.ts';
import {
  B1,
  B2,
  B3,
  type BrokerName,
  loseBroker,
  produce,
  ReplicationStory,
  returnBroker,
  storiesIn,
} from './replicationStory.ts';

const orders: readonly (readonly BrokerName[])[] = [
  [B1, B2, B3],
  [B1, B3, B2],
  [B2, B1, B3],
  [B2, B3, B1],
  [B3, B1, B2],
  [B3, B2, B1],
];
const pairs = orders.flatMap(down => orders.map(up => ({ down, up })));

interface FallAndRise {
  readonly down: readonly BrokerName[];
  readonly up: readonly BrokerName[];
}

/** All three are killed, each noticed at once, and return in some order. */
function fallAndRise(told: ReplicationStory, { down, up }: FallAndRise): ReplicationStory {
  const last = down[2];
  told.take(produce(B1)).catchUp();
  for (const broker of down) told.take(loseBroker(broker)).catchUp();
  let lastIsBack = false;
  for (const broker of up) {
    told.take(returnBroker(broker));
    lastIsBack ||= broker === last;
    if (!lastIsBack) expect(told.leader).toBe('none');
    told.catchUp();
  }
  expect(told.leader, 'the last one to fall leads again, whoever was back before it').toBe(last);
  return told;
}

describe('replication: the whole ISR is killed and returns in every order (brokers=3)', () => {
  const cases = [
    ['alter-partition', 2],
    ['current', 1],
    ['current', 2],
    ['current-elr', 1],
    ['current-elr', 2],
  ] as const;

  test.each(everyFew(cases, 2))(
    '%s, minIsr=%i: the last one to fall leads, and nothing is lost',
    (generation, minInsyncReplicas) => {
      const begin = storiesIn({
        config: { kafka: generation, minInsyncReplicas },
        bounds: { ...quietScope, crashes: 3 },
      });
      for (const pair of pairs) {
        const told = fallAndRise(begin(), pair);
        expect(told.isr).toBe('1 2 3');
        expect(told.logs).toEqual(['1@0', '1@0', '1@0']);
        expect(told.highWatermarks).toEqual([1, 1, 1]);
        expect(told.broken).toEqual([]);
      }
    },
  );

  test('ELR: the last leader waits as long as an eligible replica may still come back', () => {
    const told = new ReplicationStory({ config: { eligibleLeaderReplicas: true } });
    told.take(produce(B1)).catchUp().take(loseBroker(B1), loseBroker(B2), loseBroker(B3));
    expect(told.partition).toBe('no leader, epoch 3, ISR empty, ELR 2 3, last leader 3');
    // Killed, so out of the ELR; with ELR off the last member of the ISR would lead at once.
    told.take(returnBroker(B3));
    expect(told.partition).toBe('no leader, epoch 3, ISR empty, ELR 2, last leader 3');
    told.take(returnBroker(B1));
    expect(told.leader).toBe('none');
    told.take(returnBroker(B2));
    expect(told.partition).toBe('leader 3, epoch 4, ISR 3, recovering');
    expect(told.catchUp().partition).toBe('leader 3, epoch 4, ISR 1 2 3');
    expect(told.logs).toEqual(['1@0', '1@0', '1@0']);
  });
});
