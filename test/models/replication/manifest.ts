import { smallScope } from '../../../models/replication/config.ts';
import type { Scope } from './scope.ts';

/** What an exploration of a scope comes to. */
export interface Counts {
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly verdict: 'holds' | 'violated' | 'vacuous';
  /** The broken properties with the length of a shortest counterexample. */
  readonly broken?: Readonly<Record<string, number>>;
  /** The goals and antecedents that never came true. */
  readonly idle?: readonly string[];
}

/** A scope that is small enough to be explored again on every run. */
export interface Entry {
  readonly name: string;
  readonly scope: Scope;
  /** Under symmetry. */
  readonly counts: Counts;
  /** Without symmetry; absent where that takes too long. Verdict and depth are the same. */
  readonly full?: { readonly distinct: number; readonly generated: number };
}

const alone = { brokers: 1, minInsyncReplicas: 1 };
const pair = { brokers: 2, minInsyncReplicas: 1 };

/**
 * What the replication model is, counted. A number that changes here is a change of the model, and
 * needs a reason. Configuration and bounds are those of Kafka's defaults with three brokers and
 * min.insync.replicas=2, one record and no fault, apart from what an entry names.
 */
export const manifest: readonly Entry[] = [
  {
    name: 'one broker crashes twice',
    scope: { config: alone, bounds: { records: 2, crashes: 2 } },
    counts: {
      distinct: 157,
      generated: 185,
      depth: 15,
      verdict: 'holds',
    },
    full: { distinct: 157, generated: 185 },
  },
  {
    name: 'one broker loses power',
    scope: { config: alone, bounds: { records: 2, powerLosses: 1 } },
    counts: {
      distinct: 49,
      generated: 51,
      depth: 10,
      verdict: 'violated',
      broken: { 'acknowledged-records-survive': 6, 'exposed-records-survive': 7 },
    },
    full: { distinct: 49, generated: 51 },
  },
  {
    name: 'one broker crashes and is cut off',
    scope: { config: alone, bounds: { records: 2, crashes: 1, partitions: 1 } },
    counts: {
      distinct: 356,
      generated: 591,
      depth: 16,
      verdict: 'holds',
    },
    full: { distinct: 356, generated: 591 },
  },
  {
    name: 'two brokers, no fault',
    scope: { config: { brokers: 2 } },
    counts: {
      distinct: 16,
      generated: 21,
      depth: 9,
      verdict: 'holds',
      idle: [],
    },
    full: { distinct: 16, generated: 21 },
  },
  {
    name: 'two brokers, a crash',
    scope: { config: { brokers: 2 }, bounds: { records: 2, crashes: 1 } },
    counts: {
      distinct: 2587,
      generated: 6193,
      depth: 26,
      verdict: 'holds',
    },
    full: { distinct: 2587, generated: 6193 },
  },
  {
    name: 'two brokers, minIsr=1, two crashes',
    scope: { config: pair, bounds: { crashes: 2 } },
    counts: {
      distinct: 7052,
      generated: 19099,
      depth: 27,
      verdict: 'holds',
    },
    full: { distinct: 7052, generated: 19099 },
  },
  {
    name: 'two brokers, minIsr=1, two crashes, unclean election',
    scope: {
      config: { ...pair, uncleanLeaderElection: true },
      bounds: { crashes: 2 },
    },
    counts: {
      distinct: 10491,
      generated: 28951,
      depth: 27,
      verdict: 'violated',
      broken: { 'acknowledged-records-survive': 9, 'exposed-records-survive': 10 },
    },
    full: { distinct: 10961, generated: 29917 },
  },
  {
    name: 'two brokers, minIsr=1, a crash and a power loss',
    scope: { config: pair, bounds: { crashes: 1, powerLosses: 1 } },
    counts: {
      distinct: 7640,
      generated: 20727,
      depth: 28,
      verdict: 'violated',
      broken: { 'acknowledged-records-survive': 9, 'exposed-records-survive': 10 },
    },
    full: { distinct: 7640, generated: 20727 },
  },
  {
    name: 'two brokers, minIsr=1, a crash and a power loss, every record flushed',
    scope: {
      config: { ...pair, flushEveryRecord: true },
      bounds: { crashes: 1, powerLosses: 1 },
    },
    counts: {
      distinct: 759,
      generated: 1845,
      depth: 19,
      verdict: 'holds',
    },
    full: { distinct: 759, generated: 1845 },
  },
  {
    name: 'two brokers, minIsr=1, a cut',
    scope: { config: pair, bounds: { records: 2, partitions: 1 } },
    counts: {
      distinct: 5096,
      generated: 15177,
      depth: 26,
      verdict: 'holds',
    },
    full: { distinct: 5096, generated: 15177 },
  },
  {
    name: 'two brokers, two elections',
    scope: { config: { brokers: 2 }, bounds: { records: 2, preferredElections: 2 } },
    counts: {
      distinct: 5048,
      generated: 13072,
      depth: 24,
      verdict: 'holds',
    },
    full: { distinct: 5048, generated: 13072 },
  },
  {
    name: 'two brokers, minIsr=1, a shrink and an election',
    scope: { config: pair, bounds: { isrShrinks: 1, preferredElections: 1 } },
    counts: {
      distinct: 1918,
      generated: 5174,
      depth: 20,
      verdict: 'holds',
    },
    full: { distinct: 1918, generated: 5174 },
  },
  {
    name: 'two brokers, high watermark as before 3.7, a crash and an election',
    scope: {
      config: { brokers: 2, highWatermarkNeedsMinIsr: false },
      bounds: { crashes: 1, preferredElections: 1 },
    },
    counts: {
      distinct: 3468,
      generated: 8947,
      depth: 25,
      verdict: 'holds',
    },
    full: { distinct: 3468, generated: 8947 },
  },
  {
    name: 'three brokers, no fault',
    scope: {},
    counts: {
      distinct: 51,
      generated: 100,
      depth: 15,
      verdict: 'holds',
      idle: [],
    },
    full: { distinct: 86, generated: 166 },
  },
  {
    name: 'three brokers, acks=all and acks=1, a crash',
    scope: { config: { acks: ['all', '1'] }, bounds: { crashes: 1 } },
    counts: {
      distinct: 30062,
      generated: 124683,
      depth: 30,
      verdict: 'holds',
    },
  },
  {
    name: 'three brokers, a cut',
    scope: { bounds: { partitions: 1 } },
    counts: {
      distinct: 24832,
      generated: 102683,
      depth: 31,
      verdict: 'holds',
    },
  },
  {
    name: 'three brokers, a power loss',
    scope: { bounds: { powerLosses: 1 } },
    counts: {
      distinct: 15056,
      generated: 62216,
      depth: 31,
      verdict: 'holds',
    },
    full: { distinct: 30084, generated: 124331 },
  },
  {
    name: 'three brokers, a shrink',
    scope: { bounds: { isrShrinks: 1 } },
    counts: {
      distinct: 2830,
      generated: 10397,
      depth: 22,
      verdict: 'holds',
      idle: [],
    },
    full: { distinct: 5630, generated: 20720 },
  },
  {
    name: 'three brokers, two records, an election',
    scope: { bounds: { records: 2, preferredElections: 1 } },
    counts: {
      distinct: 28875,
      generated: 101642,
      depth: 32,
      verdict: 'holds',
    },
  },
  {
    name: 'the default small scope',
    scope: { bounds: smallScope },
    counts: {
      distinct: 255328,
      generated: 1179561,
      depth: 37,
      verdict: 'holds',
    },
  },
];
