/** Offsets in a line of bytes, each once, in the order in which they were first read. */
export class ReadLog {
  readonly offsets: number[] = [];
  readonly #isHere: Uint8Array;

  /** @param size - Bytes of the line. */
  constructor(size: number) {
    this.#isHere = new Uint8Array(size);
  }

  add(offset: number): void {
    if (this.#isHere[offset] === 1) return;
    this.#isHere[offset] = 1;
    this.offsets.push(offset);
  }

  clear(): void {
    for (const offset of this.offsets) this.#isHere[offset] = 0;
    this.offsets.length = 0;
  }
}
