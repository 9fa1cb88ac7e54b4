/** A set of bytes of a state, one bit each. */
export type ByteSet = Uint32Array;

/** An empty set of bytes of states of so many bytes. */
export function emptyByteSet(bytes: number): ByteSet {
  return new Uint32Array(Math.ceil(bytes / 32));
}

/** Adds bytes to a set. */
export function addBytes(set: ByteSet, bytes: readonly number[]): void {
  for (const byte of bytes) {
    set[byte >> 5] = (set[byte >> 5] as number) | (1 << (byte & 31));
  }
}

/** Adds everything that is in another set. */
export function addAll(set: ByteSet, other: ByteSet): void {
  for (let word = 0; word < set.length; word++) {
    set[word] = (set[word] as number) | (other[word] as number);
  }
}

/** Whether two sets have a byte in common. */
export function meet(one: ByteSet, other: ByteSet): boolean {
  for (let word = 0; word < one.length; word++) {
    if (((one[word] as number) & (other[word] as number)) !== 0) return true;
  }
  return false;
}

/** The bytes of a set. */
export function bytesIn(set: ByteSet): number[] {
  return [...set].flatMap((word, at) =>
    Array.from({ length: 32 }, (_, bit) => bit)
      .filter(bit => ((word >>> bit) & 1) === 1)
      .map(bit => at * 32 + bit),
  );
}
