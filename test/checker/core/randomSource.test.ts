import { describe, expect, test } from 'vitest';
import { RandomSource } from '../../../checker/core/randomSource.ts';

const seeds = Array.from({ length: 2000 }, (_, seed) => seed);

describe('random numbers', () => {
  test('are the same for the same seed', () => {
    const drawn = (): number[] => {
      const random = new RandomSource(7);
      return Array.from({ length: 50 }, () => random.unit());
    };
    expect(drawn()).toEqual(drawn());
  });

  test('of neighbouring seeds are spread from the first one on', () => {
    for (const position of [0, 1, 2, 5]) {
      const tenths = new Array<number>(10).fill(0);
      for (const seed of seeds) {
        const random = new RandomSource(seed);
        for (let skipped = 0; skipped < position; skipped++) random.unit();
        const tenth = random.below(10);
        tenths[tenth] = (tenths[tenth] ?? 0) + 1;
      }
      // 200 are expected of each; five standard deviations are 67.
      expect(Math.min(...tenths)).toBeGreaterThan(133);
      expect(Math.max(...tenths)).toBeLessThan(267);
    }
  });

  test('are below their end, and happen with their probability', () => {
    const random = new RandomSource(1);
    const drawn = seeds.map(() => random.below(3));
    expect(new Set(drawn)).toEqual(new Set([0, 1, 2]));
    const happened = seeds.filter(() => random.chance(0.25)).length;
    expect(happened).toBeGreaterThan(400);
    expect(happened).toBeLessThan(600);
    expect(random.chance(0)).toBe(false);
    expect(random.chance(1)).toBe(true);
  });
});
