/** Words of a block, about: what is read from a disk in one go. */
const BLOCK_WORDS = 1 << 18;

/** The states of one level, first in, first out. */
export interface Frontier {
  /** Words of all records. */
  readonly length: number;
  /** Bytes of memory that it holds. */
  readonly bytes: number;
  /** Adds records. */
  add(records: Uint32Array): void;
  /** Removes at most so many words from the front. */
  take(words: number): Uint32Array<ArrayBuffer>;
  /** Adds records that were taken at the front again. */
  putBack(records: Uint32Array<ArrayBuffer>): void;
  /** All records that are left, in order, which stay. */
  readonly blocks: Iterable<Uint32Array<ArrayBuffer>>;
  /** Says that it is not needed any more. */
  close(): void;
}

/** Makes the frontier of a level. */
export type FrontierMaker = () => Frontier;

/** A frontier in memory. */
export class MemoryFrontier implements Frontier {
  readonly #blocks: { words: Uint32Array<ArrayBuffer>; end: number }[] = [];
  #start = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }
  get bytes(): number {
    return this.#blocks.reduce((sum, { words }) => sum + words.byteLength, 0);
  }

  add(records: Uint32Array): void {
    const last = this.#blocks.at(-1);
    this.#length += records.length;
    if (last !== undefined && last.end + records.length <= last.words.length) {
      last.words.set(records, last.end);
      last.end += records.length;
      return;
    }
    // From small to large: most searches are small.
    const size = Math.min(BLOCK_WORDS, 2 * (last?.words.length ?? 0));
    const words = new Uint32Array(Math.max(records.length, size));
    words.set(records);
    this.#blocks.push({ words, end: records.length });
  }

  take(words: number): Uint32Array<ArrayBuffer> {
    const block = this.#blocks[0];
    if (block === undefined) return new Uint32Array(0);
    const taken = block.words.slice(this.#start, Math.min(this.#start + words, block.end));
    this.#start += taken.length;
    this.#length -= taken.length;
    if (this.#start >= block.end) {
      this.#blocks.shift();
      this.#start = 0;
    }
    return taken;
  }

  putBack(records: Uint32Array<ArrayBuffer>): void {
    const first = this.#blocks[0];
    if (first !== undefined && this.#start > 0) {
      first.words = first.words.slice(this.#start, first.end);
      first.end = first.words.length;
      this.#start = 0;
    }
    this.#blocks.unshift({ words: records, end: records.length });
    this.#length += records.length;
  }

  get blocks(): Iterable<Uint32Array<ArrayBuffer>> {
    return this.#blocks.map(({ words, end }, index) =>
      words.slice(index === 0 ? this.#start : 0, end),
    );
  }

  close(): void {
    this.#blocks.length = 0;
    this.#length = 0;
  }
}
