/**
 * Names for points in the table of rules (`releases/`), oldest first, each for the change that made
 * it: the last release before the next change of the kind that the names tell apart.
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
  /** 2.7 to 3.5: the leader changes the ISR through the controller; truncation at the fetch. */
  'alter-partition',
  /** The newest release, with eligible leader replicas off, as on upgraded clusters. */
  'current',
  /** The newest release with eligible leader replicas (KIP-966), as on new clusters since 4.1. */
  'current-elr',
] as const;

export type Generation = (typeof generations)[number];
