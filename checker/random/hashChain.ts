/**
 * A hash over everything that a search saw, in order. Two runs of one search on one model must end
 * with the same chain; if they do not, something in the model or the engine reads what it should
 * not.
 */
export class HashChain {
  #low = 0x9e3779b9;
  #high = 0x7f4a7c15;

  add(low: number, high: number): void {
    this.#low = Math.imul(this.#low ^ low, 0x85ebca6b);
    this.#low ^= this.#low >>> 15;
    this.#high = Math.imul(this.#high ^ high ^ (this.#low >>> 7), 0xc2b2ae35);
    this.#high ^= this.#high >>> 13;
  }

  /** Sixteen hexadecimal digits. */
  get text(): string {
    const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');
    return hex(this.#high) + hex(this.#low);
  }
}
