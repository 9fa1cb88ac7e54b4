/** Bytes of a list and its key in memory besides what is in them, about: measured with Node 20. */
const BYTES_OF_A_LIST = 160;

/** Lists of numbers, of which equal ones have one number. */
export class InternedLists {
  readonly #numbers = new Map<string, number>();
  readonly #lists: (readonly number[])[] = [];
  #bytes = 0;

  get count(): number {
    return this.#lists.length;
  }
  /** About how much memory it takes. */
  get bytes(): number {
    return this.#bytes;
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
    this.#bytes += BYTES_OF_A_LIST + key.length + 8 * list.length;
    return this.#lists.length - 1;
  }
}
