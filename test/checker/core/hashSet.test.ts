import { describe, expect, test } from 'vitest';
import { HashSet } from '../../../checker/core/hashSet.ts';

/** Pseudo-random words (xorshift), the same on every run. */
function wordsFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}

describe('the set of hashes', () => {
  test('adds each of 100,000 random fingerprints exactly once, as it grows', () => {
    const table = new HashSet();
    const bytes = table.bytes;
    const [next, again] = [wordsFrom(17), wordsFrom(17)];
    let added = 0;
    for (let index = 0; index < 100_000; index++) if (table.add(next(), next())) added++;
    expect([added, table.size]).toEqual([100_000, 100_000]);
    for (let index = 0; index < 100_000; index++) if (table.add(again(), again())) added++;
    expect([added, table.size]).toEqual([100_000, 100_000]);
    expect(table.bytes).toBeGreaterThan(bytes);
    expect(table.bytes).toBeLessThanOrEqual(32 * 100_000);
  });

  test('tells fingerprints apart by both halves', () => {
    const table = new HashSet();
    const halves = Array.from({ length: 100 }, (_, index) => index);
    const added = halves.flatMap(low => halves.map(high => table.add(low, high)));
    // All zeros is kept as (1, 0), so these two are one.
    expect(added.filter(isNew => !isNew)).toHaveLength(1);
    expect(table.size).toBe(9999);
  });

  test('holds fingerprints that fall into the same slot', () => {
    const table = new HashSet();
    for (let index = 1; index <= 3000; index++) expect(table.add(index << 13, 0)).toBe(true);
    for (let index = 1; index <= 3000; index++) expect(table.add(index << 13, 0)).toBe(false);
  });
});
