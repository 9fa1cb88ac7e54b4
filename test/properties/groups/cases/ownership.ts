import {
  b2,
  type Cases,
  coordinates,
  goes,
  group,
  groups,
  isIn,
  ledIn,
  m1,
  m2,
  memberHas,
  owns,
  p1,
  p2,
  stable,
  stableConsumer,
  wroteGroup,
  wroteOffset,
} from '../handBuilt.ts';

const owned: Cases = {
  good: {
    'each has its own': groups(owns(m1, p1), owns(m2, p2)),
    'one has both': groups(owns(m1, p1, p2)),
  },
  bad: {
    'both own it': [
      groups(owns(m1, p1), owns(m2, p1)),
      'partition-1: member-1 and member-2 own it at once',
    ],
    'both own the other': [
      groups(owns(m1, p1, p2), owns(m2, p2)),
      'partition-2: member-1 and member-2 own it at once',
    ],
  },
  silent: { 'nobody owns anything': groups(stable(m1, 1)) },
};

const settled = group(1, ['rebalance', 'complete', 'assign']);

/** Where the log says something else than the memory of the coordinator, whatever the protocol. */
const differs: Cases['bad'] = {
  'the log has no group': [groups(settled, wroteOffset(1)), 'the log does not know the group'],
  'the log has an earlier generation': [
    groups(group(2, ['rebalance', 'complete', 'assign']), wroteGroup(1)),
    'generation 2 is in memory, 1 in the log',
  ],
  'a later record has another generation': [
    groups(settled, wroteGroup(1), wroteGroup(2)),
    'generation 1 is in memory, 2 in the log',
  ],
  'a member is not in the log': [
    groups(settled, isIn(m1), wroteGroup(1)),
    'member-1 is a member only in one of them',
  ],
  'a member is only in the log': [
    groups(settled, isIn(m1), wroteGroup(1, [m1, m2])),
    'member-2 is a member only in one of them',
  ],
  'what a member has is not in the log': [
    groups(settled, isIn(m1, { assigned: [p1] }), wroteGroup(1, [m1])),
    'member-1 has other partitions in the log',
  ],
  'what it is to give up is not in the log': [
    groups(settled, isIn(m1, { pending: [p1] }), wroteGroup(1, [m1])),
    'member-1 has other partitions in the log',
  ],
  'what a member has is only in the log': [
    groups(settled, isIn(m1), wroteGroup(1, [m1], [[p1, m1]])),
    'member-1 has other partitions in the log',
  ],
  'another member has it in the log': [
    groups(settled, isIn(m1), isIn(m2), wroteGroup(1, [m1, m2], [[p1, m2]])),
    'member-2 has other partitions in the log',
  ],
};

const known: Cases['good'] = {
  'the log says the same': groups(
    settled,
    isIn(m1, { assigned: [p1] }),
    isIn(m2, { assigned: [p2] }),
    wroteGroup(
      1,
      [m1, m2],
      [
        [p1, m1],
        [p2, m2],
      ],
    ),
  ),
  'the last record says so, and an offset comes behind it': groups(
    settled,
    isIn(m1, { assigned: [p1], pending: [p2] }),
    wroteGroup(2),
    wroteGroup(
      1,
      [m1],
      [
        [p1, m1],
        [p2, m1],
      ],
    ),
    wroteOffset(1),
  ),
};

/** Who owns what, and who says so. */
export const ownershipCases: Readonly<Record<string, Cases>> = {
  'one-owner-in-a-generation': {
    good: {
      'each has its own': groups(
        isIn(m1, { assigned: [p1] }),
        isIn(m2, { assigned: [p2] }),
        stable(m1, 1),
        stable(m2, 1),
        owns(m1, p1),
        owns(m2, p2),
      ),
      'they own it in different generations': groups(
        stable(m1, 1),
        stable(m2, 2),
        owns(m1, p1),
        owns(m2, p1),
      ),
      'one of them waits for its assignment': groups(
        stable(m1, 1),
        goes(m2, 'start', 'join', 'getGeneration'),
        memberHas(m2, { generation: 1 }),
        owns(m1, p1),
        owns(m2, p1),
      ),
      'another coordinator gives it to another': groups(
        isIn(m1, { assigned: [p1] }),
        isIn(m2, { assigned: [p1], at: b2 }),
        owns(m1, p1),
      ),
    },
    bad: {
      'it is given to both': [
        groups(isIn(m1, { assigned: [p1] }), isIn(m2, { assigned: [p1] }), owns(m1, p1)),
        'partition-1: member-1 and member-2 are given it in one generation',
      ],
      'one of them is to give it up': [
        groups(isIn(m1, { assigned: [p2] }), isIn(m2, { pending: [p2] }), owns(m1, p2)),
        'partition-2: member-1 and member-2 are given it in one generation',
      ],
      'another coordinator gives it to both': [
        groups(
          isIn(m1, { assigned: [p1], at: b2 }),
          isIn(m2, { assigned: [p1], at: b2 }),
          owns(m1, p1),
        ),
        'partition-1: member-1 and member-2 are given it in one generation',
      ],
      'they own it in one generation': [
        groups(stable(m1, 1), stable(m2, 1), owns(m1, p1), owns(m2, p1)),
        'partition-1: member-1 and member-2 own it in generation 1',
      ],
      'they own it in one epoch': [
        groups(stableConsumer(m1, 2), stableConsumer(m2, 2), owns(m1, p2), owns(m2, p2)),
        'partition-2: member-1 and member-2 own it in generation 2',
      ],
    },
    silent: {
      'nobody owns anything': groups(isIn(m1, { assigned: [p1] }), isIn(m2, { assigned: [p1] })),
    },
  },
  'partitions-have-one-owner': owned,
  'one-processor-at-a-time': owned,
  'coordinator-knows-its-log': {
    good: known,
    bad: differs,
    silent: {
      'the group is not stable': groups(group(1, ['rebalance'])),
      'the coordinator has resigned': groups(settled, coordinates('resign')),
      'the coordinator is of an earlier epoch': groups(settled, ledIn(1)),
    },
  },
};

/** By the consumer protocol a group has no phases. */
export const consumerOwnershipCases: Readonly<Record<string, Cases>> = {
  'coordinator-knows-its-log': {
    good: {
      'the log says the same': groups(
        group(1),
        isIn(m1, { assigned: [p1] }),
        wroteGroup(1, [m1], [[p1, m1]]),
      ),
    },
    bad: { 'the log has no group': [groups(group(1)), 'the log does not know the group'] },
    silent: { 'there was no group yet': groups(wroteOffset(1)) },
  },
};
