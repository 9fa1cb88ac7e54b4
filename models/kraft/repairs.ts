import type { RepairName } from './config.ts';
import type { KraftRules } from './rules.ts';

/**
 * What Kafka would be without a bug that it has: the counterpart of a defect. With the bug of a release
 * repaired a search goes on to others.
 */
export interface KraftRepair {
  /** What is otherwise, in one sentence. */
  readonly statement: string;
  /** The defect that shows the bug in the releases that have it. */
  readonly repairs: string;
  readonly rules: Partial<KraftRules>;
}

export const kraftRepairs: Readonly<Record<RepairName, KraftRepair>> = {
  'restart-follows-known-leader': {
    statement:
      'A node that knows the leader of its epoch follows it after a restart, though it stood in that epoch.',
    repairs: 'stands-again-after-following',
    rules: { restartFollowsKnownLeader: true },
  },
  'replacing-voters-read': {
    statement: 'After a truncation a node reads the voter sets that replace what was cut.',
    repairs: 'replacing-voters-not-read',
    rules: { readsReplacingVoters: true },
  },
};
