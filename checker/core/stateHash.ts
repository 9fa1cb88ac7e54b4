import { byteCardinalities } from '../state/cardinalities.ts';
import type { AnySchema } from '../state/schema.ts';

/** A state by its hash. */
export interface StateKey {
  readonly low: number;
  readonly high: number;
}

/**
 * A 64-bit hash of a state that can be kept up to date: the exclusive or of one random key for each
 * byte and value (Zobrist 1970). Two different states have the same hash with probability 2^-64. A byte
 * that is zero adds nothing.
 */
export class StateHash {
  /** Where the keys of each byte begin. */
  readonly base: Uint32Array;
  readonly lowKeys: Int32Array;
  readonly highKeys: Int32Array;
  low = 0;
  high = 0;

  constructor(schema: AnySchema) {
    const cardinalities = byteCardinalities(schema);
    this.base = new Uint32Array(cardinalities.length);
    let count = 0;
    cardinalities.forEach((values, at) => {
      this.base[at] = count;
      count += values;
    });
    this.lowKeys = new Int32Array(count);
    this.highKeys = new Int32Array(count);
    cardinalities.forEach((values, at) => {
      for (let value = 1; value < values; value++) {
        const key = (this.base[at] as number) + value;
        // By byte and value, not by position in this table: equal for every scope of a model's schema.
        this.lowKeys[key] = keyOf(at * 256 + value, 0x9e3779b9);
        this.highKeys[key] = keyOf(at * 256 + value, 0x7f4a7c15);
      }
    });
  }

  /** Makes `low` and `high` the hash of these bytes. */
  of(bytes: Uint8Array): this {
    const { base, lowKeys, highKeys } = this;
    let low = 0;
    let high = 0;
    for (let at = 0; at < base.length; at++) {
      const value = bytes[at] as number;
      if (value === 0) continue;
      const key = (base[at] as number) + value;
      low ^= lowKeys[key] as number;
      high ^= highKeys[key] as number;
    }
    this.low = low;
    this.high = high;
    return this;
  }
}

/** Two rounds of the finaliser of MurmurHash3. */
function keyOf(number: number, salt: number): number {
  return finalized(finalized(Math.imul(number + 1, 0x9e3779b1) ^ salt) + salt);
}

function finalized(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
