import {
  type Cases,
  committed,
  handled,
  isReady,
  marked,
  offsets,
  outboxMarked,
  outside,
  p2,
  producerHas,
  read,
  transactions,
  wrote,
} from '../handBuilt.ts';

const output = [wrote(1, { input: 1 }), marked('commit')] as const;
const offset = [wrote(0, { to: offsets, input: 1 }), marked('commit', { to: offsets })] as const;
const plain = (record: number, input: number) => wrote(record, { kind: 'plain', input });
const plainOffset = (input: number) => wrote(0, { kind: 'plain', input, to: offsets });

/** What is said of outputs, with and without conditions. */
const outputCases: Cases = {
  good: {
    'each input has one': transactions(...output, wrote(3, { input: 2 }), marked('commit')),
    'the other is aborted': transactions(...output, wrote(3, { input: 1 }), marked('abort')),
    'the other is open': transactions(...output, wrote(3, { input: 1 })),
    'the other is the same record': transactions(...output, ...output),
  },
  bad: {
    'one has two': [
      transactions(...output, wrote(2, { input: 1, to: p2 }), marked('commit', { to: p2 })),
      'records 1 and 2 are outputs of input 1',
    ],
    'they are in no transaction': [
      transactions(plain(1, 2), plain(3, 2)),
      'records 1 and 3 are outputs of input 2',
    ],
  },
  silent: {
    'nothing is committed': transactions(wrote(1, { input: 1 })),
    'there is an offset': transactions(...offset),
    'there is an offset in no transaction': transactions(plainOffset(1)),
  },
};

/** What is said of effects, with and without conditions. */
const effectCases: Cases = {
  good: { 'each is handled once': transactions(handled(1, 1), handled(2, 1)) },
  bad: {
    'one is handled again': [
      transactions(handled(1, 1), handled(2, 2)),
      'the reader has made something of 2 twice',
    ],
  },
  silent: { 'nothing is handled': transactions(read(1)) },
};

export const processingCases: Readonly<Record<string, Cases>> = {
  'outputs-are-not-repeated': outputCases,
  'no-output-is-there-twice': outputCases,
  'effects-are-not-repeated': effectCases,
  'no-effect-comes-twice': effectCases,
  'noted-inputs-have-outputs': {
    good: {
      'the output is committed': transactions(...output, ...offset, committed(offsets)),
      'the output has no marker yet': transactions(
        wrote(1, { input: 1 }),
        ...offset,
        committed(offsets),
      ),
      'it is in no transaction': transactions(plain(1, 1), plainOffset(1), committed(offsets)),
      'a process goes on there': transactions(
        ...output,
        isReady(),
        producerHas({ isReading: true, position: 1 }),
      ),
    },
    bad: {
      'there is none': [
        transactions(...offset, committed(offsets)),
        '1 inputs are noted as done, and input 1 has no output',
      ],
      'it is aborted': [
        transactions(wrote(1, { input: 1 }), marked('abort'), ...offset, committed(offsets)),
        '1 inputs are noted as done, and input 1 has no output',
      ],
      'the first has none': [
        transactions(plain(1, 2), plainOffset(2), committed(offsets)),
        '2 inputs are noted as done, and input 1 has no output',
      ],
      'a process goes on there': [
        transactions(isReady(), producerHas({ isReading: true, position: 1 })),
        '1 inputs are noted as done, and input 1 has no output',
      ],
      'only an offset says so': [
        transactions(
          ...offset,
          wrote(0, { input: 1 }),
          wrote(0, { kind: 'plain', input: 1 }),
          committed(offsets),
        ),
        '1 inputs are noted as done, and input 1 has no output',
      ],
      'an output in no transaction is of another input': [
        transactions(outside(1), plain(1, 2), ...offset, committed(offsets)),
        '1 inputs are noted as done, and input 1 has no output',
      ],
    },
    silent: {
      'the offset is not committed': transactions(...offset, committed(offsets, 1)),
      'its transaction is open': transactions(
        wrote(0, { to: offsets, input: 1 }),
        committed(offsets),
      ),
      'its transaction is aborted': transactions(
        wrote(0, { to: offsets, input: 1 }),
        marked('abort', { to: offsets }),
        committed(offsets),
      ),
      'it is not committed in its log': transactions(plainOffset(1)),
      'a process has only read it': transactions(
        isReady(),
        producerHas({ isReading: true, position: 1, owesOffset: true }),
      ),
      'a process does not read': transactions(isReady(), producerHas({ position: 1 })),
      'a process is not ready': transactions(producerHas({ isReading: true, position: 1 })),
      'the outbox is marked, and there is none': transactions(outboxMarked(1)),
    },
  },
};

/** The same of an outbox. */
export const outboxCases: Readonly<Record<string, Cases>> = {
  'noted-inputs-have-outputs': {
    good: { 'what is marked is sent': transactions(plain(1, 1), outboxMarked(1)) },
    bad: {
      'it is not': [
        transactions(outboxMarked(1)),
        '1 inputs are noted as done, and input 1 has no output',
      ],
    },
    silent: { 'nothing is marked': transactions(...offset, committed(offsets)) },
  },
};
