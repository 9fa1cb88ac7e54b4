/** One measured rate. */
export interface Rate {
  readonly what: string;
  readonly unit: string;
  readonly perSecond: number;
}

/** Runs `work`, which returns how many units it did, and returns units a second. */
export async function rateOf(work: () => number | Promise<number>): Promise<number> {
  const start = performance.now();
  const units = await work();
  return (units * 1000) / (performance.now() - start);
}

/** The median of the rates of `rounds` runs: these machines are noisy. */
export async function medianRate(
  rounds: number,
  work: () => number | Promise<number>,
): Promise<number> {
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) rates.push(await rateOf(work));
  rates.sort((a, b) => a - b);
  return rates[rates.length >> 1] ?? 0;
}
