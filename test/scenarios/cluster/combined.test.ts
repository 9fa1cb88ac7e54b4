import { describe, expect, test } from 'vitest';
import { B1, B2, B3, fence, produce, shrink } from '../replication/replicationStory.ts';
import { crash, N1, N2, N3, restart, storiesIn } from './clusterStory.ts';

describe('cluster: every node is a broker and a controller (combined, 3 nodes, minIsr=2)', () => {
  const story = storiesIn({ config: { mode: 'combined' } });
  const running = () => story().elect(N1, N2).commit().take(produce(B1)).catchUp();

  test('one node dies with controller and leader, and both are replaced', () => {
    const told = running().take(crash(N1));
    expect(told.controller).toBe('none');
    expect(told.doing(B1)).toBe('notRunning, offline');
    told.elect(N2, N3).commit().decide(fence(B1)).catchUp();
    expect(told.controller).toBe(N2);
    expect(told.partition).toBe('leader 2, epoch 1, ISR 2 3');
    expect(told.reached).toContain('leaders-of-both-levels-replaced');
    told.take(produce(B2)).catchUp();
    expect(told.acknowledged).toEqual([1, 2]);
    told.take(restart(N1)).join(B1);
    expect(told.partition).toBe('leader 2, epoch 1, ISR 1 2 3');
    expect(told.role(N1)).toBe('follower, epoch 2');
    expect(told.broken).toEqual([]);
  });

  test('two nodes die: the one that is left neither elects nor shrinks, and acks=all stalls', () => {
    const told = running().take(crash(N2), crash(N3), produce(B1)).catchUp();
    expect(told.doing(B1)).toBe('running, leading');
    expect(told.controller, 'it believes to be the controller').toBe(N1);
    told.decide(fence(B2), fence(B3)).take(shrink(B1)).catchUp();
    expect(told.decisionsAt(N1)).toBe('fence@1 fence@1 handleAlterPartition@1');
    expect(told.partition, 'nothing of it is committed').toBe('leader 1, epoch 0, ISR 1 2 3');
    expect(told.waiting(B1)).toBe(1);
    expect(told.acknowledged).toEqual([1]);
    // One of them comes back: a majority again.
    told.take(restart(N2)).commit();
    expect(told.registration(B3)).toBe('fenced');
    told.join(B2);
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2');
    expect(told.acknowledged).toEqual([1, 2]);
    expect(told.broken).toEqual([]);
  });

  test('two nodes die, the leader among them: the partition stays as it is', () => {
    const told = running().take(crash(N1), crash(N2)).catchUp();
    expect(told.controller).toBe('none');
    expect(told.partition).toBe('leader 1, epoch 0, ISR 1 2 3');
    expect(told.guard(produce(B3))).toBe('the broker does not act as leader');
    expect(told.guard(fence(B1))).toBe('no controller is active');
    told.take(restart(N2)).elect(N3, N2).commit().decide(fence(B1)).catchUp();
    expect(told.partition, 'the restarted broker is in the ISR still').toBe(
      'leader 2, epoch 1, ISR 2 3',
    );
    told.join(B2);
    expect(told.acknowledged).toEqual([1]);
    expect(told.broken).toEqual([]);
  });
});
