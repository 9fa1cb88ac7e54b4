/**
 * The 64-bit fingerprint of a state: two 32-bit halves over all of its bytes, each a multiply-xor
 * hash with its own constants and a final avalanche (the finaliser of MurmurHash3). Two different
 * states collide with probability about 2^-64; a run over n states with about n^2 / 2^65.
 */
export interface Fingerprint {
  low: number;
  high: number;
}

/** Writes the fingerprint of `words` into `into`. */
export function fingerprintOf(words: Uint32Array, into: Fingerprint): void {
  // Two chains for each half, over even and odd words, so that the processor can overlap them.
  let low = 0x9e3779b9;
  let high = 0x7f4a7c15;
  let oddLow = 0x165667b1;
  let oddHigh = 0x2545f491;
  const even = words.length & ~1;
  for (let index = 0; index < even; index += 2) {
    const word = words[index] as number;
    const odd = words[index + 1] as number;
    low = Math.imul(low ^ word, 0x85ebca6b);
    low ^= low >>> 15;
    high = Math.imul(high ^ word, 0xc2b2ae35);
    high ^= high >>> 13;
    oddLow = Math.imul(oddLow ^ odd, 0x27d4eb2f);
    oddLow ^= oddLow >>> 15;
    oddHigh = Math.imul(oddHigh ^ odd, 0x9e3779b1);
    oddHigh ^= oddHigh >>> 13;
  }
  if (even < words.length) {
    low = Math.imul(low ^ (words[even] as number), 0x85ebca6b);
    high = Math.imul(high ^ (words[even] as number), 0xc2b2ae35);
  }
  low = avalanche(low) + Math.imul(oddLow, 0x85ebca6b);
  high = avalanche(high) + Math.imul(oddHigh, 0xc2b2ae35);
  into.low = avalanche(low ^ (high >>> 16));
  into.high = avalanche(high + Math.imul(low, 0x27d4eb2f));
}

function avalanche(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** A fingerprint as 16 hexadecimal digits, for trace files. */
export function formatFingerprint({ low, high }: Fingerprint): string {
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}
