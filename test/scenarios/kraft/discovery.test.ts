import { describe, expect, test } from 'vitest';
import {
  append,
  complete,
  cutLink,
  cutNode,
  electionTimeout,
  fetchTimeout,
  handle,
  heal,
  N1,
  N2,
  N3,
  N4,
  receive,
  restart,
  send,
  storiesIn,
} from './kraftStory.ts';

describe('kraft: a node that knows no leader asks the bootstrap servers (bootstrapFetch=true)', () => {
  const begin = storiesIn({ config: { bootstrapFetch: true } });

  test('whom it asks names the leader, and it follows', () => {
    const told = begin().take(cutNode(N3)).elect(N1).replicate().take(heal);
    expect(told.doing(N3)).toBe('unattached, epoch 0');
    told.take(send('Fetch', N3, N2), handle('Fetch', N3, N2));
    expect(told.inFlight, 'not the leader, but it knows it').toContain('fetch 3<-2 refused');
    told.take(receive('Fetch', N3, N2));
    expect(told.doing(N3)).toBe('follower of 1, epoch 1');
    expect(told.onDisk(N3)).toBe('epoch 1, leader 1');
    told.replicate();
    expect(told.logs).toEqual(['leader@1', 'leader@1', 'leader@1']);
    expect(told.broken).toEqual([]);
  });

  test('nobody knows a leader: it learns nothing, and asks again', () => {
    const told = begin().take(send('Fetch', N3, N2), complete('Fetch', N3, N2));
    expect(told.doing(N3)).toBe('unattached, epoch 0');
    expect(told.guard(send('Fetch', N3, N1))).toBe('enabled');
    expect(told.broken).toEqual([]);
  });

  test('the leader itself refuses a fetch of another epoch, and says which it is in', () => {
    const told = begin()
      .take(cutNode(N3))
      .elect(N1)
      .take(heal, send('Fetch', N3, N1));
    told.take(handle('Fetch', N3, N1));
    expect(told.highWatermark(N1)).toBe(0);
    expect(told.fetchOffsets[0], 'nobody is credited').toBe('- - -');
    told.take(receive('Fetch', N3, N1));
    expect(told.doing(N3)).toBe('follower of 1, epoch 1');
    expect(told.broken).toEqual([]);
  });

  test('whom it asks is in a newer epoch without a leader: it moves there and stands', () => {
    const told = begin().elect(N1).replicate().crash(N1, N3).take(restart(N1), restart(N3));
    told.take(electionTimeout(N1));
    expect(told.doing(N1)).toBe('unattached, epoch 2');
    expect(told.doing(N3)).toBe('follower of 1, epoch 1, voted 1');
    told.take(complete('Fetch', N3, N1));
    expect(told.doing(N3), 'no leader is known there').toBe('unattached, epoch 2');
    told.elect(N3).replicate();
    expect(told.doing(N3)).toBe('leader, epoch 3');
    expect(told.logs).toEqual(Array(3).fill('leader@1 leader@3'));
    expect(told.broken).toEqual([]);
  });
});

describe('kraft: an observer (voters=3, observers=1)', () => {
  const begin = storiesIn({ config: { observers: 1, bootstrapFetch: true } });

  test('finds the leader, copies the log, and stands for nothing', () => {
    const told = begin();
    expect(told.guard(electionTimeout(N4))).toBe('the node is not a voter');
    told.elect(N1).take(append(N1)).replicate();
    expect(told.doing(N4)).toBe('follower of 1, epoch 1');
    expect(told.log(N4)).toBe('leader@1 1@1');
    expect(told.guard(fetchTimeout(N4))).toBe('the node is not a voter');
    expect(told.broken).toEqual([]);
  });

  test('its copy does not count', () => {
    const told = begin().elect(N1).replicate().take(cutLink(N2, N1), cutLink(N3, N1));
    told.take(append(N1), complete('Fetch', N4, N1), handle('Fetch', N4, N1));
    expect(told.log(N4)).toBe('leader@1 1@1');
    expect(told.highWatermark(N1)).toBe(1);
    expect(told.broken).toEqual([]);
  });

  test('follows the next leader once it is told of it', () => {
    const told = begin().elect(N1).replicate().take(fetchTimeout(N3)).elect(N2);
    expect(told.doing(N4)).toBe('follower of 1, epoch 1');
    // Its old leader refuses the fetch, and names the new one.
    told.take(complete('Fetch', N4, N1));
    expect(told.doing(N4)).toBe('follower of 2, epoch 2');
    told.replicate();
    expect(told.log(N4)).toBe('leader@1 leader@2');
    expect(told.broken).toEqual([]);
  });

  test('without bootstrap servers it hears of nobody', () => {
    const told = storiesIn({ config: { observers: 1 } })()
      .elect(N1)
      .replicate();
    expect(told.doing(N4)).toBe('unattached, epoch 0');
    expect(told.guard(send('Fetch', N4, N1))).toBe('the node waits to hear of a leader');
  });
});
