import type { StateKey } from '../../core/stateHash.ts';
import { EvenSample } from './evenSample.ts';
import type { ExpandedState } from './expandedState.ts';
import { FirstLevels, type SavedLevels } from './firstLevels.ts';
import type { PlainModel } from './plainModel.ts';

/** States of the first levels, and states drawn from all: at most so many, and fewer ... */
const FIRST_STATES = 2000;
const SAMPLED_STATES = 1 << 16;
/** ... where much is evaluated in each: about a microsecond each, so that both take a second or two. */
const FIRST_EVALUATIONS = 1 << 19;
const SAMPLED_EVALUATIONS = 1 << 20;
/** What a state takes beside, in evaluations. */
const EVALUATIONS_OF_A_STATE = 12;

/** What a model did in some states of a search, as plain data. */
export interface SavedSample {
  readonly initial: readonly StateKey[];
  readonly first: SavedLevels;
  /** Records of the states that were drawn from all. */
  readonly sample: Uint32Array<ArrayBuffer>;
  /** What the model did in the states of `first`, and then in those of `sample`. */
  readonly expanded: readonly ExpandedState[];
  /** What expanded states refer to. */
  readonly outcomes: readonly (readonly number[])[];
}

/**
 * Samples what the model does in some states of a search: those of the first levels, and some drawn
 * evenly from all. Where it does the same later, it is most likely the same model.
 */
export class SpotSample {
  readonly #plain: PlainModel;
  readonly #first: FirstLevels;
  readonly #sample: EvenSample;
  readonly #expanded = new Map<string, ExpandedState>();
  /** In all expanded states. */
  #numbers = 0;

  /** @param saved - A saved sample that is still true, with the outcomes of this plain model. */
  constructor(plain: PlainModel, saved?: SavedSample) {
    const { evaluations: questions, recordLength } = plain;
    this.#plain = plain;
    const statesFor = (most: number, evaluations: number): number =>
      Math.min(most, Math.ceil(evaluations / (EVALUATIONS_OF_A_STATE + questions)));
    const first = statesFor(FIRST_STATES, FIRST_EVALUATIONS);
    this.#first = new FirstLevels(first * recordLength, saved?.first);
    this.#sample = new EvenSample(statesFor(SAMPLED_STATES, SAMPLED_EVALUATIONS), recordLength);
    if (saved === undefined) return;
    this.#sample.add(saved.sample);
    [...recordsIn(saved, recordLength)].forEach(({ records, at }, index) => {
      this.#expanded.set(keyAt(records, at), saved.expanded[index] as ExpandedState);
    });
  }

  /** About so many: a number takes eight. */
  get bytes(): number {
    return this.#sample.bytes + 8 * this.#numbers;
  }

  /** Adds new states of the level that is being found. */
  add(records: Uint32Array): void {
    this.#first.add(records);
    this.#sample.add(records);
  }

  /** Says that the level is whole. */
  endLevel(): void {
    this.#first.endLevel();
  }

  /** What there is, with what the model does there. */
  save(): SavedSample {
    const states = { first: this.#first.saved, sample: this.#sample.records };
    const known = new Map(this.#expanded);
    this.#expanded.clear();
    const expanded = [...recordsIn(states, this.#plain.recordLength)].map(({ records, at }) => {
      const key = keyAt(records, at);
      const state = this.#expanded.get(key) ?? known.get(key) ?? this.#plain.expand(records, at);
      this.#expanded.set(key, state);
      return state;
    });
    this.#numbers = expanded.reduce((sum, { length }) => sum + length, 0);
    return {
      initial: this.#plain.initialKeys(),
      ...states,
      expanded,
      outcomes: [...this.#plain.outcomes],
    };
  }
}

/** A record among others. */
export interface SampledRecord {
  readonly records: Uint32Array;
  readonly at: number;
}

/** The records of a sample, in the order of `expanded`. */
export function* recordsIn(
  { first, sample }: Pick<SavedSample, 'first' | 'sample'>,
  recordLength: number,
): Generator<SampledRecord> {
  for (const records of [first.records, sample]) {
    for (let at = 0; at < records.length; at += recordLength) yield { records, at };
  }
}

function keyAt(records: Uint32Array, at: number): string {
  return `${records[at]},${records[at + 1]}`;
}
