import { describe, expect, test } from 'vitest';
import {
  append,
  complete,
  cutBetween,
  cutLink,
  electionTimeout,
  fetchTimeout,
  handle,
  type KraftStory,
  N1,
  N2,
  N3,
  resign,
  send,
  storiesIn,
} from './kraftStory.ts';

const begin = storiesIn();
const old = storiesIn({ config: { kafka: '3.9' } });

describe('kraft: a leader resigns (voters=3)', () => {
  test('it tells the others, helps them to elect, and never leads that epoch again', () => {
    const told = begin().elect(N1).replicate().take(resign(N1));
    expect(told.doing(N1)).toBe('resigned, epoch 1, voted 1');
    expect(told.inFlight).toEqual(
      expect.arrayContaining(['endQuorumEpoch 1->2', 'endQuorumEpoch 1->3']),
    );
    expect(told.guard(append(N1))).toBe('the node does not lead');
    told.take(complete('EndQuorumEpoch', N1, N2));
    expect(told.doing(N2), 'only its timer is shorter').toBe('follower of 1, epoch 1, voted 1');

    told.take(fetchTimeout(N2), handle('PreVote', N2, N1));
    expect(told.inFlight).toContain('preVote 2<-1 granted');
    told.settleVotes();
    expect(told.doing(N2)).toBe('leader, epoch 2');
    told.replicate();
    expect(told.doing(N1)).toBe('follower of 2, epoch 2, voted 2');
    expect(told.highWatermarks).toEqual([2, 2, 2]);
    expect(told.broken).toEqual([]);
  });

  test('nobody hears of it: its own timer takes it to the next epoch', () => {
    const told = begin().elect(N1).replicate().take(resign(N1), electionTimeout(N1));
    expect(told.doing(N1)).toBe('unattached, epoch 2');
    expect(told.highWatermark(N1)).toBe(1);
    told.take(electionTimeout(N1));
    expect(told.doing(N1)).toBe('prospective, epoch 2');
    told.settleVotes().replicate();
    expect(told.doing(N1)).toBe('leader, epoch 3');
    expect(told.logs).toEqual(Array(3).fill('leader@1 leader@3'));
    expect(told.broken).toEqual([]);
  });

  test('3.9: it stands for the next epoch at once', () => {
    const told = old().elect(N1).replicate().take(resign(N1), electionTimeout(N1));
    expect(told.doing(N1)).toBe('candidate, epoch 2');
    told.settleVotes().replicate();
    expect(told.logs).toEqual(Array(3).fill('leader@1 leader@2'));
    expect(told.broken).toEqual([]);
  });

  test('a fetch that arrives late is refused', () => {
    const told = begin().elect(N1).replicate().take(append(N1), resign(N1));
    told.take(handle('Fetch', N2, N1));
    expect(told.inFlight).toContain('fetch 2<-1 refused');
    expect(told.highWatermark(N1)).toBe(1);
    expect(told.broken).toEqual([]);
  });

  test('the only voter never resigns', () => {
    const told = storiesIn({ config: { voters: 1 } })().elect(N1);
    expect(told.guard(resign(N1))).toBe('it is the only voter');
    expect(told.broken).toEqual([]);
  });
});

describe('kraft: a leader that hears nobody resigns: check-quorum (voters=3)', () => {
  /** What the followers send does not reach the leader; what it sends reaches them. */
  function deafLeader(): KraftStory {
    const told = begin().elect(N1).replicate();
    // The fetches that wait at the leader are answered once more.
    told.take(cutLink(N2, N1), cutLink(N3, N1), append(N1)).replicate();
    return told;
  }

  test('what it has appended reaches the others, and is not committed', () => {
    const told = deafLeader();
    expect(told.logs).toEqual(Array(3).fill('leader@1 1@1'));
    expect(told.highWatermarks).toEqual([1, 1, 1]);
    expect(told.guard(send('Fetch', N2, N1))).toBe('the request does not get there');
    expect(told.broken).toEqual([]);
  });

  test('it resigns, the others hear it and elect one of them, and nothing is lost', () => {
    const told = deafLeader().take(resign(N1));
    told.take(handle('EndQuorumEpoch', N1, N2), handle('EndQuorumEpoch', N1, N3));
    told.take(fetchTimeout(N2), fetchTimeout(N3), complete('PreVote', N2, N3));
    told.take(complete('Vote', N2, N3)).replicate();
    expect(told.roles).toEqual([
      'resigned, epoch 1, voted 1',
      'leader, epoch 2',
      'follower of 2, epoch 2, voted 2',
    ]);
    expect(told.committed).toBe('leader@1 1@1 leader@2');
    expect(told.broken).toEqual([]);
  });
});

describe('kraft: a link is cut in one direction (voters=3)', () => {
  test("the leader's answers do not reach one follower: it disturbs nobody", () => {
    const told = begin().elect(N1).replicate().take(cutLink(N1, N3), append(N1)).replicate();
    expect(told.logs).toEqual(['leader@1 1@1', 'leader@1 1@1', 'leader@1']);
    told.take(fetchTimeout(N3), handle('PreVote', N3, N1), complete('PreVote', N3, N2));
    expect(told.doing(N3)).toBe('prospective, epoch 1, leader 1, voted 1');
    told.take(electionTimeout(N3));
    expect(told.roles).toEqual([
      'leader, epoch 1',
      'follower of 1, epoch 1, voted 1',
      'follower of 1, epoch 1, voted 1',
    ]);
    expect(told.broken).toEqual([]);
  });

  test('the fetches of one follower do not reach the leader: the others commit', () => {
    const told = begin().elect(N1).replicate().take(cutLink(N3, N1), append(N1)).replicate();
    // The fetch that had arrived before is answered.
    expect(told.logs).toEqual(Array(3).fill('leader@1 1@1'));
    told.take(append(N1)).replicate();
    expect(told.logs[2]).toBe('leader@1 1@1');
    expect(told.highWatermarks).toEqual([3, 3, 1]);
    expect(told.broken).toEqual([]);
  });

  test('a candidate hears no answer: it has the votes and does not know', () => {
    const told = begin().take(electionTimeout(N1), complete('PreVote', N1, N2));
    told.take(cutLink(N2, N1), cutLink(N3, N1)).settleVotes();
    expect(told.roles).toEqual([
      'candidate, epoch 1',
      'unattached, epoch 1, voted 1',
      'unattached, epoch 1, voted 1',
    ]);
    told.take(electionTimeout(N2), complete('PreVote', N2, N3), complete('Vote', N2, N3));
    expect(told.doing(N2)).toBe('leader, epoch 2');
    expect(told.broken).toEqual([]);
  });
});

describe('kraft: two nodes cannot reach each other, the third reaches both (voters=3)', () => {
  test('4.x: the leader stays, and the follower that cannot reach it falls behind', () => {
    const told = begin().elect(N1).replicate().take(cutBetween(N1, N3), append(N1)).replicate();
    for (let times = 0; times < 3; times++) {
      told.take(fetchTimeout(N3), complete('PreVote', N3, N2), electionTimeout(N3));
    }
    told.take(append(N1)).replicate();
    expect(told.roles[0]).toBe('leader, epoch 1');
    expect(told.highWatermarks).toEqual([3, 3, 1]);
    expect(told.broken).toEqual([]);
  });

  test('3.9: either deposes the other by way of the third, until the third leads', () => {
    const told = old().elect(N1).replicate().take(cutBetween(N1, N3), fetchTimeout(N3));
    told.settleVotes().replicate();
    expect(told.roles, 'two lead, and one has the majority').toEqual([
      'leader, epoch 1',
      'follower of 3, epoch 2',
      'leader, epoch 2',
    ]);
    // The old leader hears nothing (check-quorum), and stands without a chance: its log is too short.
    told.take(resign(N1), electionTimeout(N1), electionTimeout(N1)).settleVotes();
    expect(told.roles, 'the one in the middle is lost to the leader').toEqual([
      'candidate, epoch 3',
      'unattached, epoch 3',
      'leader, epoch 2',
    ]);
    told.elect(N2).replicate();
    expect(told.roles).toEqual([
      'follower of 2, epoch 4',
      'leader, epoch 4',
      'follower of 2, epoch 4',
    ]);
    expect(told.broken).toEqual([]);
  });
});
