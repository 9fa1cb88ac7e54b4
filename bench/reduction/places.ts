/** A set of bytes of a state, by place: one bit each. */
export type Places = Uint32Array;

/** An empty set of bytes of states of so many bytes. */
export function noPlaces(bytes: number): Places {
  return new Uint32Array(Math.ceil(bytes / 32));
}

/** Adds bytes to a set. */
export function addPlaces(set: Places, places: readonly number[]): void {
  for (const place of places) {
    set[place >> 5] = (set[place >> 5] as number) | (1 << (place & 31));
  }
}

/** Adds everything that is in another set. */
export function addAll(set: Places, other: Places): void {
  for (let word = 0; word < set.length; word++) {
    set[word] = (set[word] as number) | (other[word] as number);
  }
}

/** Whether two sets have a byte in common. */
export function meet(one: Places, other: Places): boolean {
  for (let word = 0; word < one.length; word++) {
    if (((one[word] as number) & (other[word] as number)) !== 0) return true;
  }
  return false;
}

/** The bytes of a set. */
export function placesIn(set: Places): number[] {
  return [...set].flatMap((word, at) =>
    Array.from({ length: 32 }, (_, bit) => bit)
      .filter(bit => ((word >>> bit) & 1) === 1)
      .map(bit => at * 32 + bit),
  );
}
