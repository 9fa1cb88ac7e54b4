import {
  acknowledged,
  arrived,
  batch,
  type Cases,
  clients,
  committed,
  cut,
  deleted,
  late,
  p2,
  request,
  step,
  wrote,
} from '../handBuilt.ts';

const kept: Cases = {
  good: {
    'the record is where it was told': clients(wrote(1), acknowledged(1, 0)),
    'it was deleted by right': clients(wrote(2), wrote(1), deleted(1), acknowledged(1, 0)),
    'it is in the other partition': clients(wrote(1, { to: p2 }), acknowledged(1, 0, p2)),
  },
  bad: {
    'another record is there': [
      clients(wrote(2), acknowledged(1, 0)),
      'partition-1: success was told for record 1, which is not at offset 0',
    ],
    'the log ends before it': [
      clients(wrote(1), acknowledged(2, 1)),
      'partition-1: success was told for record 2, which is not at offset 1',
    ],
    'it is somewhere else': [
      clients(wrote(2), wrote(1), acknowledged(1, 0)),
      'partition-1: success was told for record 1, which is not at offset 0',
    ],
    'the second of two is gone': [
      clients(wrote(1), acknowledged(1, 0), acknowledged(2, 1)),
      'partition-1: success was told for record 2, which is not at offset 1',
    ],
    'only what is below was deleted': [
      clients(wrote(1), wrote(3), deleted(1), acknowledged(2, 1)),
      'partition-1: success was told for record 2, which is not at offset 1',
    ],
    'the other partition lost it': [
      clients(acknowledged(1, 0, p2)),
      'partition-2: success was told for record 1, which is not at offset 0',
    ],
  },
  silent: { 'nobody was told success': clients(wrote(1)) },
};

const once: Cases = {
  good: {
    'each record is there once': clients(wrote(1), wrote(2)),
    'each partition has one': clients(wrote(1), wrote(2, { to: p2 })),
  },
  bad: {
    'a record is there twice': [
      clients(wrote(1), wrote(2), wrote(1)),
      'partition-1: record 1 is at offset 0 and at offset 2',
    ],
    'it is so in the other partition': [
      clients(wrote(1), wrote(2, { to: p2 }), wrote(2, { to: p2 })),
      'partition-2: record 2 is at offset 0 and at offset 1',
    ],
  },
  silent: { 'nothing is in the log': clients() },
};

const inOrder: Cases = {
  good: {
    'the order is that in which they were sent': clients(wrote(1), wrote(3)),
    'an earlier one is there again': clients(wrote(1), wrote(2), wrote(1)),
    'a later one of another producer is first': clients(wrote(4), wrote(1)),
  },
  bad: {
    'a later one is first': [
      clients(wrote(2), wrote(1)),
      'partition-1: record 2 is before record 1, which was sent first',
    ],
    'it is so in the other partition': [
      clients(wrote(2, { to: p2 }), wrote(3, { to: p2 }), wrote(1, { to: p2 })),
      'partition-2: record 2 is before record 1, which was sent first',
    ],
  },
  silent: { 'there is one record': clients(wrote(2)) },
};

/** What is claimed, and what is asked by name. */
export const deliveryCases: Readonly<Record<string, Cases>> = {
  'acknowledged-records-are-kept': kept,
  'records-are-not-repeated': once,
  'records-keep-their-order': inOrder,
  'committed-entries-stay': {
    good: {
      'it stays': step([wrote(1), committed(1)], [wrote(2)]),
      'only what is not committed goes': step([wrote(1), wrote(2), committed(1)], [cut(1)]),
    },
    bad: {
      'the log is cut': [
        step([wrote(1), committed(1)], [cut(0)]),
        'partition-1: record 1 was committed at offset 0, and is not there any more',
      ],
      'another record is there': [
        step([wrote(1, { to: p2 }), committed(1, p2)], [cut(0, p2), wrote(2, { to: p2 })]),
        'partition-2: record 1 was committed at offset 0, and is not there any more',
      ],
    },
    silent: { 'nothing is committed': step([wrote(1)], [cut(0)]) },
  },
};

export const questionCases: Readonly<Record<string, Cases>> = {
  'success-means-stored': {
    ...kept,
    good: {
      ...kept.good,
      'nobody could tell where, and it is there': clients(
        wrote(2),
        wrote(1),
        acknowledged(1, undefined),
      ),
      'it is on its way': clients(
        batch(2),
        batch(1),
        request(1, 'sent'),
        acknowledged(1, undefined),
      ),
      'it is late': clients(late(1), acknowledged(1, undefined)),
    },
    bad: {
      ...kept.bad,
      'nobody could tell where, and it is nowhere': [
        clients(batch(1), acknowledged(1, undefined)),
        'partition-1: success was told for record 1, which is nowhere in the log',
      ],
      'others are on their way': [
        clients(late(2), batch(1), batch(3), request(1, 'sent'), acknowledged(1, undefined)),
        'partition-1: success was told for record 1, which is nowhere in the log',
      ],
      'it was late and is nowhere': [
        clients(late(1), arrived, acknowledged(1, undefined)),
        'partition-1: success was told for record 1, which is nowhere in the log',
      ],
    },
  },
  'records-are-sent-once': once,
  'records-are-sent-in-order': inOrder,
};

/** Of a topic with one partition, which has no need of a name. */
export const plainCases: Readonly<Record<string, Cases>> = {
  'committed-entries-stay': {
    good: { 'it stays': step([wrote(1), committed(1)], []) },
    bad: {
      'the log is cut': [
        step([wrote(1), committed(1)], [cut(0)]),
        'record 1 was committed at offset 0, and is not there any more',
      ],
    },
  },
};
