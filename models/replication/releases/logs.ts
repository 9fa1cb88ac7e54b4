import type { RuleTable } from '../../description/ruleTable.ts';
import type { ReplicationRules } from '../rules.ts';

type LogRules = Pick<
  ReplicationRules,
  | 'truncation'
  | 'writesEpochEntryOnElection'
  | 'truncatesInEveryEpoch'
  | 'truncationClipsHighWatermark'
  | 'clipsCheckpointedHighWatermark'
  | 'startsAnewOnlyBelowLogStart'
  | 'dropsRecordsOfNewerEpoch'
  | 'flushesBeforeCleanFile'
>;

/** Logs and truncation, by release. */
export const logRules: RuleTable<LogRules> = {
  truncation: [
    {
      since: '0.10',
      value: 'toHighWatermark',
      source: 'KIP-101, motivation; Partition.makeFollower',
      prevents: 'nothing of what KIP-101 shows: a high watermark that trails decides what is cut',
      defect: 'truncates-to-high-watermark',
    },
    {
      since: '0.11',
      value: 'byEndOffset',
      source: 'KIP-101, KAFKA-1211',
      prevents: 'that a follower cuts records that are committed and that its leader has',
      defect: 'epoch-end-without-epoch',
    },
    {
      since: '2.0',
      value: 'byEpochAndEndOffset',
      source: 'KIP-279, KAFKA-6361',
      prevents: 'that logs differ for good after fast leader changes',
    },
    {
      since: '2.7',
      value: 'onFetch',
      source: 'KIP-595, inter.broker.protocol.version 2.7-IV1',
      prevents: 'that a follower fetches before it has truncated',
    },
  ],
  writesEpochEntryOnElection: [
    {
      since: '0.10',
      value: false,
      source: 'LeaderEpochFileCache.assign, called with the first record',
      prevents: 'nothing: a leader that has appended nothing does not know its own epoch',
      defect: 'missing-epoch-entry',
      repaired: true,
    },
    {
      since: '2.0.1',
      value: true,
      source: 'KAFKA-7415; Partition.makeLeader',
      prevents: 'that a leader answers a query for its own epoch as an unknown one',
    },
  ],
  truncatesInEveryEpoch: [
    {
      since: '0.10',
      value: false,
      source: 'Partition.makeFollower',
      prevents: 'nothing: under the leader that it had before a follower goes on as it was',
      sometimes: 'shows where a broker passes over an epoch, as when another controller takes over',
      defect: 'same-leader-skips-truncation',
      repaired: true,
    },
    {
      since: '2.0.1',
      value: true,
      source: 'KAFKA-7164; Partition.makeFollower',
      prevents: 'that a follower keeps what its leader has cut under another leader',
    },
  ],
  truncationClipsHighWatermark: [
    {
      since: '0.10',
      value: true,
      source: 'UnifiedLog.truncateTo, LogOffsetMetadata',
      prevents: 'a high watermark beyond the end of the log',
    },
  ],
  clipsCheckpointedHighWatermark: [
    {
      since: '0.10',
      value: true,
      source: 'Partition.createLog; replication-offset-checkpoint',
      prevents: 'a high watermark beyond what a power loss has left of the log',
    },
  ],
  startsAnewOnlyBelowLogStart: [
    {
      since: '0.10',
      value: true,
      source: 'KAFKA-2143 (0.9.0.1); AbstractFetcherThread.fetchOffsetAndTruncate',
      prevents: 'that a follower out of range drops its whole log',
    },
  ],
  dropsRecordsOfNewerEpoch: [
    {
      since: '0.10',
      value: false,
      source: 'ReplicaFetcherThread.processPartitionData',
      prevents: 'nothing: it appends whatever the leader sends',
      defect: 'records-of-newer-epoch',
    },
    {
      since: ['3.9.1', '4.0.1'],
      value: true,
      source: 'KAFKA-18723; UnifiedLog.appendAsFollower',
      prevents: 'that a follower has records of a newer leader epoch than it knows',
    },
  ],
  flushesBeforeCleanFile: [
    {
      since: '0.10',
      value: true,
      source: 'LogManager.shutdown: flush, close, checkpoints, and last the clean shutdown file',
      prevents:
        'that a broker proves a clean shutdown and has not on disk what it had acknowledged',
    },
  ],
};
