import { type ReplicationDefect, truncateToHighWatermark } from '../replication/rules.ts';

/** As before 0.11: a replica that starts to follow cuts its log to its own high watermark. */
export const truncatesToHighWatermark: ReplicationDefect = {
  name: 'truncates-to-high-watermark',
  statement:
    'A replica that starts to follow a leader truncates its log to its own high watermark.',
  source: 'KIP-101, KAFKA-1211 (fixed in 0.11.0)',
  rules: { beforeFollowing: truncateToHighWatermark },
  caughtBy: 'acknowledged-records-survive',
  bounds: { records: 1, crashes: 0, isrShrinks: 0, preferredElections: 2 },
};
