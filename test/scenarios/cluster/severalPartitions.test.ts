import { describe, expect, test } from 'vitest';
import {
  B1,
  B2,
  B3,
  copy,
  decide,
  fence,
  fetch,
  of,
  P1,
  P2,
  prefer,
  produce,
  shrink,
} from '../replication/replicationStory.ts';
import { C1, C2, crash, storiesIn } from './clusterStory.ts';

describe('cluster: two partitions under one metadata quorum (separate, brokers=3)', () => {
  const story = storiesIn({ config: { partitions: 2 } });
  const controlled = () => story().elect(C1, C2).commit();

  test('a decision about one of them is an entry that says which', () => {
    const told = controlled().decide(...of(P2, prefer(B3)));
    expect(told.lookAt(P1).partition).toBe('leader 1, epoch 0, ISR 1 2 3');
    expect(told.lookAt(P2).partition).toBe('leader 3, epoch 1, ISR 1 2 3');
    expect(told.broken).toEqual([]);
  });

  test('the same change of both is two decisions', () => {
    const told = controlled()
      .take(of(P1, produce(B1), copy(B2, B1), fetch(B2, B1), shrink(B1, B3)))
      .take(of(P2, produce(B2), copy(B1, B2), fetch(B1, B2), shrink(B2, B3)));
    told.decide(...of(P1, decide(B1)), ...of(P2, decide(B2)));
    expect(told.lookAt(P1).partition).toBe('leader 1, epoch 0, ISR 1 2');
    expect(told.lookAt(P2).partition).toBe('leader 2, epoch 0, ISR 1 2');
    expect(told.broken).toEqual([]);
  });

  test('a broker that crashes is one decision about both', () => {
    const told = controlled().take(crash(B1)).decide(fence(B1));
    expect(told.lookAt(P1).partition).toBe('leader 2, epoch 1, ISR 2 3');
    expect(told.lookAt(P2).partition).toBe('leader 2, epoch 0, ISR 2 3');
    expect(told.reached).toContain('one-decision-moves-a-leader-and-an-isr');
    expect(told.broken).toEqual([]);
  });
});
