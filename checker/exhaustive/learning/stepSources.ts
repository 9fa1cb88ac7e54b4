import type { Deltas } from './deltas.ts';
import type { StepMemory } from './tracedPair.ts';

/** What is the same in every step of one delta: the bytes that it writes, and which instance it is of. */
const GIVEN = -1;

/**
 * Where the bytes of a step come from, if it is known which delta it is: bytes of the state after that were not
 * written are those of the state before.
 */
export class StepSources {
  readonly #sources: Int32Array;
  readonly #stateLength: number;
  /** The bytes that the delta writes for which this was asked last. */
  readonly #written: number[] = [];

  constructor({ bytes, before }: StepMemory) {
    const { length } = before.bytes;
    this.#stateLength = length;
    this.#sources = Int32Array.from(bytes, (_, at) => {
      if (at < length) return at;
      return at < 2 * length ? at - length : GIVEN;
    });
  }

  /** For each byte of a step of this delta: its place in the state before, or a negative number. */
  afterWrites({ starts, writes }: Deltas, delta: number): Int32Array {
    const [sources, length] = [this.#sources, this.#stateLength];
    for (const at of this.#written) sources[length + at] = at;
    this.#written.length = 0;
    for (let index = starts.get(delta); index < starts.get(delta + 1); index++) {
      const at = writes.get(index) >>> 8;
      sources[length + at] = GIVEN;
      this.#written.push(at);
    }
    return sources;
  }
}
