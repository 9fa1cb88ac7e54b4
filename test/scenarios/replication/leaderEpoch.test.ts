import { describe, expect, test } from 'vitest';
import { truncatesToHighWatermark } from '../../../models/replication/defects/truncation.ts';
import { type Generation, generations } from '../../../models/replication/generation.ts';
import {
  B1,
  B2,
  B3,
  checkpoint,
  copy,
  fence,
  fetch,
  learn,
  loseBroker,
  losePower,
  prefer,
  produce,
  ReplicationStory,
  recordLost,
  returnBroker,
  start,
  unfence,
} from './replicationStory.ts';

const sinceLeaderEpochs = generations.filter(each => each !== 'truncate-to-high-watermark');
const asksFirst = (generation: Generation): boolean =>
  ['kip-101', 'kip-279', 'kip-320'].includes(generation);

describe('replication: a follower restarts behind, then the leader dies (KIP-101, brokers=2, minIsr=1)', () => {
  /** Both replicas have two records; the follower knows a high watermark of 1. */
  const restarted = (generation: Generation) => {
    const told = new ReplicationStory({
      // Before 0.11 unclean election was enabled by default.
      config: { brokers: 2, minInsyncReplicas: 1, uncleanLeaderElection: true, kafka: generation },
      bounds: { uncleanElections: 1 },
    });
    told.take(produce(B1), copy(B2, B1), copy(B2, B1), produce(B1), copy(B2, B1), fetch(B2, B1));
    expect(told.acknowledged).toEqual(['1 at 0', '2 at 1']);
    expect(told.highWatermarks).toEqual([2, 1]);
    told.take(checkpoint(B2), loseBroker(B2), start(B2));
    expect(told.highWatermark(B2)).toBe(1);
    return told;
  };

  test('truncate-to-high-watermark: the second record is lost', () => {
    const told = restarted('truncate-to-high-watermark');
    expect(told.doing(B2)).toBe('recovery, following');
    expect(told.logs).toEqual(['1@0 2@0', '1@0']);
    told.take(loseBroker(B1), unfence(B2)).catchUp();
    expect(told.leader).toBe(B2);
    expect(told.broken).toEqual(expect.arrayContaining(recordLost));
    // The old leader returns and cuts off the only copy that was left.
    told.take(returnBroker(B1)).catchUp();
    expect(told.logs).toEqual(['1@0', '1@0']);
  });

  test.each(sinceLeaderEpochs)(
    '%s: a follower cuts nothing off before it has asked',
    generation => {
      const told = restarted(generation);
      expect(told.doing(B2)).toBe(
        asksFirst(generation) ? 'recovery, truncating' : 'recovery, following',
      );
      expect(told.logs).toEqual(['1@0 2@0', '1@0 2@0']);
      told.take(loseBroker(B1), unfence(B2)).catchUp();
      expect(told.leader).toBe(B2);
      expect(told.log(B2)).toBe('1@0 2@0');
      expect(told.broken).toEqual([]);
      told.take(returnBroker(B1)).catchUp();
      expect(told.logs).toEqual(['1@0 2@0', '1@0 2@0']);
      expect(told.highWatermark(B2)).toBe(2);
      expect(told.broken).toEqual([]);
    },
  );
});

describe('replication: both replicas lose power and lead one after the other (KIP-101, brokers=2, minIsr=1)', () => {
  const story = (generation: Generation) => {
    const told = new ReplicationStory({
      config: { brokers: 2, minInsyncReplicas: 1, kafka: generation },
      bounds: { powerLosses: 1 },
    });
    // Both have two records and know it. The first dies; the second loses its tail, and leads.
    told.take(produce(B1), produce(B1)).catchUp().take(checkpoint(B1), loseBroker(B1), learn(B2));
    told.take(losePower(B2, 1), fence(B2), returnBroker(B2)).catchUp();
    expect(told.leader).toBe(B2);
    return told.take(produce(B2), returnBroker(B1)).catchUp();
  };

  test('truncate-to-high-watermark: the logs differ for ever at one offset', () => {
    const told = story('truncate-to-high-watermark');
    const [first, second] = told.logs;
    expect(first).toBe('1@0 2@0');
    expect(second).toMatch(/^1@0 3@\d$/);
    expect(told.isr).toBe('1 2');
    expect(told.highWatermarks).toEqual([2, 2]);
  });

  test.each(sinceLeaderEpochs)('%s: the logs agree', generation => {
    const told = story(generation);
    const [first, second] = told.logs;
    expect(first).toBe(second);
    expect(second).toMatch(/^1@0 3@\d$/);
    expect(told.isr).toBe('1 2');
  });
});

describe('replication: two elections before a follower hears of the high watermark (KIP-101, brokers=3)', () => {
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
    const told = new ReplicationStory().take(steps);
    expect(told.acknowledged).toEqual(['1 at 0']);
    expect(told.partition).toBe('leader 3, epoch 2, ISR 1 2 3');
    expect(told.log(B3)).toBe('1@0');
    expect(told.broken).toEqual([]);
    expect(told.reached).toContain('acknowledged-record-survives-failover');
  });

  test.each([
    ['in the generation before leader epochs', { config: { kafka: 'truncate-to-high-watermark' } }],
    ['by a defect', { defects: [truncatesToHighWatermark] }],
  ] as const)('loses it when a follower truncates to its own high watermark: %s', (_, scope) => {
    const told = new ReplicationStory(scope).take(steps);
    expect(told.acknowledged).toEqual(['1 at 0']);
    expect(told.log(B3)).toBe('');
    expect(told.broken).toEqual(expect.arrayContaining(recordLost));
    expect(told.steps).toHaveLength(11);
  });
});
