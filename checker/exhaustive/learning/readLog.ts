/** Places in a line of bytes, each once, in the order in which they were first read. */
export class ReadLog {
  readonly places: number[] = [];
  readonly #isHere: Uint8Array;

  /** @param size - Bytes of the line. */
  constructor(size: number) {
    this.#isHere = new Uint8Array(size);
  }

  add(place: number): void {
    if (this.#isHere[place] === 1) return;
    this.#isHere[place] = 1;
    this.places.push(place);
  }

  clear(): void {
    for (const place of this.places) this.#isHere[place] = 0;
    this.places.length = 0;
  }
}
