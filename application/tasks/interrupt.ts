import { type Memory, newMemory } from '../../checker/core/memory.ts';

/**
 * Whether the user asked to stop, or the system did. The flag is shared memory where there is any, so that worker
 * threads see it while they explore.
 */
export class InterruptFlag {
  readonly buffer: Memory;
  readonly #cell: Int32Array;

  constructor(buffer = newMemory(Int32Array.BYTES_PER_ELEMENT)) {
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
