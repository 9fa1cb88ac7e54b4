import type { ReplicationDefect } from '../replication/rules.ts';

/** An acks=all request is answered as acks=1 is: when the leader has appended the record. */
export const acknowledgedBeforeReplication: ReplicationDefect = {
  name: 'acknowledged-before-replication',
  statement: 'An acks=all request is answered when the leader has appended the record.',
  source: 'ReplicaManager.appendRecords, DelayedProduce',
  rules: { answersAtAppend: true },
  caughtBy: 'acknowledged-records-survive',
  bounds: { records: 1, crashes: 0, isrShrinks: 0, preferredElections: 1 },
};
