import { ViewError } from './errors.ts';

/** Not touched; read first; written, whether or not it was read before. */
const [UNTOUCHED, READ, WRITTEN] = [0, 1, 2];
const KEPT =
  'a part of it was kept from an earlier call, and is read in a later one: read it from the state that is ' +
  'given, or keep plain(...) of it within the call';

/**
 * Which bytes of a state code read, in the order of the first reads, and which it wrote. A byte that
 * was written first is not read any more: what is in it then follows from what was read before. So
 * what the code did, and every value that it wrote, follow from the bytes read alone.
 */
export class ByteTrace {
  /** Places, in the order in which they were first read. */
  readonly read: number[];
  /** Bytes that were written. */
  readonly written: number[] = [];
  readonly #touched: Uint8Array;
  readonly #from: number;
  /** Whether code is being called that may look at the state. */
  #isOpen = true;

  /**
   * @param size - Bytes of the state.
   * @param log - Where reads are noted, and the place of the first byte there: several states may
   * share one log.
   */
  constructor(size: number, log: { readonly read: number[]; readonly from: number }) {
    this.#touched = new Uint8Array(size);
    this.read = log.read;
    this.#from = log.from;
  }

  /**
   * Says that `size` bytes from `at` are read.
   *
   * @throws ViewError when nobody may look at the state: whoever does kept a view of it.
   */
  reads(at: number, size: number): void {
    if (!this.#isOpen) throw new ViewError('state', KEPT);
    for (let byte = at; byte < at + size; byte++) {
      if (this.#touched[byte] !== UNTOUCHED) continue;
      this.#touched[byte] = READ;
      this.read.push(this.#from + byte);
    }
  }

  /** Says that `size` bytes from `at` are written. */
  writes(at: number, size: number): void {
    for (let byte = at; byte < at + size; byte++) {
      if (this.#touched[byte] === WRITTEN) continue;
      this.#touched[byte] = WRITTEN;
      this.written.push(byte);
    }
  }

  /** Begins anew; the log is emptied by whoever owns it. */
  clear(): void {
    this.#touched.fill(UNTOUCHED);
    this.written.length = 0;
    this.open();
  }

  /** From now on code is called that may look at the state. */
  open(): void {
    this.#isOpen = true;
  }

  /** From now on nobody may look at it. */
  close(): void {
    this.#isOpen = false;
  }
}
