import type { StateKey } from '../stateTable.ts';
import type { Conduct } from './conduct.ts';
import { EvenSample } from './evenSample.ts';
import { FirstLevels, type KeptLevels } from './firstLevels.ts';
import type { PlainModel } from './plainModel.ts';

/** States of the first levels, and states drawn from all: at most so many, and fewer ... */
const FIRST_STATES = 2000;
const SAMPLED_STATES = 1 << 16;
/** ... where much is asked in each: about a microsecond for a question, so that both take a second or two. */
const FIRST_QUESTIONS = 1 << 19;
const SAMPLED_QUESTIONS = 1 << 20;
/** What a state takes beside, in questions. */
const QUESTIONS_OF_A_STATE = 12;

/** What a model did in some states of a search, as plain data. */
export interface KeptEvidence {
  readonly initial: readonly StateKey[];
  readonly first: KeptLevels;
  /** Records of the states that were drawn from all. */
  readonly sample: Uint32Array<ArrayBuffer>;
  /** What the model did in the states of `first`, and then in those of `sample`. */
  readonly conducts: readonly Conduct[];
  /** What conducts refer to. */
  readonly answers: readonly (readonly number[])[];
}

/**
 * Keeps what the model does in some states of a search: those of the first levels, and some drawn
 * evenly from all. Where it does the same later, it is most likely the same model.
 */
export class Evidence {
  readonly #plain: PlainModel;
  readonly #first: FirstLevels;
  readonly #sample: EvenSample;
  readonly #conducts = new Map<string, Conduct>();
  /** In all conducts. */
  #numbers = 0;

  /** @param kept - Evidence that was kept and is still true, with the answers of this plain model. */
  constructor(plain: PlainModel, kept?: KeptEvidence) {
    const { questions, recordLength } = plain;
    this.#plain = plain;
    const statesFor = (most: number, asked: number): number =>
      Math.min(most, Math.ceil(asked / (QUESTIONS_OF_A_STATE + questions)));
    const first = statesFor(FIRST_STATES, FIRST_QUESTIONS);
    this.#first = new FirstLevels(first * recordLength, kept?.first);
    this.#sample = new EvenSample(statesFor(SAMPLED_STATES, SAMPLED_QUESTIONS), recordLength);
    if (kept === undefined) return;
    this.#sample.add(kept.sample);
    [...placesIn(kept, recordLength)].forEach(({ records, at }, index) => {
      this.#conducts.set(keyAt(records, at), kept.conducts[index] as Conduct);
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
  keep(): KeptEvidence {
    const states = { first: this.#first.kept, sample: this.#sample.records };
    const known = new Map(this.#conducts);
    this.#conducts.clear();
    const conducts = [...placesIn(states, this.#plain.recordLength)].map(({ records, at }) => {
      const key = keyAt(records, at);
      const conduct =
        this.#conducts.get(key) ?? known.get(key) ?? this.#plain.conductAt(records, at);
      this.#conducts.set(key, conduct);
      return conduct;
    });
    this.#numbers = conducts.reduce((sum, { length }) => sum + length, 0);
    return {
      initial: this.#plain.initialKeys(),
      ...states,
      conducts,
      answers: [...this.#plain.answers],
    };
  }
}

/** A record among others. */
export interface RecordPlace {
  readonly records: Uint32Array;
  readonly at: number;
}

/** The records that there is evidence of, in the order of `conducts`. */
export function* placesIn(
  { first, sample }: Pick<KeptEvidence, 'first' | 'sample'>,
  recordLength: number,
): Generator<RecordPlace> {
  for (const records of [first.records, sample]) {
    for (let at = 0; at < records.length; at += recordLength) yield { records, at };
  }
}

function keyAt(records: Uint32Array, at: number): string {
  return `${records[at]},${records[at + 1]}`;
}
