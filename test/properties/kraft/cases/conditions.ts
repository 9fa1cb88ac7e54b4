import {
  type Case,
  committed,
  type Edit,
  files,
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
  refusedBy,
  set,
  snapshot,
  stepFrom,
  stops,
  voterSet,
  voters,
  writes,
} from '../handBuilt.ts';

/*
 * What one condition of a property alone decides. Each case is here because no other notices that the condition is true,
 * or false, for ever.
 */

const second = leaderChange(2);
const nothingCommitted: Edit = ({ ghost }) => ghost.committed.truncate(0);
const unknownAtAll: Edit = state => {
  for (const node of [n1, n2, n3, n4]) set(node, { highWatermark: 0 })(state);
};
/** Node 2 leads in epoch 2, and node 1 has not heard of it. */
const succeeded = [is(n2, 'leader', { epoch: 2 }), led(2, n2)];
const candidate = is(n2, 'candidate', { epoch: 2, vote: n2 });
const rival = is(n3, 'candidate', { epoch: 2, vote: n3 });
const prospective = [is(n2, 'prospective', { leader: n1 }), refusedBy(n2, n1)];
const follows = is(n2, 'follower', { leader: n1 });
const restarted = ['restart', { node: 'node-2' }] as const;
const removed = voterSet([n2, n3]);
const longer = [first, record(1)];
/** All have committed that these are the voters. */
const underVoters = (...of: Parameters<typeof voterSet>[0]): Edit[] => [
  committed(1, voterSet(of)),
  ...[n1, n2, n3, n4].flatMap(node => [
    writes(node, [first, voterSet(of)], { highWatermark: 2 }),
    knows(node, of),
  ]),
];
const notFlushed = 'is committed, and too few voters have flushed it';
/** The disk of node 2 is not the first that it had, and this is the one that is meant. */
const onOtherDisk: Edit = ({ protocol, ghost }) => {
  protocol.nodes.get(n2).directory = 1;
  protocol.nodes.get(n1).directories.set(n2, 1);
  protocol.nodes.get(n1).log.get(0).directories.set(n2, 1);
  ghost.committed.get(0).directories.set(n2, 1);
};

const commitment: readonly Case[] = [
  [
    'leaders-hold-committed-records',
    'nothing is committed',
    freshQuorum(nothingCommitted, ...succeeded),
    'nothing',
  ],
  [
    'leaders-hold-committed-records',
    'a follower lacks it',
    freshQuorum(
      ...succeeded,
      writes(n2, [first, second]),
      is(n3, 'follower', { epoch: 2, leader: n2 }),
      writes(n3, []),
    ),
    true,
  ],
  [
    'committed-records-agree',
    'only a stopped node has known a high watermark',
    freshQuorum(unknownAtAll, stops(n3), set(n3, { highWatermark: 1 })),
    'nothing',
  ],
  [
    'committed-records-agree',
    'a stopped node has taken something else for committed',
    freshQuorum(stops(n3), writes(n3, [second], { highWatermark: 1 })),
    true,
  ],
  [
    'high-watermark-never-goes-back',
    'a node that starts knows it',
    stepFrom([stops(n2)], [follows, set(n2, { highWatermark: 1 })]),
    'nothing',
  ],
  [
    'high-watermark-never-goes-back',
    'one advances, and one that starts does not know it any more',
    stepFrom(
      [stops(n2), set(n2, { highWatermark: 1 }), writes(n1, longer)],
      [follows, set(n2, { highWatermark: 0 }), set(n1, { highWatermark: 2 })],
    ),
    true,
  ],
  [
    'high-watermark-never-goes-back',
    'one advances, and one stops',
    stepFrom([writes(n1, longer)], [stops(n2), set(n1, { highWatermark: 2 })]),
    true,
  ],
  [
    'only-own-epoch-is-committed',
    'a follower has known of an earlier epoch only',
    stepFrom(
      [
        is(n2, 'leader', { epoch: 2 }),
        is(n3, 'follower', { epoch: 2, leader: n2 }),
        writes(n2, [first, second]),
      ],
      [set(n2, { highWatermark: 2 })],
    ),
    true,
  ],
  [
    'only-own-epoch-is-committed',
    'the only voter is elected, and commits',
    stepFrom(
      [is(n2, 'unattached'), knows(n2, [n2])],
      [is(n2, 'leader', { epoch: 2 }), writes(n2, [first, second], { highWatermark: 2 })],
    ),
    true,
  ],
  [
    'only-own-epoch-is-committed',
    'the leader commits, and leaves its epoch',
    stepFrom(
      [writes(n1, longer)],
      [is(n1, 'unattached', { epoch: 2 }), set(n1, { highWatermark: 2 })],
    ),
    true,
  ],
  [
    'only-own-epoch-is-committed',
    'what the leader commits is in its snapshot alone',
    stepFrom(
      [snapshot(n1, 2), writes(n1, [record(1)], { start: 2, highWatermark: 1 })],
      [set(n1, { highWatermark: 2 })],
    ),
    'node-1 leads in epoch 1 and committed a snapshot',
  ],
  [
    'committed-records-are-durable',
    'the leader does not know what is committed, and has a snapshot of it',
    freshQuorum(unknownAtAll, snapshot(n1, 1), writes(n1, [], { start: 1, highWatermark: 0 })),
    'nothing',
  ],
  [
    'committed-records-are-durable',
    'the leader takes for committed what it does not have',
    freshQuorum(set(n1, { highWatermark: 3 })),
    'nothing',
  ],
  [
    'committed-records-are-durable',
    'there are two voters, and one has not flushed it',
    freshQuorum(...underVoters(n1, n2), set(n2, { flushedOffset: 1 })),
    `a voter set of epoch 1 at offset 1 ${notFlushed}`,
  ],
  [
    'committed-records-are-durable',
    'a later voter and an earlier one have not flushed it',
    freshQuorum(
      ...underVoters(n1, n2, n4),
      ...[n2, n4].map(node => set(node, { flushedOffset: 1 })),
    ),
    `a voter set of epoch 1 at offset 1 ${notFlushed}`,
  ],
  [
    'committed-records-are-durable',
    'a voter and an observer have not flushed it',
    freshQuorum(writes(n4, []), set(n1, { flushedOffset: 0 })),
    true,
  ],
  [
    'committed-records-are-durable',
    'two voters lack it, one on its second disk',
    freshQuorum(onOtherDisk, ...[n2, n3].map(node => writes(node, []))),
    `the leader change of epoch 1 at offset 0 ${notFlushed}`,
  ],
  [
    'committed-records-are-durable',
    'a voter lacks it, and one that lost its disk is none',
    freshQuorum(writes(n2, []), set(n2, { directory: 1 }), set(n3, { flushedOffset: 0 })),
    true,
  ],
  [
    'committed-records-are-durable',
    'it is in snapshots that are not flushed',
    freshQuorum(
      set(n1, { flushedOffset: 0 }),
      ...[n2, n3].flatMap(node => [
        snapshot(node, 1),
        writes(node, [], { start: 1 }),
        ({ protocol }: Parameters<Edit>[0]) => {
          protocol.nodes.get(node).snapshot.flushed = false;
        },
      ]),
    ),
    `the leader change of epoch 1 at offset 0 ${notFlushed}`,
  ],
  [
    'committed-records-are-durable',
    'the leader has it in its snapshot alone, and two voters have not flushed it',
    freshQuorum(
      snapshot(n1, 1),
      writes(n1, [], { start: 1, highWatermark: 1 }),
      ...[n2, n3].map(node => set(node, { flushedOffset: 0 })),
    ),
    `the leader change of epoch 1 at offset 0 ${notFlushed}`,
  ],
];

const logs: readonly Case[] = [
  [
    'same-epoch-same-record',
    'two records differ in their kind alone',
    freshQuorum(writes(n1, [first, record(0)]), writes(n2, [first, leaderChange(1)])),
    'node-1 and node-2 differ at offset 1 and have one epoch there or later',
  ],
  [
    'same-epoch-same-record',
    'two records below an equal one differ in their epoch alone',
    freshQuorum(
      writes(n1, [first, record(1, 2)]),
      writes(n2, [leaderChange(2, voters), record(1, 2)]),
    ),
    'node-1 and node-2 differ at offset 0 and have one epoch there or later',
  ],
];

const moves: readonly Case[] = [
  [
    'lifecycle-moves-are-allowed',
    'a candidate stays, and another node stops',
    stepFrom([candidate], [stops(n1)]),
    true,
  ],
  [
    'lifecycle-moves-are-allowed',
    'a leader leads on in another epoch',
    stepFrom([], [is(n1, 'leader', { epoch: 2 })]),
    'node-1 was leader in epoch 1 and is leader in epoch 2',
  ],
  [
    'lifecycle-moves-are-allowed',
    'a node stands that has not written its epoch',
    stepFrom(
      [is(n2, 'prospective', { epoch: 2 }), files(n2, {})],
      [is(n2, 'candidate', { epoch: 3, vote: n2 })],
    ),
    true,
  ],
  [
    'lifecycle-moves-are-allowed',
    'the only voter follows, and resigns',
    stepFrom([knows(n2, [n2])], [is(n2, 'resigned', { leader: n1 })]),
    'node-2 was follower in epoch 1 and is resigned in epoch 1',
  ],
  [
    'lifecycle-moves-are-allowed',
    'a node follows in an older epoch',
    stepFrom([is(n2, 'unattached', { epoch: 2 })], [follows]),
    'node-2 was unattached in epoch 2 and is follower in epoch 1',
  ],
  [
    'lifecycle-moves-are-allowed',
    'a follower comes back as one',
    stepFrom([stops(n2), files(n2, { leader: n1 })], [follows], ...restarted),
    true,
  ],
  [
    'lifecycle-moves-are-allowed',
    'a follower asks for pre-votes',
    stepFrom([], [is(n2, 'prospective', { leader: n1 })]),
    true,
  ],
  [
    'lifecycle-moves-are-allowed',
    'a candidate comes back as one',
    stepFrom(
      [stops(n2), files(n2, { vote: n2 })],
      [is(n2, 'candidate', { vote: n2 })],
      ...restarted,
    ),
    true,
  ],
  [
    'only-voters-lead',
    'a node stands whose own removal is not committed',
    freshQuorum(candidate, writes(n2, [first, voterSet([n1, n3])]), knows(n2, [n1, n3])),
    'node-2 is candidate and not a voter',
  ],
  ['voters-follow-log', 'a record is above the voters', freshQuorum(writes(n1, longer)), true],
];

const goals: readonly Case[] = [
  [
    'removed-leader-resigns',
    'a removed node comes back resigned',
    stepFrom([stops(n2)], [is(n2, 'resigned', { leader: n2 }), knows(n2, [n1, n3])], ...restarted),
    false,
  ],
  [
    'removed-leader-resigns',
    'it hears of a newer epoch',
    stepFrom(
      [writes(n1, [first, removed]), knows(n1, [n2, n3])],
      [is(n1, 'unattached', { epoch: 2 })],
    ),
    false,
  ],
  [
    'voter-set-rolled-back',
    'it stays where it is',
    stepFrom([writes(n2, [first, removed])], []),
    false,
  ],
  [
    'voter-set-rolled-back',
    'a node that starts has lost it',
    stepFrom([stops(n2), writes(n2, [first, removed])], [follows, writes(n2, [first])]),
    false,
  ],
  [
    'leader-changes',
    'a leader leads on in a later epoch',
    stepFrom([], [led(2, n2), led(3, n1), is(n1, 'leader', { epoch: 3 })]),
    true,
  ],
  [
    'split-vote',
    'the first asks for pre-votes',
    stepFrom([is(n2, 'prospective', { epoch: 2 }), rival, refusedBy(n2, n3)], [refusedBy(n3, n2)]),
    false,
  ],
  [
    'split-vote',
    'the second asks for pre-votes',
    stepFrom(
      [candidate, is(n3, 'prospective', { epoch: 2 }), refusedBy(n2, n3)],
      [refusedBy(n3, n2)],
    ),
    false,
  ],
  [
    'split-vote',
    'the second has refused the first',
    stepFrom([candidate, rival], [refusedBy(n2, n3)]),
    false,
  ],
  [
    'pre-vote-refused',
    'a candidate is refused',
    stepFrom([is(n2, 'candidate', { vote: n2 }), refusedBy(n2, n1)], [follows], 'receiveVote'),
    false,
  ],
  [
    'pre-vote-refused',
    'it asks on',
    stepFrom(prospective, [refusedBy(n2, n3)], 'receivePreVote'),
    false,
  ],
  [
    'pre-vote-refused',
    'it knew no leader',
    stepFrom(prospective, [is(n2, 'unattached')], 'receivePreVote'),
    true,
  ],
  ['first-commit', 'nothing is committed', stepFrom([nothingCommitted], []), false],
  [
    'log-truncated',
    'a node that starts has lost a record',
    stepFrom([stops(n2), writes(n2, longer)], [follows, writes(n2, [first])]),
    false,
  ],
  [
    'unflushed-tail-lost',
    'its disk is replaced',
    stepFrom([writes(n1, longer)], [stops(n1), writes(n1, [])], 'replaceDisk'),
    false,
  ],
  [
    'unflushed-tail-lost',
    'another crashes as a leader truncates',
    stepFrom([writes(n1, longer)], [writes(n1, [first])], 'crash'),
    false,
  ],
  [
    'snapshot-installed',
    'a node starts from its own',
    stepFrom(
      [stops(n3)],
      [is(n3, 'follower', { leader: n1 }), snapshot(n3, 1), writes(n3, [], { start: 1 })],
      'restart',
    ),
    false,
  ],
  [
    'snapshot-installed',
    'the node stops',
    stepFrom([], [stops(n3), snapshot(n3, 1), writes(n3, [], { start: 1 })], 'crash'),
    false,
  ],
];

/** What one condition alone decides in the scope of the hand-built states. */
export const byOneCondition: readonly Case[] = [...commitment, ...logs, ...moves, ...goals];

/** The same where the voter set is static, and leaders flush at once. */
export const withStaticVoters: readonly Case[] = [
  [
    'only-voters-lead',
    'a voter leads on a second disk',
    freshQuorum(set(n1, { directory: 1 })),
    true,
  ],
  [
    'committed-records-are-durable',
    'a voter lacks it, and one on a second disk',
    freshQuorum(writes(n2, []), set(n2, { directory: 1 }), set(n3, { flushedOffset: 0 })),
    `the leader change of epoch 1 at offset 0 ${notFlushed}`,
  ],
  [
    'voters-flush-what-they-append',
    'a leader has not flushed what it appends',
    stepFrom([], [writes(n1, longer, { flushed: 1 })]),
    'node-1 appends up to 2, and 1 of it are on disk',
  ],
];
