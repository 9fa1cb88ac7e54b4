import type { ReplicationDefect } from '../rules.ts';

/** Before 0.11: a high watermark that trails decides what a follower throws away. */
export const truncatesToHighWatermark: ReplicationDefect = {
  name: 'truncates-to-high-watermark',
  statement:
    'A replica that starts to follow a leader truncates its log to its own high watermark.',
  source: 'KIP-101, KAFKA-1211 (fixed in 0.11.0)',
  rules: { truncation: 'toHighWatermark' },
  caughtBy: 'acknowledged-records-survive',
  bounds: { preferredElections: 2 },
};

/** The other scenario of KIP-101: the logs differ for good, below both high watermarks. */
const divergesAfterPowerLoss: ReplicationDefect = {
  name: 'diverges-after-power-loss',
  statement:
    'A replica truncates to its high watermark and keeps a record that its leader lost and replaced.',
  source: 'KIP-101, scenario 2 (fixed in 0.11.0)',
  releases: '0.10',
  rules: { truncation: 'toHighWatermark' },
  caughtBy: 'settled-replicas-agree',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { records: 2, missedHeartbeats: 1, powerLosses: 1 },
};

/** KIP-101 as it was: after fast leader changes the offset belongs to an epoch never asked for. */
const epochEndWithoutEpoch: ReplicationDefect = {
  name: 'epoch-end-without-epoch',
  statement:
    'The leader says where an epoch ends and not which epoch it found, and the follower truncates once.',
  source: 'KIP-279, KAFKA-6361 (fixed in 2.0.0)',
  rules: { truncation: 'byEndOffset' },
  caughtBy: 'logs-agree-below-high-watermark',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { records: 2, preferredElections: 2 },
};

/** A leader that has appended nothing does not know its own epoch, nor what came right before. */
const missingEpochEntry: ReplicationDefect = {
  name: 'missing-epoch-entry',
  statement:
    'A new leader notes its epoch with its first record, and an unknown epoch means high watermark.',
  source: 'KAFKA-7415 (fixed in 2.0.1); LeaderEpochFileCache.assign',
  rules: { writesEpochEntryOnElection: false },
  caughtBy: 'logs-agree-below-high-watermark',
  config: { kafka: 'kip-320', brokers: 2, minInsyncReplicas: 1 },
  bounds: { records: 2, preferredElections: 3 },
};

/**
 * A follower that misses epochs may find the leader it had. That it misses them is the other half
 * of the defect: the controller before KRaft sent only the newest state of a partition.
 */
const sameLeaderSkipsTruncation: ReplicationDefect = {
  name: 'same-leader-skips-truncation',
  statement:
    'A follower that passes over epochs and finds the leader it had before does not truncate.',
  source: 'KAFKA-7164 (fixed in 2.0.1); Partition.makeFollower',
  rules: { truncatesInEveryEpoch: false, actsOnEveryMetadataRecord: false },
  caughtBy: 'logs-agree-below-high-watermark',
  config: { kafka: 'kip-320' },
  bounds: { records: 2, preferredElections: 2 },
};

const truncationKeepsHighWatermark: ReplicationDefect = {
  name: 'truncation-keeps-high-watermark',
  statement: 'A truncation below the high watermark leaves the high watermark beyond the log end.',
  source: 'UnifiedLog.truncateTo, LogOffsetMetadata',
  rules: { truncationClipsHighWatermark: false },
  caughtBy: 'high-watermark-within-log',
  config: { brokers: 2, minInsyncReplicas: 1, uncleanLeaderElection: true },
  bounds: { isrShrinks: 1, missedHeartbeats: 1 },
};

/**
 * The leader's end was looked up after its answer, and had grown. A follower that is in sync is
 * out of range only for a leader that does not know its epoch.
 */
const outOfRangeStartsAnew: ReplicationDefect = {
  name: 'out-of-range-starts-anew',
  statement:
    "A follower whose fetch was out of range drops its whole log unless the leader's log is shorter when it looks.",
  source: 'KAFKA-2143 (fixed in 0.9.0.1); AbstractFetcherThread.fetchOffsetAndTruncate',
  rules: { startsAnewOnlyBelowLogStart: false },
  caughtBy: 'logs-agree-below-high-watermark',
  masked: {
    because: 'a leader knows every epoch of its followers and answers with the divergence instead',
    unmaskedBy: 'missing-epoch-entry',
  },
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { records: 3, preferredElections: 2 },
};

export const truncationDefects: readonly ReplicationDefect[] = [
  truncatesToHighWatermark,
  divergesAfterPowerLoss,
  epochEndWithoutEpoch,
  missingEpochEntry,
  sameLeaderSkipsTruncation,
  truncationKeepsHighWatermark,
  outOfRangeStartsAnew,
];
