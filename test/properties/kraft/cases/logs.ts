import {
  type Cases,
  first,
  freshQuorum,
  is,
  knows,
  leaderChange,
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
  voters,
  writes,
} from '../handBuilt.ts';

const second = leaderChange(2);

/** Places for the properties about logs, high watermarks, snapshots and what controllers apply. */
export const logCases: Readonly<Record<string, Cases>> = {
  'active-controller-has-whole-log': {
    good: {
      'it has applied the log up to its epoch': freshQuorum(
        writes(n1, [first, second]),
        set(n1, { active: true, epochStartOffset: 1, appliedOffset: 2 }),
      ),
    },
    bad: {
      'it lacks a record of the epoch before': [
        freshQuorum(
          writes(n1, [first, record(1), second]),
          set(n1, { active: true, epochStartOffset: 2, appliedOffset: 1 }),
        ),
        'the controller of node-1 is active, it has applied what is below offset 1, and its epoch began at 2',
      ],
      'it lacks the first record of its epoch': [
        freshQuorum(set(n1, { active: true })),
        'the controller of node-1 is active, it has applied what is below offset 0, and its epoch began at 0',
      ],
      'the node does not lead': [
        freshQuorum(set(n2, { active: true })),
        'the controller of node-2 is active, and the node is follower',
      ],
    },
    silent: { 'no controller is active': freshQuorum() },
  },
  'same-epoch-same-record': {
    good: {
      'the logs are the same': freshQuorum(),
      'one is longer': freshQuorum(writes(n1, [first, record(1)])),
      'they part, and have no epoch in common there': freshQuorum(
        writes(n1, [first, record(1)]),
        writes(n2, [first, second]),
      ),
      'they differ where one is cleaned': freshQuorum(
        writes(n1, [first, second]),
        writes(n2, [second], { start: 1 }),
      ),
    },
    bad: {
      'two records of one epoch are at one offset': [
        freshQuorum(writes(n1, [first, record(1)]), writes(n2, [first, record(2)])),
        'node-1 and node-2 differ at offset 1 and have one epoch there or later',
      ],
      'they differ below a common epoch, in a stopped node': [
        freshQuorum(
          stops(n2),
          writes(n1, [first, record(1), second]),
          writes(n2, [first, record(2), second]),
        ),
        'node-1 and node-2 differ at offset 1 and have one epoch there or later',
      ],
      'they have other voters at one offset': [
        freshQuorum(
          writes(n1, [first, voterSet([n1, n2])]),
          writes(n3, [first, voterSet([n1, n3])]),
        ),
        'node-1 and node-3 differ at offset 1 and have one epoch there or later',
      ],
    },
    silent: {
      'one log only has anything': freshQuorum(...[n2, n3, n4].map(node => writes(node, []))),
    },
  },
  'snapshot-fits-log': {
    good: {
      'the log begins below the snapshot': freshQuorum(snapshot(n1, 1)),
      'the log begins where the snapshot ends': freshQuorum(
        snapshot(n1, 1),
        writes(n1, [], { start: 1 }),
      ),
      'a stopped node has lost the end of its log': freshQuorum(
        stops(n1),
        snapshot(n1, 1),
        writes(n1, []),
      ),
    },
    bad: {
      'there is a hole': [
        freshQuorum(writes(n1, [], { start: 1 })),
        'node-1 has a snapshot up to 0, and its log begins at 1',
      ],
      'a running node has a snapshot of more than its log': [
        freshQuorum(snapshot(n1, 1), writes(n1, [])),
        'node-1 has a snapshot up to 1, and its log ends at 0',
      ],
      'it covers what is not committed': [
        freshQuorum(writes(n1, [first, record(1)]), snapshot(n1, 2)),
        'node-1 has a snapshot up to 2, and 1 are committed',
      ],
      'it names another epoch': [
        freshQuorum(snapshot(n2, 1, { lastEpoch: 2 })),
        'node-2 has a snapshot up to 1 of epoch 2, where epoch 1 was committed',
      ],
      'it names other voters': [
        freshQuorum(snapshot(n2, 1, { of: [n1, n4] })),
        'node-2 has a snapshot up to 1 with node-1, node-4 as voters, where node-1, node-2, node-3 were committed',
      ],
      'it names no voters': [
        freshQuorum(snapshot(n2, 1, { of: [] })),
        'node-2 has a snapshot up to 1 with nobody as voters, where node-1, node-2, node-3 were committed',
      ],
    },
    silent: { 'no snapshot was taken': freshQuorum() },
  },
  'only-own-epoch-is-committed': {
    good: {
      'the leader commits its first record, and all before': stepFrom(
        [is(n2, 'leader', { epoch: 2 }), writes(n2, [first, record(1), second])],
        [set(n2, { highWatermark: 3 })],
      ),
      'it resigns by it': stepFrom(
        [writes(n1, [first, voterSet([n2, n3])])],
        [is(n1, 'resigned', { leader: n1 }), set(n1, { highWatermark: 2 })],
      ),
    },
    bad: {
      'the leader commits what it found': [
        stepFrom(
          [is(n2, 'leader', { epoch: 2 }), writes(n2, [first, record(1), second])],
          [set(n2, { highWatermark: 2 })],
        ),
        'node-2 leads in epoch 2 and committed record 1 of epoch 1',
      ],
      'the leader commits what it has not': [
        stepFrom([], [set(n1, { highWatermark: 2 })]),
        'node-1 leads in epoch 1 and committed nothing',
      ],
    },
    silent: {
      'a follower learns of it': stepFrom(
        [writes(n2, [first, record(1)])],
        [set(n2, { highWatermark: 2 })],
      ),
      'the leader appends': stepFrom([], [writes(n1, [first, record(1)])]),
    },
  },
  'high-watermark-never-goes-back': {
    good: {
      'it advances': stepFrom([writes(n2, [first, record(1)])], [set(n2, { highWatermark: 2 })]),
    },
    bad: {
      'it goes back': [
        stepFrom([], [set(n2, { highWatermark: 0 })]),
        'the high watermark of node-2 fell from 1 to 0',
      ],
    },
    silent: {
      'it stays': stepFrom([], [writes(n1, [first, record(1)])]),
      'the node stops': stepFrom([], [stops(n2)]),
      'the node starts': stepFrom([stops(n2)], [is(n2, 'follower', { leader: n1 })]),
    },
  },
  'voters-follow-log': {
    good: {
      'they are those of the log': freshQuorum(),
      'they are those of an uncommitted record': freshQuorum(
        writes(n1, [first, voterSet([n1, n2])]),
        knows(n1, [n1, n2]),
      ),
      'they are those of the snapshot': freshQuorum(
        snapshot(n1, 1, { of: [n1, n4] }),
        writes(n1, [], { start: 1 }),
        knows(n1, [n1, n4]),
      ),
      'the node is stopped': freshQuorum(stops(n2)),
    },
    bad: {
      'a record was appended': [
        freshQuorum(writes(n1, [first, voterSet([n1, n2])])),
        'node-1 has node-1, node-2, node-3 as voters, and its log says node-1, node-2',
      ],
      'a record was truncated': [
        freshQuorum(knows(n2, [...voters, n4])),
        'node-2 has node-1, node-2, node-3, node-4 as voters, and its log says node-1, node-2, node-3',
      ],
      'a voter is on another disk': [
        freshQuorum(({ protocol }) => protocol.nodes.get(n2).directories.set(n3, 1)),
        'node-2 has node-1, node-2, node-3 on disk 1 as voters, and its log says node-1, node-2, node-3',
      ],
    },
    silent: { 'no node runs': freshQuorum(...[n1, n2, n3, n4].map(stops)) },
  },
};
