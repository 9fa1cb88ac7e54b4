import type { TransactionsDefect } from '../rules.ts';

const repaired = { repairs: ['all'], partitions: 1 } as const;
const first = { ...repaired, transactionVersion: '1' } as const;

/** Brokers before 3.6. */
const openedByLateRecord: TransactionsDefect = {
  name: 'opened-by-late-record',
  statement:
    'A record that arrives after the marker of its transaction opens another that nobody knows of.',
  source: 'KIP-890, KAFKA-14402 (fixed in 3.6); UnifiedLog.analyzeAndValidateProducerState',
  rules: { verifies: false },
  caughtBy: 'open-transactions-are-known',
  releases: '0.11 to 3.5',
  config: first,
  bounds: { lateRequests: 1, expiries: 1 },
};

const hangsAfterLateRecord: TransactionsDefect = {
  name: 'hangs-after-late-record',
  statement:
    'Readers of committed records wait for ever for a transaction that a late record has opened.',
  source: 'KIP-890, KAFKA-14402 (fixed in 3.6); UnifiedLog.analyzeAndValidateProducerState',
  rules: { verifies: false },
  caughtBy: 'last-stable-offset-moves-on',
  releases: '0.11 to 3.5',
  config: first,
  bounds: { timeouts: 1, lateRequests: 1, expiries: 1 },
  liveness: 'exhaustive',
};

const appendedAfterVerification: TransactionsDefect = {
  name: 'appended-behind-marker',
  statement: 'A record is verified, the marker is written, and then the record is appended.',
  source: 'KAFKA-14884 (fixed before 3.6 was out); VerificationGuard',
  rules: { guardsAppends: false },
  caughtBy: 'open-transactions-are-known',
  config: first,
  bounds: { lateRequests: 1, expiries: 1 },
};

const earlierEpochAppended: TransactionsDefect = {
  name: 'earlier-epoch-appended',
  statement: 'A leader appends a record of a process that another has fenced.',
  source: 'KIP-98; ProducerAppendInfo.checkProducerEpoch',
  rules: { fencesProducers: false },
  caughtBy: 'fenced-producers-write-nothing',
  config: { partitions: 1, producers: 2, kafka: '3.5' },
};

/** Brokers of 4.0 and 4.1. */
const markerOfLastTransaction: TransactionsDefect = {
  name: 'marker-of-last-transaction',
  statement: 'A marker comes a second time, with the epoch of the next transaction, and ends it.',
  source: 'KIP-1228, KAFKA-19446 (fixed in 4.2); ProducerAppendInfo.checkProducerEpoch',
  rules: { markerEpochs: 'notEarlier' },
  caughtBy: 'markers-follow-decisions',
  releases: '4.0 to 4.1',
  config: repaired,
  bounds: { records: 2, lateMarkers: 1 },
};

const markerRefusedAgain: TransactionsDefect = {
  name: 'marker-not-taken-again',
  statement:
    'A marker that is there is refused when the next coordinator sends it again, which then gives up.',
  source:
    'KAFKA-19999 (found before 4.2 was out); TransactionMarkerRequestCompletionHandler (INVALID_PRODUCER_EPOCH)',
  rules: { takesMarkersAgain: false },
  caughtBy: 'transactions-end',
  config: repaired,
  bounds: { coordinatorFailovers: 1 },
  liveness: 'exhaustive',
};

const deposedCoordinatorMarks: TransactionsDefect = {
  name: 'marker-of-deposed-coordinator',
  statement:
    'A leader takes a marker of a coordinator that was deposed, after one of its successor.',
  source: 'ProducerAppendInfo.checkCoordinatorEpoch; KAFKA-9144',
  rules: { fencesCoordinators: false },
  caughtBy: 'coordinator-epochs-only-grow',
  config: first,
  bounds: { coordinatorFailovers: 1, lateMarkers: 1 },
};

const readBeyondOpen: TransactionsDefect = {
  name: 'read-beyond-open-transaction',
  statement: 'A reader of committed records is given what is in an open transaction.',
  source: 'KAFKA-9807 (fixed in 2.5), Redpanda #3036; UnifiedLog.fetchLastStableOffsetMetadata',
  rules: { stopsAtOpen: false },
  caughtBy: 'aborted-records-are-not-read',
  config: repaired,
};

const readBeforeMarkerCommitted: TransactionsDefect = {
  name: 'read-before-marker-is-committed',
  statement: 'A reader passes over a transaction whose marker the next failover may lose.',
  source: 'ProducerStateManager.removeUnreplicatedTransactions; Redpanda 7aa02b5d79',
  rules: { stopsAtUncommitted: false },
  caughtBy: 'readers-wait-for-open-transactions',
  config: repaired,
};

const abortedIndexLost: TransactionsDefect = {
  name: 'aborted-transactions-not-told',
  statement: 'A leader does not tell a reader which transactions were aborted.',
  source:
    'KAFKA-5376 (0.11.0.0), KAFKA-14055, Redpanda 39ebf96dea; UnifiedLog.collectAbortedTransactions',
  rules: { tellsAborted: false },
  caughtBy: 'aborted-records-are-not-read',
  config: repaired,
  bounds: { aborts: 1 },
};

/** What the leader of a partition does wrongly. */
export const leaderDefects: readonly TransactionsDefect[] = [
  openedByLateRecord,
  hangsAfterLateRecord,
  appendedAfterVerification,
  earlierEpochAppended,
  markerOfLastTransaction,
  markerRefusedAgain,
  deposedCoordinatorMarks,
  readBeyondOpen,
  readBeforeMarkerCommitted,
  abortedIndexLost,
];
