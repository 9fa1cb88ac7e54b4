import { describe, expect, test } from 'vitest';
import {
  addVoter,
  append,
  complete,
  cutNode,
  electionTimeout,
  fetchTimeout,
  giveUpLeader,
  handle,
  heal,
  type KraftStory,
  N1,
  N2,
  N3,
  receive,
  removeVoter,
  replaceDisk,
  restart,
  send,
  storiesIn,
} from './kraftStory.ts';

/** Nodes 1 and 3 stand in the same epoch, and node 1 wins it with the vote of node 2. */
function electedByNode2(begin: () => KraftStory): KraftStory {
  const told = begin().take(electionTimeout(N1), electionTimeout(N3));
  told.take(complete('PreVote', N1, N2), complete('PreVote', N3, N2), complete('Vote', N1, N2));
  expect(told.roles).toEqual([
    'leader, epoch 1',
    'unattached, epoch 1, voted 1',
    'candidate, epoch 1',
  ]);
  return told;
}

/** Node 2 helps to commit record 1 and loses its disk; the leader, who has it too, dies. */
function committedAndWiped(begin: () => KraftStory, directory: 'new' | 'same'): KraftStory {
  const told = begin().elect(N1).replicate().take(cutNode(N3), append(N1)).replicate();
  expect(told.committed).toBe('leader@1 1@1');
  return told.take(replaceDisk(N2, directory), heal).crash(N1).take(restart(N2));
}

describe('kraft: a voter comes back on an empty disk, ids only (voters=3, dynamicVoters=false)', () => {
  const begin = storiesIn();

  test('hazard: it votes a second time, and an epoch has two leaders', () => {
    const told = electedByNode2(begin).take(replaceDisk(N2), restart(N2));
    expect(told.doing(N2)).toBe('unattached, epoch 0');
    told.take(send('Vote', N3, N2), complete('Vote', N3, N2));
    expect(told.roles).toEqual([
      'leader, epoch 1',
      'unattached, epoch 1, voted 3',
      'leader, epoch 1',
    ]);
    expect(told.broken).toEqual(['one-vote-per-epoch', 'one-leader-per-epoch']);
  });

  test('hazard: it elects a leader that lacks what it had helped to commit', () => {
    const told = committedAndWiped(begin, 'new').elect(N3);
    expect(told.logs.slice(1)).toEqual(['', 'leader@1 leader@2']);
    expect(told.broken).toContain('leaders-hold-committed-records');
  });

  test('it finds the leader before anything else happens: no harm is done', () => {
    const told = storiesIn({ config: { bootstrapFetch: true } })()
      .elect(N1)
      .take(append(N1));
    told.replicate().take(replaceDisk(N2), restart(N2)).replicate();
    expect(told.doing(N2)).toBe('follower of 1, epoch 1');
    expect(told.log(N2)).toBe('leader@1 1@1');
    expect(told.broken).toEqual([]);
  });
});

describe('kraft: a voter comes back on an empty disk (voters=3, dynamicVoters=true)', () => {
  const begin = storiesIn({ config: { dynamicVoters: true, bootstrapFetch: true } });

  test('with a new directory id it is not asked for its vote, and gives none', () => {
    const told = electedByNode2(begin).take(replaceDisk(N2), restart(N2));
    expect(told.voters(N2), 'it does not even know who votes').toBe('');
    told.take(send('Vote', N3, N2), handle('Vote', N3, N2));
    expect(told.inFlight, 'INVALID_VOTER_KEY').toContain('vote 3<-2 refused');
    expect(told.doing(N2)).toBe('unattached, epoch 1');
    told.take(receive('Vote', N3, N2));
    expect(told.doing(N3)).toBe('candidate, epoch 1');
    expect(told.broken).toEqual([]);
  });

  test('nobody is elected who lacks what was committed: it takes the old leader', () => {
    const told = committedAndWiped(begin, 'new');
    told.take(fetchTimeout(N3)).settleVotes();
    expect(told.doing(N3)).toBe('prospective, epoch 1, leader 1, voted 1');
    expect(told.guard(electionTimeout(N2))).toBe('the node is not a voter');
    told.take(electionTimeout(N3), restart(N1)).elect(N1).replicate();
    expect(told.logs).toEqual(Array(3).fill('leader@1 1@1 leader@3'));
    expect(told.broken).toEqual([]);
  });

  test('it is an observer, whose fetches do not count, until it is taken back', () => {
    const told = begin().elect(N1).replicate().take(replaceDisk(N2), restart(N2)).replicate();
    expect(told.doing(N2)).toBe('follower of 1, epoch 1');
    told.take(cutNode(N3), append(N1)).replicate();
    expect(told.log(N2)).toBe('leader@1 1@1');
    expect(told.highWatermark(N1), 'two copies, and one of them counts').toBe(1);
    told.take(heal).replicate();
    expect(told.highWatermark(N1)).toBe(2);
    expect(told.guard(addVoter(N1, N2)), 'by its old id').toBe('the node is a voter already');

    told.take(removeVoter(N1, N2)).replicate();
    expect(told.guard(addVoter(N1, N2)), 'it has to fetch as the new one').toBe('enabled');
    told.take(addVoter(N1, N2)).replicate();
    expect(told.voters(N3)).toBe("1 2' 3");
    told.take(cutNode(N3), append(N1)).replicate();
    expect(told.highWatermark(N1), 'its copy counts again').toBe(5);
    expect(told.broken).toEqual([]);
  });

  test('the vote that it gave on the old disk is not lost to the candidate that counted it', () => {
    const told = begin().take(electionTimeout(N1), complete('PreVote', N1, N2));
    told.take(handle('Vote', N1, N2), replaceDisk(N2));
    expect(told.inFlight, 'the answer had been sent').toContain('vote 1<-2 granted');
    told.settleVotes();
    expect(told.doing(N1)).toBe('leader, epoch 1');
    told.take(restart(N2)).replicate();
    expect(told.highWatermark(N1), 'and the third voter commits').toBe(1);
    expect(told.broken).toEqual([]);
  });

  test('hazard: its old directory id restored, it is the old voter without its memory', () => {
    expect(begin().guard(replaceDisk(N2, 'same'))).toBe('a replaced disk gets a new directory id');
    const restored = storiesIn({
      config: { dynamicVoters: true, bootstrapFetch: true, directoryIdRestored: true },
    });
    const told = electedByNode2(restored).take(replaceDisk(N2, 'same'), restart(N2));
    told.take(send('Vote', N3, N2), complete('Vote', N3, N2));
    expect(told.broken).toEqual(['one-vote-per-epoch', 'one-leader-per-epoch']);

    const lost = committedAndWiped(restored, 'same').take(giveUpLeader(N3)).elect(N3);
    expect(lost.broken).toContain('leaders-hold-committed-records');
  });
});
