import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** So many numbers it takes until a generator has forgotten how it was seeded. */
const SKIPPED = 16;

/** Random numbers for one run. The same seed gives the same numbers on any machine. */
export class RandomSource {
  readonly #generator: { next(): number };

  constructor(seed: number) {
    // Small seeds differ in few bits: they are spread, and the first numbers are left out.
    this.#generator = xoroshiro128plus(Math.imul(seed ^ (seed >>> 16), 0x9e3779b1));
    for (let skipped = 0; skipped < SKIPPED; skipped++) this.#generator.next();
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
