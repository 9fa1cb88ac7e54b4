/** Lists of numbers, of which equal ones have one number. */
export class NumberedLists {
  readonly #numbers = new Map<string, number>();
  readonly #lists: (readonly number[])[] = [];

  get count(): number {
    return this.#lists.length;
  }

  get(number: number): readonly number[] {
    return this.#lists[number] as readonly number[];
  }

  numberOf(list: readonly number[]): number {
    const key = list.join();
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.#lists.length);
    this.#lists.push(list);
    return this.#lists.length - 1;
  }
}
