import {
  type Cases,
  committed,
  type Edit,
  first,
  freshQuorum,
  is,
  knows,
  leaderChange,
  led,
  n1,
  n2,
  n3,
  n4,
  record,
  set,
  snapshot,
  stepFrom,
  stops,
  voterSet,
  writes,
} from '../handBuilt.ts';

const unknownAtAll: Edit = state => {
  for (const node of [n1, n2, n3, n4]) set(node, { highWatermark: 0 })(state);
};
const second = leaderChange(2);
const removal = voterSet([n2, n3]);
/** Node 2 leads in epoch 2, and node 1 has not heard of it. */
const succeeded = [is(n2, 'leader', { epoch: 2 }), led(2, n2)];

/** Places for the properties about what is committed. */
export const commitmentCases: Readonly<Record<string, Cases>> = {
  'voter-changes-wait-for-commit': {
    good: {
      'the first change is not committed': freshQuorum(writes(n1, [first, removal])),
      'the last change is committed': freshQuorum(
        writes(n1, [first, removal, voterSet([n3])]),
        committed(1, removal),
      ),
      'another record is between': freshQuorum(
        writes(n1, [first, removal, record(1), voterSet([n3])]),
        committed(1, removal),
        committed(1, record(1)),
      ),
      'a node has read what was committed, and what was changed since': freshQuorum(
        ...succeeded,
        committed(2, second),
        writes(n2, [first, second, voterSet([n2, n3], 2)]),
      ),
    },
    bad: {
      'a change follows one that is not committed': [
        freshQuorum(writes(n1, [first, removal, voterSet([n3])])),
        'node-1 has a change of the voters at offset 1 and at offset 2, and neither is committed',
      ],
      'another record is between them': [
        freshQuorum(writes(n2, [first, removal, record(1), voterSet([n3])])),
        'node-2 has a change of the voters at offset 1 and at offset 3, and neither is committed',
      ],
      'nothing is committed in the epoch': [
        freshQuorum(...succeeded, writes(n2, [first, second, voterSet([n2, n3], 2)])),
        'node-2 has a change of the voters at offset 2 of epoch 2, in which nothing is committed',
      ],
    },
    silent: { 'the voters are those of the beginning': freshQuorum() },
  },
  'leaders-hold-committed-records': {
    good: {
      'the new leader has the record': freshQuorum(...succeeded),
      'the new leader has a snapshot of it': freshQuorum(
        ...succeeded,
        snapshot(n2, 1),
        writes(n2, [second], { start: 1 }),
      ),
      'a leader of an older epoch lacks what a newer one committed': freshQuorum(
        ...succeeded,
        writes(n2, [first, second]),
        committed(2, second),
      ),
    },
    bad: {
      'the new leader lacks the record': [
        freshQuorum(...succeeded, writes(n2, [])),
        'node-2 leads in epoch 2 and has nothing at offset 0, where epoch 1 committed the leader change of epoch 1',
      ],
      'the new leader has another record': [
        freshQuorum(
          ...succeeded,
          writes(n1, [first, record(1)]),
          committed(1, record(1)),
          writes(n2, [first, second]),
        ),
        'node-2 leads in epoch 2 and has the leader change of epoch 2 at offset 1, where epoch 1 committed record 1 of epoch 1',
      ],
      'the new leader has another voter set': [
        freshQuorum(
          ...succeeded,
          committed(1, voterSet([n1, n2])),
          writes(n2, [first, voterSet([n1, n3])]),
        ),
        'node-2 leads in epoch 2 and has a voter set of epoch 1 at offset 1, where epoch 1 committed a voter set of epoch 1',
      ],
      'the record was cleaned with no snapshot of it': [
        freshQuorum(...succeeded, writes(n2, [second], { start: 1 })),
        'node-2 leads in epoch 2 and has nothing at offset 0, where epoch 1 committed the leader change of epoch 1',
      ],
    },
    silent: {
      'there is no newer epoch': freshQuorum(),
      'nobody leads in the newer epoch': freshQuorum(is(n2, 'candidate', { epoch: 2 })),
    },
  },
  'committed-records-agree': {
    good: {
      'all have what was committed': freshQuorum(),
      'the record is in a snapshot': freshQuorum(snapshot(n2, 1), writes(n2, [], { start: 1 })),
      'it is applied, and the high watermark is not known': freshQuorum(
        set(n2, { appliedOffset: 1, highWatermark: 0 }),
      ),
      'a stopped node has something else': freshQuorum(stops(n3), writes(n3, [second])),
    },
    bad: {
      'a high watermark covers another record': [
        freshQuorum(writes(n2, [second])),
        'node-2 takes for committed the leader change of epoch 2 at offset 0, where the leader change of epoch 1 was committed',
      ],
      'a high watermark covers what nobody committed': [
        freshQuorum(writes(n2, [first, record(1)], { highWatermark: 2 })),
        'node-2 takes for committed record 1 of epoch 1 at offset 1, where nothing is committed',
      ],
      'a high watermark is beyond the log': [
        freshQuorum(set(n2, { highWatermark: 2 })),
        'node-2 has the high watermark 2, and its log ends at 1',
      ],
      'a controller has applied what is not committed': [
        freshQuorum(writes(n1, [first, record(1)]), set(n1, { appliedOffset: 2 })),
        'node-1 has applied record 1 of epoch 1 at offset 1, where nothing is committed',
      ],
    },
    silent: {
      'no node knows a high watermark': freshQuorum(unknownAtAll),
    },
  },
  'voters-flush-what-they-append': {
    good: {
      'a follower has flushed it': stepFrom([], [writes(n2, [first, record(1)])]),
      'a leader may flush it later, and a follower may not': stepFrom(
        [],
        [writes(n1, [first, record(1)], { flushed: 1 }), writes(n2, [first, record(1)])],
      ),
      'an observer leaves it to the page cache, and a voter does not': stepFrom(
        [],
        [writes(n2, [first, record(1)]), writes(n4, [first, record(1)], { flushed: 1 })],
      ),
    },
    bad: {
      'a follower has not': [
        stepFrom([], [writes(n2, [first, record(1)], { flushed: 1 })]),
        'node-2 appends up to 2, and 1 of it are on disk',
      ],
      'the last of several has not': [
        stepFrom(
          [],
          [writes(n2, [first, record(1)]), writes(n3, [first, record(1)], { flushed: 0 })],
        ),
        'node-3 appends up to 2, and 0 of it are on disk',
      ],
    },
    silent: {
      'nothing is appended': stepFrom([], [set(n2, { flushedOffset: 0 })]),
      'an observer appends': stepFrom([], [writes(n4, [first, record(1)], { flushed: 1 })]),
      'a leader appends': stepFrom([], [writes(n1, [first, record(1)], { flushed: 1 })]),
    },
  },
  'committed-records-are-durable': {
    good: {
      'all have flushed it': freshQuorum(),
      'a minority has not': freshQuorum(set(n1, { flushedOffset: 0 })),
      'some have it in a snapshot': freshQuorum(
        set(n1, { flushedOffset: 0 }),
        ...[n2, n3].flatMap(node => [snapshot(node, 1), writes(node, [], { start: 1 })]),
      ),
      'it was committed under the voter set before': freshQuorum(
        writes(n1, [first, voterSet([n1, n2])]),
        knows(n1, [n1, n2]),
        set(n2, { flushedOffset: 0 }),
      ),
      'a voter has lost its disk, and is none any more': freshQuorum(
        writes(n2, []),
        set(n2, { directory: 1 }),
      ),
    },
    bad: {
      'a majority has it, and has not flushed it': [
        freshQuorum(set(n1, { flushedOffset: 0 }), set(n2, { flushedOffset: 0 })),
        'the leader change of epoch 1 at offset 0 is committed, and too few voters have flushed it',
      ],
      'a minority has it': [
        freshQuorum(writes(n2, []), writes(n3, [])),
        'the leader change of epoch 1 at offset 0 is committed, and too few voters have flushed it',
      ],
      'the leader has resigned, and has counted itself after its removal': [
        freshQuorum(
          is(n1, 'resigned', { leader: n1 }),
          ...[n1, n2].map(node => writes(node, [first, removal], { highWatermark: 2 })),
          knows(n1, [n2, n3]),
          committed(1, removal),
        ),
        'a voter set of epoch 1 at offset 1 is committed, and too few voters have flushed it',
      ],
      'a majority has something else': [
        freshQuorum(
          writes(n1, [first, record(1)], { highWatermark: 2 }),
          committed(1, record(1)),
          writes(n2, [first, second]),
        ),
        'record 1 of epoch 1 at offset 1 is committed, and too few voters have flushed it',
      ],
    },
    silent: {
      'its leader is gone': freshQuorum(stops(n1)),
      'the newest leader has not committed': freshQuorum(...succeeded, writes(n2, [first, second])),
      'its leader is in an older epoch': freshQuorum(led(2, n2)),
    },
  },
  'committed-records-stay': {
    good: {
      'a follower truncates what is not committed': stepFrom(
        [writes(n2, [first, record(1)])],
        [writes(n2, [first])],
      ),
      'a snapshot takes the place of the record': stepFrom(
        [snapshot(n2, 1)],
        [writes(n2, [], { start: 1 })],
      ),
      'a crash takes what was never flushed': stepFrom(
        [set(n1, { flushedOffset: 0 })],
        [stops(n1), writes(n1, [])],
        'crash',
        { node: 'node-1' },
      ),
      'a disk is replaced': stepFrom([], [stops(n2), writes(n2, [])], 'replaceDisk', {
        node: 'node-2',
      }),
    },
    bad: {
      'a follower truncates what is committed': [
        stepFrom([], [writes(n2, [])]),
        'node-2 had the leader change of epoch 1 at offset 0, below its high watermark 1, and now has nothing',
      ],
      'the record is replaced by another': [
        stepFrom([], [writes(n2, [second])]),
        'node-2 had the leader change of epoch 1 at offset 0, below its high watermark 1, and now has the leader change of epoch 2',
      ],
      'the log is cleaned with no snapshot': [
        stepFrom([], [writes(n2, [], { start: 1 })]),
        'node-2 had the leader change of epoch 1 at offset 0, below its high watermark 1, and now has nothing',
      ],
      'a crash takes what was flushed': [
        stepFrom([], [stops(n1), writes(n1, [])], 'crash', { node: 'node-1' }),
        'node-1 had the leader change of epoch 1 at offset 0, below its high watermark 1, and now has nothing',
      ],
      'another node crashes': [
        stepFrom([set(n2, { flushedOffset: 0 })], [stops(n1), writes(n2, [])], 'crash', {
          node: 'node-1',
        }),
        'node-2 had the leader change of epoch 1 at offset 0, below its high watermark 1, and now has nothing',
      ],
    },
    silent: { 'nothing is committed': stepFrom([unknownAtAll], [writes(n2, [])]) },
  },
};
