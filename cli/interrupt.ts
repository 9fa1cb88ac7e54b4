import { exitCodes } from './errors.ts';

/** Two signals closer than this come from one key press: the wrapper of a process passes it on. */
const SAME_KEY_PRESS_MS = 300;

/**
 * Whether the user asked to stop (Ctrl-C). The flag is shared memory, so that worker threads see it
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
   * Sets the flag on SIGINT; a second SIGINT ends the process at once.
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
    process.on('SIGINT', onSignal);
    return () => process.off('SIGINT', onSignal);
  }
}
