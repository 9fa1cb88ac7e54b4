import type { PublishedScope } from './kafkaReplication.ts';
import type { VariantName } from './variants.ts';

/** How many replicas there are, and the last leader epoch. */
export interface RunScope {
  readonly replicas: number;
  readonly maxLeaderEpoch: number;
}

/** The figures of a search through everything that can be reached. */
export interface Counts {
  /** States, those that differ only by renaming replicas counting once under symmetry. */
  readonly distinct: number;
  /** The initial state, and every successor of a distinct state under every binding. */
  readonly generated: number;
}

/** That a property holds, or the number of steps of a shortest counterexample. */
export type Outcome = 'holds' | number;

/** One search and what came of it. */
export interface Run extends RunScope {
  readonly variant: VariantName;
  readonly weak: Outcome;
  readonly strong: Outcome;
  /** Given if everything is explored; otherwise the search ends when both properties are broken. */
  readonly whole?: Counts & {
    /** The number of levels of the search: states on a longest shortest way to a state. */
    readonly depth: number;
  };
}

/** The scope of a run: in all of them two records are written, and two fit into a log. */
export function scopeOf({ replicas, maxLeaderEpoch }: RunScope): PublishedScope {
  return { replicas, maxLeaderEpoch, logSize: 2, maxRecords: 2 };
}

/** What TLC reports for Kip320 with two replicas, which are a symmetry set. */
export const countedByTlc: readonly (Counts & { readonly maxLeaderEpoch: number })[] = [
  { maxLeaderEpoch: 1, distinct: 479, generated: 912 },
  { maxLeaderEpoch: 2, distinct: 2987, generated: 5922 },
  { maxLeaderEpoch: 3, distinct: 14_470, generated: 29_788 },
];

type Row = readonly [
  variant: VariantName,
  weak: Outcome,
  strong: Outcome,
  whole?: readonly [distinct: number, generated: number, depth: number],
];

function runsOf(replicas: number, maxLeaderEpoch: number, rows: readonly Row[]): Run[] {
  return rows.map(([variant, weak, strong, whole]) => {
    const run = { variant, replicas, maxLeaderEpoch, weak, strong };
    if (whole === undefined) return run;
    const [distinct, generated, depth] = whole;
    return { ...run, whole: { distinct, generated, depth } };
  });
}

/** Every variant in every scope, the replicas being interchangeable. */
export const runs: readonly Run[] = [
  ...runsOf(2, 1, [
    ['KafkaTruncateToHighWatermark', 8, 9, [626, 1348, 16]],
    ['Kip101', 'holds', 'holds', [589, 1244, 15]],
    ['Kip279', 'holds', 'holds', [589, 1379, 15]],
    ['Kip320FirstTry', 'holds', 'holds', [583, 1202, 15]],
    ['Kip320', 'holds', 'holds', [479, 912, 15]],
  ]),
  ...runsOf(2, 2, [
    ['KafkaTruncateToHighWatermark', 8, 9, [5066, 12_232, 20]],
    ['Kip101', 11, 11, [4523, 10_726, 18]],
    ['Kip279', 'holds', 'holds', [4514, 11_715, 18]],
    ['Kip320FirstTry', 'holds', 'holds', [4215, 9696, 18]],
    ['Kip320', 'holds', 'holds', [2987, 5922, 18]],
  ]),
  ...runsOf(2, 3, [
    ['KafkaTruncateToHighWatermark', 8, 9],
    ['Kip101', 11, 11],
    ['Kip279', 'holds', 'holds', [26_550, 76_259, 21]],
    ['Kip320FirstTry', 'holds', 'holds', [23_233, 59_443, 21]],
    ['Kip320', 'holds', 'holds', [14_470, 29_788, 22]],
  ]),
  ...runsOf(3, 1, [
    ['KafkaTruncateToHighWatermark', 8, 8, [11_453, 37_700, 21]],
    ['Kip101', 'holds', 11, [10_111, 31_875, 22]],
    ['Kip279', 'holds', 11, [10_164, 37_357, 22]],
    ['Kip320FirstTry', 'holds', 'holds', [9983, 30_457, 22]],
    ['Kip320', 'holds', 'holds', [6713, 17_753, 22]],
  ]),
  ...runsOf(3, 2, [
    ['KafkaTruncateToHighWatermark', 8, 8],
    ['Kip101', 10, 10],
    ['Kip279', 10, 10],
    ['Kip320FirstTry', 11, 12],
    ['Kip320', 'holds', 'holds', [123_311, 328_998, 26]],
  ]),
];

/** Searches that take too long for every day: together a minute or two. */
export const longRuns: readonly Run[] = [
  ...runsOf(3, 2, [
    ['KafkaTruncateToHighWatermark', 8, 8, [332_037, 1_251_670, 28]],
    ['Kip101', 10, 10, [269_488, 968_893, 26]],
    ['Kip279', 10, 10, [270_050, 1_122_953, 26]],
    ['Kip320FirstTry', 11, 12, [240_028, 829_952, 28]],
  ]),
  ...runsOf(3, 3, [['Kip320', 'holds', 'holds', [1_665_204, 4_521_185, 32]]]),
];

/** The same without symmetry: more states, nothing else. */
export const runsWithoutSymmetry: readonly Run[] = runsOf(2, 2, [
  ['KafkaTruncateToHighWatermark', 8, 9, [10_131, 24_459, 20]],
  ['Kip101', 11, 11, [9045, 21_447, 18]],
  ['Kip279', 'holds', 'holds', [9027, 23_425, 18]],
  ['Kip320FirstTry', 'holds', 'holds', [8429, 19_387, 18]],
  ['Kip320', 'holds', 'holds', [5973, 11_839, 18]],
]);

/** The same for scopes that take too long for every day. */
export const longRunsWithoutSymmetry: readonly Run[] = [
  ...runsOf(3, 1, [['Kip320', 'holds', 'holds', [39_619, 104_488, 22]]]),
  ...runsOf(3, 2, [['Kip320', 'holds', 'holds', [737_794, 1_967_560, 26]]]),
];
