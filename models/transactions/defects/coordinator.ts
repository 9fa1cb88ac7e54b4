import type { TransactionsDefect } from '../rules.ts';

const repaired = { repairs: ['all'] } as const;
const first = { ...repaired, transactionVersion: '1' } as const;

const epochNotBumped: TransactionsDefect = {
  name: 'epoch-given-out-again',
  statement:
    'A process that asks for its transactional id gets the epoch of the process before it.',
  source: 'KIP-98; TransactionMetadata.prepareIncrementProducerEpoch',
  rules: { bumpsOnInitialization: false },
  caughtBy: 'producer-epochs-grow',
  config: repaired,
  bounds: { restarts: 1 },
};

/** Brokers of 0.11.0.0 and 0.11.0.1. */
const notFencedOnTimeout: TransactionsDefect = {
  name: 'not-fenced-on-timeout',
  statement:
    'A transaction that took too long is aborted, and its producer goes on, and commits what it sends after that.',
  source:
    'KAFKA-6119 (fixed in 0.11.0.2 and 1.0); TransactionCoordinator.abortTimedOutTransactions',
  rules: { bumpsOnTimeout: false },
  caughtBy: 'committed-transactions-are-kept',
  releases: '0.11',
  config: first,
  bounds: { records: 2, timeouts: 1 },
};

const endedByFenced: TransactionsDefect = {
  name: 'ended-by-fenced-producer',
  statement:
    'A process that was fenced commits, and the transaction of the next process is committed.',
  source: 'TransactionCoordinator.endTransaction (PRODUCER_FENCED)',
  rules: { checksEndEpoch: false },
  caughtBy: 'committed-transactions-are-kept',
  config: { ...first, partitions: 1, producers: 2 },
  bounds: { records: 2 },
};

/** That nobody is fenced by the clock shows it: otherwise the epoch alone refuses the request. */
const otherEndConfirmed: TransactionsDefect = {
  name: 'other-end-confirmed',
  statement: 'A producer asks to commit what is aborted, and is told that it is done.',
  source: 'TransactionCoordinator.logInvalidStateTransitionAndReturnError (INVALID_TXN_STATE)',
  rules: { refusesOtherEnd: false },
  caughtBy: 'committed-transactions-are-kept',
  masked: {
    because:
      'who aborts a transaction of another takes its epoch too, and an earlier epoch is refused',
    unmaskedBy: 'not-fenced-on-timeout',
  },
  config: { ...first, partitions: 1 },
  bounds: { timeouts: 1 },
};

const addedWhileCompleting: TransactionsDefect = {
  name: 'added-while-completing',
  statement:
    'A partition is taken for added while the last transaction is completed, and belongs to none after that.',
  source:
    'KAFKA-18575 (found before 4.0 was out); TransactionCoordinator.handleAddPartitionsToTransaction',
  rules: { refusesWhileCompleting: false },
  caughtBy: 'open-transactions-are-known',
  config: repaired,
  bounds: { records: 2 },
};

const decidedBeforeCommitted: TransactionsDefect = {
  name: 'told-before-committed',
  statement:
    'A producer is told that its transaction is committed when the coordinator alone has the decision.',
  source: 'TransactionStateManager.appendTransactionToLog (acks=all)',
  rules: { decidesCommitted: false },
  caughtBy: 'committed-transactions-are-kept',
  config: { ...repaired, partitions: 1 },
  bounds: { timeouts: 1, coordinatorFailovers: 1 },
};

const completedBeforeMarkers: TransactionsDefect = {
  name: 'complete-without-markers',
  statement: 'A transaction is complete although a partition has no marker.',
  source: 'TransactionMarkerChannelManager.maybeWriteTxnCompletion; KAFKA-9777, KAFKA-10080',
  rules: { waitsForMarkers: false },
  caughtBy: 'open-transactions-are-known',
  config: { ...repaired, partitions: 1 },
};

const servedBeforeLoaded: TransactionsDefect = {
  name: 'served-before-loaded',
  statement:
    'A coordinator that has not read its partition takes a transactional id for a new one.',
  source: 'TransactionStateManager.getAndMaybeAddTransactionState (COORDINATOR_LOAD_IN_PROGRESS)',
  rules: { loadsFirst: false },
  caughtBy: 'producer-epochs-grow',
  config: repaired,
  bounds: { restarts: 1, coordinatorFailovers: 1 },
};

const decisionNotCompleted: TransactionsDefect = {
  name: 'decision-forgotten-on-failover',
  statement: 'A coordinator that takes over leaves what was decided before as it is.',
  source:
    'TransactionStateManager.loadTransactionsForTxnTopicPartition (transactionsPendingForCompletion)',
  rules: { completesLoaded: false },
  caughtBy: 'transactions-end',
  config: { ...repaired, partitions: 1 },
  bounds: { coordinatorFailovers: 1 },
  liveness: 'exhaustive',
};

/** Kafka as it is: two failovers of one partition, the second before a follower has caught up. */
const uncommittedDecisionLoaded: TransactionsDefect = {
  name: 'uncommitted-decision-loaded',
  statement:
    'Who takes over acts upon a decision that is not committed; the next one does not find it, and decides otherwise.',
  source:
    'TransactionStateManager.loadTransactionMetadata (FetchIsolation.LOG_END), read in 3.9 and 4.3.1',
  rules: { loadsCommitted: false },
  caughtBy: 'committed-transactions-are-kept',
  releases: '0.11 to 4.4',
  config: { ...repaired, partitions: 1 },
  bounds: { timeouts: 1, coordinatorFailovers: 2 },
};

/** The same of an entry that adds a partition: nobody knows of the record that is appended by it. */
const uncommittedPartitionVerified: TransactionsDefect = {
  name: 'hangs-after-uncommitted-entry',
  statement:
    'Who takes over verifies a record by an entry that is not committed and is lost: the transaction hangs.',
  source:
    'TransactionStateManager.loadTransactionMetadata (FetchIsolation.LOG_END), read in 3.9 and 4.3.1',
  rules: { loadsCommitted: false },
  caughtBy: 'last-stable-offset-moves-on',
  releases: '0.11 to 4.4',
  config: { ...repaired, partitions: 1 },
  bounds: { coordinatorFailovers: 2 },
  liveness: 'exhaustive',
};

/** What a coordinator does wrongly. */
export const coordinatorDefects: readonly TransactionsDefect[] = [
  epochNotBumped,
  notFencedOnTimeout,
  endedByFenced,
  otherEndConfirmed,
  addedWhileCompleting,
  decidedBeforeCommitted,
  completedBeforeMarkers,
  servedBeforeLoaded,
  decisionNotCompleted,
  uncommittedDecisionLoaded,
  uncommittedPartitionVerified,
];
