import {
  type Cases,
  clients,
  commitOnItsWay,
  deleted,
  inHand,
  p2,
  position,
  processed,
  read,
  step,
  wrote,
} from '../handBuilt.ts';

const processedBelow: Cases = {
  good: {
    'what is committed was processed': clients(
      wrote(1),
      wrote(2),
      processed(1),
      position({ committedOffset: 1 }),
    ),
    'what was not is deleted': clients(
      wrote(1),
      wrote(2),
      deleted(1),
      processed(2),
      position({ committedOffset: 2 }),
    ),
    'the log ends before the commit': clients(
      wrote(1),
      processed(1),
      position({ committedOffset: 2 }),
    ),
  },
  bad: {
    'a record was passed over': [
      clients(wrote(1), wrote(2), processed(2), position({ committedOffset: 2 })),
      'partition-1: 2 is committed, and record 1 at offset 0 was not processed',
    ],
    'it is so in the other partition': [
      clients(wrote(1, { to: p2 }), position({ committedOffset: 1 }, p2)),
      'partition-2: 1 is committed, and record 1 at offset 0 was not processed',
    ],
  },
  silent: {
    'nothing is committed': clients(wrote(1)),
    'the start is committed': clients(wrote(1), position({ committedOffset: 0 })),
  },
};

/** As before, but for what is in hand. */
const processedOrInHand: Cases = {
  ...processedBelow,
  good: {
    ...processedBelow.good,
    'a record is in hand': clients(
      wrote(1),
      wrote(2),
      processed(1),
      position({ committedOffset: 2 }),
      inHand([2]),
    ),
    'it came by the other partition': clients(
      wrote(1, { to: p2 }),
      position({ committedOffset: 1 }, p2),
      inHand([1], p2),
    ),
  },
  bad: {
    ...processedBelow.bad,
    'another is in hand': [
      clients(wrote(1), wrote(2), position({ committedOffset: 2 }), inHand([2])),
      'partition-1: 2 is committed, and record 1 at offset 0 was not processed',
    ],
  },
};

const processedOnce: Cases = {
  good: { 'each was processed once': clients(processed(1), processed(2)) },
  bad: {
    'one was processed again': [
      clients(processed(1), processed(2, 2)),
      'record 2 was processed twice',
    ],
  },
  silent: { 'nothing was processed': clients(wrote(1)) },
};

const polls = { name: 'poll' };

/** What is claimed of consumers, and the scenes of it. */
export const consumerCases: Readonly<Record<string, Cases>> = {
  'committed-records-are-processed': processedBelow,
  'reads-go-on-in-the-same-log': {
    good: {
      'the record before is the one that was read': step(
        [wrote(1), wrote(2), read([1]), position({ offset: 1 })],
        [position({ offset: 2 })],
        polls,
      ),
      'nothing was read there': step(
        [wrote(1), wrote(2), read([0]), position({ offset: 1 })],
        [position({ offset: 2 })],
        polls,
      ),
      'less was read': step(
        [wrote(1), wrote(2), position({ offset: 1 })],
        [position({ offset: 2 })],
        polls,
      ),
      'the other partition is polled': step(
        [wrote(2), wrote(3), read([1]), position({ offset: 1 }), wrote(1, { to: p2 })],
        [position({ offset: 1 }, p2)],
        polls,
      ),
    },
    bad: {
      'the record before is another': [
        step(
          [wrote(2), wrote(3), read([1]), position({ offset: 1 })],
          [position({ offset: 2 })],
          polls,
        ),
        'partition-1: record 1 was read at offset 0, where record 2 is now',
      ],
      'it is so in the other partition': [
        step(
          [wrote(2, { to: p2 }), read([1], p2), position({ offset: 1 }, p2)],
          [position({ offset: 2 }, p2)],
          polls,
        ),
        'partition-2: record 1 was read at offset 0, where record 2 is now',
      ],
    },
    silent: {
      'it is the first poll': step([wrote(1)], [position({ offset: 1 })], polls),
      'it is no poll': step(
        [wrote(2), read([1]), position({ offset: 1 })],
        [position({ offset: 2 })],
      ),
    },
  },
  'no-record-is-passed-over': processedOrInHand,
  'no-record-is-processed-twice': processedOnce,
  'record-processed': {
    good: { 'one was': step([], [processed(1)]) },
    bad: { 'none was': [step([], [wrote(1)]), false] },
  },
  'record-processed-again': {
    good: { 'one was': step([processed(1)], [processed(1, 2)]) },
    bad: { 'once is not again': [step([], [processed(1)]), false] },
  },
  'position-moved-back': {
    good: {
      'the offset is smaller': step([position({ offset: 2 })], [position({ offset: 1 })], {
        name: 'validatePosition',
      }),
    },
    bad: {
      'it is the same': [step([position({ offset: 2 })], [], { name: 'validatePosition' }), false],
      'it was reset': [
        step([position({ offset: 2 })], [position({ offset: 1 })], { name: 'resetPosition' }),
        false,
      ],
    },
  },
  'commit-lost': {
    good: { 'one was on its way': step([commitOnItsWay], [], { name: 'crashConsumer' }) },
    bad: {
      'none was': [step([], [], { name: 'crashConsumer' }), false],
      'the consumer lives': [step([commitOnItsWay], []), false],
    },
  },
};

/** Of a consumer that commits before it processes. */
export const beforeCases: Readonly<Record<string, Cases>> = {
  'records-are-processed-once': processedOnce,
};

/** Of a consumer that begins at the end. */
export const latestCases: Readonly<Record<string, Cases>> = {
  'reset-passes-over': {
    good: {
      'the offset is larger': step([], [position({ offset: 1 })], { name: 'resetPosition' }),
    },
    bad: {
      'it is the same': [step([], [], { name: 'resetPosition' }), false],
      'it is a poll': [step([], [position({ offset: 1 })], { name: 'poll' }), false],
    },
  },
};
