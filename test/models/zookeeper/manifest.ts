import type { Scope } from './scope.ts';

/** A scope of the model of ZooKeeper in which everything holds, with what exploring it comes to, under symmetry. */
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

const before = { kafka: '2.6' } as const;

/**
 * What the model of ZooKeeper is, counted. A number that changes here is a change of the model, and needs a reason.
 * Configuration and bounds are those of two brokers of 3.9 and one record, and nothing else, apart from what an entry
 * names.
 */
export const manifest: readonly Entry[] = [
  {
    name: 'the race for the controller, with one expiry',
    scope: { bounds: { sessionExpiries: 1 } },
    counts: { distinct: 16341, generated: 63485, depth: 34 },
    long: true,
  },
  {
    name: 'a controller that is replaced',
    scope: { bounds: { controllerMoves: 1 } },
    counts: { distinct: 1344, generated: 4714, depth: 19 },
  },
  {
    name: 'the ISR in ZooKeeper',
    scope: { config: before, bounds: { isrShrinks: 2 } },
    counts: { distinct: 1336, generated: 4712, depth: 18 },
  },
  {
    name: 'a topic is deleted',
    scope: { bounds: { topicDeletions: 1 } },
    counts: { distinct: 1350, generated: 3638, depth: 19 },
  },
  {
    name: 'a zombie controller with a late LeaderAndIsr',
    scope: { bounds: { controllerMoves: 2 } },
    counts: { distinct: 32808, generated: 188728, depth: 28 },
    long: true,
  },
  {
    name: 'a crash and a lost answer',
    scope: { bounds: { crashes: 1, lostAnswers: 1 } },
    counts: { distinct: 54590, generated: 257334, depth: 35 },
    long: true,
  },
  {
    name: 'a controlled shutdown',
    scope: { config: before, bounds: { shutdowns: 1 } },
    counts: { distinct: 130820, generated: 773309, depth: 34 },
    long: true,
  },
  {
    name: 'an election while the ISR changes in ZooKeeper',
    scope: { config: before, bounds: { isrShrinks: 1, crashes: 1 } },
    counts: { distinct: 197198, generated: 1053603, depth: 39 },
    long: true,
  },
  {
    name: 'a topic is deleted while a broker is down',
    scope: { config: before, bounds: { topicDeletions: 1, crashes: 1 } },
    counts: { distinct: 767263, generated: 3819800, depth: 46 },
    long: true,
  },
  {
    name: 'one broker, an expiry',
    scope: { config: { brokers: 1 }, bounds: { sessionExpiries: 1 } },
    counts: { distinct: 20, generated: 40, depth: 11 },
  },
];
