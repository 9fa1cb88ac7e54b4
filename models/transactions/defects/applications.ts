import type { TransactionsDefect } from '../rules.ts';

const repaired = { repairs: ['all'], partitions: 1 } as const;
const processing = { ...repaired, pattern: 'process' } as const;
const two = { ...processing, producers: 2, transactionalIds: 2 } as const;

const endedBeforeBatches: TransactionsDefect = {
  name: 'ended-before-its-records',
  statement: 'A producer has its transaction committed while a record has no answer.',
  source: 'TransactionManager.nextRequest (hasIncompleteBatches)',
  rules: { waitsForBatches: false },
  caughtBy: 'committed-transactions-are-kept',
  config: repaired,
  bounds: { records: 2 },
};

const offsetsVisibleAtOnce: TransactionsDefect = {
  name: 'offset-before-its-transaction',
  statement:
    'The offset of a transaction counts before the transaction is committed, and it is aborted.',
  source: 'KAFKA-15784 (fixed in 3.7); GroupMetadata.prepareTxnOffsetCommit',
  rules: { offsetsWait: false },
  caughtBy: 'noted-inputs-have-outputs',
  config: processing,
  bounds: { inputs: 1, restarts: 1 },
};

/** Before 2.5. */
const earlierGeneration: TransactionsDefect = {
  name: 'offsets-of-earlier-generation',
  statement:
    'A process that lost its input to another, and does not know, commits its output and its offset.',
  source: 'KIP-447 (2.5); GroupCoordinator.validateOffsetCommit',
  rules: { fencesGenerations: false },
  caughtBy: 'outputs-are-not-repeated',
  releases: '0.11 to 2.4',
  config: two,
  bounds: { records: 2, inputs: 1, rebalances: 1 },
};

/** Before 2.5. */
const pendingOffsets: TransactionsDefect = {
  name: 'pending-offsets-passed-over',
  statement:
    'A process begins at an offset that a transaction which is decided is about to replace.',
  source: 'KIP-447 (2.5); OffsetFetchRequest.requireStable',
  rules: { fetchesStable: false },
  caughtBy: 'outputs-are-not-repeated',
  releases: '0.11 to 2.4',
  config: two,
  bounds: { records: 2, inputs: 1, rebalances: 1 },
};

const inputNotRewound: TransactionsDefect = {
  name: 'input-not-read-again',
  statement: 'An application aborts, and goes on with the next record of its input.',
  source:
    'KAFKA-17582; KafkaProducer.abortTransaction (positions are the matter of the application)',
  rules: { rewindsAfterFailure: false },
  caughtBy: 'noted-inputs-have-outputs',
  config: processing,
  bounds: { records: 2, inputs: 2, aborts: 1 },
};

/** What producers, applications and the group of those who read an input do wrongly. */
export const applicationDefects: readonly TransactionsDefect[] = [
  endedBeforeBatches,
  offsetsVisibleAtOnce,
  earlierGeneration,
  pendingOffsets,
  inputNotRewound,
];
