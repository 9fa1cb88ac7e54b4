import type { CompiledModel, ModelState, ObservedModelState } from '../core/compiledModel.ts';
import { lowestBit } from '../core/dependencies.ts';
import { StateHash } from '../core/stateHash.ts';
import { type BlockWords, clearBlocks, PLANES } from '../state/blocks.ts';
import { Abstraction } from './abstraction.ts';

/**
 * A run of a model, step by step: the state before and after the last step, which blocks it
 * changed, and a hash of the state that is kept up to date by what changes.
 */
export class ObservedRun {
  readonly before: ModelState;
  readonly after: ObservedModelState;
  /** The blocks that the last step changed (see blocks.ts); of no meaning before the first. */
  readonly changed: Int32Array = new Int32Array(PLANES);
  /** The hash of the state after the last step. */
  low = 0;
  high = 0;
  /** The abstract state after the last step (see {@link Abstraction}). */
  abstract = 0;
  readonly #model: CompiledModel;
  readonly #abstraction: Abstraction;
  readonly #hash: StateHash;
  readonly #changedWords: Uint32Array;
  #changes = 0;
  /** By word: the last turn in which it was found changed. */
  readonly #comparedAt: Int32Array;
  #turn = 0;
  /** The words of both states as signed ones: engines compare those faster. */
  readonly #signedBefore: Int32Array;
  readonly #signedAfter: Int32Array;
  /** Whether something that the abstraction looks at has changed. */
  #hasMoved = false;

  constructor(model: CompiledModel) {
    this.#model = model;
    this.#abstraction = new Abstraction(model.schema);
    this.#hash = new StateHash(model.schema);
    this.before = model.createState();
    this.after = model.createObservedState();
    this.#signedBefore = new Int32Array(this.before.words.buffer);
    this.#signedAfter = new Int32Array(this.after.words.buffer);
    this.#changedWords = new Uint32Array(this.after.words.length);
    this.#comparedAt = new Int32Array(this.after.words.length);
  }

  /** Begins a run in one of the initial states. */
  start(initialState: number): void {
    this.#model.initialize(this.after, initialState);
    this.#changes = 0;
    const { words } = this.after;
    this.#hash.of(this.after.bytes);
    this.low = this.#hash.low;
    this.high = this.#hash.high;
    this.before.words.set(words);
    this.abstract = this.#abstraction.of(this.after.bytes);
  }

  /** Takes an instance, which must be enabled. */
  step(index: number): void {
    this.#catchUp();
    clearBlocks(this.after.writes);
    this.#model.step(this.after, index);
    this.#compare();
  }

  /** Makes `before` what `after` is, where they differ. */
  #catchUp(): void {
    const [from, to] = [this.after.words, this.before.words];
    for (let change = 0; change < this.#changes; change++) {
      const word = this.#changedWords[change] as number;
      to[word] = from[word] as number;
    }
    this.#changes = 0;
  }

  /** Finds what has changed among what was written. */
  #compare(): void {
    const { changed, after } = this;
    const { words } = this.#model.schema.blocks;
    this.#hasMoved = false;
    this.#turn = (this.#turn + 1) | 0;
    for (let plane = 0; plane < PLANES; plane++) {
      let different = 0;
      for (let rest = after.writes[plane] as number; rest !== 0; rest &= rest - 1) {
        const bit = lowestBit(rest);
        const block = words[plane * 32 + bit] as BlockWords;
        if (this.#compareBlock(block)) different |= 1 << bit;
      }
      changed[plane] = different;
    }
    if (this.#hasMoved) this.abstract = this.#abstraction.of(after.bytes);
  }

  /** Whether one of the words of a block has changed; blocks may share words. */
  #compareBlock({ indices, masks }: BlockWords): boolean {
    const before = this.#signedBefore;
    const after = this.#signedAfter;
    let isDifferent = false;
    for (let place = 0; place < indices.length; place++) {
      const index = indices[place] as number;
      const old = before[index] as number;
      const now = after[index] as number;
      if (old === now) continue;
      if (((old ^ now) & (masks[place] as number)) !== 0) isDifferent = true;
      // Blocks may share a word.
      if (this.#comparedAt[index] === this.#turn) continue;
      this.#comparedAt[index] = this.#turn;
      this.#changedWords[this.#changes++] = index;
      if (this.#abstraction.isSeen[index] === 1) this.#hasMoved = true;
      this.#hashWord(4 * index, old, now);
    }
    return isDifferent;
  }

  /** Brings the hash up to date with the word that begins at this byte. */
  #hashWord(at: number, old: number, now: number): void {
    const { base, lowKeys, highKeys } = this.#hash;
    let different = old ^ now;
    for (let byte = 0; different !== 0; byte++, different >>>= 8) {
      if ((different & 255) === 0) continue;
      const first = base[at + byte] as number;
      const was = first + ((old >>> (8 * byte)) & 255);
      const is = first + ((now >>> (8 * byte)) & 255);
      this.low ^= (lowKeys[was] as number) ^ (lowKeys[is] as number);
      this.high ^= (highKeys[was] as number) ^ (highKeys[is] as number);
    }
  }
}
