import { describe, expect, test } from 'vitest';
import {
  append,
  complete,
  cutNode,
  electionTimeout,
  fetchTimeout,
  giveUpLeader,
  handle,
  heal,
  type KraftStory,
  loseMessage,
  N1,
  N2,
  N3,
  receive,
  resign,
  send,
  storiesIn,
} from './kraftStory.ts';

const current = storiesIn();
const old = storiesIn({ config: { kafka: '3.9' } });

/** Node 3 is cut off from the leader and misses a record; its timers run out again and again. */
function cutOffFor(begin: () => KraftStory, timeouts: readonly string[]): KraftStory {
  const told = begin().elect(N1).replicate().take(cutNode(N3), append(N1)).replicate();
  expect(told.highWatermarks).toEqual([2, 2, 1]);
  return told.take(timeouts);
}

describe('kraft: a follower is cut off for a while and comes back', () => {
  test('4.x: it stays in the epoch, is refused by all and follows the leader again', () => {
    const again = [electionTimeout(N3), fetchTimeout(N3)];
    const told = cutOffFor(current, [fetchTimeout(N3), ...again, ...again]);
    expect(told.doing(N3)).toBe('prospective, epoch 1, leader 1, voted 1');
    told.take(heal, send('PreVote', N3, N1), send('PreVote', N3, N2));
    told.take(handle('PreVote', N3, N1), handle('PreVote', N3, N2));
    expect(told.inFlight).toEqual(
      expect.arrayContaining(['preVote 3<-1 rejected', 'preVote 3<-2 rejected']),
    );
    told.take(receive('PreVote', N3, N1), receive('PreVote', N3, N2));
    expect(told.reached).toContain('pre-vote-refused');
    expect(told.doing(N3)).toBe('follower of 1, epoch 1, voted 1');
    told.replicate();
    expect(told.roles[0], 'nothing has happened to it').toBe('leader, epoch 1');
    expect(told.logs).toEqual(Array(3).fill('leader@1 1@1'));
    expect(told.broken).toEqual([]);
  });

  test('4.x: once an answer of the leader has come, be it an empty one, it refuses others too', () => {
    const told = current().elect(N1).replicate().take(giveUpLeader(N3));
    expect(told.node(N3).hasFetched).toBe(false);
    told.take(fetchTimeout(N2), handle('PreVote', N2, N3));
    expect(told.inFlight).toContain('preVote 2<-3 granted');

    const later = current().elect(N1).replicate().take(giveUpLeader(N3)).replicate();
    expect(later.node(N3).hasFetched).toBe(true);
    later.take(fetchTimeout(N2), handle('PreVote', N2, N3));
    expect(later.inFlight).toContain('preVote 2<-3 rejected');
    expect([...told.broken, ...later.broken]).toEqual([]);
  });

  test('3.9: it comes back with a newer epoch and deposes the leader, which it cannot replace', () => {
    const again = electionTimeout(N3);
    const told = cutOffFor(old, [fetchTimeout(N3), again, again]);
    expect(told.doing(N3)).toBe('candidate, epoch 4');
    told.take(heal, send('Vote', N3, N1), handle('Vote', N3, N1));
    expect(told.doing(N1)).toBe('unattached, epoch 4');
    expect(told.inFlight, 'its log is too short').toContain('vote 3<-1 rejected');
    told.settleVotes().elect(N1).replicate();
    expect(told.roles).toEqual([
      'leader, epoch 5',
      'follower of 1, epoch 5',
      'follower of 1, epoch 5',
    ]);
    expect(told.logs).toEqual(Array(3).fill('leader@1 1@1 leader@5'));
    expect(told.broken).toEqual([]);
  });

  test('upgrading: the voter that still runs 3.9 does the same to the others', () => {
    const told = cutOffFor(storiesIn({ config: { kafka: 'upgrading' } }), [fetchTimeout(N3)]);
    expect(told.doing(N3)).toBe('candidate, epoch 2');
    told.take(heal, send('Vote', N3, N1), complete('Vote', N3, N1));
    expect(told.doing(N1)).toBe('unattached, epoch 2');
    expect(told.broken).toEqual([]);
  });
});

describe('kraft: a voter that does not know pre-votes (release=upgrading)', () => {
  const begin = storiesIn({ config: { kafka: 'upgrading' } });

  test('its answer, UNSUPPORTED_VERSION, makes the prospective a candidate at once', () => {
    const told = begin().take(electionTimeout(N1), handle('PreVote', N1, N3));
    expect(told.inFlight).toContain('preVote 1<-3 unsupported');
    expect(told.doing(N3), 'it has understood nothing').toBe('unattached, epoch 0');
    told.take(receive('PreVote', N1, N3));
    expect(told.doing(N1)).toBe('candidate, epoch 1');
    expect(told.onDisk(N1)).toBe('epoch 1, voted 1');
    told.settleVotes().replicate();
    expect(told.highWatermarks).toEqual([1, 1, 1]);
    expect(told.broken).toEqual([]);
  });

  test('so a follower that lost the leader for a moment deposes it, in spite of pre-votes', () => {
    const told = begin().elect(N1).replicate().take(fetchTimeout(N2));
    expect(told.doing(N2)).toBe('prospective, epoch 1, leader 1, voted 1');
    told.take(complete('PreVote', N2, N1));
    expect(told.doing(N2), 'one has refused').toBe('prospective, epoch 1, leader 1, voted 1');
    told.take(complete('PreVote', N2, N3));
    expect(told.doing(N2)).toBe('candidate, epoch 2');
    told.take(handle('Vote', N2, N1));
    expect(told.doing(N1)).toBe('unattached, epoch 2, voted 2');
    expect(told.broken).toEqual([]);
  });
});

describe('kraft: pre-votes after the leader has died (voters=3)', () => {
  test('who still thinks to follow it refuses, and grants once its own fetches have failed', () => {
    const told = current().elect(N1).replicate().crash(N1).take(fetchTimeout(N2));
    told.take(complete('PreVote', N2, N3));
    expect(told.doing(N2), 'refused by one of two').toBe('prospective, epoch 1, leader 1, voted 1');
    told.take(electionTimeout(N2));
    expect(told.doing(N2)).toBe('follower of 1, epoch 1, voted 1');
    // It has not fetched from that leader since, so it refuses nobody.
    told.take(fetchTimeout(N3), complete('PreVote', N3, N2));
    expect(told.doing(N3)).toBe('candidate, epoch 2');
    told.take(complete('Vote', N3, N2)).replicate();
    expect(told.roles).toEqual(['stopped', 'follower of 3, epoch 2, voted 3', 'leader, epoch 2']);
    expect(told.broken).toEqual([]);
  });

  test('a log that is behind gets no pre-vote, and its node raises no epoch', () => {
    const told = current().elect(N1).replicate().take(cutNode(N3), append(N1)).replicate();
    told.crash(N1).take(heal, fetchTimeout(N3), fetchTimeout(N2));
    told.take(complete('PreVote', N3, N2));
    expect(told.doing(N3)).toBe('prospective, epoch 1, leader 1, voted 1');
    told.take(complete('PreVote', N2, N3));
    expect(told.doing(N2)).toBe('candidate, epoch 2');
    told.settleVotes().replicate();
    expect(told.logs.slice(1)).toEqual(Array(2).fill('leader@1 1@1 leader@2'));
    expect(told.broken).toEqual([]);
  });

  test('a leader gives no pre-vote, and once it has resigned it does', () => {
    const told = current()
      .elect(N1)
      .replicate()
      .take(fetchTimeout(N2), handle('PreVote', N2, N1));
    expect(told.inFlight).toContain('preVote 2<-1 rejected');
    told.take(loseMessage(N2, N1), resign(N1), send('PreVote', N2, N1), handle('PreVote', N2, N1));
    expect(told.inFlight).toContain('preVote 2<-1 granted');
    expect(told.onDisk(N1), 'it has promised nothing').toBe('epoch 1, leader 1, voted 1');
    expect(told.broken).toEqual([]);
  });
});
