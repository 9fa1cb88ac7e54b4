import { exitCodes } from '../../cli/exitCodes.ts';

/** Two signals closer than this come from one key press: the wrapper of a process passes it on. */
const SAME_KEY_PRESS_MS = 300;

const signals = ['SIGINT', 'SIGTERM'] as const;

/**
 * Whether the user asked to stop (Ctrl-C), or the system did. The flag is shared memory, so that worker threads see it
 * while they explore.
 */
export class InterruptFlag {
  readonly buffer: SharedArrayBuffer;
  readonly #cell: Int32Array;
  #firstSignal: number | undefined;

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

  /**
   * Sets the flag on SIGINT or SIGTERM; a second one ends the process at once.
   *
   * @returns what takes the handler away again.
   */
  install(): () => void {
    const onSignal = (): void => {
      const now = performance.now();
      this.#firstSignal ??= now;
      if (now - this.#firstSignal > SAME_KEY_PRESS_MS) process.exit(exitCodes.interrupted);
      this.set();
    };
    for (const signal of signals) process.on(signal, onSignal);
    return () => {
      for (const signal of signals) process.off(signal, onSignal);
    };
  }
}
