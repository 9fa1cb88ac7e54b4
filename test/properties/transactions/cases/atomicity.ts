import {
  type Cases,
  committed,
  marked,
  offsets,
  otherId,
  outside,
  p1,
  p2,
  read,
  stored,
  transaction,
  transactions,
  wrote,
} from '../handBuilt.ts';

const commits = { decided: 'commit' } as const;

/** What is said of records that are read, with and without conditions. */
const readCases: Cases = {
  good: {
    'its application asked to commit it': transactions(
      read(1),
      transaction(1, { asked: 'commit' }),
    ),
    'one is in no transaction': transactions(
      outside(1),
      read(1),
      read(3),
      transaction(2, { asked: 'commit' }),
    ),
    'what was aborted was not read': transactions(
      read(1),
      transaction(1, { asked: 'commit' }),
      transaction(2, { asked: 'abort' }),
    ),
  },
  bad: {
    'its application aborted it': [
      transactions(read(3), transaction(2, { asked: 'abort' })),
      'record 3 was read, and its application did not ask to commit it',
    ],
    'its application asked nothing': [
      transactions(read(2)),
      'record 2 was read, and its application did not ask to commit it',
    ],
    'another in no transaction was read too': [
      transactions(outside(1), read(1), read(2)),
      'record 2 was read, and its application did not ask to commit it',
    ],
  },
  silent: {
    'nothing was read': transactions(transaction(1, { asked: 'abort' })),
    'what was read is in no transaction': transactions(outside(1), read(1)),
  },
};

export const atomicityCases: Readonly<Record<string, Cases>> = {
  'aborted-records-are-not-read': readCases,
  'no-aborted-record-is-read': readCases,
  'transactions-end-one-way': {
    good: {
      'both are committed': transactions(
        wrote(1),
        marked('commit'),
        wrote(2, { to: p2 }),
        marked('commit', { to: p2 }),
      ),
      'another transaction is aborted': transactions(
        wrote(1),
        marked('commit'),
        wrote(3, { epoch: 1 }),
        marked('abort', { epoch: 2 }),
      ),
      'one is open': transactions(
        wrote(1),
        marked('commit'),
        wrote(3, { epoch: 1 }),
        marked('commit', { epoch: 2 }),
        wrote(2, { to: p2 }),
      ),
    },
    bad: {
      'one is committed, and one aborted': [
        transactions(wrote(1), marked('commit'), wrote(2, { to: p2 }), marked('abort', { to: p2 })),
        'of one transaction record 1 is committed, and record 2 aborted',
      ],
      'the other way round': [
        transactions(wrote(1), marked('abort'), wrote(2, { to: p2 }), marked('commit', { to: p2 })),
        'of one transaction record 2 is committed, and record 1 aborted',
      ],
    },
    silent: {
      'one record has a marker': transactions(wrote(1), marked('commit'), wrote(2, { to: p2 })),
      'the other is an offset': transactions(
        wrote(1),
        marked('commit'),
        wrote(0, { to: offsets, input: 1 }),
        marked('abort', { to: offsets }),
      ),
      'the marker is of another producer': transactions(
        wrote(1),
        marked('commit', { of: otherId }),
        wrote(2, { to: p2 }),
        marked('abort', { to: p2 }),
      ),
    },
  },
  'committed-transactions-are-kept': {
    good: {
      'they are there, and committed': transactions(
        wrote(1),
        marked('commit'),
        wrote(2, { to: p2 }),
        transaction(1, { told: 'committed' }),
      ),
      'another was told aborted': transactions(
        wrote(1),
        wrote(2, { to: p2 }),
        transaction(1, { told: 'committed' }),
        transaction(2, { told: 'aborted' }),
      ),
      'one is in no transaction': transactions(
        outside(2),
        wrote(1),
        transaction(1, { told: 'committed' }),
      ),
    },
    bad: {
      'one is not there': [
        transactions(wrote(1), transaction(1, { told: 'committed' })),
        'record 2 is told committed, and not in partition-2',
      ],
      'another is there': [
        transactions(wrote(1), wrote(3, { to: p2 }), transaction(1, { told: 'committed' })),
        'record 2 is told committed, and not in partition-2',
      ],
      'one is aborted': [
        transactions(
          wrote(1),
          wrote(2, { to: p2 }),
          marked('abort', { to: p2 }),
          transaction(1, { told: 'committed' }),
        ),
        'record 2 is told committed, and aborted in partition-2',
      ],
    },
    silent: { 'nobody was told': transactions(wrote(1), marked('abort')) },
  },
  'markers-follow-decisions': {
    good: {
      'it is as was decided': transactions(wrote(1), marked('commit'), transaction(1, commits)),
      'an open one has none': transactions(
        wrote(1),
        marked('commit'),
        wrote(3, { epoch: 1 }),
        transaction(1, commits),
      ),
      'an offset has one': transactions(
        wrote(1),
        marked('commit'),
        wrote(0, { to: offsets, input: 1 }),
        marked('commit', { to: offsets }),
        transaction(1, commits),
      ),
    },
    bad: {
      'it is not': [
        transactions(wrote(1), marked('abort'), transaction(1, commits)),
        'partition-1: a marker at offset 1 says abort of record 1, for which commit was decided',
      ],
      'it ends two records': [
        transactions(wrote(1), wrote(2), marked('abort'), transaction(1, commits)),
        'partition-1: a marker at offset 2 says abort of record 1, for which commit was decided',
      ],
      'nothing was decided': [
        transactions(wrote(2, { to: p2 }), marked('commit', { to: p2 })),
        'partition-2: a marker at offset 1 says commit of record 2, for which nothing was decided',
      ],
      'the second is not': [
        transactions(
          wrote(1),
          marked('commit'),
          wrote(3, { epoch: 1 }),
          marked('commit'),
          transaction(1, commits),
        ),
        'partition-1: a marker at offset 3 says commit of record 3, for which nothing was decided',
      ],
    },
    silent: { 'nothing has a marker': transactions(wrote(1), transaction(1, commits)) },
  },
  'open-transactions-are-known': {
    good: {
      'it is ongoing': transactions(wrote(1), stored('ongoing', [p2]), stored('ongoing', [p1])),
      'it is decided': transactions(wrote(1), stored('prepareCommit', [p1, p2])),
      'another has ended': transactions(
        wrote(1),
        marked('commit'),
        wrote(2, { to: p2 }),
        stored('prepareAbort', [p2]),
        stored('completeCommit', [], { of: otherId }),
      ),
    },
    bad: {
      'the coordinator has never heard of it': [
        transactions(wrote(1)),
        'partition-1: offset 0 is open, and the coordinator does not know of it',
      ],
      'it is complete': [
        transactions(wrote(2, { to: p2 }), stored('ongoing', [p2]), stored('completeAbort', [p2])),
        'partition-2: offset 0 is open, and the coordinator does not know of it',
      ],
      'the partition is not in it': [
        transactions(wrote(1), stored('ongoing', [p2])),
        'partition-1: offset 0 is open, and the coordinator does not know of it',
      ],
      'the one of another producer is': [
        transactions(wrote(1), stored('ongoing', [p1], { of: otherId })),
        'partition-1: offset 0 is open, and the coordinator does not know of it',
      ],
    },
    silent: { 'everything has a marker': transactions(wrote(1), marked('commit')) },
  },
  'transactions-are-read-at-once': {
    good: {
      'both were read': transactions(read(1), read(2)),
      'another transaction was not': transactions(read(1), read(2), read(4)),
      'it is in no transaction': transactions(outside(1), outside(2), read(1)),
    },
    bad: {
      'the second was not': [transactions(read(1)), 'record 1 was read, and record 2 was not'],
      'the first was not': [transactions(read(2)), 'record 2 was read, and record 1 was not'],
    },
    silent: { 'nothing was read': transactions(wrote(1), committed()) },
  },
  'failed-commits-are-not-read': {
    good: {
      'it was not read': transactions(transaction(1, { told: 'failure' }), read(3)),
      'what was read is in no transaction': transactions(
        outside(1),
        transaction(1, { told: 'failure' }),
        read(1),
      ),
    },
    bad: {
      'it was read': [
        transactions(transaction(1, { told: 'failure' }), read(2)),
        'record 2 was read, and its application was told failure',
      ],
    },
    silent: {
      'no commit has failed': transactions(transaction(1, { told: 'committed' }), read(1)),
    },
  },
};
