/** Slots in use, of 256, beyond which the table grows. */
const MAX_LOAD = 160;

/**
 * A set of 64-bit hashes: open addressing with linear probing over two words a slot. The
 * all-zero hash marks an empty slot and is stored as 1.
 */
export class HashSet {
  #slots = new Int32Array(2 * 4096);
  #mask = 4095;
  #size = 0;

  get size(): number {
    return this.#size;
  }
  get bytes(): number {
    return this.#slots.byteLength;
  }

  /** Adds a hash; false if it was there. */
  add(low: number, high: number): boolean {
    const first = low === 0 && high === 0 ? 1 : low;
    if (!insert(this.#slots, this.#mask, first | 0, high | 0)) return false;
    this.#size++;
    if (this.#size * 256 > (this.#mask + 1) * MAX_LOAD) this.#grow();
    return true;
  }

  #grow(): void {
    const old = this.#slots;
    this.#mask = this.#mask * 2 + 1;
    this.#slots = new Int32Array(2 * (this.#mask + 1));
    for (let at = 0; at < old.length; at += 2) {
      const [low, high] = [old[at] as number, old[at + 1] as number];
      if (low !== 0 || high !== 0) insert(this.#slots, this.#mask, low, high);
    }
  }
}

function insert(slots: Int32Array, mask: number, low: number, high: number): boolean {
  let slot = (low ^ Math.imul(high, 0x9e3779b1)) & mask;
  for (;;) {
    const at = slot * 2;
    const [heldLow, heldHigh] = [slots[at] as number, slots[at + 1] as number];
    if (heldLow === low && heldHigh === high) return false;
    if (heldLow === 0 && heldHigh === 0) {
      slots[at] = low;
      slots[at + 1] = high;
      return true;
    }
    slot = (slot + 1) & mask;
  }
}
