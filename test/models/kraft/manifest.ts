import type { Scope } from './scope.ts';

/** What an exploration of a scope comes to, under symmetry. */
interface Counts {
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
}

/** A scope of the quorum model in which everything holds. */
export interface Entry {
  readonly name: string;
  readonly scope: Scope;
  readonly counts: Counts;
  /** States without symmetry; the depth is the same. */
  readonly full?: number;
}

const old = { kafka: '3.9' } as const;
const rounds = { transport: 'rounds' } as const;
const joining = { voters: 2, observers: 1, dynamicVoters: true, bootstrapFetch: true } as const;

/**
 * What the quorum model is, counted: for every kind of event a scope that the engine covers
 * completely. A number that changes here is a change of the model, and needs a reason. Configuration
 * and bounds are those of three voters of a 4.x quorum with static voters and one epoch, with requests
 * in flight, and nothing else, apart from what an entry names.
 */
export const manifest: readonly Entry[] = [
  {
    name: 'one voter',
    scope: { config: { voters: 1 }, bounds: { records: 2 } },
    counts: { distinct: 4, generated: 4, depth: 4 },
  },
  {
    name: 'one voter, two crashes, flushed late',
    scope: {
      config: { voters: 1, lateFlush: true },
      bounds: { epochs: 3, records: 1, crashes: 2 },
    },
    counts: { distinct: 219, generated: 245, depth: 10 },
  },
  {
    name: 'two voters',
    scope: { config: { voters: 2 }, bounds: { records: 1 } },
    counts: { distinct: 73, generated: 156, depth: 16 },
    full: 139,
  },
  {
    name: 'one election',
    scope: {},
    counts: { distinct: 5600, generated: 24624, depth: 24 },
    full: 33185,
  },
  {
    name: 'one election, 3.9',
    scope: { config: old },
    counts: { distinct: 1677, generated: 5748, depth: 19 },
    full: 9895,
  },
  {
    name: 'one election while upgrading',
    scope: { config: { kafka: 'upgrading' } },
    counts: { distinct: 11520, generated: 47247, depth: 23 },
  },
  {
    name: 'one election, a record, 3.9',
    scope: { config: old, bounds: { records: 1 } },
    counts: { distinct: 7376, generated: 27078, depth: 24 },
  },
  {
    name: 'two epochs, 3.9',
    scope: { config: old, bounds: { epochs: 2 } },
    counts: { distinct: 86646, generated: 390867, depth: 31 },
  },
  {
    name: 'two epochs',
    scope: { bounds: { epochs: 2 } },
    counts: { distinct: 440398, generated: 2560586, depth: 36 },
  },
  {
    name: 'a crash',
    scope: { bounds: { crashes: 1 } },
    counts: { distinct: 43770, generated: 224788, depth: 28 },
  },
  {
    name: 'a crash, 3.9, flushed late',
    scope: { config: { ...old, lateFlush: true }, bounds: { crashes: 1 } },
    counts: { distinct: 31925, generated: 144843, depth: 26 },
  },
  {
    name: 'two epochs, a crash, 3.9',
    scope: { config: old, bounds: { epochs: 2, crashes: 1 } },
    counts: { distinct: 745716, generated: 3882969, depth: 35 },
  },
  {
    name: 'a late message, 3.9',
    scope: { config: old, bounds: { delayedMessages: 1 } },
    counts: { distinct: 39565, generated: 173851, depth: 22 },
  },
  {
    name: 'a message twice, 3.9',
    scope: { config: old, bounds: { duplicatedMessages: 1 } },
    counts: { distinct: 31435, generated: 137423, depth: 21 },
  },
  {
    name: 'two lost messages, 3.9',
    scope: { config: old, bounds: { lostMessages: 2 } },
    counts: { distinct: 16143, generated: 83060, depth: 21 },
  },
  {
    name: 'two voters, two epochs, a late message, a message twice, 3.9',
    scope: {
      config: { ...old, voters: 2 },
      bounds: { epochs: 2, delayedMessages: 1, duplicatedMessages: 1 },
    },
    counts: { distinct: 21316, generated: 74822, depth: 25 },
  },
  {
    name: 'a resignation, 3.9',
    scope: { config: old, bounds: { resignations: 1 } },
    counts: { distinct: 6716, generated: 25675, depth: 23 },
  },
  {
    name: 'a network partition, 3.9',
    scope: { config: { ...old, voters: 2 }, bounds: { partitions: 1 } },
    counts: { distinct: 199, generated: 493, depth: 13 },
  },
  {
    name: 'a snapshot, 3.9',
    scope: { config: old, bounds: { snapshots: 1 } },
    counts: { distinct: 6849, generated: 25793, depth: 23 },
  },
  {
    name: 'slow controllers, 3.9',
    scope: { config: { ...old, slowListeners: true } },
    counts: { distinct: 6633, generated: 27359, depth: 23 },
  },
  {
    name: 'an observer finds the leader, 3.9',
    scope: {
      config: { ...old, voters: 1, observers: 1, bootstrapFetch: true },
      bounds: { epochs: 2, crashes: 1 },
    },
    counts: { distinct: 186, generated: 475, depth: 15 },
  },
  {
    name: 'nodes ask for voter changes',
    scope: {
      config: { ...joining, voters: 1, autoJoin: true },
      bounds: { voterChanges: 2, diskLosses: 1 },
    },
    counts: { distinct: 1480, generated: 3278, depth: 30 },
  },
  {
    name: 'rounds: two epochs, a record',
    scope: { config: rounds, bounds: { epochs: 2, records: 1 } },
    counts: { distinct: 17148, generated: 119164, depth: 22 },
  },
  {
    name: 'rounds: three epochs, 3.9',
    scope: { config: { ...rounds, ...old }, bounds: { epochs: 3 } },
    counts: { distinct: 30416, generated: 177321, depth: 23 },
  },
  {
    name: 'rounds: three epochs',
    scope: { config: rounds, bounds: { epochs: 3 } },
    counts: { distinct: 51682, generated: 378344, depth: 26 },
  },
  {
    name: 'rounds: three epochs, a record',
    scope: { config: rounds, bounds: { epochs: 3, records: 1 } },
    counts: { distinct: 255953, generated: 1832121, depth: 29 },
  },
  {
    name: 'rounds: two epochs, a crash',
    scope: { config: rounds, bounds: { epochs: 2, crashes: 1 } },
    counts: { distinct: 21354, generated: 147403, depth: 22 },
  },
  {
    name: 'rounds: two epochs, a resignation while upgrading',
    scope: { config: { ...rounds, kafka: 'upgrading' }, bounds: { epochs: 2, resignations: 1 } },
    counts: { distinct: 26984, generated: 195839, depth: 20 },
  },
  {
    name: 'rounds: two epochs, a snapshot, 3.9',
    scope: { config: { ...rounds, ...old }, bounds: { epochs: 2, snapshots: 1 } },
    counts: { distinct: 13385, generated: 81439, depth: 20 },
  },
  {
    name: 'rounds: a voter joins and another leaves',
    scope: { config: { ...rounds, ...joining }, bounds: { voterChanges: 2 } },
    counts: { distinct: 692, generated: 3369, depth: 17 },
  },
  {
    name: 'rounds: nodes ask for voter changes',
    scope: {
      config: { ...rounds, ...joining, voters: 1, autoJoin: true },
      bounds: { voterChanges: 3, diskLosses: 1 },
    },
    counts: { distinct: 575, generated: 1915, depth: 20 },
  },
  {
    name: 'two voters, a crash, flushed late',
    scope: { config: { voters: 2, lateFlush: true }, bounds: { epochs: 2, crashes: 1 } },
    counts: { distinct: 1835, generated: 6297, depth: 26 },
  },
  {
    name: 'rounds: a lost disk, dynamic voters, 3.9',
    scope: {
      config: { ...rounds, ...old, dynamicVoters: true },
      bounds: { epochs: 2, diskLosses: 1 },
    },
    counts: { distinct: 9616, generated: 46841, depth: 20 },
  },
  {
    name: 'rounds: three voters and an observer, two voter changes',
    scope: {
      config: { ...rounds, dynamicVoters: true, observers: 1, bootstrapFetch: true },
      bounds: { voterChanges: 2 },
    },
    counts: { distinct: 43573, generated: 335376, depth: 25 },
  },
];
