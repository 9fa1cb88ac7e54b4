import type { KraftDefect } from '../rules.ts';

const old = { kafka: '3.9' } as const;

const snapshotOffByOne: KraftDefect = {
  name: 'snapshot-off-by-one',
  statement: 'A snapshot is filed one offset beyond what it contains.',
  source: 'KAFKA-14618, KAFKA-14619 (before 3.4.0 was out)',
  rules: { snapshotOffset: highWatermark => highWatermark + 1 },
  caughtBy: 'snapshot-fits-log',
  config: { ...old, voters: 1 },
  bounds: { snapshots: 1 },
};

const snapshotNotFlushed: KraftDefect = {
  name: 'snapshot-not-flushed',
  statement: 'The log is cleaned below a snapshot that is not on disk yet.',
  source: 'KAFKA-15312 (fixed in 3.5.2 and 3.6.0)',
  rules: { flushesSnapshots: false },
  caughtBy: 'snapshot-fits-log',
  releases: '3.3 to 3.5.1',
  config: { ...old, voters: 1 },
  bounds: { snapshots: 1, crashes: 1 },
};

const cleanedBeyondSnapshot: KraftDefect = {
  name: 'cleaned-beyond-snapshot',
  statement: 'The log is cleaned beyond the newest snapshot.',
  source: 'KAFKA-14238 (fixed in 3.3.0)',
  rules: { cleansOnlyBelowSnapshot: false },
  caughtBy: 'snapshot-fits-log',
  config: { ...old, voters: 1 },
  bounds: { records: 1, snapshots: 1 },
};

const olderSnapshotInstalled: KraftDefect = {
  name: 'older-snapshot-installed',
  statement: 'A follower replaces its log by a snapshot that is behind it.',
  source: 'KafkaMetadataLog.truncateToLatestSnapshot; WRaft #118',
  rules: { installsOnlyNewerSnapshots: false },
  caughtBy: 'committed-records-stay',
  masked: {
    because:
      'a snapshot is fetched by the one request in flight, and the log stands still meanwhile',
    unmaskedBy: 'unawaited-answer-taken',
  },
  config: { ...old, voters: 1, observers: 1, bootstrapFetch: true },
  bounds: { records: 1, snapshots: 1, duplicatedMessages: 1 },
};

const snapshotWithoutVoters: KraftDefect = {
  name: 'snapshot-without-voters',
  statement: 'A snapshot does not say who the voters are.',
  source: 'KIP-853, VotersRecord in snapshots',
  rules: { snapshotHoldsVoters: false },
  caughtBy: 'snapshot-fits-log',
  config: { ...old, voters: 1, dynamicVoters: true },
  bounds: { snapshots: 1 },
};

export const snapshotDefects: readonly KraftDefect[] = [
  snapshotOffByOne,
  snapshotNotFlushed,
  cleanedBeyondSnapshot,
  olderSnapshotInstalled,
  snapshotWithoutVoters,
];
