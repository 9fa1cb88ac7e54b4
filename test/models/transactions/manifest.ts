import type { Scope } from './scope.ts';

/** A scope of the model of transactions in which everything holds, with what exploring it comes to, under symmetry. */
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
const narrow = { repairs, partitions: 1 } as const;
const first = { repairs, transactionVersion: '1' } as const;
const processing = { ...narrow, pattern: 'process' } as const;
const plain = { ...narrow, transactions: false } as const;

/**
 * What the model of transactions is, counted. A number that changes here is a change of the model, and needs a reason.
 * Configuration and bounds are those of one process of the newest release that sends one record, and nothing else,
 * apart from what an entry names.
 */
export const manifest: readonly Entry[] = [
  { name: 'one record', scope: {}, counts: { distinct: 22, generated: 29, depth: 16 } },
  {
    name: 'one transaction over two partitions, and another coordinator',
    scope: { config: { repairs }, bounds: { records: 2, coordinatorFailovers: 1 } },
    counts: { distinct: 1752, generated: 3641, depth: 33 },
  },
  {
    name: 'the same in version 1',
    scope: { config: first, bounds: { records: 2, coordinatorFailovers: 1 } },
    counts: { distinct: 1802, generated: 3745, depth: 35 },
    long: true,
  },
  {
    name: 'another leader of two partitions',
    scope: { config: { repairs }, bounds: { records: 2, failovers: 1 } },
    counts: { distinct: 1505, generated: 3277, depth: 32 },
    long: true,
  },
  {
    name: 'a restart with fencing, and another coordinator',
    scope: { config: narrow, bounds: { restarts: 1, coordinatorFailovers: 1 } },
    counts: { distinct: 1045, generated: 1686, depth: 23 },
  },
  {
    name: 'a time-out, and another coordinator',
    scope: { config: narrow, bounds: { timeouts: 1, coordinatorFailovers: 1 } },
    counts: { distinct: 637, generated: 1355, depth: 20 },
  },
  {
    name: 'a change given up, a time-out, and another coordinator',
    scope: { config: narrow, bounds: { appendTimeouts: 1, timeouts: 1, coordinatorFailovers: 1 } },
    counts: { distinct: 1462, generated: 3103, depth: 22 },
  },
  {
    name: 'a change given up, and time-outs, version 1',
    scope: { config: { ...first, partitions: 1 }, bounds: { appendTimeouts: 1, timeouts: 2 } },
    counts: { distinct: 390, generated: 798, depth: 19 },
  },
  {
    name: 'an abort, and another leader and coordinator',
    scope: { config: narrow, bounds: { aborts: 1, failovers: 1, coordinatorFailovers: 1 } },
    counts: { distinct: 1157, generated: 2139, depth: 23 },
  },
  {
    name: 'two aborts',
    scope: { config: narrow, bounds: { records: 2, aborts: 2 } },
    counts: { distinct: 291, generated: 474, depth: 28 },
  },
  {
    name: 'an expired batch, and a restart',
    scope: { config: narrow, bounds: { disconnects: 1, expiries: 1, restarts: 1 } },
    counts: { distinct: 803, generated: 1199, depth: 22 },
  },
  {
    name: 'a restart, version 1',
    scope: { config: first, bounds: { records: 2, restarts: 1 } },
    counts: { distinct: 2096, generated: 3769, depth: 34 },
    long: true,
  },
  {
    name: 'two time-outs, version 1',
    scope: { config: { ...first, partitions: 1 }, bounds: { records: 2, timeouts: 2 } },
    counts: { distinct: 401, generated: 875, depth: 30 },
  },
  {
    name: 'a late record, version 1',
    scope: { config: { ...first, partitions: 1 }, bounds: { lateRequests: 1, expiries: 1 } },
    counts: { distinct: 200, generated: 370, depth: 21 },
  },
  {
    name: 'a late record, and a time-out',
    scope: { config: narrow, bounds: { lateRequests: 1, expiries: 1, timeouts: 1 } },
    counts: { distinct: 695, generated: 1653, depth: 19 },
  },
  {
    name: 'late ends and markers',
    scope: { config: narrow, bounds: { records: 2, lateEnds: 1, lateMarkers: 1 } },
    counts: { distinct: 1515, generated: 3315, depth: 33 },
  },
  {
    name: 'two processes, and a lost answer',
    scope: { config: { ...narrow, producers: 2 }, bounds: { disconnects: 1 } },
    counts: { distinct: 1205, generated: 2285, depth: 21 },
  },
  {
    name: 'two processes, and an expired batch, version 1',
    scope: {
      config: { ...first, partitions: 1, producers: 2 },
      bounds: { expiries: 1, disconnects: 1 },
    },
    counts: { distinct: 2463, generated: 4767, depth: 24 },
  },
  {
    name: 'two processes over two partitions, and a lost answer, version 1',
    scope: { config: { ...first, producers: 2 }, bounds: { records: 2, disconnects: 1 } },
    counts: { distinct: 39027, generated: 107451, depth: 36 },
    long: true,
  },
  {
    name: 'an expired batch, 2.4',
    scope: {
      config: { ...narrow, kafka: '2.4' },
      bounds: { disconnects: 1, expiries: 1, restarts: 1 },
    },
    counts: { distinct: 599, generated: 871, depth: 23 },
  },
  {
    name: 'exactly once, a restart',
    scope: { config: processing, bounds: { inputs: 1, restarts: 1, records: 2 } },
    counts: { distinct: 2496, generated: 5293, depth: 43 },
  },
  {
    name: 'exactly once, another process',
    scope: {
      config: { ...processing, producers: 2, transactionalIds: 2 },
      bounds: { records: 2, inputs: 1, rebalances: 1 },
    },
    counts: { distinct: 25832, generated: 78614, depth: 38 },
    long: true,
  },
  {
    name: 'without transactions, and another process',
    scope: {
      config: { ...plain, pattern: 'process', producers: 2 },
      bounds: { records: 2, inputs: 1, rebalances: 1 },
    },
    counts: { distinct: 643, generated: 1322, depth: 18 },
  },
  {
    name: 'an outbox, and an idempotent consumer',
    scope: {
      config: { ...plain, pattern: 'outbox', deduplicates: true },
      bounds: { records: 3, inputs: 2, restarts: 1, readerCrashes: 1 },
    },
    counts: { distinct: 894, generated: 1707, depth: 24 },
  },
  {
    name: 'a reader of uncommitted records',
    scope: { config: { ...narrow, isolation: 'read_uncommitted' }, bounds: { aborts: 1 } },
    counts: { distinct: 55, generated: 80, depth: 16 },
  },
];
