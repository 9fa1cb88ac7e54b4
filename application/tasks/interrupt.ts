/** Memory of a flag: shared, or of one thread where nothing can be shared, as in a page from a file. */
export type FlagMemory = SharedArrayBuffer | ArrayBuffer;

/**
 * Whether the user asked to stop, or the system did. The flag is shared memory where there is any, so that worker
 * threads see it while they explore.
 */
export class InterruptFlag {
  readonly buffer: FlagMemory;
  readonly #cell: Int32Array;

  constructor(buffer = newMemory()) {
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

function newMemory(): FlagMemory {
  const bytes = Int32Array.BYTES_PER_ELEMENT;
  return typeof SharedArrayBuffer === 'undefined'
    ? new ArrayBuffer(bytes)
    : new SharedArrayBuffer(bytes);
}
