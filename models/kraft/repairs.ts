import type { KnownBug } from './config.ts';
import type { KraftRules } from './rules.ts';

/**
 * What Kafka would be without a bug that it has: the counterpart of a defect. With the bug of a release
 * repaired a search goes on to others.
 */
export interface KraftRepair {
  /** What is otherwise, in one sentence. */
  readonly statement: string;
  readonly rules: Partial<KraftRules>;
}

/** By the defect that shows the bug in the releases that have it. */
export const kraftRepairs: Readonly<Record<KnownBug, KraftRepair>> = {
  'stands-again-after-following': {
    statement:
      'A node that knows the leader of its epoch follows it after a restart, though it stood in that epoch.',
    rules: { restartFollowsKnownLeader: true },
  },
  'replacing-voters-not-read': {
    statement: 'After a truncation a node reads the voter sets that replace what was cut.',
    rules: { readsReplacingVoters: true },
  },
};
