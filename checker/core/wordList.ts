import { MOST_GRAPH_WORDS } from '../limits.ts';

/** A growing array of 32-bit words. */
export class WordList {
  #words: Uint32Array<ArrayBuffer>;
  #length = 0;

  constructor(capacity = 1024) {
    this.#words = new Uint32Array(capacity);
  }
  get length(): number {
    return this.#length;
  }
  get bytes(): number {
    return this.#words.byteLength;
  }
  get(index: number): number {
    return this.#words[index] as number;
  }
  push(word: number): void {
    this.#reserve(1);
    this.#words[this.#length++] = word;
  }
  /** Appends all of `words`. */
  append(words: Uint32Array): void {
    this.#reserve(words.length);
    const held = this.#words;
    let end = this.#length;
    for (let index = 0; index < words.length; index++) held[end++] = words[index] as number;
    this.#length = end;
  }
  /** Copies `into.length` words from `start` into `into`. */
  read(start: number, into: Uint32Array): void {
    const held = this.#words;
    for (let index = 0; index < into.length; index++) into[index] = held[start + index] as number;
  }
  clear(): void {
    this.#length = 0;
  }
  #reserve(count: number): void {
    if (this.#length + count <= this.#words.length) return;
    const needed = this.#length + count;
    if (needed > MOST_GRAPH_WORDS) {
      throw new RangeError(`expected at most ${MOST_GRAPH_WORDS} words, found ${needed}`);
    }
    const size = Math.min(MOST_GRAPH_WORDS, Math.max(this.#words.length * 2, needed));
    const grown = new Uint32Array(size);
    grown.set(this.#words);
    this.#words = grown;
  }
}
