/** The levels that were kept so far, as plain data. */
export interface SavedLevels {
  /** The records of all of them. */
  readonly records: Uint32Array<ArrayBuffer>;
  /** Words of those in levels that are whole. */
  readonly whole: number;
  /** Whether there is no room for a further level. */
  readonly isClosed: boolean;
}

/** The states of the first levels: as many levels as fit wholly. */
export class FirstLevels {
  readonly #mostWords: number;
  #records: Uint32Array<ArrayBuffer>;
  #whole: number;
  #isClosed: boolean;

  /** @param most - Words of the records that are kept at most. */
  constructor(mostWords: number, saved?: SavedLevels) {
    this.#mostWords = mostWords;
    this.#records = saved?.records ?? new Uint32Array(0);
    this.#whole = saved?.whole ?? 0;
    this.#isClosed = saved?.isClosed ?? false;
  }

  get saved(): SavedLevels {
    return { records: this.#records, whole: this.#whole, isClosed: this.#isClosed };
  }

  /** Adds records of the level that is being found. */
  add(records: Uint32Array): void {
    if (this.#isClosed) return;
    const length = this.#records.length + records.length;
    this.#isClosed = length > this.#mostWords;
    const grown = new Uint32Array(this.#isClosed ? this.#whole : length);
    grown.set(this.#records.subarray(0, grown.length));
    if (!this.#isClosed) grown.set(records, this.#records.length);
    this.#records = grown;
  }

  /** Says that the level is whole. */
  endLevel(): void {
    this.#whole = this.#records.length;
  }
}
