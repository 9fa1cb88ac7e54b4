import { describe, expect, test } from 'vitest';
import {
  complete,
  delayMessage,
  deliverStray,
  electionTimeout,
  exchange,
  handle,
  loseMessage,
  N1,
  N2,
  N3,
  N4,
  N5,
  receive,
  send,
  storiesIn,
} from './kraftStory.ts';

describe('kraft: the first election of a quorum that was just formatted', () => {
  const begin = storiesIn();

  test('three voters: pre-votes, votes, and the first record of the epoch is committed', () => {
    const told = begin().take(electionTimeout(N1));
    expect(told.doing(N1)).toBe('prospective, epoch 0');
    expect(told.inFlight).toEqual(['preVote 1->2', 'preVote 1->3']);
    expect(told.onDisk(N1), 'a pre-vote changes no epoch').toBe('epoch 0');

    told.take(handle('PreVote', N1, N2));
    expect(told.doing(N2), 'nor does granting it').toBe('unattached, epoch 0');
    told.take(receive('PreVote', N1, N2));
    expect(told.doing(N1)).toBe('candidate, epoch 1');
    expect(told.onDisk(N1), 'before anybody is asked').toBe('epoch 1, voted 1');
    expect(told.inFlight, 'the third is asked anew').toEqual(['vote 1->2', 'vote 1->3']);

    told.take(handle('Vote', N1, N2));
    expect(told.doing(N2)).toBe('unattached, epoch 1, voted 1');
    expect(told.onDisk(N2), 'before it answers').toBe('epoch 1, voted 1');
    told.take(receive('Vote', N1, N2));
    expect(told.doing(N1)).toBe('leader, epoch 1');
    expect(told.onDisk(N1)).toBe('epoch 1, leader 1, voted 1');
    expect(told.log(N1)).toBe('leader@1');
    expect(told.highWatermark(N1), 'nobody else has it').toBe(0);

    told.take(complete('BeginQuorumEpoch', N1, N2));
    expect(told.doing(N2)).toBe('follower of 1, epoch 1, voted 1');
    told.take(complete('Fetch', N2, N1));
    expect(told.log(N2)).toBe('leader@1');
    expect(told.highWatermark(N1), 'not acknowledged yet').toBe(0);
    told.take(handle('Fetch', N2, N1));
    expect(told.highWatermark(N1), 'the next fetch acknowledges it').toBe(1);
    expect(told.committed).toBe('leader@1');

    told.replicate();
    expect(told.doing(N3), 'it never voted').toBe('follower of 1, epoch 1');
    expect(told.logs).toEqual(['leader@1', 'leader@1', 'leader@1']);
    expect(told.highWatermarks).toEqual([1, 1, 1]);
    expect(told.reached).toContain('first-commit');
    expect(told.broken).toEqual([]);
  });

  test('three voters of 3.9: no pre-vote, the first to time out stands at once', () => {
    const told = storiesIn({ config: { kafka: '3.9' } })().take(electionTimeout(N1));
    expect(told.doing(N1)).toBe('candidate, epoch 1');
    expect(told.onDisk(N1)).toBe('epoch 1, voted 1');
    told.elect(N1).replicate();
    expect(told.highWatermarks).toEqual([1, 1, 1]);
    expect(told.broken).toEqual([]);
  });

  test('three voters, in rounds: the same states, in a step for each exchange', () => {
    const told = storiesIn({ config: { transport: 'rounds' } })().take(electionTimeout(N1));
    told.take(exchange('PreVote', N1, N2));
    expect(told.doing(N1)).toBe('candidate, epoch 1');
    told.take(exchange('Vote', N1, N2, 'lost'));
    expect(told.roles.slice(0, 2)).toEqual(['candidate, epoch 1', 'unattached, epoch 1, voted 1']);
    told.take(exchange('Vote', N1, N2), exchange('BeginQuorumEpoch', N1, N2));
    told.take(exchange('Fetch', N2, N1), exchange('Fetch', N2, N1));
    expect(told.highWatermark(N1)).toBe(1);
    expect(told.inFlight).toEqual([]);
    told.replicate();
    expect(told.roles).toEqual([
      'leader, epoch 1',
      'follower of 1, epoch 1, voted 1',
      'follower of 1, epoch 1',
    ]);
    expect(told.highWatermarks).toEqual([1, 1, 1]);
    expect(told.broken).toEqual([]);
  });

  test('one voter alone: leads and commits without a message', () => {
    const told = storiesIn({ config: { voters: 1 } })().take(electionTimeout(N1));
    expect(told.doing(N1)).toBe('leader, epoch 1');
    expect(told.onDisk(N1)).toBe('epoch 1, leader 1, voted 1');
    expect(told.inFlight).toEqual([]);
    expect(told.highWatermark(N1)).toBe(1);
    expect(told.broken).toEqual([]);
  });

  test('two voters: either is needed', () => {
    const told = storiesIn({ config: { voters: 2 } })()
      .crash(N2)
      .take(electionTimeout(N1));
    expect(told.inFlight).toEqual([]);
    expect(told.doing(N1)).toBe('prospective, epoch 0');
    expect(told.guard(send('PreVote', N1, N2))).toBe('the request does not get there');
    expect(told.broken).toEqual([]);
  });
});

describe('kraft: the first election (voters=5)', () => {
  const begin = storiesIn({ config: { voters: 5 } });

  test('two votes besides its own elect a node, and two followers commit', () => {
    const told = begin().take(electionTimeout(N1));
    told.take(complete('PreVote', N1, N2));
    expect(told.doing(N1), 'two of five are no majority').toBe('prospective, epoch 0');
    told.take(complete('PreVote', N1, N3), complete('Vote', N1, N2));
    expect(told.doing(N1)).toBe('candidate, epoch 1');
    told.take(complete('Vote', N1, N3));
    expect(told.doing(N1)).toBe('leader, epoch 1');

    told.take(complete('BeginQuorumEpoch', N1, N2), complete('BeginQuorumEpoch', N1, N3));
    told.take(complete('Fetch', N2, N1), handle('Fetch', N2, N1));
    expect(told.highWatermark(N1)).toBe(0);
    told.take(complete('Fetch', N3, N1), handle('Fetch', N3, N1));
    expect(told.highWatermark(N1)).toBe(1);
    expect(told.broken).toEqual([]);
  });

  test('two of five down: the others elect and commit; three down: nobody is elected', () => {
    const told = begin().crash(N4, N5).elect(N1).replicate();
    expect(told.highWatermarks).toEqual([1, 1, 1, 0, 0]);

    const few = begin().crash(N3, N4, N5).take(electionTimeout(N1)).settleVotes();
    expect(few.doing(N1)).toBe('prospective, epoch 0');
    few.take(electionTimeout(N1), electionTimeout(N2)).settleVotes();
    expect(few.roles.slice(0, 2)).toEqual(['unattached, epoch 0', 'prospective, epoch 0']);
    expect([...told.broken, ...few.broken]).toEqual([]);
  });
});

describe('kraft: a split vote', () => {
  const begin = storiesIn();

  test('two stand at once, neither wins, and the one that times out first wins the next epoch', () => {
    const told = begin().crash(N3).take(electionTimeout(N1), electionTimeout(N2));
    // Pre-votes are no votes: each grants the other's.
    told.take(handle('PreVote', N1, N2), handle('PreVote', N2, N1));
    told.take(receive('PreVote', N1, N2), receive('PreVote', N2, N1));
    expect(told.roles.slice(0, 2)).toEqual(['candidate, epoch 1', 'candidate, epoch 1']);

    told.take(handle('Vote', N1, N2), handle('Vote', N2, N1));
    expect(told.inFlight).toEqual(['vote 1<-2 rejected', 'vote 2<-1 rejected']);
    told.settleVotes();
    expect(told.roles.slice(0, 2), 'both wait').toEqual([
      'candidate, epoch 1',
      'candidate, epoch 1',
    ]);
    expect(told.reached).toContain('split-vote');

    told.take(electionTimeout(N2));
    expect(told.doing(N2), 'it asks again first').toBe('prospective, epoch 1, voted 2');
    expect(told.onDisk(N2)).toBe('epoch 1, voted 2');
    told.settleVotes();
    expect(told.doing(N2)).toBe('leader, epoch 2');
    told.replicate();
    expect(told.doing(N1)).toBe('follower of 2, epoch 2, voted 2');
    expect(told.committed).toBe('leader@2');
    expect(told.broken).toEqual([]);
  });

  test('four voters split two and two; a vote given once is not given again in the epoch', () => {
    const told = storiesIn({ config: { voters: 4 } })();
    told.take(electionTimeout(N1), electionTimeout(N2));
    told.take(complete('PreVote', N1, N3), complete('PreVote', N2, N3));
    told.take(handle('PreVote', N1, N4), handle('PreVote', N2, N4));
    told.take(receive('PreVote', N1, N4), receive('PreVote', N2, N4));
    expect(told.roles.slice(0, 2)).toEqual(['candidate, epoch 1', 'candidate, epoch 1']);
    told.take(complete('Vote', N1, N3), complete('Vote', N2, N4)).settleVotes();
    expect(told.roles).toEqual([
      'candidate, epoch 1',
      'candidate, epoch 1',
      'unattached, epoch 1, voted 1',
      'unattached, epoch 1, voted 2',
    ]);
    told.elect(N1).replicate();
    expect(told.doing(N1)).toBe('leader, epoch 2');
    expect(told.highWatermarks).toEqual([1, 1, 1, 1]);
    expect(told.broken).toEqual([]);
  });

  test('3.9: a candidate that times out stands again in the next epoch', () => {
    const told = storiesIn({ config: { kafka: '3.9' } })();
    told.take(electionTimeout(N1), electionTimeout(N2), electionTimeout(N3));
    told.settleVotes();
    expect(told.roles).toEqual(['candidate, epoch 1', 'candidate, epoch 1', 'candidate, epoch 1']);
    told.take(electionTimeout(N3));
    expect(told.doing(N3)).toBe('candidate, epoch 2');
    told.settleVotes().replicate();
    expect(told.roles).toEqual([
      'follower of 3, epoch 2',
      'follower of 3, epoch 2',
      'leader, epoch 2',
    ]);
    expect(told.broken).toEqual([]);
  });

  test('a prospective that votes for a candidate of its epoch asks for pre-votes anew', () => {
    const told = begin().take(electionTimeout(N1), complete('PreVote', N1, N3));
    // The vote requests are late. By the pre-vote after it the second node hears of the epoch.
    told.take(delayMessage(N1, N2), loseMessage(N1, N3), electionTimeout(N1));
    told.take(handle('PreVote', N1, N2), electionTimeout(N2));
    expect(told.doing(N2)).toBe('prospective, epoch 1');
    told.take(deliverStray());
    expect(told.doing(N2)).toBe('prospective, epoch 1, voted 1');
    expect(told.onDisk(N2)).toBe('epoch 1, voted 1');
    expect(told.inFlight).toContain('preVote 2->3');
    expect(told.doing(N1), 'it gets the vote too late').toBe('prospective, epoch 1, voted 1');
    told.settleVotes();
    expect(told.broken).toEqual([]);
  });
});
