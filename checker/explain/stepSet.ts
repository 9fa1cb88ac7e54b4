/** A set of steps, counted from 1, for runs of thousands of steps: a bit each. */
export class StepSet {
  readonly #words: Uint32Array;

  /** @param most - The largest step that can be in it. */
  constructor(most: number) {
    this.#words = new Uint32Array((most >> 5) + 1);
  }

  has(step: number): boolean {
    return (((this.#words[step >> 5] ?? 0) >>> (step & 31)) & 1) === 1;
  }

  add(step: number): this {
    this.#words[step >> 5] = (this.#words[step >> 5] ?? 0) | (1 << (step & 31));
    return this;
  }

  /** Adds everything in another set of the same size. */
  addAll(other: StepSet): this {
    for (let index = 0; index < this.#words.length; index++) {
      this.#words[index] = (this.#words[index] as number) | (other.#words[index] as number);
    }
    return this;
  }
}
