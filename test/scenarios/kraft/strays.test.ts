import { describe, expect, test } from 'vitest';
import {
  append,
  complete,
  cutNode,
  delayMessage,
  deliverStray,
  duplicateMessage,
  electionTimeout,
  giveUpLeader,
  handle,
  heal,
  N1,
  N2,
  N3,
  N4,
  receive,
  resign,
  send,
  storiesIn,
} from './kraftStory.ts';

const begin = storiesIn();

describe('kraft: a message arrives late (voters=3)', () => {
  test('a vote request of an epoch that is over is refused', () => {
    const told = begin().take(electionTimeout(N1), complete('PreVote', N1, N2));
    told.take(delayMessage(N1, N3)).settleVotes().replicate();
    expect(told.strays).toEqual(['vote 1->3']);
    told.take(giveUpLeader(N3)).elect(N2).replicate();
    expect(told.doing(N3)).toBe('follower of 2, epoch 2, voted 2');
    told.take(deliverStray());
    expect(told.doing(N3), 'FENCED_LEADER_EPOCH').toBe('follower of 2, epoch 2, voted 2');
    expect(told.strays).toEqual([]);
    expect(told.broken).toEqual([]);
  });

  test('a vote request of an epoch that is new to the voter is granted, and nobody counts it', () => {
    const told = begin().take(electionTimeout(N1), complete('PreVote', N1, N2));
    told.take(delayMessage(N1, N3), complete('Vote', N1, N2));
    expect(told.doing(N1)).toBe('leader, epoch 1');
    told.take(deliverStray());
    expect(told.doing(N3)).toBe('unattached, epoch 1, voted 1');
    expect(told.inFlight.filter(message => message.startsWith('vote'))).toEqual([]);
    expect(told.broken).toEqual([]);
  });

  test('a granted vote does not count for the next epoch', () => {
    const told = begin().take(electionTimeout(N1), complete('PreVote', N1, N2));
    told.take(handle('Vote', N1, N2), delayMessage(N1, N2), delayMessage(N1, N3));
    expect(told.strays).toEqual(['vote 1<-2 granted', 'vote 1->3']);
    told.take(electionTimeout(N1), complete('PreVote', N1, N2));
    expect(told.doing(N1)).toBe('candidate, epoch 2');
    told.take(deliverStray());
    expect(told.doing(N1)).toBe('candidate, epoch 2');
    expect(told.broken).toEqual([]);
  });

  test('an answer to a fetch is dropped, and the entry is fetched again', () => {
    const told = begin()
      .elect(N1)
      .take(handle('Fetch', N2, N1), delayMessage(N2, N1));
    expect(told.strays).toEqual(['fetch 2<-1 records']);
    told.take(send('Fetch', N2, N1), complete('Fetch', N2, N1));
    expect(told.log(N2)).toBe('leader@1');
    told.take(deliverStray()).replicate();
    expect(told.logs).toEqual(['leader@1', 'leader@1', 'leader@1']);
    expect(told.broken).toEqual([]);
  });

  test('an answer that says to truncate is dropped once the log has gone on', () => {
    const told = begin().elect(N1).replicate().take(cutNode(N1), append(N1));
    told
      .take(giveUpLeader(N3))
      .elect(N2)
      .take(heal, send('BeginQuorumEpoch', N2, N1));
    told.take(complete('BeginQuorumEpoch', N2, N1), handle('Fetch', N1, N2));
    told.take(delayMessage(N1, N2));
    expect(told.strays).toEqual(['fetch 1<-2 diverging']);
    told.replicate();
    expect(told.logs).toEqual(Array(3).fill('leader@1 leader@2'));
    told.take(deliverStray());
    expect(told.log(N1)).toBe('leader@1 leader@2');
    expect(told.doing(N1)).toBe('follower of 2, epoch 2');
    expect(told.broken).toEqual([]);
  });

  test('a fetch of the epoch before does not count for the new leader', () => {
    const told = begin().elect(N1).replicate().take(append(N1), delayMessage(N3, N1));
    expect(told.strays).toEqual(['fetch 3->1']);
    told.take(giveUpLeader(N3)).elect(N2);
    expect(told.doing(N1)).toBe('follower of 2, epoch 2');
    told.take(deliverStray());
    expect(told.highWatermark(N1)).toBe(1);
    told.replicate();
    expect(told.logs).toEqual(Array(3).fill('leader@1 leader@2'));
    expect(told.broken).toEqual([]);
  });

  test('EndQuorumEpoch of an epoch that is over changes nothing', () => {
    const told = begin().elect(N1).replicate().take(resign(N1));
    told.take(delayMessage(N1, N3)).elect(N2).replicate();
    expect(told.strays).toEqual(['endQuorumEpoch 1->3']);
    told.take(deliverStray());
    expect(told.doing(N3)).toBe('follower of 2, epoch 2, voted 2');
    expect(told.broken).toEqual([]);
  });
});

describe('kraft: a message arrives twice', () => {
  test('a vote request: the same candidate has the vote already (voters=3)', () => {
    const told = begin().take(electionTimeout(N1), complete('PreVote', N1, N2));
    told.take(duplicateMessage(N1, N2), complete('Vote', N1, N2), deliverStray());
    expect(told.doing(N2)).toBe('unattached, epoch 1, voted 1');
    expect(told.broken).toEqual([]);
  });

  test('a granted vote is counted once (voters=5)', () => {
    const told = storiesIn({ config: { voters: 5 } })().take(electionTimeout(N1));
    told.take(complete('PreVote', N1, N2), complete('PreVote', N1, N3));
    told.take(handle('Vote', N1, N2), duplicateMessage(N1, N2), receive('Vote', N1, N2));
    told.take(deliverStray());
    expect(told.doing(N1), 'two of five').toBe('candidate, epoch 1');
    told.take(complete('Vote', N1, N4));
    expect(told.doing(N1)).toBe('leader, epoch 1');
    expect(told.broken).toEqual([]);
  });

  test('a fetched entry is appended once (voters=3)', () => {
    const told = begin()
      .elect(N1)
      .take(handle('Fetch', N2, N1), duplicateMessage(N2, N1));
    told.take(receive('Fetch', N2, N1), deliverStray());
    expect(told.log(N2)).toBe('leader@1');
    told.replicate();
    expect(told.highWatermarks).toEqual([1, 1, 1]);
    expect(told.broken).toEqual([]);
  });

  test('BeginQuorumEpoch: who follows already goes on fetching (voters=3)', () => {
    const told = begin().take(electionTimeout(N1), complete('PreVote', N1, N2));
    told.take(complete('Vote', N1, N2), duplicateMessage(N1, N2));
    told.take(complete('BeginQuorumEpoch', N1, N2), complete('Fetch', N2, N1));
    told.take(deliverStray());
    expect(told.doing(N2)).toBe('follower of 1, epoch 1, voted 1');
    expect(told.log(N2)).toBe('leader@1');
    expect(told.inFlight).toContain('fetch 2->1');
    expect(told.broken).toEqual([]);
  });
});
