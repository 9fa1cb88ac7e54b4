import type { Scope } from './scope.ts';

/** A scope of the model of clients in which everything holds, with what an exploration of it comes to, under symmetry. */
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
const plain = { idempotence: false } as const;
const failing = { records: 2, failovers: 1, disconnects: 1, refusals: 1 } as const;
const consuming = { repairs, consumers: 1 } as const;
const ending = { consumerCrashes: 1, consumerCloses: 1 } as const;
const room = { records: 2, epochBumps: 2 } as const;

/**
 * What the model of clients is, counted. A number that changes here is a change of the model, and needs a reason.
 * Configuration and bounds are those of an idempotent producer of the newest release that sends one record, and nothing
 * else, apart from what an entry names.
 */
export const manifest: readonly Entry[] = [
  {
    name: 'one record',
    scope: {},
    counts: { distinct: 8, generated: 9, depth: 7 },
  },
  {
    name: 'a failover and a lost connection',
    scope: { config: { repairs }, bounds: { ...room, failovers: 1, disconnects: 1 } },
    counts: { distinct: 696, generated: 1525, depth: 19 },
  },
  {
    name: 'a late request and a time-out',
    scope: { config: { repairs }, bounds: { ...room, lateRequests: 1, timeouts: 1 } },
    counts: { distinct: 381, generated: 781, depth: 19 },
  },
  {
    name: 'an expired batch that is late',
    scope: { config: { repairs }, bounds: { ...room, lateRequests: 1, expiries: 1 } },
    counts: { distinct: 514, generated: 1002, depth: 18 },
  },
  {
    name: 'a restarted leader, and a rejection',
    scope: { config: { repairs }, bounds: { ...room, snapshotLoads: 1, rejections: 1 } },
    counts: { distinct: 340, generated: 590, depth: 19 },
  },
  {
    name: 'an unclean failover, and deleted records of forgotten producers',
    scope: {
      config: { repairs },
      bounds: { ...room, uncleanFailovers: 1, deletions: 1, forgottenProducers: 1 },
    },
    counts: { distinct: 274, generated: 547, depth: 20 },
  },
  {
    name: 'a producer that is started again, and sends again',
    scope: { config: { repairs }, bounds: { ...room, producerRestarts: 1, resends: 1 } },
    counts: { distinct: 389, generated: 581, depth: 17 },
  },
  {
    name: 'an expired batch, 2.4',
    scope: {
      config: { repairs, kafka: '2.4' },
      bounds: { records: 2, epochBumps: 1, disconnects: 1, expiries: 1 },
    },
    counts: { distinct: 327, generated: 556, depth: 17 },
  },
  {
    name: 'not idempotent, one in flight',
    scope: { config: { ...plain, maxInFlight: 1 }, bounds: { ...failing, producerRestarts: 1 } },
    counts: { distinct: 4610, generated: 9218, depth: 22 },
  },
  {
    name: 'not idempotent, no retries',
    scope: { config: { ...plain, retries: false }, bounds: failing },
    counts: { distinct: 453, generated: 958, depth: 13 },
  },
  {
    name: 'not idempotent, acks=0',
    scope: {
      config: { ...plain, acks: '0' },
      bounds: { records: 2, failovers: 1, disconnects: 1 },
    },
    counts: { distinct: 110, generated: 205, depth: 10 },
  },
  {
    name: 'not idempotent',
    scope: { config: plain, bounds: failing },
    counts: { distinct: 6862, generated: 14352, depth: 25 },
    long: true,
  },
  {
    name: 'not idempotent, acks=1',
    scope: { config: { ...plain, acks: '1' }, bounds: failing },
    counts: { distinct: 8646, generated: 19414, depth: 23 },
    long: true,
  },
  {
    name: 'two failovers, three records',
    scope: { config: { repairs }, bounds: { records: 3, failovers: 2, epochBumps: 2 } },
    counts: { distinct: 8968, generated: 21904, depth: 30 },
    long: true,
  },
  {
    name: 'two producers',
    scope: {
      config: { repairs, producers: 2 },
      bounds: { records: 2, failovers: 1, epochBumps: 1 },
    },
    counts: { distinct: 7365, generated: 17980, depth: 21 },
    long: true,
  },
  {
    name: 'auto commit, and a crash',
    scope: { config: consuming, bounds: { consumerCrashes: 1 } },
    counts: { distinct: 298, generated: 688, depth: 22 },
  },
  {
    name: 'commit before, a crash and a close',
    scope: { config: { ...consuming, commit: 'before' }, bounds: ending },
    counts: { distinct: 218, generated: 506, depth: 18 },
  },
  {
    name: 'commit after, a crash and a close',
    scope: { config: { ...consuming, commit: 'after' }, bounds: ending },
    counts: { distinct: 252, generated: 569, depth: 23 },
  },
  {
    name: 'no reset, deleted records and an unclean failover',
    scope: {
      config: { ...consuming, ...plain, maxInFlight: 1, commit: 'after', reset: 'none' },
      bounds: { uncleanFailovers: 1, deletions: 1, consumerCrashes: 1 },
    },
    counts: { distinct: 656, generated: 1537, depth: 21 },
  },
  {
    name: 'from the earliest, deleted records and an unclean failover',
    scope: {
      config: { ...consuming, ...plain, maxInFlight: 1, commit: 'after' },
      bounds: { uncleanFailovers: 1, deletions: 1, consumerCrashes: 1 },
    },
    counts: { distinct: 864, generated: 2205, depth: 23 },
  },
  {
    name: 'auto commit, two records and two crashes',
    scope: { config: consuming, bounds: { records: 2, consumerCrashes: 2 } },
    counts: { distinct: 4042, generated: 12197, depth: 36 },
    long: true,
  },
  {
    name: 'asynchronous commit',
    scope: { config: { ...consuming, commit: 'async' }, bounds: { ...ending, records: 2 } },
    counts: { distinct: 1916, generated: 5095, depth: 33 },
    long: true,
  },
  {
    name: 'other threads process',
    scope: { config: { ...consuming, commit: 'handedOver' }, bounds: { ...ending, records: 2 } },
    counts: { distinct: 5934, generated: 20683, depth: 32 },
    long: true,
  },
];
