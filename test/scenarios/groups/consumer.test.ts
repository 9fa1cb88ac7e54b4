import { describe, expect, test } from 'vitest';
import {
  B1,
  commit,
  fetchOffset,
  type GroupsStory,
  giveUp,
  groupsStory,
  heartbeat,
  M1,
  M2,
  P2,
  poll,
  process,
  reconcile,
  replicate,
  start,
} from './groupsStory.ts';

/** Two partitions; the first member has both, and has processed a record of the second. */
function reading(kafka = '4.4'): GroupsStory {
  const told = groupsStory({ protocol: 'consumer', partitions: 2, kafka });
  told.take(start(M1), heartbeat(M1), replicate, reconcile(M1), heartbeat(M1));
  return told.take(fetchOffset(M1), fetchOffset(M1, P2), poll(M1, 1, P2), process(M1, P2));
}

/** Another one joins, and is to have the second. */
const joined = [start(M2), heartbeat(M2, M1), replicate];

describe('a member joins by the consumer protocol', () => {
  test('and gets a partition when the one before has committed, given it up and said so', () => {
    const told = reading().take(joined);
    expect(told.member(M2)).toBe('stable');
    expect(told.guard(heartbeat(M2))).toBe('it has nothing to say, and nothing to hear');
    told.take(heartbeat(M1), replicate);
    expect(told.guard(poll(M1, 1, P2))).toBe('it is about to give the partition up');
    expect(told.guard(reconcile(M1))).toBe('it commits first');
    told.take(commit(M1), replicate, reconcile(M1));
    expect(told.guard(heartbeat(M2))).toBe('it has nothing to say, and nothing to hear');
    told.take(heartbeat(M1), replicate, heartbeat(M2), replicate, reconcile(M2));
    told.take(fetchOffset(M2, P2), poll(M2, 1, P2), process(M2, P2));
    expect(told.reached).toContain('goes-on-behind-another');
    expect(told.broken).toEqual([]);
  });

  test('while the application of the one before has records in hand, it waits', () => {
    const told = reading().take(poll(M1, 1, P2), joined, heartbeat(M1), replicate);
    expect(told.guard(reconcile(M1))).toBe('the application has records in hand');
  });
});

test('a member that is given up is fenced, and joins anew', () => {
  const told = reading().take(giveUp('missSession', M1));
  expect(told.groupAt(B1)).toBe('empty, generation 2');
  told.take(heartbeat(M1));
  expect(told.member(M1)).toBe('joining');
  told.take(heartbeat(M1), replicate, replicate);
  expect(told.member(M1)).toBe('reconciling');
});
