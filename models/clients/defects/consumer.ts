import type { ClientsDefect } from '../rules.ts';

const consuming = { repairs: ['all'], consumers: 1 } as const;

const positionsNotValidated: ClientsDefect = {
  name: 'positions-not-validated',
  statement:
    'A consumer goes on at its offset although the log was cut below it and has other records there.',
  source: 'KIP-320, KAFKA-7747 (fixed in 2.3), KAFKA-9840',
  rules: { validatesPositions: false },
  caughtBy: 'reads-go-on-in-the-same-log',
  releases: '1.0 to 2.2',
  config: { ...consuming, idempotence: false, maxInFlight: 1 },
  bounds: { records: 3, uncleanFailovers: 1 },
};

const autoCommitOfWhatIsInHand: ClientsDefect = {
  name: 'auto-commit-of-what-is-in-hand',
  statement: 'Auto commit covers records that the application has not processed yet.',
  source: 'KAFKA-18641 (found before 4.0 was out)',
  rules: { autoCommitsProcessed: false },
  caughtBy: 'committed-records-are-processed',
  config: consuming,
};

const committedBeforeProcessing: ClientsDefect = {
  name: 'committed-before-processing',
  statement: 'An application commits before it processes, and dies between.',
  source: 'docs/design.html, at most once',
  rules: {},
  caughtBy: 'no-record-is-passed-over',
  config: { ...consuming, commit: 'before' },
  bounds: { consumerCrashes: 1 },
};

const committedWhileHandedOver: ClientsDefect = {
  name: 'committed-while-handed-over',
  statement: 'Auto commit covers records that other threads have not processed when they die.',
  source: 'KafkaConsumer (automatic offset committing, multi-threaded processing)',
  rules: {},
  caughtBy: 'no-record-is-passed-over',
  config: { ...consuming, commit: 'handedOver' },
  bounds: { consumerCrashes: 1 },
};

const closedWithRecordsInHand: ClientsDefect = {
  name: 'closed-with-records-in-hand',
  statement:
    'A consumer with auto commit is closed because processing failed, and commits what was not processed.',
  source: 'KafkaConsumer.close, ConsumerCoordinator.close',
  rules: {},
  caughtBy: 'no-record-is-passed-over',
  config: consuming,
  bounds: { consumerCloses: 1 },
};

const latestPassesOver: ClientsDefect = {
  name: 'latest-passes-over',
  statement: 'A consumer that has not committed begins behind the records that are there.',
  source: 'auto.offset.reset=latest, the default',
  rules: {},
  caughtBy: 'no-record-is-passed-over',
  config: { ...consuming, reset: 'latest' },
};

const processedAgainAfterCrash: ClientsDefect = {
  name: 'processed-again-after-crash',
  statement: 'A consumer dies between processing and commit, and the next one processes again.',
  source: 'docs/design.html, at least once',
  rules: {},
  caughtBy: 'no-record-is-processed-twice',
  config: { ...consuming, commit: 'after' },
  bounds: { consumerCrashes: 1 },
};

/** What consumers do wrongly, and patterns of applications that lose or repeat work. */
export const consumerDefects: readonly ClientsDefect[] = [
  positionsNotValidated,
  autoCommitOfWhatIsInHand,
  committedBeforeProcessing,
  committedWhileHandedOver,
  closedWithRecordsInHand,
  latestPassesOver,
  processedAgainAfterCrash,
];
