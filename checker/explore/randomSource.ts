import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Random numbers for one run. The same seed gives the same numbers on any machine. */
export class RandomSource {
  readonly #generator: { next(): number };

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
  }

  /** A number from 0 (included) to 1 (excluded). */
  unit(): number {
    return (this.#generator.next() >>> 0) / 0x1_0000_0000;
  }

  /** A whole number from 0 (included) to `end` (excluded). */
  below(end: number): number {
    return Math.floor(this.unit() * end);
  }

  /** Whether something with this probability happens. */
  chance(probability: number): boolean {
    return this.unit() < probability;
  }
}
