/** The time that a whole job may take, from when this is made. */
export class TimeBudget {
  readonly #start: number;
  readonly #end: number;

  /** @param milliseconds endless if undefined. */
  constructor(milliseconds?: number) {
    this.#start = performance.now();
    this.#end = this.#start + (milliseconds ?? Number.POSITIVE_INFINITY);
  }

  /** Milliseconds that are left; 0 when it is used up, infinite if it is endless. */
  get left(): number {
    return Math.max(0, this.#end - performance.now());
  }

  get isUsedUp(): boolean {
    return this.left === 0;
  }

  /** Seconds that have gone by. */
  get seconds(): number {
    return (performance.now() - this.#start) / 1000;
  }
}
