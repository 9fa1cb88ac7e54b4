import type { ReplicationDefect } from '../replication/rules.ts';

/** Consumers are served up to the log end offset, as followers are. */
export const readsToLogEnd: ReplicationDefect = {
  name: 'reads-to-log-end',
  statement: 'A leader serves consumers up to its log end offset.',
  source: 'KAFKA-9196, KAFKA-9835; ReplicaManager.fetchMessages',
  rules: { readLimit: leader => leader.log.length },
  caughtBy: 'reads-below-high-watermark',
  bounds: { records: 1, crashes: 0, isrShrinks: 0, preferredElections: 1 },
};
