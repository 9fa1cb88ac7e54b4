import type { CompiledModel, ModelState } from '../../checker/core/compiledModel.ts';
import { labelOf } from '../../checker/core/compiledModel.ts';
import { RandomSource } from '../../checker/core/randomSource.ts';
import type { JsonValue } from '../../checker/state/json.ts';
import { stateToJson } from '../../checker/state/json.ts';
import { copyState } from '../../checker/state/schema.ts';
import type { Counterpart, Projection, Step } from './counterpart.ts';

/** A place in which the model and Kafka are not the same. */
export interface Place {
  readonly place: string;
  readonly model: JsonValue;
  readonly kafka: JsonValue;
}

/** A run of which the last step leads the model and Kafka apart. */
export interface Difference<State = unknown> {
  /** The last step, as the model takes it; absent where both begin apart. */
  readonly step?: Step<State>;
  /** The instances of the run, by number. */
  readonly run: readonly number[];
  /** The same as traces print them, with what Kafka did of its own accord. */
  readonly labels: readonly string[];
  readonly places: readonly Place[];
  /** What else Kafka says of where it is. */
  readonly note: string;
}

/** What came of a run. */
export interface Played<State = unknown> {
  /** Steps of both sides, after which they were compared. */
  readonly steps: number;
  /** Steps of the model, with those in which Kafka has no part. */
  readonly taken: number;
  readonly difference?: Difference<State>;
}

/** Counts over runs. */
export interface Counts {
  /** By action: the steps that were compared. */
  readonly taken: Record<string, number>;
  /** By reason: the steps that Kafka need not take, and did not. */
  readonly declined: Record<string, number>;
  /** By action: the steps of the model that Kafka took in the breath of another. */
  readonly folded: Record<string, number>;
}

export function noCounts(): Counts {
  return { taken: {}, declined: {}, folded: {} };
}

/** The instance to take next in a state, or undefined at the end of a run. */
type Choose<State> = (state: ModelState, json: State) => number | undefined;

/** A model and its counterpart, step by step. */
export class Lockstep<State> {
  readonly model: CompiledModel;
  readonly #counterpart: Counterpart<State>;
  readonly #counts: Counts;
  readonly #state: ModelState;
  readonly #before: ModelState;
  /** The one that was taken last. */
  #step: Step<State> | undefined;

  constructor(model: CompiledModel, counterpart: Counterpart<State>, counts: Counts = noCounts()) {
    this.model = model;
    this.#counterpart = counterpart;
    this.#counts = counts;
    this.#state = model.createState();
    this.#before = model.createState();
  }

  /** A random run of at most so many steps; the same seed draws the same run. */
  random(seed: number, length: number): Promise<Played<State>> {
    const random = new RandomSource(seed);
    let left = length;
    return this.#play((state, json) => (left-- > 0 ? this.#draw(random, state, json) : undefined));
  }

  /** The given run, as far as its instances are enabled; those that are not are passed over. */
  rerun(run: readonly number[]): Promise<Played<State>> {
    let position = 0;
    return this.#play(state => {
      while (position < run.length) {
        const index = run[position++] as number;
        if (this.model.enabled(state, index) === true) return index;
      }
      return undefined;
    });
  }

  #draw(random: RandomSource, state: ModelState, json: State): number | undefined {
    const weights = new Map<number, number>();
    for (const index of this.model.live) {
      if (this.model.enabled(state, index) !== true) continue;
      const instance = this.model.instances[index];
      if (instance === undefined) continue;
      const weight = instance.weight * this.#counterpart.weightOf(instance.taken, json);
      if (weight > 0) weights.set(index, weight);
    }
    let at = random.unit() * [...weights.values()].reduce((sum, weight) => sum + weight, 0);
    for (const [index, weight] of weights) {
      at -= weight;
      if (at < 0) return index;
    }
    return undefined;
  }

  async #play(choose: Choose<State>): Promise<Played<State>> {
    const { model } = this;
    model.initialize(this.#state, 0);
    await this.#counterpart.begin(this.#json());
    const run: number[] = [];
    const labels: string[] = [];
    const start = this.#compare();
    const differing = (places: readonly Place[]): Difference<State> => ({
      ...{ run, labels, places },
      ...(this.#step === undefined ? {} : { step: this.#step }),
      note: this.#counterpart.note(),
    });
    this.#step = undefined;
    if (start.length > 0) return { steps: 0, taken: 0, difference: differing(start) };
    let steps = 0;
    for (;;) {
      const index = choose(this.#state, this.#json());
      const instance = index === undefined ? undefined : model.instances[index];
      if (index === undefined || instance === undefined) return { steps, taken: run.length };
      const places = await this.#take(index, labels);
      if (places === undefined) continue;
      if (places !== 'aside') steps++;
      run.push(index);
      if (places === 'aside') continue;
      if (places.length > 0) return { steps, taken: run.length, difference: differing(places) };
    }
  }

  /** Takes a step on both sides. Returns where they differ, or undefined if Kafka did not take it. */
  async #take(index: number, labels: string[]): Promise<readonly Place[] | 'aside' | undefined> {
    const { model } = this;
    const { taken } = model.instances[index] as CompiledModel['instances'][number];
    copyState(this.#state, this.#before);
    const before = this.#json();
    model.step(this.#state, index);
    const step: Step<State> = { taken, before, after: this.#json() };
    this.#step = step;
    if (!this.#counterpart.hasPartIn(step)) {
      labels.push(labelOf(taken));
      const places = this.#compare();
      return places.length === 0 ? 'aside' : places;
    }
    const declined = await this.#counterpart.take(step);
    if (declined !== undefined) {
      copyState(this.#before, this.#state);
      add(this.#counts.declined, `${taken.name}: ${declined}`);
      // Kafka may have done something, if only because the command took it time.
      const places = this.#compare();
      return places.length > 0 ? places : undefined;
    }
    add(this.#counts.taken, taken.name);
    labels.push(labelOf(taken));
    const places = this.#compare();
    return places.length === 0 ? places : this.#fold(step, labels, places);
  }

  /** Has the model take what Kafka may have taken in the same breath, as long as that explains the difference. */
  #fold(step: Step<State>, labels: string[], places: readonly Place[]): readonly Place[] {
    copyState(this.#state, this.#before);
    const before = labels.length;
    for (const taken of this.#counterpart.folded(step)) {
      const index = this.model.find(taken);
      if (index === undefined || this.model.enabled(this.#state, index) !== true) continue;
      this.model.step(this.#state, index);
      labels.push(`  at once: ${labelOf(taken)}`);
      if (this.#compare().length > 0) continue;
      add(this.#counts.folded, taken.name);
      return [];
    }
    copyState(this.#before, this.#state);
    labels.length = before;
    return places;
  }

  #json(): State {
    // The counterpart is of this model, whose schema has what its State says.
    return stateToJson(this.model.schema, this.#state) as State;
  }

  #compare(): Place[] {
    return placesApart(this.#counterpart.ofModel(this.#json()), this.#counterpart.ofKafka());
  }
}

/** Where two projections differ. */
function placesApart(model: Projection, kafka: Projection): Place[] {
  const places = new Set([...Object.keys(model), ...Object.keys(kafka)]);
  return [...places]
    .map(place => ({ place, model: model[place] ?? null, kafka: kafka[place] ?? null }))
    .filter(({ model: one, kafka: other }) => JSON.stringify(one) !== JSON.stringify(other));
}

function add(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}
