import { describe, expect, test } from 'vitest';
import type { Generation } from '../../../models/replication/generation.ts';
import {
  askEpochEnd,
  B1,
  B2,
  copy,
  fetch,
  learn,
  prefer,
  produce,
  ReplicationStory,
  receive,
} from './replicationStory.ts';

/** Broker 1 leads in epochs 0 and 2, broker 2 in 1 and 3; each leaves a tail that nobody copied. */
function fastChanges(generation: Generation): ReplicationStory {
  const told = new ReplicationStory({
    config: { brokers: 2, acks: ['all', '1'], kafka: generation },
    bounds: { records: 6 },
  })
    .take(produce(B1), copy(B2, B1), produce(B1, '1'))
    .take(prefer(B2), learn(B2), produce(B2, '1'), produce(B2, '1'))
    .take(prefer(B1), learn(B1), learn(B1), produce(B1, '1'))
    .take(prefer(B2), learn(B2), learn(B2), learn(B1));
  expect(told.partition).toBe('leader 2, epoch 3, ISR 1 2');
  expect(told.logs).toEqual(['1@0 2@0 5@2', '1@0 3@1 4@1']);
  return told;
}

describe('replication: logs diverge in an epoch that the follower skips (KIP-279, brokers=2, minIsr=2)', () => {
  test('kip-101: one answer without an epoch leaves the logs different for ever', () => {
    const told = fastChanges('kip-101');
    expect(told.doing(B1)).toBe('running, truncating');
    // Of epoch 2 the leader knows only that the newest one before it ends at 3.
    told.take(askEpochEnd(B1, B2));
    expect(told.doing(B1)).toBe('running, following');
    expect(told.log(B1)).toBe('1@0 2@0 5@2');
    told.take(produce(B2)).catchUp();
    expect(told.logs).toEqual(['1@0 2@0 5@2 6@3', '1@0 3@1 4@1 6@3']);
    expect(told.highWatermark(B2)).toBe(4);
    expect(told.broken).toContain('logs-agree-below-high-watermark');
  });

  test.each(['kip-279', 'kip-320'] as const)('%s: asks until the epochs agree', generation => {
    const told = fastChanges(generation);
    told.take(askEpochEnd(B1, B2));
    expect(told.doing(B1)).toBe('running, truncating');
    expect(told.log(B1), 'epoch 1 is not one of its own').toBe('1@0 2@0');
    expect(told.guard(fetch(B1, B2))).toBe('the follower does not follow');
    told.take(askEpochEnd(B1, B2));
    expect(told.log(B1)).toBe('1@0');
    expect(told.doing(B1)).toBe('running, following');
    told.take(produce(B2)).catchUp();
    expect(told.logs).toEqual(['1@0 3@1 4@1 6@3', '1@0 3@1 4@1 6@3']);
    expect(told.broken).toEqual([]);
  });

  test.each(['alter-partition', 'current', 'current-elr'] as const)(
    '%s: two diverging answers to a fetch find the point',
    generation => {
      const told = fastChanges(generation);
      expect(told.doing(B1)).toBe('running, following');
      told.take(fetch(B1, B2));
      expect(told.knownEndOffset(B2, B1), 'a diverging fetch tells nothing').toBeUndefined();
      told.take(receive(B1, B2));
      expect(told.log(B1)).toBe('1@0 2@0');
      told.take(copy(B1, B2));
      expect(told.log(B1)).toBe('1@0');
      told.take(produce(B2)).catchUp();
      expect(told.logs).toEqual(['1@0 3@1 4@1 6@3', '1@0 3@1 4@1 6@3']);
      expect(told.highWatermark(B2)).toBe(4);
      expect(told.broken).toEqual([]);
      expect(told.reached).toContain('log-truncated');
    },
  );
});

describe('replication: a leader deposed and elected again within one metadata lag (brokers=2, minIsr=2)', () => {
  test('it replays both elections: its tail stays, under the epoch in which it was written', () => {
    const told = new ReplicationStory({ config: { brokers: 2 } });
    told.take(produce(B1), prefer(B2), prefer(B1));
    expect(told.partition).toBe('leader 1, epoch 2, ISR 1 2');
    told.take(learn(B1));
    expect(told.doing(B1)).toBe('running, following');
    // Broker 2 has not heard of its own election, so nobody answers.
    expect(told.guard(fetch(B1, B2))).toBe('UNKNOWN_LEADER_EPOCH');
    told.take(learn(B1));
    expect(told.doing(B1)).toBe('running, leading');
    told.take(produce(B1)).catchUp();
    expect(told.logs).toEqual(['1@0 2@2', '1@0 2@2']);
    expect(told.acknowledged, 'the first send failed, and its record is there').toEqual(['2 at 1']);
    expect(told.broken).toEqual([]);
  });
});
