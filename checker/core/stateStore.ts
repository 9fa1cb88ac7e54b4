import { type Fingerprint, fingerprintOf } from '../state/fingerprint.ts';
import { type Packing, packingOf } from '../state/packing.ts';
import type { AnySchema } from '../state/schema.ts';
import { WordList } from './wordList.ts';

/** Slots in use, of 256, beyond which the table grows. */
const MAX_LOAD = 160;
const FIRST_SLOTS = 4096;

/**
 * States, packed, each with a number in the order of arrival. States are told apart by all of their
 * bits, so that no two are ever taken for one.
 */
export class StateStore {
  readonly #packing: Packing;
  readonly #packed: Uint32Array;
  readonly #states = new WordList();
  /** For each slot the number of a state plus one, 0 if it is empty, and a word of its fingerprint. */
  #slots = new Uint32Array(2 * FIRST_SLOTS);
  #mask = FIRST_SLOTS - 1;
  #size = 0;
  readonly #fingerprint: Fingerprint = { low: 0, high: 0 };

  constructor(schema: AnySchema) {
    this.#packing = packingOf(schema);
    this.#packed = new Uint32Array(this.#packing.wordLength);
  }

  get size(): number {
    return this.#size;
  }
  get bytes(): number {
    return this.#states.bytes + this.#slots.byteLength;
  }

  /** Words of so many states. */
  wordsOf(states: number): number {
    return states * this.#packed.length;
  }

  /** The number of the state with these bytes, which is {@link size} before the call if it is new. */
  add(bytes: Uint8Array): number {
    this.#packing.pack(bytes, this.#packed, 0);
    fingerprintOf(this.#packed, this.#fingerprint);
    const { low, high } = this.#fingerprint;
    let slot = low & this.#mask;
    for (;;) {
      const held = this.#slots[2 * slot] as number;
      if (held === 0) break;
      if (this.#slots[2 * slot + 1] === high && this.#isPacked(held - 1)) return held - 1;
      slot = (slot + 1) & this.#mask;
    }
    this.#slots[2 * slot] = ++this.#size;
    this.#slots[2 * slot + 1] = high;
    this.#states.append(this.#packed);
    if (this.#size * 256 > (this.#mask + 1) * MAX_LOAD) this.#grow();
    return this.#size - 1;
  }

  /** Writes the bytes of a state. */
  read(id: number, bytes: Uint8Array): void {
    this.#states.read(id * this.#packed.length, this.#packed);
    this.#packing.unpack(this.#packed, 0, bytes);
  }

  /** Whether the state of this number is the one that was packed last. */
  #isPacked(id: number): boolean {
    const start = id * this.#packed.length;
    for (let index = 0; index < this.#packed.length; index++) {
      if (this.#states.get(start + index) !== this.#packed[index]) return false;
    }
    return true;
  }

  #grow(): void {
    this.#mask = 2 * this.#mask + 1;
    this.#slots = new Uint32Array(2 * (this.#mask + 1));
    for (let id = 0; id < this.#size; id++) {
      this.#states.read(id * this.#packed.length, this.#packed);
      fingerprintOf(this.#packed, this.#fingerprint);
      let slot = this.#fingerprint.low & this.#mask;
      while (this.#slots[2 * slot] !== 0) slot = (slot + 1) & this.#mask;
      this.#slots[2 * slot] = id + 1;
      this.#slots[2 * slot + 1] = this.#fingerprint.high;
    }
  }
}
