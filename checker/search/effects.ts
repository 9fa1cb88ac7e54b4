import { WordList } from '../explore/growable.ts';
import type { TransitionHits } from '../state/stateMemory.ts';

/**
 * What steps change: which bytes get which values, and which transitions of lifecycles are taken. Equal
 * effects have one number.
 */
export class Effects {
  /** A byte and its new value in one word: the value in the low eight bits. */
  readonly writes = new WordList();
  /** Where the writes of each effect begin; one more than there are effects. */
  readonly starts = new WordList();
  readonly #numbers = new Map<string, number>();
  readonly #transitions: (readonly number[])[] = [];
  /** How often each effect happened. */
  #times = new Float64Array(1024);

  constructor() {
    this.starts.push(0);
  }

  /** How many effects there are. */
  get count(): number {
    return this.#transitions.length;
  }

  /** The number of the effect that a step had. */
  numberOf(bytes: Uint8Array, written: readonly number[], hits: TransitionHits): number {
    const writes = written.map(at => (at << 8) | (bytes[at] as number)).sort((a, b) => a - b);
    return this.#number(writes, taken(hits));
  }

  happened(effect: number): void {
    this.#times[effect] = (this.#times[effect] as number) + 1;
  }

  /** Adds how often each transition happened, counted through all tables, and begins anew. */
  addTransitions(into: Float64Array): void {
    this.#transitions.forEach((transitions, effect) => {
      const times = this.#times[effect] as number;
      this.#times[effect] = 0;
      for (const entry of transitions) into[entry] = (into[entry] as number) + times;
    });
  }

  #number(writes: readonly number[], transitions: readonly number[]): number {
    const key = `${writes.join()}|${transitions.join()}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#transitions.length;
    this.#numbers.set(key, number);
    for (const write of writes) this.writes.push(write);
    this.starts.push(this.writes.length);
    this.#transitions.push(transitions);
    if (number === this.#times.length) {
      const grown = new Float64Array(number * 2);
      grown.set(this.#times);
      this.#times = grown;
    }
    return number;
  }
}

/** The transitions that were taken, an entry as often as it was, counted through all tables. */
function taken(hits: TransitionHits): number[] {
  const entries: number[] = [];
  let base = 0;
  for (const counts of hits.values()) {
    counts.forEach((times, entry) => {
      for (let time = 0; time < times; time++) entries.push(base + entry);
    });
    base += counts.length;
  }
  return entries;
}
