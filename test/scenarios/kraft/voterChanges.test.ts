import { describe, expect, test } from 'vitest';
import type { KraftConfig } from '../../../models/kraft/config.ts';
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
  N4,
  removeVoter,
  restart,
  storiesIn,
} from './kraftStory.ts';

const begin = storiesIn({ config: { observers: 1, dynamicVoters: true, bootstrapFetch: true } });

describe('kraft: a voter is added (voters=3, observers=1, dynamicVoters=true)', () => {
  test('refused before the leader has committed in its epoch, and before the node has caught up', () => {
    const told = begin().take(cutNode(N4)).elect(N1);
    expect(told.guard(addVoter(N2, N4))).toBe('the node does not lead');
    expect(told.guard(addVoter(N1, N4))).toBe('the leader has not committed in its epoch');
    told.replicate();
    expect(told.highWatermark(N1)).toBe(1);
    expect(told.guard(addVoter(N1, N4))).toBe('the node has not caught up');
    expect(told.guard(addVoter(N1, N3))).toBe('the node is a voter already');
    expect(told.guard(removeVoter(N1, N4))).toBe('the node is not a voter');
    told.take(heal).replicate();
    expect(told.doing(N4)).toBe('follower of 1, epoch 1');
    expect(told.guard(addVoter(N1, N4))).toBe('enabled');
    expect(told.broken).toEqual([]);
  });

  test('it counts from when the record is appended: three of four have to commit it', () => {
    const told = begin().elect(N1).replicate().take(addVoter(N1, N4));
    expect(told.log(N1)).toBe('leader@1 {1 2 3 4}@1');
    expect(told.voters(N1)).toBe('1 2 3 4');
    expect(told.voters(N2)).toBe('1 2 3');
    told.take(complete('Fetch', N2, N1), handle('Fetch', N2, N1));
    expect(told.voters(N2), 'as soon as it has the record').toBe('1 2 3 4');
    expect(told.highWatermark(N1)).toBe(1);
    told.take(complete('Fetch', N4, N1), handle('Fetch', N4, N1));
    expect(told.highWatermark(N1)).toBe(2);
    expect(told.reached).toContain('commit-under-new-voter-set');
    told.replicate();
    expect(told.names.map(name => told.voters(name))).toEqual(Array(4).fill('1 2 3 4'));
    expect(told.broken).toEqual([]);
  });

  test('a second change waits until the first is committed', () => {
    const told = begin().elect(N1).replicate().take(addVoter(N1, N4));
    expect(told.guard(removeVoter(N1, N3))).toBe('the last voter change is not committed');
    told.replicate().take(removeVoter(N1, N3)).replicate();
    expect(told.voters(N1)).toBe('1 2 4');
    expect(told.log(N1)).toBe('leader@1 {1 2 3 4}@1 {1 2 4}@1');
    expect(told.broken).toEqual([]);
  });

  test('the added voter can lead', () => {
    const told = begin().elect(N1).replicate().take(addVoter(N1, N4)).replicate().crash(N1);
    told.take(giveUpLeader(N2), giveUpLeader(N3)).elect(N4).replicate();
    expect(told.doing(N4)).toBe('leader, epoch 2');
    expect(told.committed).toBe('leader@1 {1 2 3 4}@1 leader@2');
    expect(told.broken).toEqual([]);
  });

  test('the leader is cut off with the new voter set, which is rolled back when it returns', () => {
    const told = begin().elect(N1).replicate().take(cutNode(N1), addVoter(N1, N4));
    expect(told.voters(N1)).toBe('1 2 3 4');
    told.take(giveUpLeader(N3)).elect(N2).take(heal).replicate();
    expect(told.reached).toContain('voter-set-rolled-back');
    expect(told.names.map(name => told.voters(name))).toEqual(Array(4).fill('1 2 3'));
    expect(told.log(N1)).toBe('leader@1 leader@2');
    expect(told.broken).toEqual([]);
  });
});

describe('kraft: a voter is removed (voters=3, dynamicVoters=true)', () => {
  const three = storiesIn({ config: { dynamicVoters: true } });

  test('a follower: it learns of it by the record itself, and stands no more', () => {
    const told = three().elect(N1).replicate().take(removeVoter(N1, N3)).replicate();
    expect(told.logs).toEqual(Array(3).fill('leader@1 {1 2}@1'));
    expect(told.highWatermarks).toEqual([2, 2, 2]);
    expect(told.doing(N3), 'an observer now').toBe('follower of 1, epoch 1, voted 1');
    expect(told.guard(fetchTimeout(N3))).toBe('the node is not a voter');
    expect(told.broken).toEqual([]);
  });

  test('it does not hear of it, and its pre-votes are refused', () => {
    const told = three().elect(N1).replicate().take(cutNode(N3), removeVoter(N1, N3)).replicate();
    expect(told.voters(N3)).toBe('1 2 3');
    told.take(heal, fetchTimeout(N3)).settleVotes();
    expect(told.doing(N3)).toBe('follower of 1, epoch 1, voted 1');
    told.replicate();
    expect(told.voters(N3)).toBe('1 2');
    expect(told.roles[0]).toBe('leader, epoch 1');
    expect(told.broken).toEqual([]);
  });

  test('down to one: the last voter is never removed', () => {
    const told = three().elect(N1).replicate().take(removeVoter(N1, N3)).replicate();
    told.take(removeVoter(N1, N2)).replicate();
    expect(told.voters(N1)).toBe('1');
    expect(told.guard(removeVoter(N1, N1))).toBe('it is the only voter');
    told.take(append(N1));
    expect(told.highWatermark(N1), 'alone').toBe(4);
    expect(told.broken).toEqual([]);
  });
});

describe('kraft: a leader is cut off with records of its own, and misses a removal (voters=3, dynamicVoters=true)', () => {
  const removedMeanwhile = (repairs: KraftConfig['repairs']): KraftStory => {
    const told = storiesIn({ config: { dynamicVoters: true, repairs } })()
      .elect(N3)
      .replicate();
    told.take(cutNode(N3), append(N3), append(N3), giveUpLeader(N1)).elect(N2).replicate();
    told.take(removeVoter(N2, N1)).replicate().take(heal).replicate();
    expect(told.log(N3)).toBe('leader@1 leader@2 {2 3}@2');
    return told;
  };

  test('it reads the removal in its log, and still counts the removed voter until it restarts', () => {
    const told = removedMeanwhile([]);
    expect(told.voters(N3)).toBe('1 2 3');
    expect(told.broken).toEqual(['voters-follow-log']);
    told.crash(N3).take(restart(N3));
    expect(told.voters(N3)).toBe('2 3');
  });

  test('repaired, it counts the voters that its log says', () => {
    const told = removedMeanwhile(['replacing-voters-not-read']);
    expect(told.voters(N3)).toBe('2 3');
    expect(told.broken).toEqual([]);
  });
});

describe('kraft: the leader is removed (voters=3, dynamicVoters=true)', () => {
  const three = storiesIn({ config: { dynamicVoters: true } });

  function removalAppended(): KraftStory {
    const told = three().elect(N1).replicate().take(removeVoter(N1, N1));
    expect(told.voters(N1)).toBe('2 3');
    return told;
  }

  test('it stays until its removal is committed by the others, and then resigns', () => {
    const told = removalAppended();
    expect(told.doing(N1)).toBe('leader, epoch 1');
    told.take(append(N1), complete('Fetch', N2, N1), complete('Fetch', N2, N1));
    expect(told.log(N2)).toBe('leader@1 {2 3}@1 1@1');
    expect(told.highWatermark(N1), 'its own copy does not count').toBe(1);
    told.take(complete('Fetch', N3, N1), handle('Fetch', N3, N1));
    expect(told.highWatermark(N1)).toBe(2);
    expect(told.doing(N1)).toBe('resigned, epoch 1, voted 1');
    expect(told.reached).toContain('removed-leader-resigns');

    told.take(electionTimeout(N1));
    expect(told.guard(electionTimeout(N1))).toBe('the node is not a voter');
    told.take(giveUpLeader(N3)).elect(N2).replicate();
    expect(told.committed).toBe('leader@1 {2 3}@1 1@1 leader@2');
    expect(told.broken).toEqual([]);
  });

  test('it dies before the removal is committed: the next leader decides', () => {
    const told = removalAppended().crash(N1).take(giveUpLeader(N3)).elect(N2).replicate();
    expect(told.voters(N2), 'it has never heard of it').toBe('1 2 3');
    expect(told.broken).toEqual([]);

    const heard = removalAppended()
      .take(complete('Fetch', N2, N1))
      .crash(N1);
    heard.take(giveUpLeader(N3)).elect(N2);
    expect(heard.inFlight, 'the old leader is asked no more').not.toContain(
      'beginQuorumEpoch 2->1',
    );
    heard.replicate();
    expect(heard.committed).toBe('leader@1 {2 3}@1 leader@2');
    expect(heard.voters(N3)).toBe('2 3');
    expect(heard.broken).toEqual([]);
  });

  test('a new leader changes nothing before it has committed in its epoch', () => {
    const told = removalAppended()
      .take(complete('Fetch', N2, N1))
      .crash(N1);
    told.take(giveUpLeader(N3)).elect(N2);
    expect(told.guard(removeVoter(N2, N3))).toBe('the leader has not committed in its epoch');
    told.replicate();
    expect(told.guard(removeVoter(N2, N3))).toBe('enabled');
    expect(told.broken).toEqual([]);
  });
});
