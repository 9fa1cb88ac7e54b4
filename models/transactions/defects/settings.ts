import type { TransactionsDefect } from '../rules.ts';

const repaired = { repairs: ['all'], partitions: 1 } as const;
const first = { ...repaired, transactionVersion: '1' } as const;

/*
 * What is no mistake of Kafka: protocols and settings that promise less, and what nobody is promised. A question
 * notices, which asks of everybody what is claimed of some.
 */

const lateEnd: TransactionsDefect = {
  name: 'late-end-decides-next-transaction',
  statement: 'In version 1 a request to end a transaction that comes late commits the next one.',
  source: 'KAFKA-17754; Jepsen: Bufstream 0.1.0; KIP-890',
  rules: {},
  caughtBy: 'no-aborted-record-is-read',
  config: first,
  bounds: { records: 2, lateEnds: 1 },
};

const lateMarker: TransactionsDefect = {
  name: 'late-marker-ends-next-transaction',
  statement: 'In version 1 a marker that comes late ends the next transaction of its producer.',
  source: 'KIP-890, KIP-1228; ProducerAppendInfo.checkProducerEpoch',
  rules: {},
  caughtBy: 'no-aborted-record-is-read',
  config: first,
  bounds: { records: 2, lateMarkers: 1 },
};

const readUncommitted: TransactionsDefect = {
  name: 'uncommitted-records-read',
  statement: 'A reader with the default isolation level is given what is aborted.',
  source: 'isolation.level=read_uncommitted',
  rules: {},
  caughtBy: 'no-aborted-record-is-read',
  config: { ...repaired, isolation: 'read_uncommitted' },
};

const halfRead: TransactionsDefect = {
  name: 'half-of-transaction-read',
  statement:
    'A reader of committed records is given one record of a transaction, and the other later.',
  source: 'KIP-98: markers arrive in each partition by itself',
  rules: {},
  caughtBy: 'transactions-are-read-at-once',
  config: { ...repaired, partitions: 2 },
  bounds: { records: 2 },
};

const failedCommit: TransactionsDefect = {
  name: 'failed-commit-is-committed',
  statement: 'A process is told that it is fenced, and its transaction is committed.',
  source: 'KafkaProducer.commitTransaction (ProducerFencedException)',
  rules: {},
  caughtBy: 'failed-commits-are-not-read',
  config: { ...repaired, producers: 2 },
  bounds: { disconnects: 1 },
};

const processedTwice: TransactionsDefect = {
  name: 'output-twice-without-transactions',
  statement:
    'A process ends between its output and its offset, and the next one sends the output again.',
  source: 'docs/design.html, at least once',
  rules: {},
  caughtBy: 'no-output-is-there-twice',
  config: { ...repaired, pattern: 'process', transactions: false },
  bounds: { records: 2, inputs: 1, restarts: 1 },
};

const outboxTwice: TransactionsDefect = {
  name: 'outbox-sends-twice',
  statement:
    'A process ends between sending a record of its outbox and marking it, and the next one sends it again.',
  source: 'the pattern of the transactional outbox',
  rules: {},
  caughtBy: 'no-output-is-there-twice',
  config: { ...repaired, pattern: 'outbox', transactions: false },
  bounds: { records: 2, inputs: 1, restarts: 1 },
};

const effectTwice: TransactionsDefect = {
  name: 'effect-twice-after-crash',
  statement:
    'A reader acts upon a committed record, ends before it commits its offset, and acts upon it again.',
  source: 'docs/design.html: exactly once ends where another system begins',
  rules: {},
  caughtBy: 'no-effect-comes-twice',
  config: repaired,
  bounds: { readerCrashes: 1 },
};

/** Protocols, settings and events that do not come to exactly once. */
export const transactionsHazards: readonly TransactionsDefect[] = [
  lateEnd,
  lateMarker,
  readUncommitted,
  halfRead,
  failedCommit,
  processedTwice,
  outboxTwice,
  effectTwice,
];
