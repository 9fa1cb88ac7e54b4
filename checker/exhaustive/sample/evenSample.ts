/** Slots for each record that is kept: those that are too many are sorted out when all are full. */
const ROOM = 2;

/**
 * Of all records that were added those with the smallest hashes, at most so many: an even choice, which
 * does not depend on the order in which they came.
 */
export class EvenSample {
  readonly #most: number;
  readonly #recordLength: number;
  #words = new Uint32Array(0);
  #count = 0;
  /** The first half of a hash that is larger is not among the smallest. */
  #limit = 2 ** 32 - 1;

  constructor(most: number, recordLength: number) {
    this.#most = most;
    this.#recordLength = recordLength;
  }

  get bytes(): number {
    return this.#words.byteLength;
  }

  /** Adds records of {@link StateRecords}, none of which was added before. */
  add(records: Uint32Array): void {
    for (let at = 0; at < records.length; at += this.#recordLength) {
      if ((records[at] as number) > this.#limit) continue;
      this.#makeRoom();
      const record = records.subarray(at, at + this.#recordLength);
      this.#words.set(record, this.#count * this.#recordLength);
      this.#count++;
    }
  }

  /** The records that were chosen, one after another, by hash. */
  get records(): Uint32Array<ArrayBuffer> {
    this.#sort();
    return this.#words.slice(0, this.#count * this.#recordLength);
  }

  #makeRoom(): void {
    const length = (this.#count + 1) * this.#recordLength;
    if (length <= this.#words.length) return;
    if (this.#count < ROOM * this.#most) {
      const slots = Math.min(ROOM * this.#most, 2 * this.#count + 1);
      const grown = new Uint32Array(slots * this.#recordLength);
      grown.set(this.#words);
      this.#words = grown;
    } else {
      this.#sort();
    }
  }

  /** Sorts by hash, and leaves out what is too much. */
  #sort(): void {
    const [words, length] = [this.#words, this.#recordLength];
    const hashAt = (index: number, half: number): number => words[index * length + half] as number;
    const order = Array.from({ length: this.#count }, (_, index) => index)
      .sort((a, b) => hashAt(a, 0) - hashAt(b, 0) || hashAt(a, 1) - hashAt(b, 1))
      .slice(0, this.#most);
    const sorted = new Uint32Array(words.length);
    order.forEach((from, to) => {
      sorted.set(words.subarray(from * length, (from + 1) * length), to * length);
    });
    this.#words = sorted;
    this.#count = order.length;
    if (this.#count === this.#most) this.#limit = hashAt(order.at(-1) as number, 0);
  }
}
