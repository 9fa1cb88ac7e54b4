/**
 * Whether the user asked to stop, or the system did. The flag is shared memory, so that worker threads
 * see it while they explore.
 */
export class InterruptFlag {
  readonly buffer: SharedArrayBuffer;
  readonly #cell: Int32Array;

  constructor(buffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.buffer = buffer;
    this.#cell = new Int32Array(buffer);
  }

  get isSet(): boolean {
    return Atomics.load(this.#cell, 0) !== 0;
  }

  set(): void {
    Atomics.store(this.#cell, 0, 1);
  }
}
