/** Offsets in a line of bytes, each once, in the order in which they were first read. */
export class ReadLog {
  readonly offsets: number[] = [];
  /** Of each byte what is noted in its place, if something; if absent, the byte itself. */
  sources: Int32Array | undefined;
  readonly #isHere: Uint8Array;

  /** @param size - Bytes of the line. */
  constructor(size: number) {
    this.#isHere = new Uint8Array(size);
  }

  add(read: number): void {
    const { sources } = this;
    const offset = sources === undefined ? read : (sources[read] as number);
    if (offset < 0 || this.#isHere[offset] === 1) return;
    this.#isHere[offset] = 1;
    this.offsets.push(offset);
  }

  clear(): void {
    for (const offset of this.offsets) this.#isHere[offset] = 0;
    this.offsets.length = 0;
  }
}
