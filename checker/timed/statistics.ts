/** An interval that holds what is estimated in 95 of 100 such experiments. */
export type Interval = readonly [low: number, high: number];

/** What lengths come to. All in the unit of the lengths. */
export interface Summary {
  /** How many there are. */
  readonly n: number;
  /**
   * How many there would have been, had their runs not been given up: longer than the limit, and in no other figure.
   */
  readonly missing: number;
  readonly min: number;
  readonly mean: number;
  readonly meanInterval: Interval;
  readonly deviation: number;
  readonly p50: number;
  readonly p50Interval: Interval;
  readonly p90: number;
  readonly p99: number;
  readonly p99Interval: Interval;
  readonly max: number;
}

/** The quantile of the standard normal distribution that 2.5 % are beyond. */
const Z = 1.959964;

/** What lengths come to; undefined where there is none. Those that are undefined are counted as missing. */
export function summaryOf(lengths: readonly (number | undefined)[]): Summary | undefined {
  const sorted = lengths.filter(length => length !== undefined).sort((one, other) => one - other);
  const n = sorted.length;
  const [min, max] = [sorted[0], sorted[n - 1]];
  if (min === undefined || max === undefined) return undefined;
  const mean = sorted.reduce((sum, length) => sum + length, 0) / n;
  const squares = sorted.reduce((sum, length) => sum + (length - mean) ** 2, 0);
  const deviation = n > 1 ? Math.sqrt(squares / (n - 1)) : 0;
  const half = (Z * deviation) / Math.sqrt(n);
  return {
    n,
    missing: lengths.length - n,
    min,
    mean,
    meanInterval: [mean - half, mean + half],
    deviation,
    p50: quantile(sorted, 0.5),
    p50Interval: quantileInterval(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    p99: quantile(sorted, 0.99),
    p99Interval: quantileInterval(sorted, 0.99),
    max,
  };
}

/** The least length that so large a part of all is not beyond. */
function quantile(sorted: readonly number[], part: number): number {
  const index = Math.max(0, Math.ceil(part * sorted.length) - 1);
  return sorted[index] ?? Number.NaN;
}

/** By order statistics: how many are below a quantile is binomial, here as a normal distribution. */
function quantileInterval(sorted: readonly number[], part: number): Interval {
  const n = sorted.length;
  const half = Z * Math.sqrt(n * part * (1 - part));
  const at = (rank: number): number => sorted[Math.min(n - 1, Math.max(0, rank))] ?? Number.NaN;
  return [at(Math.floor(n * part - half) - 1), at(Math.ceil(n * part + half) - 1)];
}

/** The interval of a probability, of which so many of `n` experiments were a success (Wilson 1927). */
export function proportionInterval(successes: number, n: number): Interval {
  const part = successes / n;
  const middle = (part + Z ** 2 / (2 * n)) / (1 + Z ** 2 / n);
  const spread = (part * (1 - part)) / n + Z ** 2 / (4 * n ** 2);
  const half = (Z * Math.sqrt(spread)) / (1 + Z ** 2 / n);
  return [middle - half, middle + half];
}
