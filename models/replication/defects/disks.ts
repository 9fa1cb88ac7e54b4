import type { ReplicationDefect } from '../rules.ts';

/**
 * One broker stops cleanly, and its machine, on which nothing runs any more, loses power. By its file it has
 * everything, so it stays in the ELR, and is elected when the other one misses heartbeats. In the tickets the files
 * are indexes, which the model does not have: here it is the log.
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
