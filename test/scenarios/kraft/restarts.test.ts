import { describe, expect, test } from 'vitest';
import {
  append,
  complete,
  crash,
  cutNode,
  electionTimeout,
  fetchTimeout,
  flush,
  handle,
  heal,
  loseQuorumState,
  N1,
  N2,
  N3,
  receive,
  restart,
  send,
  storiesIn,
} from './kraftStory.ts';

const begin = storiesIn();

describe('kraft: all nodes crash and start again (voters=3)', () => {
  test('the leader comes back resigned in its epoch, the others know their vote and leader', () => {
    const told = begin().elect(N1).take(append(N1)).replicate().restartAll();
    expect(told.roles).toEqual([
      'resigned, epoch 1, voted 1',
      'follower of 1, epoch 1, voted 1',
      'follower of 1, epoch 1, voted 1',
    ]);
    expect(told.highWatermarks, 'nobody knows what is committed').toEqual([0, 0, 0]);
    expect(told.reached).toEqual(expect.arrayContaining(['resigned-after-restart']));

    // A resigned node answers nobody's fetch.
    told.take(handle('Fetch', N2, N1));
    expect(told.inFlight).toContain('fetch 2<-1 refused');
    told.take(receive('Fetch', N2, N1), electionTimeout(N1));
    expect(told.doing(N1), 'the next epoch, and not its own again').toBe('unattached, epoch 2');
    expect(told.onDisk(N1)).toBe('epoch 2');
    expect(told.broken).toEqual([]);
  });

  test.each([N1, N2])('%s is elected next, and all that was committed is there', next => {
    const told = begin().elect(N1).take(append(N1)).replicate();
    // The second record is committed as well; the third only its leader has.
    told.take(append(N1)).replicate().take(cutNode(N1), append(N1));
    expect(told.committed).toBe('leader@1 1@1 2@1');
    told.restartAll().take(heal).elect(next).replicate();
    const kept = next === N1 ? ' 3@1' : '';
    const epoch = next === N1 ? 3 : 2;
    const log = `leader@1 1@1 2@1${kept} leader@${epoch}`;
    expect(told.logs).toEqual([log, log, log]);
    expect(told.committed).toBe(log);
    expect(told.broken).toEqual([]);
  });

  test('a candidate is a candidate of the same epoch again, and asks again', () => {
    const told = begin().take(electionTimeout(N1), complete('PreVote', N1, N2));
    told.take(crash(N1, 0, 'lost'));
    expect(told.inFlight).toEqual([]);
    expect(told.onDisk(N1)).toBe('epoch 1, voted 1');
    told.take(restart(N1));
    expect(told.doing(N1)).toBe('candidate, epoch 1');
    expect(told.inFlight).toEqual(['vote 1->2', 'vote 1->3']);
    told.settleVotes();
    expect(told.doing(N1)).toBe('leader, epoch 1');
    expect(told.broken).toEqual([]);
  });

  test('a candidate that lost and follows stands again in its epoch, and is told who leads', () => {
    const told = begin().take(electionTimeout(N1), electionTimeout(N3));
    told
      .take(complete('PreVote', N1, N2), complete('PreVote', N3, N2))
      .settleVotes()
      .replicate();
    expect(told.roles).toEqual([
      'leader, epoch 1',
      'follower of 1, epoch 1, voted 1',
      'follower of 1, epoch 1, voted 3',
    ]);
    told.crash(N3).take(restart(N3));
    expect(told.doing(N3), 'its file names its own vote, which counts more').toBe(
      'candidate, epoch 1',
    );
    told.take(complete('Vote', N3, N2));
    expect(told.doing(N3)).toBe('follower of 1, epoch 1, voted 3');
    told.replicate();
    expect(told.highWatermarks).toEqual([1, 1, 1]);
    expect(told.broken).toEqual([]);
  });

  test('a prospective forgets that it has asked', () => {
    const told = begin().elect(N1).replicate().take(fetchTimeout(N2));
    expect(told.doing(N2)).toBe('prospective, epoch 1, leader 1, voted 1');
    told.crash(N2).take(restart(N2));
    expect(told.doing(N2)).toBe('follower of 1, epoch 1, voted 1');
    expect(told.broken).toEqual([]);
  });

  test('the only voter leads the next epoch as soon as it is back', () => {
    const told = storiesIn({ config: { voters: 1 } })()
      .elect(N1)
      .take(append(N1))
      .restartAll();
    expect(told.doing(N1)).toBe('leader, epoch 2');
    expect(told.committed).toBe('leader@1 1@1 leader@2');
    expect(told.broken).toEqual([]);
  });
});

describe('kraft: a crash between the steps of one operation (voters=3)', () => {
  test('the vote is written and the answer is not sent: it is still given', () => {
    const told = begin().take(electionTimeout(N1), electionTimeout(N3));
    told.take(complete('PreVote', N1, N2), complete('PreVote', N3, N2));
    told.take(handle('Vote', N1, N2), crash(N2, 0, 'lost'), restart(N2));
    expect(told.doing(N2)).toBe('unattached, epoch 1, voted 1');
    expect(told.inFlight, 'both have to ask again').toEqual(['vote 1->3', 'vote 3->1']);
    told.take(send('Vote', N3, N2), complete('Vote', N3, N2));
    expect(told.doing(N3), 'not to another').toBe('candidate, epoch 1');
    told.take(send('Vote', N1, N2), complete('Vote', N1, N2));
    expect(told.doing(N1), 'to the same one again').toBe('leader, epoch 1');
    expect(told.broken).toEqual([]);
  });

  test('the request arrives and nothing of it is written: the voter is as free as before', () => {
    const told = begin().take(electionTimeout(N1), complete('PreVote', N1, N2));
    told.take(crash(N2, 0), restart(N2));
    expect(told.doing(N2)).toBe('unattached, epoch 0');
    expect(told.inFlight).toEqual(['vote 1->3']);
    expect(told.broken).toEqual([]);
  });

  test('elected and nobody told: the epoch has had its leader, and gets no other', () => {
    const told = begin().take(electionTimeout(N1), electionTimeout(N3));
    told.take(complete('PreVote', N1, N2), complete('PreVote', N3, N2));
    told.take(complete('Vote', N1, N2));
    expect(told.doing(N1)).toBe('leader, epoch 1');
    told.take(crash(N1, 1, 'lost'), restart(N1));
    expect(told.doing(N1)).toBe('resigned, epoch 1, voted 1');
    told.take(complete('Vote', N3, N2));
    expect(told.doing(N3), 'no vote is free').toBe('candidate, epoch 1');
    // The resigned leader refuses too, and tells that the epoch is its own.
    told.take(send('Vote', N3, N1), complete('Vote', N3, N1));
    expect(told.doing(N3)).toBe('follower of 1, epoch 1, voted 3');
    told.elect(N1).replicate();
    expect(told.logs).toEqual(Array(3).fill('leader@1 leader@3'));
    expect(told.broken).toEqual([]);
  });
});

describe('kraft: a crash between append and flush (voters=3, lateFlush=true)', () => {
  const late = storiesIn({ config: { lateFlush: true } });

  test('a record that a majority of the others has is committed without the leader', () => {
    const told = late().elect(N1).replicate();
    expect(told.highWatermarks, 'the followers are two of three').toEqual([1, 1, 1]);
    told.take(flush(N1), append(N1)).replicate();
    expect(told.highWatermarks).toEqual([2, 2, 2]);
    told.take(crash(N1, 1), restart(N1));
    expect(told.reached).toContain('unflushed-tail-lost');
    expect(told.doing(N1)).toBe('resigned, epoch 1, voted 1');
    expect(told.log(N1)).toBe('leader@1');
    told.take(fetchTimeout(N3)).elect(N2).take(flush(N2)).replicate();
    expect(told.log(N1)).toBe('leader@1 1@1 leader@2');
    expect(told.broken).toEqual([]);
  });

  test('a record that one follower has is not committed before the leader has flushed it', () => {
    const told = late().elect(N1).take(flush(N1)).replicate().take(cutNode(N3), append(N1));
    told.replicate();
    expect(told.logs).toEqual(['leader@1 1@1', 'leader@1 1@1', 'leader@1']);
    expect(told.highWatermark(N1), 'one of three has it on disk').toBe(1);
    told.take(flush(N1));
    expect(told.highWatermark(N1)).toBe(2);
    expect(told.broken).toEqual([]);
  });

  test('the leader loses the first record of its epoch, and the epoch stays closed', () => {
    const told = late().take(electionTimeout(N1), complete('PreVote', N1, N2));
    told.take(complete('Vote', N1, N2));
    told.take(crash(N1, 0, 'lost'), restart(N1));
    expect(told.log(N1)).toBe('');
    expect(told.onDisk(N1)).toBe('epoch 1, leader 1, voted 1');
    expect(told.doing(N1)).toBe('resigned, epoch 1, voted 1');
    told.elect(N2).take(flush(N2)).replicate();
    expect(told.doing(N2)).toBe('leader, epoch 2');
    expect(told.logs).toEqual(['leader@2', 'leader@2', 'leader@2']);
    expect(told.broken).toEqual([]);
  });

  test('the only voter counts nothing that is not flushed', () => {
    const alone = storiesIn({ config: { lateFlush: true, voters: 1 } })();
    alone.elect(N1).take(append(N1));
    expect(alone.highWatermark(N1)).toBe(0);
    alone.take(crash(N1, 1), restart(N1));
    expect(alone.log(N1)).toBe('leader@1 leader@2');
    expect(alone.highWatermark(N1)).toBe(0);
    alone.take(flush(N1));
    expect(alone.committed).toBe('leader@1 leader@2');
    expect(alone.broken).toEqual([]);
  });
});

describe('kraft: the quorum-state file is lost and the log is kept (voters=3)', () => {
  test('the epoch comes from the log, and what was voted in it is forgotten', () => {
    const told = begin().elect(N1).replicate().crash(N2).take(loseQuorumState(N2));
    expect(told.onDisk(N2)).toBe('epoch 0');
    told.take(restart(N2));
    expect(told.doing(N2)).toBe('unattached, epoch 1');
    expect(told.onDisk(N2)).toBe('epoch 1');
    expect(told.broken).toEqual([]);
  });

  test('hazard: a voter whose file is lost votes twice in an epoch', () => {
    const told = begin().take(electionTimeout(N1), electionTimeout(N3));
    told.take(complete('PreVote', N1, N2), complete('PreVote', N3, N2));
    told.take(complete('Vote', N1, N2)).crash(N2);
    told.take(loseQuorumState(N2), restart(N2), send('Vote', N3, N2));
    told.take(complete('Vote', N3, N2));
    expect(told.roles).toEqual([
      'leader, epoch 1',
      'unattached, epoch 1, voted 3',
      'leader, epoch 1',
    ]);
    expect(told.broken).toEqual(['one-vote-per-epoch', 'one-leader-per-epoch']);
  });
});
