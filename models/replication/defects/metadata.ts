import type { ReplicationDefect } from '../rules.ts';

/** The broker returns to a leader epoch that is over, and appends or truncates in it. */
const olderMetadataAccepted: ReplicationDefect = {
  name: 'older-metadata-accepted',
  statement: 'A broker acts on an older state of the partition than the one it knows.',
  source: 'KAFKA-1188 (fixed in 0.8.2); ReplicaManager.becomeLeaderOrFollower',
  rules: { ignoresOlderMetadata: false },
  caughtBy: 'same-epoch-same-record',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { records: 2, preferredElections: 1 },
};

export const metadataDefects: readonly ReplicationDefect[] = [olderMetadataAccepted];
