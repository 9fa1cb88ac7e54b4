import type { Scope } from './scope.ts';

/**
 * A scope of the model of groups in which everything holds, with what an exploration of it comes to, under symmetry.
 */
export interface Entry {
  readonly name: string;
  readonly scope: Scope;
  readonly counts: {
    readonly distinct: number;
    readonly generated: number;
    readonly depth: number;
  };
  /** Explored only in the long runs: more states than a test should explore every time. */
  readonly long?: true;
}

const repairs = ['all'] as const;
const cooperative = { repairs, assignor: 'cooperative', partitions: 2 } as const;
const consumer = { repairs, protocol: 'consumer' } as const;
const own = { repairs, instanceIds: 'own' } as const;

/**
 * What the model of groups is, counted. A number that changes here is a change of the model, and needs a reason.
 * Configuration and bounds are those of two members of the newest release that read one partition of one record, and
 * nothing else, apart from what an entry names.
 */
export const manifest: readonly Entry[] = [
  { name: 'two members', scope: {}, counts: { distinct: 110, generated: 172, depth: 22 } },
  {
    name: 'a crash',
    scope: { bounds: { crashes: 1 } },
    counts: { distinct: 2732, generated: 5509, depth: 34 },
  },
  {
    name: 'a missed session, commit after',
    scope: { config: { commit: 'after' }, bounds: { missedSessions: 1 } },
    counts: { distinct: 2794, generated: 5792, depth: 32 },
  },
  {
    name: 'a late poll',
    scope: { bounds: { slowPolls: 1 } },
    counts: { distinct: 850, generated: 1451, depth: 32 },
  },
  {
    name: 'closed members, and an expired offset',
    scope: { bounds: { leaves: 2, offsetExpiries: 1 } },
    counts: { distinct: 4433, generated: 8750, depth: 44 },
  },
  {
    name: 'a failover',
    scope: { bounds: { failovers: 1 } },
    counts: { distinct: 1966, generated: 3817, depth: 31 },
  },
  {
    name: 'an unclean failover',
    scope: { config: { repairs }, bounds: { uncleanFailovers: 1 } },
    counts: { distinct: 3424, generated: 6622, depth: 40 },
  },
  {
    name: 'three failovers of one member',
    scope: { config: { repairs, members: 1 }, bounds: { failovers: 3 } },
    counts: { distinct: 1008, generated: 1967, depth: 33 },
  },
  {
    name: 'an unnoticed failover and a stale lookup of one member',
    scope: { config: { repairs, members: 1 }, bounds: { lateResignations: 1, staleLookups: 1 } },
    counts: { distinct: 4744, generated: 9975, depth: 34 },
  },
  {
    name: 'cooperative',
    scope: { config: cooperative },
    counts: { distinct: 1232, generated: 2485, depth: 36 },
  },
  {
    name: 'cooperative, a missed session, commit before',
    scope: {
      config: { repairs, assignor: 'cooperative', commit: 'before' },
      bounds: { missedSessions: 1 },
    },
    counts: { distinct: 3497, generated: 7701, depth: 28 },
  },
  {
    name: 'static, a crash',
    scope: { config: own, bounds: { crashes: 1 } },
    counts: { distinct: 3094, generated: 6277, depth: 34 },
  },
  {
    name: 'one instance id, a crash',
    scope: { config: { repairs, instanceIds: 'shared' }, bounds: { crashes: 1 } },
    counts: { distinct: 4081, generated: 9176, depth: 34 },
  },
  {
    name: 'KIP-848, a crash',
    scope: { config: consumer, bounds: { crashes: 1 } },
    counts: { distinct: 2433, generated: 5521, depth: 27 },
  },
  {
    name: 'KIP-848, two partitions, a closed member',
    scope: { config: { ...consumer, partitions: 2, commit: 'after' }, bounds: { leaves: 1 } },
    counts: { distinct: 14466, generated: 37181, depth: 37 },
  },
  {
    name: 'KIP-848, a missed session and a late poll',
    scope: { config: consumer, bounds: { missedSessions: 1, slowPolls: 1 } },
    counts: { distinct: 13759, generated: 34898, depth: 32 },
  },
  {
    name: 'KIP-848, a failover and a closed member',
    scope: { config: consumer, bounds: { failovers: 1, leaves: 1 } },
    counts: { distinct: 45496, generated: 124328, depth: 30 },
    long: true,
  },
  {
    name: 'an unnoticed failover',
    scope: { config: { repairs }, bounds: { lateResignations: 1 } },
    counts: { distinct: 31172, generated: 81031, depth: 35 },
    long: true,
  },
  {
    name: 'two partitions, a crash',
    scope: { config: { partitions: 2 }, bounds: { crashes: 1 } },
    counts: { distinct: 16035, generated: 32342, depth: 43 },
    long: true,
  },
  {
    name: 'cooperative, a member leaves',
    scope: { config: cooperative, bounds: { leaves: 1 } },
    counts: { distinct: 24537, generated: 53914, depth: 60 },
    long: true,
  },
  {
    name: 'two records, a crash',
    scope: { bounds: { records: 2, crashes: 1 } },
    counts: { distinct: 6866, generated: 13737, depth: 38 },
    long: true,
  },
  {
    name: 'KIP-848: two records, a member that leaves',
    scope: { config: consumer, bounds: { records: 2, leaves: 1 } },
    counts: { distinct: 4233, generated: 10368, depth: 27 },
  },
];
