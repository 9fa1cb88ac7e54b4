import { PLANES } from '../state/blocks.ts';

/**
 * Which results were computed from which blocks of a state (see blocks.ts), so that after a step only
 * those are computed again that can have changed. A result is known by its number.
 */
export class Dependencies {
  /** The blocks that each result was computed from. */
  readonly #reads: Int32Array;
  /** For each block, the set of results computed from it. */
  readonly #dependents: Int32Array;
  readonly #width: number;
  readonly #affected: Int32Array;

  constructor(results: number) {
    this.#width = (results + 31) >> 5;
    this.#reads = new Int32Array(results * PLANES);
    this.#dependents = new Int32Array(PLANES * 32 * this.#width);
    this.#affected = new Int32Array(this.#width);
  }

  /** Says that a result has just been computed from these blocks, and no longer from others. */
  note(result: number, reads: Int32Array): void {
    const column = result >> 5;
    const bit = 1 << (result & 31);
    for (let plane = 0; plane < PLANES; plane++) {
      const at = result * PLANES + plane;
      const now = reads[plane] as number;
      let different = (this.#reads[at] as number) ^ now;
      if (different === 0) continue;
      this.#reads[at] = now;
      for (; different !== 0; different &= different - 1) {
        const block = plane * 32 + lowestBit(different);
        const index = block * this.#width + column;
        this.#dependents[index] = (this.#dependents[index] as number) ^ bit;
      }
    }
  }

  /** The results that depend on one of these blocks: a set of bits, valid until the next call. */
  affectedBy(changed: Int32Array): Int32Array {
    const affected = this.#affected;
    affected.fill(0);
    for (let plane = 0; plane < PLANES; plane++) {
      for (let rest = changed[plane] as number; rest !== 0; rest &= rest - 1) {
        const row = (plane * 32 + lowestBit(rest)) * this.#width;
        for (let column = 0; column < this.#width; column++) {
          affected[column] =
            (affected[column] as number) | (this.#dependents[row + column] as number);
        }
      }
    }
    return affected;
  }
}

/** The number of the lowest bit that is set. */
export function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
