import { type Packing, packingOf } from '../state/packing.ts';
import type { AnySchema } from '../state/schema.ts';

const FIRST_WORDS = 1 << 12;
/** Memory for more words than this is given back when they are taken. */
const MOST_WORDS_KEPT = 1 << 22;

/** States one after another: of each the two halves of its hash, and itself packed. */
export class StateRecords {
  readonly #packing: Packing;
  /** Words of a record. */
  readonly wordLength: number;
  #words = new Uint32Array(FIRST_WORDS);
  #used = 0;

  constructor(schema: AnySchema) {
    this.#packing = packingOf(schema);
    this.wordLength = 2 + this.#packing.wordLength;
  }

  get bytes(): number {
    return this.#words.byteLength;
  }

  /** Adds a state. */
  add(low: number, high: number, bytes: Uint8Array): void {
    const end = this.#used + this.wordLength;
    if (end > this.#words.length) {
      const grown = new Uint32Array(this.#words.length * 2 + this.wordLength);
      grown.set(this.#words);
      this.#words = grown;
    }
    this.#words[this.#used] = low;
    this.#words[this.#used + 1] = high;
    this.#packing.pack(bytes, this.#words, this.#used + 2);
    this.#used = end;
  }

  /** The bytes of the state that is packed at this word. */
  read(records: Uint32Array, at: number, bytes: Uint8Array): void {
    this.#packing.unpack(records, at + 2, bytes);
  }

  /** Everything that was added, which is then no longer held here. */
  take(): Uint32Array<ArrayBuffer> {
    const taken = this.#words.slice(0, this.#used);
    if (this.#words.length > MOST_WORDS_KEPT) this.#words = new Uint32Array(FIRST_WORDS);
    this.#used = 0;
    return taken;
  }
}
