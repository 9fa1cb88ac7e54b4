/**
 * The generations of Kafka's replication protocol, oldest first, each named for the change that
 * made it. Their rules are in `generationRules.ts`.
 */
export const generations = [
  /** Before 0.11: a follower truncates to its own high watermark. */
  'truncate-to-high-watermark',
  /** 0.11 to 1.1: a follower asks where its last leader epoch ends, and truncates there. */
  'kip-101',
  /** 2.0: the answer names the epoch too, and the follower asks again until the logs agree. */
  'kip-279',
  /** 2.1 to 2.6: every fetch carries the leader epoch, and the leader refuses any other. */
  'kip-320',
  /** 2.7 to 3.6: the leader changes the ISR through the controller; truncation at the fetch. */
  'alter-partition',
  /** 3.7 and newer: the high watermark waits for min.insync.replicas. ELR off. */
  'current',
  /** 4.1's default for new clusters: eligible leader replicas (KIP-966). */
  'current-elr',
] as const;

export type Generation = (typeof generations)[number];
