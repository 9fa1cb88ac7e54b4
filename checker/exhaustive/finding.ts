/** Where something was found: in a state, or on the step of an instance that leaves it. */
export interface Finding {
  /** The hash of the state. */
  readonly low: number;
  readonly high: number;
  /** The number of the instance; -1 where it is the state itself. */
  readonly instance: number;
}

/** Whether one finding comes before another: by hash, so that the order of the search does not matter. */
export function isEarlier(a: Finding, b: Finding): boolean {
  if (a.low !== b.low) return a.low < b.low;
  if (a.high !== b.high) return a.high < b.high;
  return a.instance < b.instance;
}
