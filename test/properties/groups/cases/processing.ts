import { type Cases, groups, m1, m2, p1, p2, processed, reads, wroteOffset } from '../handBuilt.ts';

const once: Cases = {
  good: {
    'each was processed once': groups(processed([1, 1]), processed([1], p2)),
    'one was passed over': groups(processed([0, 1])),
  },
  bad: {
    'the last was processed again': [
      groups(processed([1, 2])),
      'partition-1: the record at offset 1 was processed twice',
    ],
    'that of the other partition was': [
      groups(processed([1]), processed([2], p2)),
      'partition-2: the record at offset 0 was processed twice',
    ],
  },
  silent: { 'nothing was processed': groups(wroteOffset(1)) },
};

/** What is processed. */
export const processingCases: Readonly<Record<string, Cases>> = {
  'positions-pass-nothing-over': {
    good: {
      'it has processed what is before': groups(processed([1]), reads(m1, p1, { done: 1 })),
      'another one has': groups(
        processed([1, 1]),
        reads(m1, p1, { done: 1 }),
        reads(m2, p1, { done: 2 }),
      ),
      'what it has in hand is not processed': groups(
        processed([1]),
        reads(m1, p1, { done: 1, position: 2 }),
      ),
    },
    bad: {
      'it goes on behind what nobody has': [
        groups(reads(m1, p1, { done: 1 })),
        'partition-1: member-1 goes on at 1, and nobody has processed 0',
      ],
      'another one does, in the other partition': [
        groups(processed([1], p2), reads(m1, p2, { done: 1 }), reads(m2, p2, { done: 2 })),
        'partition-2: member-2 goes on at 2, and nobody has processed 1',
      ],
    },
    silent: { 'everybody is at the start': groups(reads(m1, p1, { position: 1 })) },
  },
  'records-are-processed-once': once,
  'no-record-is-processed-twice': once,
};
