import type { ClientsDefect } from '../rules.ts';

const repaired = { repairs: ['all'] } as const;

/** The client takes a gap where there is none: what it numbers anew is in the log by its earlier number. */
const duplicatesNotRecognised: ClientsDefect = {
  name: 'duplicates-not-recognised',
  statement:
    'A leader does not know a batch that it has, and answers that one is missing before it.',
  source: 'Redpanda #3039 (to 21.10); KIP-98',
  rules: { recognisesDuplicates: false },
  caughtBy: 'records-are-not-repeated',
  config: repaired,
  bounds: { disconnects: 1, epochBumps: 1 },
};

const oneBatchRemembered: ClientsDefect = {
  name: 'one-batch-remembered',
  statement: 'A leader remembers only the last batch of a producer, and several are in flight.',
  source: 'KAFKA-5494 (fixed in 1.0); Redpanda #3039',
  rules: { batchesRemembered: 1 },
  caughtBy: 'records-are-not-repeated',
  config: repaired,
  bounds: { records: 2, disconnects: 1, epochBumps: 1 },
};

const sequencesNotChecked: ClientsDefect = {
  name: 'sequences-not-checked',
  statement: 'A leader appends a batch although one before it is missing.',
  source: 'KIP-98; ProducerAppendInfo.checkSequence',
  rules: { checksSequences: false },
  caughtBy: 'records-keep-their-order',
  config: repaired,
  bounds: { records: 3, refusals: 1 },
};

const earlierEpochsNotFenced: ClientsDefect = {
  name: 'earlier-epochs-not-fenced',
  statement: 'A leader appends a batch of an epoch that its producer has left.',
  source: 'KIP-98; ProducerAppendInfo.checkProducerEpoch',
  rules: { fencesEarlierEpochs: false },
  caughtBy: 'producer-epochs-only-grow',
  config: repaired,
  bounds: { records: 2, lateRequests: 1, expiries: 1, epochBumps: 1 },
};

/** Brokers to 2.3. */
const deletedProducersForgotten: ClientsDefect = {
  name: 'deleted-producers-forgotten',
  statement:
    'A leader forgets a producer once its records are deleted, although it may send them again.',
  source: 'KAFKA-7190 (fixed in 2.4); ProducerStateManager.truncateHead',
  rules: { forgetsDeletedProducers: true },
  caughtBy: 'records-are-not-repeated',
  releases: '1.0 to 2.3',
  config: repaired,
  bounds: { deletions: 1, disconnects: 1 },
};

const answeredBeforeCommitted: ClientsDefect = {
  name: 'success-before-commit',
  statement: 'With acks=all success is told when the leader alone has a batch.',
  source: 'DelayedProduce.tryComplete; KIP-679 for what acks=1 meant as the default',
  rules: { answersCommitted: false },
  caughtBy: 'acknowledged-records-are-kept',
  config: repaired,
  bounds: { failovers: 1 },
};

const duplicateBeforeCommitted: ClientsDefect = {
  name: 'duplicate-answered-before-commit',
  statement:
    'Success is told for a batch that is in the log already, although it is not committed.',
  source: 'UnifiedLog.append, DelayedProduce.tryComplete',
  rules: { answersCommittedDuplicates: false },
  caughtBy: 'acknowledged-records-are-kept',
  config: repaired,
  bounds: { disconnects: 1, failovers: 1 },
};

/** What the next leader has committed at the same offset is taken for one's own. */
const waitingRequestsLeft: ClientsDefect = {
  name: 'answered-after-leading',
  statement: 'A broker answers requests that wait although it does not lead any more.',
  source: 'KAFKA-20634 (the same of offset commits, up to 4.3.0); DelayedProduce.tryComplete',
  rules: { failsWaitingRequests: false },
  caughtBy: 'acknowledged-records-are-kept',
  config: { idempotence: false },
  bounds: { records: 2, failovers: 1 },
};

/** What a leader does wrongly with a batch. */
export const leaderDefects: readonly ClientsDefect[] = [
  duplicatesNotRecognised,
  oneBatchRemembered,
  sequencesNotChecked,
  earlierEpochsNotFenced,
  deletedProducersForgotten,
  answeredBeforeCommitted,
  duplicateBeforeCommitted,
  waitingRequestsLeft,
];
