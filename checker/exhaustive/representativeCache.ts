const SLOTS = 1 << 17;
const SLOT = 4;

/**
 * A lossy memory of the representatives of states seen not long ago, by hash: each new one takes the
 * slot of an older one. In a breadth-first search most repeats come soon, and a state that is found here
 * need not be renamed to know its representative.
 */
export class RepresentativeCache {
  readonly #slots = new Int32Array(SLOT * SLOTS);
  /** The hash of the representative of the state that was recalled last. */
  low = 0;
  high = 0;

  get bytes(): number {
    return this.#slots.byteLength;
  }

  /** Whether the state with this hash is remembered: its representative can then be read here. */
  recall(low: number, high: number): boolean {
    const slots = this.#slots;
    const at = slotOf(low, high);
    if (slots[at] !== (low | 0) || slots[at + 1] !== (high | 0)) return false;
    this.low = slots[at + 2] as number;
    this.high = slots[at + 3] as number;
    // An empty slot looks like one for the hash zero.
    return (low | high) !== 0;
  }

  remember(low: number, high: number, representative: { low: number; high: number }): void {
    const slots = this.#slots;
    const at = slotOf(low, high);
    slots[at] = low;
    slots[at + 1] = high;
    slots[at + 2] = representative.low;
    slots[at + 3] = representative.high;
  }
}

function slotOf(low: number, high: number): number {
  return SLOT * ((low ^ Math.imul(high, 0x9e3779b1)) & (SLOTS - 1));
}
