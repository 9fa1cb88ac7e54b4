import {
  acknowledged,
  type Cases,
  coordinates,
  deletedOffset,
  group,
  groups,
  isIn,
  ledIn,
  m1,
  m2,
  memberHas,
  p2,
  processed,
  replicated,
  step,
  wroteGroup,
  wroteOffset,
} from '../handBuilt.ts';

const kept: Cases = {
  good: {
    'it is committed': groups(wroteOffset(1), replicated, acknowledged(1)),
    'it is committed after another one': groups(
      wroteOffset(1),
      wroteOffset(2),
      replicated,
      acknowledged(2),
    ),
    'the group is written after it': groups(
      wroteOffset(1),
      wroteGroup(1),
      replicated,
      acknowledged(1),
    ),
    'another one is not committed yet': groups(
      wroteOffset(1),
      replicated,
      wroteOffset(2),
      acknowledged(1),
    ),
    'it is of the other partition': groups(
      wroteOffset(1, p2),
      wroteOffset(2),
      replicated,
      acknowledged(1, p2),
    ),
  },
  bad: {
    'it is not in the log': [
      groups(acknowledged(1)),
      'partition-1: success was told for offset 1, and nothing is committed',
    ],
    'it is in the log, and not committed': [
      groups(wroteOffset(1), acknowledged(1)),
      'partition-1: success was told for offset 1, and nothing is committed',
    ],
    'another one is committed': [
      groups(wroteOffset(1), wroteOffset(2), replicated, acknowledged(1)),
      'partition-1: success was told for offset 1, and 2 is committed',
    ],
    'it is deleted': [
      groups(wroteOffset(1), deletedOffset(), replicated, acknowledged(1)),
      'partition-1: success was told for offset 1, and nothing is committed',
    ],
    'it is so of the other partition': [
      groups(wroteOffset(1), replicated, acknowledged(1), acknowledged(1, p2)),
      'partition-2: success was told for offset 1, and nothing is committed',
    ],
  },
  silent: { 'success was told of nothing': groups(wroteOffset(1), replicated) },
};

const processedBelow: Cases = {
  good: {
    'what is below was processed': groups(wroteOffset(1), replicated, processed([1])),
    'it was so again': groups(wroteOffset(1), replicated, processed([2])),
    'it was so in either partition': groups(
      wroteOffset(2),
      wroteOffset(1, p2),
      replicated,
      processed([1, 1]),
      processed([1], p2),
    ),
  },
  bad: {
    'the last was not': [
      groups(wroteOffset(2), replicated, processed([1])),
      'partition-1: 2 is committed, and the record at offset 1 was not processed',
    ],
    'the first was not': [
      groups(wroteOffset(2), replicated, processed([0, 1])),
      'partition-1: 2 is committed, and the record at offset 0 was not processed',
    ],
    'that of the other partition was not': [
      groups(wroteOffset(1, p2), replicated, processed([1])),
      'partition-2: 1 is committed, and the record at offset 0 was not processed',
    ],
  },
  silent: {
    'nothing is committed yet': groups(wroteOffset(1)),
    'the start is committed': groups(wroteOffset(0), replicated),
    'it is deleted': groups(wroteOffset(1), deletedOffset(), replicated),
  },
};

const commits = { name: 'commitOffsets', actor: 'member-1' } as const;
const expires = { name: 'expireOffset', actor: 'broker-1' } as const;

/** What is said of commits, whatever the protocol. */
const ofMembers = {
  bad: {
    'the sender is no member': [
      step([group(1), isIn(m2), memberHas(m1, { generation: 1 })], [wroteOffset(1)], commits),
      'member-1 is no member',
    ],
    'the coordinator has resigned': [
      step(
        [coordinates('resign'), group(1), isIn(m1), memberHas(m1, { generation: 1 })],
        [wroteOffset(1)],
        commits,
      ),
      'nobody could have taken it',
    ],
    'the coordinator is of an earlier epoch': [
      step(
        [ledIn(1), group(1), isIn(m1), memberHas(m1, { generation: 1 })],
        [wroteOffset(1)],
        commits,
      ),
      'nobody could have taken it',
    ],
    'the sender is none that there is': [
      step([group(1), isIn(m1)], [wroteOffset(1)], { ...commits, actor: 'broker-1' }),
      'nobody could have taken it',
    ],
  },
  silent: {
    'it is no commit': step([group(1)], [wroteOffset(1)]),
    'it is refused': step([group(1)], [], commits),
  },
} as const satisfies Pick<Cases, 'bad' | 'silent'>;

/** What becomes of committed offsets. */
export const offsetCases: Readonly<Record<string, Cases>> = {
  'acknowledged-commits-are-kept': kept,
  'success-means-committed': kept,
  'committed-records-are-processed': processedBelow,
  'no-record-is-passed-over': processedBelow,
  'commits-come-from-members': {
    ...ofMembers,
    good: {
      'the sender is of the generation': step(
        [group(1), isIn(m1), memberHas(m1, { generation: 1 })],
        [wroteOffset(1)],
        commits,
      ),
    },
    bad: {
      ...ofMembers.bad,
      'the sender is of an earlier generation': [
        step(
          [group(2), isIn(m1, { epoch: 2 }), memberHas(m1, { generation: 1 })],
          [wroteOffset(1)],
          commits,
        ),
        'member-1 is of generation 1, the group of 2',
      ],
    },
  },
  'committed-offsets-do-not-go-back': {
    good: {
      'another is not committed yet': step([wroteOffset(2), replicated], [wroteOffset(1)]),
      'the same is committed': step([wroteOffset(1), replicated], [wroteOffset(1), replicated]),
      'a larger one is': step([wroteOffset(1), replicated], [wroteOffset(2), replicated]),
      'the first of the other partition is': step(
        [wroteOffset(2), replicated],
        [wroteOffset(1, p2), replicated],
      ),
    },
    bad: {
      'a smaller one is committed': [
        step([wroteOffset(2), replicated], [wroteOffset(1), replicated]),
        'partition-1: 2 was committed, and now 1 is',
      ],
      'it is deleted': [
        step([wroteOffset(2), replicated], [deletedOffset(), replicated]),
        'partition-1: 2 was committed, and now nothing is',
      ],
      'that of the other partition is smaller': [
        step([wroteOffset(1, p2), replicated], [wroteOffset(0, p2), replicated]),
        'partition-2: 1 was committed, and now 0 is',
      ],
    },
    silent: {
      'nothing was committed': step([wroteOffset(1)], [replicated]),
    },
  },
  'offsets-of-active-groups-are-kept': {
    good: {
      'the group is empty': step([wroteOffset(1), replicated], [deletedOffset()], expires),
      'nobody serves it': step(
        [coordinates('resign'), isIn(m1), wroteOffset(1), replicated],
        [deletedOffset()],
        expires,
      ),
    },
    bad: {
      'there are members': [
        step([isIn(m1), isIn(m2), wroteOffset(1), replicated], [deletedOffset()], expires),
        'member-1 and member-2 are in the group',
      ],
      'there is one': [
        step([isIn(m2), wroteOffset(1), replicated], [deletedOffset()], expires),
        'member-2 are in the group',
      ],
    },
    silent: {
      'nothing expires': step([isIn(m1), wroteOffset(1)], [wroteOffset(2)]),
      'nothing is deleted': step([isIn(m1), wroteOffset(1)], [], expires),
    },
  },
};

/** The same by the consumer protocol, of one partition. */
export const consumerOffsetCases: Readonly<Record<string, Cases>> = {
  'acknowledged-commits-are-kept': {
    ...kept,
    good: {
      'the other partition is not asked of': groups(
        wroteOffset(1),
        replicated,
        acknowledged(1),
        acknowledged(1, p2),
      ),
    },
    bad: {
      'it is not in the log': [
        groups(acknowledged(1)),
        'success was told for offset 1, and nothing is committed',
      ],
    },
  },
  'commits-come-from-members': {
    ...ofMembers,
    good: {
      'the sender is of its epoch': step(
        [group(2), isIn(m1, { epoch: 1 }), memberHas(m1, { generation: 1 })],
        [wroteOffset(1)],
        commits,
      ),
      'the sender is of an earlier epoch': step(
        [group(2), isIn(m1, { epoch: 2 }), memberHas(m1, { generation: 1 })],
        [wroteOffset(1)],
        commits,
      ),
    },
    bad: {
      ...ofMembers.bad,
      'the sender is of a later epoch': [
        step(
          [group(2), isIn(m1, { epoch: 1 }), memberHas(m1, { generation: 2 })],
          [wroteOffset(1)],
          commits,
        ),
        'member-1 is of epoch 2, which is not 1 yet',
      ],
    },
  },
};
