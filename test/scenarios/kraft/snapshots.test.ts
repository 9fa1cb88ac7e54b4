import { describe, expect, test } from 'vitest';
import {
  addVoter,
  append,
  cleanLog,
  complete,
  crash,
  cutNode,
  fetchTimeout,
  giveUpLeader,
  handle,
  heal,
  type KraftStory,
  N1,
  N2,
  N3,
  N4,
  receive,
  restart,
  send,
  storiesIn,
  takeSnapshot,
} from './kraftStory.ts';

const begin = storiesIn();

/** Node 3 is cut off and misses two records; the leader has cleaned them away. */
function followerFarBehind(): KraftStory {
  const told = begin().elect(N1).replicate().take(cutNode(N3));
  told.take(append(N1), append(N1)).replicate();
  expect(told.guard(cleanLog(N1))).toBe('there is no snapshot');
  told.take(takeSnapshot(N1), cleanLog(N1), append(N1));
  expect(told.snapshot(N1)).toBe('to 3 of epoch 1');
  expect(told.logs).toEqual(['from 3: 3@1', 'leader@1 1@1 2@1', 'leader@1']);
  return told;
}

describe('kraft: a follower falls behind the start of the log (voters=3)', () => {
  test('it fetches the snapshot in place of the records, and goes on from there', () => {
    const told = followerFarBehind().take(heal, send('Fetch', N3, N1), handle('Fetch', N3, N1));
    expect(told.inFlight).toContain('fetch 3<-1 snapshot');
    told.take(receive('Fetch', N3, N1));
    expect(told.log(N3), 'not before it has the snapshot').toBe('leader@1');
    expect(told.inFlight).toContain('fetchSnapshot 3->1');
    told.take(complete('FetchSnapshot', N3, N1));
    expect(told.reached).toContain('snapshot-installed');
    expect(told.snapshot(N3)).toBe('to 3 of epoch 1');
    expect(told.log(N3)).toBe('from 3:');
    expect(told.highWatermark(N3)).toBe(3);
    told.replicate();
    expect(told.logs).toEqual(['from 3: 3@1', 'leader@1 1@1 2@1 3@1', 'from 3: 3@1']);
    expect(told.highWatermarks).toEqual([4, 4, 4]);
    expect(told.broken).toEqual([]);
  });

  test('the leader takes a newer snapshot meanwhile: the follower is told to fetch that', () => {
    const told = followerFarBehind()
      .replicate()
      .take(heal, send('Fetch', N3, N1));
    told.take(complete('Fetch', N3, N1), takeSnapshot(N1), handle('FetchSnapshot', N3, N1));
    expect(told.inFlight, 'SNAPSHOT_NOT_FOUND').toContain('fetchSnapshot 3<-1 rejected');
    told.take(receive('FetchSnapshot', N3, N1));
    expect(told.inFlight).toContain('fetch 3->1');
    told.replicate();
    expect(told.snapshot(N3)).toBe('to 4 of epoch 1');
    expect(told.highWatermarks).toEqual([4, 4, 4]);
    expect(told.broken).toEqual([]);
  });

  test('the leader dies before it has sent the snapshot: the next one has all the records', () => {
    const told = followerFarBehind()
      .replicate()
      .take(heal, send('Fetch', N3, N1));
    told.take(complete('Fetch', N3, N1)).crash(N1);
    expect(told.inFlight).toEqual([]);
    told.take(fetchTimeout(N3)).elect(N2).replicate();
    expect(told.logs[2]).toBe('leader@1 1@1 2@1 3@1 leader@2');
    expect(told.snapshot(N3)).toBe('none');
    expect(told.broken).toEqual([]);
  });

  test('it has records that were never committed: the snapshot takes their place', () => {
    const told = begin().elect(N1).replicate().take(cutNode(N1), append(N1), append(N1));
    told.take(giveUpLeader(N3)).elect(N2).take(append(N2)).replicate();
    told.take(takeSnapshot(N2), cleanLog(N2));
    expect(told.logs.slice(0, 2)).toEqual(['leader@1 1@1 2@1', 'from 3:']);
    told.take(heal).replicate();
    expect(told.log(N1)).toBe('from 3:');
    expect(told.snapshot(N1)).toBe('to 3 of epoch 2');
    expect(told.committed).toBe('leader@1 leader@2 3@2');
    expect(told.broken).toEqual([]);
  });
});

describe('kraft: a node starts from its snapshot (voters=3)', () => {
  test('all of them: nothing is lost, and records are fetched from where the log begins', () => {
    const told = followerFarBehind().replicate().restartAll().take(heal);
    expect(told.logs).toEqual(['from 3: 3@1', 'leader@1 1@1 2@1 3@1', 'leader@1']);
    told.elect(N1).replicate();
    expect(told.logs).toEqual([
      'from 3: 3@1 leader@3',
      'leader@1 1@1 2@1 3@1 leader@3',
      'from 3: 3@1 leader@3',
    ]);
    expect(told.broken).toEqual([]);
  });

  test('its log was not flushed up to the snapshot: the log begins anew at the end of it', () => {
    const late = storiesIn({ config: { lateFlush: true } })();
    late.elect(N1).take(append(N1)).replicate();
    expect(late.highWatermarks, 'the followers have flushed it').toEqual([2, 2, 2]);
    late.take(takeSnapshot(N1), crash(N1, 0), restart(N1));
    expect(late.log(N1)).toBe('from 2:');
    expect(late.snapshot(N1)).toBe('to 2 of epoch 1');
    late.take(fetchTimeout(N3)).elect(N2).replicate();
    expect(late.log(N1)).toBe('from 2: leader@2');
    expect(late.broken).toEqual([]);
  });
});

describe('kraft: a new observer (voters=3, observers=1, dynamicVoters=true)', () => {
  const dynamic = storiesIn({
    config: { observers: 1, dynamicVoters: true, bootstrapFetch: true },
  });

  test('begins with the snapshot, although all records are there, and learns the voters by it', () => {
    const told = dynamic().elect(N1).replicate().take(append(N1)).replicate();
    expect(told.log(N4), 'no snapshot, so it had the records').toBe('leader@1 1@1');

    const later = dynamic().take(cutNode(N4)).elect(N1).take(append(N1)).replicate();
    later.take(takeSnapshot(N1), heal, send('Fetch', N4, N1));
    expect(later.voters(N4)).toBe('');
    later.take(complete('Fetch', N4, N1));
    expect(later.doing(N4), 'it asked anybody, and found the leader').toBe(
      'follower of 1, epoch 1',
    );
    later.take(complete('Fetch', N4, N1), complete('FetchSnapshot', N4, N1));
    expect(later.log(N4)).toBe('from 2:');
    expect(later.voters(N4)).toBe('1 2 3');
    expect([...told.broken, ...later.broken]).toEqual([]);
  });

  test('a snapshot holds the voter set as of its end, and not the one that came after', () => {
    const told = dynamic().elect(N1).replicate();
    told.take(takeSnapshot(N1), addVoter(N1, N4));
    expect(told.voters(N1)).toBe('1 2 3 4');
    told.crash(N3).take(restart(N3), cleanLog(N1));
    expect(told.log(N1)).toBe('from 1: {1 2 3 4}@1');
    expect(told.node(N1).snapshot.voters.size).toBe(3);
    told.replicate();
    expect(told.names.map(name => told.voters(name))).toEqual(Array(4).fill('1 2 3 4'));
    expect(told.broken).toEqual([]);
  });
});
