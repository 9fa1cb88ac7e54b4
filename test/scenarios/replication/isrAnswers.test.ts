import { describe, expect, test } from 'vitest';
import {
  applyConfiguration,
  B1,
  B2,
  B3,
  changeMinIsr,
  crash,
  decide,
  fence,
  fetch,
  hearAnswer,
  learn,
  loseBroker,
  produce,
  ReplicationStory,
  recordLost,
  returnBroker,
  shrink,
  start,
  unfence,
} from './replicationStory.ts';

const pair = { brokers: 2, minInsyncReplicas: 1, isrAnswers: true } as const;

describe('replication: a leader hears of its ISR by an answer (KIP-497, brokers=2, minIsr=1)', () => {
  const begin = () => new ReplicationStory({ config: pair });

  test('the answer moves ISR, partition epoch and high watermark before the metadata does', () => {
    const told = begin().take(produce(B1), shrink(B1, B2), decide(B1));
    expect(told.acknowledged).toEqual([]);
    told.take(hearAnswer(B1));
    expect(told.pending(B1)).toBe('none');
    expect(told.acknowledged, 'alone in the ISR, it commits').toEqual(['1 at 0']);
    // The next proposal is built on it, and the controller takes it.
    told.take(fetch(B2, B1));
    expect(told.isrKnownTo(B1)).toBe('1');
    expect(told.pending(B1)).toBe('none');
    told.catchUp();
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2');
    expect(told.broken).toEqual([]);
  });

  test('an answer that comes after the metadata tells nothing new', () => {
    const told = begin().take(produce(B1), shrink(B1, B2), decide(B1), learn(B1));
    expect(told.acknowledged).toEqual(['1 at 0']);
    told.take(hearAnswer(B1));
    expect(told.replica(B1).answeredIsr.partitionEpoch).toBeUndefined();
    expect(told.isrKnownTo(B1)).toBe('1');
  });

  test('an answer is lost with the process that asked', () => {
    const told = begin().take(produce(B1), shrink(B1, B2), decide(B1), crash(B1));
    told.take(fence(B1), returnBroker(B1));
    expect(told.guard(hearAnswer(B1))).toBe('no answer is in flight');
  });

  test('the record of what an answer has told ends the proposal made since', () => {
    const told = begin().take(shrink(B1, B2), decide(B1), hearAnswer(B1), fetch(B2, B1));
    expect(told.pending(B1)).toBe('expand to 1 2');
    told.take(learn(B1));
    expect(told.pending(B1), 'while the request is in flight').toBe('none');
    told.take(produce(B1));
    expect(told.acknowledged).toEqual(['1 at 0']);
    told.take(decide(B1), crash(B1), learn(B2), learn(B2), fence(B1), learn(B2));
    expect(told.partition).toBe('leader 2, epoch 1, ISR 2');
    expect(told.broken).toEqual(expect.arrayContaining(recordLost));
  });
});

describe('replication: min.insync.replicas is raised with ELR on (brokers=2, minIsr=1)', () => {
  const begin = () =>
    new ReplicationStory({
      config: { ...pair, eligibleLeaderReplicas: true },
      bounds: { minIsrChanges: 1 },
    });

  test('the leader commits by the old setting what the member of the ELR lacks', () => {
    const told = begin().take(shrink(B1, B2), changeMinIsr(2), decide(B1), produce(B1));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1, ELR 2');
    told.take(hearAnswer(B1));
    expect(told.acknowledged).toEqual(['1 at 0']);
    expect(told.broken).toContain('elr-members-have-committed-records');
    told.take(crash(B1), fence(B1));
    told.take(learn(B2), applyConfiguration(B2), learn(B2), learn(B2));
    expect(told.partition, 'elected cleanly').toBe('leader 2, epoch 1, ISR 2, ELR 1');
    expect(told.broken).toEqual(expect.arrayContaining(recordLost));
  });

  test('if the leader has applied the new setting before, it waits', () => {
    const told = begin().take(shrink(B1, B2), changeMinIsr(2), decide(B1), produce(B1));
    told.take(learn(B1), applyConfiguration(B1), hearAnswer(B1));
    expect(told.acknowledged).toEqual([]);
    expect(told.broken).toEqual([]);
  });
});

describe('replication: a change of min.insync.replicas is about configuration (brokers=3, minIsr=2)', () => {
  const begin = () =>
    new ReplicationStory({
      config: { eligibleLeaderReplicas: true },
      bounds: { minIsrChanges: 2 },
    });

  test('the partition epoch stays, and an ISR change under way is accepted', () => {
    const told = begin().take(produce(B1), shrink(B1, B3), changeMinIsr(1), decide(B1));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2');
  });

  test('a broker replays no further record before it has applied the configuration', () => {
    const told = begin().take(changeMinIsr(1), loseBroker(B3), learn(B1));
    expect(told.guard(learn(B1))).toBe('its configuration is not applied yet');
    told.take(applyConfiguration(B1), learn(B1));
    expect(told.isrKnownTo(B1)).toBe('1 2');
  });

  test('a broker in a stale index of ELR members is written twice', () => {
    const told = begin().take(loseBroker(B3), loseBroker(B2));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1, ELR 2');
    told.take(changeMinIsr(1), returnBroker(B2)).catchUp();
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2');
    // It dies, and registers anew before its session is over.
    const { partitionEpoch } = told.decided;
    told.take(crash(B2), ...start(B2));
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1');
    expect(told.decided.partitionEpoch).toBe(partitionEpoch + 2);
    // Nothing takes it out of the index.
    told.take(unfence(B2)).catchUp();
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2');
    const later = told.decided.partitionEpoch;
    told.take(crash(B2), ...start(B2));
    expect(told.decided.partitionEpoch).toBe(later + 2);
    expect(told.broken).toEqual([]);
  });
});
