import { leavesOf } from './layout.ts';
import type { AnySchema } from './schema.ts';

/** For each byte of a state: one more than the largest value that can be stored in it. */
export function byteCardinalities(schema: AnySchema): Uint16Array {
  const cardinalities = new Uint16Array(schema.wordLength * 4).fill(1);
  for (const { offset, width, max } of leavesOf(schema.whole)) {
    cardinalities[offset] = Math.min(max, 255) + 1;
    if (width === 2) cardinalities[offset + 1] = (max >> 8) + 1;
  }
  return cardinalities;
}
