import type { GroupElement } from '../../core/symmetryGroup.ts';
import { WordList } from '../../core/wordList.ts';
import type { TransitionHits } from '../../state/stateMemory.ts';

/** Bytes of a delta and its key in memory besides what is in them, about: measured with Node 20. */
const BYTES_OF_A_DELTA = 160;

/**
 * What steps of an instance change: which bytes get which values, and which transitions of lifecycles are
 * taken. Equal deltas of one instance have one number.
 */
export class Deltas {
  /** A byte and its new value in one word: the value in the low eight bits. */
  readonly writes = new WordList();
  /** Where the writes of each delta begin; one more than there are deltas. */
  readonly starts = new WordList();
  readonly #numbers = new Map<string, number>();
  readonly #instances: number[] = [];
  readonly #transitions: (readonly number[])[] = [];
  /** How often each delta happened. */
  #times = new Float64Array(1024);
  #keyBytes = 0;

  readonly #cardinalities: Uint16Array;

  /** @param cardinalities - For each byte of a state, one more than its largest value. */
  constructor(cardinalities: Uint16Array) {
    this.#cardinalities = cardinalities;
    this.starts.push(0);
  }

  /** How many deltas there are. */
  get count(): number {
    return this.#transitions.length;
  }

  /** About how much memory they take. */
  get bytes(): number {
    const { writes, starts } = this;
    return writes.bytes + starts.bytes + this.#times.byteLength + this.#keyBytes;
  }

  /** Whether a delta is what a renaming makes of another: the same values, elsewhere. */
  isRenamed(delta: number, image: number, { states, instances }: GroupElement): boolean {
    const renamed: number[] = [];
    for (let index = this.starts.get(delta); index < this.starts.get(delta + 1); index++) {
      const write = this.writes.get(index);
      const [at, value] = states.renameByte(write >>> 8, write & 255);
      renamed.push((at << 8) | value);
    }
    const instance = instances[this.#instances[delta] as number] as number;
    const key = keyOf(instance, sorted(renamed), this.#transitions[delta] as readonly number[]);
    return this.#numbers.get(key) === image;
  }

  /** The number of the delta of a step of an instance, which led to these bytes. */
  numberOf(
    instance: number,
    bytes: Uint8Array,
    { written, hits }: { readonly written: readonly number[]; readonly hits: TransitionHits },
  ): number {
    // Bytes between fields are cleared with what is around them, and say nothing.
    const meaningful = written.filter(at => (this.#cardinalities[at] as number) > 1);
    const writes = sorted(meaningful.map(at => (at << 8) | (bytes[at] as number)));
    return this.#number(instance, writes, transitionsTaken(hits));
  }

  countOne(delta: number): void {
    this.#times[delta] = (this.#times[delta] as number) + 1;
  }

  /** Adds how often each transition happened, counted through all tables, and begins anew. */
  addTransitions(into: Float64Array): void {
    this.#transitions.forEach((transitions, delta) => {
      const times = this.#times[delta] as number;
      this.#times[delta] = 0;
      for (const entry of transitions) into[entry] = (into[entry] as number) + times;
    });
  }

  #number(instance: number, writes: readonly number[], transitions: readonly number[]): number {
    const key = keyOf(instance, writes, transitions);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#transitions.length;
    this.#numbers.set(key, number);
    for (const write of writes) this.writes.push(write);
    this.starts.push(this.writes.length);
    this.#instances.push(instance);
    this.#transitions.push(transitions);
    this.#keyBytes += BYTES_OF_A_DELTA + key.length + 8 * transitions.length;
    if (number === this.#times.length) {
      const grown = new Float64Array(number * 2);
      grown.set(this.#times);
      this.#times = grown;
    }
    return number;
  }
}

function sorted(writes: number[]): number[] {
  return writes.sort((a, b) => a - b);
}

function keyOf(
  instance: number,
  writes: readonly number[],
  transitions: readonly number[],
): string {
  return `${instance}|${writes.join()}|${transitions.join()}`;
}

/** The transitions that were taken, an entry as often as it was, counted through all tables. */
function transitionsTaken(hits: TransitionHits): number[] {
  const entries: number[] = [];
  let base = 0;
  for (const counts of hits.values()) {
    for (let entry = 0; entry < counts.length; entry++) {
      for (let time = counts[entry] as number; time > 0; time--) entries.push(base + entry);
    }
    base += counts.length;
  }
  return entries;
}
