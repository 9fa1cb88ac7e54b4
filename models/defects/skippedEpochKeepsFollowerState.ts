import type { ReplicationDefect } from '../replication/rules.ts';

/**
 * A broker that lags behind the metadata passes over the record that made another broker leader,
 * finds itself leader again in a newer epoch, and keeps what it knew of its followers, as a leader
 * that stays leader does. A follower may have truncated in the epoch that was passed over.
 *
 * Found with this model: that MetadataLoader may publish several batches at once and that makeLeader
 * keeps the known log end offsets of a leader that stays leader are both Kafka's; that they meet in
 * a running cluster has not been shown.
 */
export const skippedEpochKeepsFollowerState: ReplicationDefect = {
  name: 'skipped-epoch-keeps-follower-state',
  statement:
    'A leader that passes over an epoch in which another broker led keeps what it knew of its followers.',
  source: 'Partition.makeLeader, Replica.resetReplicaState, MetadataLoader (our reading)',
  rules: { actsOnEveryMetadataRecord: false },
  caughtBy: 'logs-agree-below-high-watermark',
  bounds: { records: 1, crashes: 1, isrShrinks: 0, preferredElections: 1 },
};
