import { FOREST_UNIT_BITS, mostForestWords, offsetBits } from '../../limits.ts';
import type { ReadLog } from './readLog.ts';

/** What is not known: {@link DecisionForest.find} then returns this. */
export const UNKNOWN = -1;

/** Words that the nodes take in the beginning. */
const FIRST_WORDS = 1 << 12;
/** Nodes begin at multiples of so many words, so that a reference counts these and not words. */
const UNIT = 1 << FOREST_UNIT_BITS;

/**
 * Remembers what pure functions of a stretch of bytes came to, as one decision tree for each function.
 * What a function reads next follows from what it has read so far, so a tree tests bytes in the order in
 * which they were first read, and a path through it is everything that its outcome depends on. All
 * states that agree in those few bytes are answered by one path, however they differ elsewhere.
 */
export class DecisionForest {
  /**
   * For each tree what it begins with: nothing, 0; a node, as its index in `#nodes`, in units, and the byte
   * that it tests, in one number; or an outcome, as its complement.
   */
  readonly #roots: number[] = [];
  /** Of each node, for each value of its byte, what comes next, as in `#roots`. */
  #nodes = new Int32Array(FIRST_WORDS);
  /** A reference is never 0: the first node has an index above that. */
  #used = UNIT;
  readonly #cardinalities: Uint16Array;
  readonly #byteBits: number;
  readonly #byteMask: number;
  readonly #mostWords: number;

  /**
   * @param cardinalities - For each byte, one more than its largest value.
   * @param mostWords - Fewer than there may be at most, for tests of what happens then.
   */
  constructor(
    cardinalities: Uint16Array,
    mostWords: number = mostForestWords(cardinalities.length),
  ) {
    this.#cardinalities = cardinalities;
    this.#byteBits = offsetBits(cardinalities.length);
    this.#byteMask = 2 ** this.#byteBits - 1;
    this.#mostWords = mostWords;
  }

  get bytes(): number {
    return this.#nodes.byteLength;
  }
  /** Whether there is no room to learn more. */
  get isFull(): boolean {
    return this.#used >= this.#mostWords;
  }

  /** How many trees there are. */
  get trees(): number {
    return this.#roots.length;
  }

  /** Forgets everything: the trees are there, and know nothing. */
  clear(): void {
    this.#roots.fill(0);
    this.#nodes = new Int32Array(FIRST_WORDS);
    this.#used = UNIT;
  }

  /** A new tree, which knows nothing. */
  addTree(): number {
    this.#roots.push(0);
    return this.#roots.length - 1;
  }

  /** What the function came to for these bytes, or {@link UNKNOWN}. */
  find(tree: number, bytes: Uint8Array): number {
    const nodes = this.#nodes;
    const [bits, mask] = [this.#byteBits, this.#byteMask];
    let next = this.#roots[tree] as number;
    while (next > 0) {
      const at = (next >> bits) << FOREST_UNIT_BITS;
      next = nodes[at + (bytes[next & mask] as number)] as number;
    }
    return ~next;
  }

  /**
   * The same. What it depends on is added to a log, in the order in which it was first read: where it is not
   * known, the first of it.
   */
  collect(tree: number, bytes: Uint8Array, log: ReadLog): number {
    let next = this.#roots[tree] as number;
    while (next > 0) {
      const tested = next & this.#byteMask;
      log.add(tested);
      next = this.#nodes[this.#indexOf(next) + (bytes[tested] as number)] as number;
    }
    return ~next;
  }

  /**
   * Remembers an outcome, from 0.
   *
   * @param read - The bytes that it depends on, in the order in which they were first read.
   * @returns false if the function read other bytes before, where what it had read was the same: it
   * depends on something else.
   */
  learn(tree: number, bytes: Uint8Array, read: readonly number[], outcome: number): boolean {
    let index = -1;
    let next = this.#roots[tree] as number;
    let depth = 0;
    for (; next > 0; depth++) {
      const tested = next & this.#byteMask;
      if (tested !== read[depth]) return false;
      index = this.#indexOf(next) + (bytes[tested] as number);
      next = this.#nodes[index] as number;
    }
    for (; depth < read.length; depth++) {
      const tested = read[depth] as number;
      const node = this.#newNode(tested);
      if (node === undefined) return true;
      this.#put(tree, index, (node / UNIT) * (this.#byteMask + 1) + tested);
      index = node + (bytes[tested] as number);
    }
    this.#put(tree, index, ~outcome);
    return true;
  }

  /** Where a node begins to which this refers. */
  #indexOf(reference: number): number {
    return (reference >> this.#byteBits) << FOREST_UNIT_BITS;
  }

  #put(tree: number, index: number, value: number): void {
    if (index < 0) this.#roots[tree] = value;
    else this.#nodes[index] = value;
  }

  /** The index of a node that tests this byte, or undefined if the forest is full. */
  #newNode(tested: number): number | undefined {
    const node = this.#used;
    const end = node + Math.ceil((this.#cardinalities[tested] as number) / UNIT) * UNIT;
    if (end > this.#mostWords) {
      this.#used = this.#mostWords;
      return undefined;
    }
    while (end > this.#nodes.length) {
      const grown = new Int32Array(this.#nodes.length * 2);
      grown.set(this.#nodes);
      this.#nodes = grown;
    }
    this.#used = end;
    return node;
  }
}
