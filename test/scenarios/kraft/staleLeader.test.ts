import { describe, expect, test } from 'vitest';
import {
  append,
  complete,
  cutNode,
  electionTimeout,
  fetchTimeout,
  handle,
  heal,
  type KraftStory,
  N1,
  N2,
  N3,
  receive,
  send,
  storiesIn,
} from './kraftStory.ts';

const begin = storiesIn();

/** Node 1 leads and has committed record 1; then it is cut off, and appends record 2. */
function leaderCutOff(): KraftStory {
  const told = begin().elect(N1).take(append(N1)).replicate().take(cutNode(N1), append(N1));
  expect(told.logs).toEqual(['leader@1 1@1 2@1', 'leader@1 1@1', 'leader@1 1@1']);
  expect(told.highWatermarks).toEqual([2, 2, 2]);
  return told;
}

/** The others notice, and node 2 becomes their leader. */
function successorElected(): KraftStory {
  const told = leaderCutOff().take(fetchTimeout(N2), fetchTimeout(N3));
  told.take(complete('PreVote', N2, N3), complete('Vote', N2, N3));
  told.take(complete('BeginQuorumEpoch', N2, N3));
  expect(told.roles).toEqual([
    'leader, epoch 1',
    'leader, epoch 2',
    'follower of 2, epoch 2, voted 2',
  ]);
  return told;
}

describe('kraft: a leader is cut off and comes back (voters=3)', () => {
  test('it goes on leading its epoch, and commits nothing more', () => {
    const told = successorElected();
    expect(told.reached).toContain('leaders-of-two-epochs-at-once');
    told.take(append(N2)).replicate();
    expect(told.highWatermarks).toEqual([2, 4, 4]);
    expect(told.committed).toBe('leader@1 1@1 leader@2 3@2');
    expect(told.broken).toEqual([]);
  });

  test('back again it follows, and truncates what was never committed', () => {
    const told = successorElected().take(append(N2)).replicate().take(heal);
    told.take(send('BeginQuorumEpoch', N2, N1), complete('BeginQuorumEpoch', N2, N1));
    expect(told.doing(N1)).toBe('follower of 2, epoch 2');
    expect(told.onDisk(N1)).toBe('epoch 2, leader 2');
    expect(told.highWatermark(N1), 'what it has committed stays so').toBe(2);

    told.take(handle('Fetch', N1, N2));
    expect(told.inFlight).toContain('fetch 1<-2 diverging');
    told.take(receive('Fetch', N1, N2));
    expect(told.log(N1)).toBe('leader@1 1@1');
    expect(told.reached).toContain('log-truncated');
    told.replicate();
    expect(new Set(told.logs)).toEqual(new Set(['leader@1 1@1 leader@2 3@2']));
    expect(told.highWatermarks).toEqual([4, 4, 4]);
    expect(told.broken).toEqual([]);
  });

  test('a pre-vote of the newer epoch deposes it as well, although it names no leader', () => {
    const told = successorElected().take(heal, fetchTimeout(N3), handle('PreVote', N3, N1));
    expect(told.doing(N1)).toBe('unattached, epoch 2');
    expect(told.inFlight, 'its log is longer by the record that is not committed').toContain(
      'preVote 3<-1 rejected',
    );
    told.settleVotes().replicate();
    expect(told.roles[1], 'node 2 has not lost its majority').toBe('leader, epoch 2');
    expect(told.logs).toEqual(Array(3).fill('leader@1 1@1 leader@2'));
    expect(told.broken).toEqual([]);
  });

  test('what it has on its way is of an older epoch: refused, and the answer deposes it', () => {
    const told = begin().take(electionTimeout(N1), complete('PreVote', N1, N2));
    told.take(complete('Vote', N1, N2), complete('BeginQuorumEpoch', N1, N2));
    told.take(cutNode(N1), fetchTimeout(N2), complete('PreVote', N2, N3));
    told.take(complete('Vote', N2, N3), complete('BeginQuorumEpoch', N2, N3));
    expect(told.inFlight).toContain('beginQuorumEpoch 1->3');
    told.take(heal, handle('BeginQuorumEpoch', N1, N3));
    expect(told.doing(N3)).toBe('follower of 2, epoch 2, voted 2');
    told.take(receive('BeginQuorumEpoch', N1, N3));
    expect(told.doing(N1)).toBe('follower of 2, epoch 2');
    told.replicate();
    expect(told.logs).toEqual(['leader@2', 'leader@2', 'leader@2']);
    expect(told.broken).toEqual([]);
  });

  test('fetches that left before the cut acknowledge what the followers have, and no more', () => {
    const told = begin()
      .elect(N1)
      .take(complete('Fetch', N2, N1), complete('Fetch', N3, N1));
    told.take(cutNode(N1), append(N1));
    expect(told.inFlight).toEqual(['fetch 2->1', 'fetch 3->1']);
    expect(told.highWatermark(N1)).toBe(0);
    told.take(handle('Fetch', N2, N1));
    expect(told.highWatermark(N1), 'a majority does have the first record').toBe(1);
    expect(told.inFlight, 'the answer is lost').toEqual(['fetch 3->1']);

    // A fetch of a node that has gone on is from the epoch that it was sent in.
    told.take(fetchTimeout(N2), fetchTimeout(N3), complete('PreVote', N2, N3));
    told.take(complete('Vote', N2, N3), handle('Fetch', N3, N1));
    expect(told.roles.slice(0, 2)).toEqual(['leader, epoch 1', 'leader, epoch 2']);
    expect(told.highWatermark(N1)).toBe(1);
    told.take(heal).replicate();
    expect(told.logs).toEqual(['leader@1 leader@2', 'leader@1 leader@2', 'leader@1 leader@2']);
    expect(told.broken).toEqual([]);
  });
});
