import type { ClientsDefect } from '../rules.ts';

const repaired = { repairs: ['all'] } as const;

const numberedAtEachAttempt: ClientsDefect = {
  name: 'numbered-at-each-attempt',
  statement: 'A batch gets another number each time that it is sent.',
  source: 'KIP-98; RecordAccumulator.drainBatchesForOneNode',
  rules: { keepsSequences: false },
  caughtBy: 'records-are-not-repeated',
  config: repaired,
  bounds: { disconnects: 1 },
};

const retriesOvertake: ClientsDefect = {
  name: 'retries-overtake',
  statement: 'A batch that is sent again does not wait for those before it.',
  source: 'KAFKA-5494; RecordAccumulator.shouldStopDrainBatchesForPartition',
  rules: { retriesInOrder: false },
  caughtBy: 'records-are-not-repeated',
  config: { repairs: ['first-number-not-checked'] },
  bounds: { records: 3, failovers: 1, refusals: 1, epochBumps: 2 },
};

/** Another partition has what it is sent anew by its earlier number. */
const everyPartitionRenumbered: ClientsDefect = {
  name: 'every-partition-renumbered',
  statement: 'A gap in one partition makes a producer number the batches of all partitions anew.',
  source: 'librdkafka #4953 (open)',
  rules: { renumbers: 'all' },
  caughtBy: 'records-are-not-repeated',
  config: { ...repaired, partitions: 2 },
  bounds: { records: 3, disconnects: 1, refusals: 1, expiries: 1, epochBumps: 1 },
};

const renumberedInAnotherOrder: ClientsDefect = {
  name: 'renumbered-in-another-order',
  statement: 'Batches that are numbered anew change places.',
  source: 'KAFKA-8483 (fixed in 2.3), KAFKA-13794 (fixed in 3.0.2, 3.1.1 and 3.2)',
  rules: { renumbersInOrder: false },
  caughtBy: 'records-keep-their-order',
  config: repaired,
  bounds: { records: 3, rejections: 1, epochBumps: 1 },
};

/** Found by exploring, and known: several tickets tell of the second half of it, where the first record expires. */
const firstNumberNotChecked: ClientsDefect = {
  name: 'first-number-not-checked',
  statement: 'A leader that knows nothing of a producer takes any number for its first.',
  source: 'KAFKA-15591, KAFKA-14312, KAFKA-19880 (fixed in 4.5 for empty logs); KIP-360',
  rules: {},
  caughtBy: 'records-keep-their-order',
  releases: '2.5 to 4.4',
  bounds: { records: 2, failovers: 1, disconnects: 1, epochBumps: 1 },
};

/** Found by exploring: two failovers, and the answer of the leader in between. */
const renumberedWhileUndecided: ClientsDefect = {
  name: 'renumbered-while-undecided',
  statement: 'A producer numbers a batch anew that was appended by its earlier number.',
  source: 'TransactionManager.canRetry and startSequencesAtBeginning; KAFKA-14034 (open)',
  rules: {},
  caughtBy: 'records-are-not-repeated',
  releases: '2.5 to 4.4',
  config: { repairs: ['first-number-not-checked'] },
  bounds: { records: 3, failovers: 2, epochBumps: 1 },
};

/** What a producer does wrongly with the numbers of its batches. */
export const numberingDefects: readonly ClientsDefect[] = [
  numberedAtEachAttempt,
  retriesOvertake,
  everyPartitionRenumbered,
  renumberedInAnotherOrder,
  firstNumberNotChecked,
  renumberedWhileUndecided,
];
