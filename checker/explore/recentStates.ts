const SLOTS = 1 << 18;

/**
 * A lossy memory of states seen not long ago, by fingerprint: each new one takes the place of an
 * older one. In a breadth-first search most repeats come soon, and a state that is found here need
 * not be renamed to its representative to be known.
 */
export class RecentStates {
  readonly #slots = new Uint32Array(2 * SLOTS);

  get bytes(): number {
    return this.#slots.byteLength;
  }

  /** Whether the fingerprint is remembered; it is from now on. */
  recall(low: number, high: number): boolean {
    const slots = this.#slots;
    const at = 2 * ((low ^ Math.imul(high, 0x9e3779b1)) & (SLOTS - 1));
    if (slots[at] === low && slots[at + 1] === high) return low !== 0 || high !== 0;
    slots[at] = low;
    slots[at + 1] = high;
    return false;
  }
}
