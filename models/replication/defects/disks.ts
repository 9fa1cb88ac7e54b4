import type { ReplicationDefect } from '../rules.ts';

/**
 * The one broker stops cleanly and goes to the ELR, the other misses heartbeats; then the machine of the first, on which nothing runs,
 * loses power. By its file it has everything, so it stays in the ELR and is elected. Of the tickets the files are indexes, which
 * the model does not have: here it is the log.
 */
const cleanFileBeforeFlush: ReplicationDefect = {
  name: 'clean-file-before-flush',
  statement: 'A broker that stops writes its clean shutdown file before its log is on disk.',
  source:
    'LogManager.shutdown, CleanShutdownFileHandler; like KAFKA-19221 and KAFKA-20979, which are of index files',
  rules: { flushesBeforeCleanFile: false },
  caughtBy: 'acknowledged-records-survive',
  config: { eligibleLeaderReplicas: true, brokers: 2 },
  bounds: { shutdowns: 1, missedHeartbeats: 1, powerLosses: 1 },
};

export const diskDefects: readonly ReplicationDefect[] = [cleanFileBeforeFlush];
