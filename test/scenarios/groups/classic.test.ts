import { describe, expect, test } from 'vitest';
import {
  alone,
  assign,
  B1,
  B2,
  commit,
  completeJoin,
  crash,
  exceedPollInterval,
  failOver,
  fetchOffset,
  findCoordinator,
  getPartitions,
  giveUp,
  groupsStory,
  hearOfLoss,
  join,
  joinAgain,
  leave,
  load,
  M1,
  M2,
  P2,
  poll,
  prepare,
  process,
  replicate,
  resign,
  start,
  together,
  unload,
} from './groupsStory.ts';

/** The first member reads, and has one of two records in hand. */
const reading = [...alone, fetchOffset(M1), poll(M1)];

describe('a rebalance while a member processes', () => {
  test('waits until the application polls; then it commits, gives up, and the next owner goes on behind', () => {
    const told = groupsStory().take(reading, start(M2), join(M2));
    expect(told.reached).toContain('rebalance-while-processing');
    expect(told.groupAt(B1)).toBe('preparingRebalance, generation 1');
    expect(told.guard(prepare(M1))).toBe('the application has records in hand');
    told.take(process(M1), prepare(M1));
    expect(told.guard(join(M1))).toBe('it commits first');
    expect(told.guard(poll(M1))).toBe('it is about to give the partition up');
    told.take(commit(M1), replicate, join(M1), completeJoin(), assign(M1, M2), replicate);
    told.take(getPartitions(M1), getPartitions(M2), fetchOffset(M2));
    expect(told.member(M1)).toBe('stable');
    expect(told.member(M2)).toBe('stable, at 1');
    told.take(poll(M2), process(M2));
    expect(told.processed).toBe('1 1');
    expect(told.broken).toEqual([]);
    expect(told.reached).toContain('goes-on-behind-another');
  });

  test('of an application that commits by itself waits for its commit', () => {
    const told = groupsStory({ commit: 'after' }).take(reading, start(M2), join(M2), process(M1));
    expect(told.guard(join(M1))).toBe('the application commits first');
    expect(told.guard(prepare(M1))).toBe('its application commits by itself');
  });

  test('nobody commits while the group waits for its assignment', () => {
    const told = groupsStory({ assignor: 'cooperative' }).take(reading, start(M2), join(M2));
    told.take(process(M1), prepare(M1), commit(M1), replicate, join(M1), poll(M1), process(M1));
    told.take(completeJoin());
    expect(told.guard(commit(M1))).toBe(
      'the group waits for its assignment (REBALANCE_IN_PROGRESS)',
    );
  });
});

describe('a zombie', () => {
  /** It is given up with a record in hand, and the other member is the next owner. */
  const givenUp = [
    ...reading,
    start(M2),
    join(M2),
    giveUp('missSession', M1),
    completeJoin(),
    assign(M2),
    replicate,
    getPartitions(M2),
    fetchOffset(M2),
  ];

  test('processes beside the next owner, and its commit is refused', () => {
    const told = groupsStory().take(givenUp);
    expect(told.broken).toEqual(['one-processor-at-a-time']);
    told.take(process(M1), poll(M2), process(M2));
    expect(told.reached).toContain('zombie-processes');
    expect(told.processed).toBe('2');
    told.take(commit(M1));
    expect(told.reached).toContain('commit-refused');
    expect(told.member(M1)).toBe('unjoined');
    expect(told.log).toBe('g2 |');
  });

  test('hears of it by its next heartbeat, and joins as another', () => {
    const told = groupsStory().take(givenUp, hearOfLoss(M1), join(M1));
    expect(told.groupAt(B1)).toBe('preparingRebalance, generation 2');
    expect(told.member(M1)).toBe('preparingRebalance');
  });

  test('is also who does not poll in time, and knows that it has left', () => {
    const told = groupsStory().take(reading, exceedPollInterval(M1), process(M1));
    expect(told.reached).toContain('zombie-processes');
    expect(told.guard(commit(M1))).toBe('it has no generation');
    expect(told.guard(poll(M1))).toBe('it joins again first');
  });
});

describe('a member dies', () => {
  test('between processing and commit: the next owner processes again', () => {
    const told = groupsStory().take(reading, process(M1), crash(M1), giveUp('expireSession', M1));
    told.take(replicate, start(M2), join(M2), completeJoin(), assign(M2), replicate);
    told.take(getPartitions(M2), fetchOffset(M2), poll(M2), process(M2));
    expect(told.processed).toBe('2');
    expect(told.broken).toEqual(['no-record-is-processed-twice']);
    expect(told.reached).toContain('record-processed-again');
  });

  test('that has committed before it processes: nobody processes', () => {
    const told = groupsStory({ commit: 'before' }).take(reading, commit(M1), replicate, crash(M1));
    expect(told.processed).toBe('');
    expect(told.broken).toEqual(['no-record-is-passed-over']);
  });

  test('a dynamic one is back only when its session is over', () => {
    const told = groupsStory().take(alone, crash(M1));
    expect(told.guard(start(M1))).toBe('the session of the process before it is not over');
    expect(told.guard(giveUp('missSession', M1))).toBe('it is dead');
  });
});

describe('a static member', () => {
  const own = { instanceIds: 'own' } as const;

  test('is back within its session without a rebalance', () => {
    const told = groupsStory(own).take(together, crash(M1), start(M1), joinAgain(M1));
    expect(told.reached).toContain('static-member-returns');
    expect(told.guard(join(M1)), 'not before its member id is stored').toBe('it awaits an answer');
    told.take(replicate, getPartitions(M1), fetchOffset(M1));
    expect(told.groupAt(B1)).toBe('stable, generation 1');
    expect(told.member(M1)).toBe('stable, at 0');
    expect(told.guard(join(M1))).toBe('there is no rebalance');
  });

  test('that is closed does not leave: its partitions wait', () => {
    const told = groupsStory(own).take(together, leave(M1));
    expect(told.groupAt(B1)).toBe('stable, generation 1');
  });

  test('of which another process takes the place is fenced', () => {
    const told = groupsStory({ instanceIds: 'shared' }).take(alone, start(M2), joinAgain(M2));
    told.take(hearOfLoss(M1));
    expect(told.member(M1)).toBe('fenced');
    expect(told.reached).toContain('process-fenced');
  });
});

describe('a cooperative group', () => {
  test('gives a partition on in two rounds, and leaves the other where it is', () => {
    const told = groupsStory({ assignor: 'cooperative', partitions: 2 }, { records: 1 });
    told.take(alone, fetchOffset(M1), start(M2), join(M2), prepare(M1), join(M1), completeJoin());
    expect(told.member(M1), 'it goes on').toBe('completingRebalance, at 0');
    told.take(assign(M2), replicate, getPartitions(M1), getPartitions(M2));
    expect(told.reached).toContain('second-round');
    expect(told.member(M2)).toBe('stable');
    told.take(prepare(M1), join(M1), prepare(M2), join(M2), completeJoin(), assign(M1), replicate);
    told.take(getPartitions(M1), getPartitions(M2), fetchOffset(M2, P2));
    expect(told.member(M1)).toBe('stable, at 0');
    expect(told.broken).toEqual([]);
  });
});

describe('the coordinator fails over', () => {
  test('in a rebalance: the generation that was in memory alone is gone', () => {
    const told = groupsStory().take(alone, start(M2), join(M2), prepare(M1), join(M1));
    told.take(completeJoin(), failOver('failOver', B2), load(B2));
    expect(told.reached).toContain('failover-in-rebalance');
    expect(told.groupAt(B2)).toBe('stable, generation 1');
    // SyncGroup has failed: both join again.
    expect([told.member(M1), told.member(M2)]).toEqual(['unjoined', 'unjoined']);
    told.take(findCoordinator(M1), findCoordinator(M2), join(M2));
    expect(told.groupAt(B2)).toBe('preparingRebalance, generation 1');
  });

  test('and loses a commit of which nobody was told', () => {
    const told = groupsStory().take(reading, process(M1), commit(M1), failOver('failOver', B2, 1));
    expect(told.reached).toContain('commit-lost');
    told.take(load(B2), findCoordinator(M1), commit(M1), replicate);
    expect(told.log).toBe('g1 offsets 1 |');
    expect(told.broken).toEqual([]);
  });

  test('the old one goes on to answer, and stores nothing', () => {
    const told = groupsStory().take(alone, failOver('failOverUnnoticed', B2), load(B2));
    told.take(fetchOffset(M1), poll(M1), process(M1), commit(M1));
    expect(told.reached).toContain('deposed-coordinator-serves');
    expect(told.log).toBe('g1 |');
    expect(told.guard(poll(M1, 2))).toBe('there are not as many');
    told.take(resign(B1), unload(B1), findCoordinator(M1), commit(M1), replicate);
    expect(told.log).toBe('g1 offsets 1 |');
  });

  test('a request to who loads, or has resigned, is refused', () => {
    const told = groupsStory().take(start(M1), failOver('failOverUnnoticed', B2), resign(B1));
    expect(told.guard(join(M1))).toBe('the broker is not the coordinator (NOT_COORDINATOR)');
    told.take(findCoordinator(M1));
    expect(told.guard(join(M1))).toBe('the coordinator loads (COORDINATOR_LOAD_IN_PROGRESS)');
  });
});

describe('KAFKA-20634: a clean failover, and a commit that was told to be stored is gone', () => {
  /** Two members, a partition each; the commit of the second waits when its coordinator is deposed without it. */
  const begin = [
    ...together,
    fetchOffset(M1),
    fetchOffset(M2, P2),
    poll(M2, 1, P2),
    process(M2, P2),
    commit(M2),
    failOver('failOverUnnoticed', B2, 1),
    load(B2),
    // The commit of the first takes its place in the log.
    findCoordinator(M1),
    poll(M1),
    process(M1),
    commit(M1),
    replicate,
    resign(B1),
    unload(B1),
  ];
  const toldBy = (kafka: string) =>
    groupsStory({ kafka, partitions: 2, repairs: [] }, { records: 1 }).take(begin);

  test.each(['4.0', '4.3.0'])('in %s', kafka => {
    expect(toldBy(kafka).broken).toEqual([
      'acknowledged-commits-are-kept',
      'success-means-committed',
    ]);
  });

  test.each(['3.9', '4.3.1', '4.4'])(
    'not in %s: the member is told that it is not known',
    kafka => {
      expect(toldBy(kafka).broken).toEqual([]);
    },
  );
});
