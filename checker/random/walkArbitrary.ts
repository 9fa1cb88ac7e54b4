import fc from 'fast-check';
import { type CompiledModel, labelOf } from '../core/compiledModel.ts';
import { crashMessage, ModelError } from '../core/errors.ts';
import { RandomSource } from '../core/randomSource.ts';
import { Walk } from '../core/walk.ts';
import { shorterRuns } from '../runs/shorterRuns.ts';
import { ObservedRun } from './observedRun.ts';
import { Scheduler } from './scheduler.ts';

/** Sees a run while it is drawn. What it returns says whether the run goes on. */
export interface RunObserver {
  started(run: ObservedRun, initialState: number): boolean;
  stepped(run: ObservedRun, index: number): boolean;
}

/** Which part of the runs is made here: part `index`, counted from 0, of `count`. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

export interface DrawOptions {
  /** The longest run, in steps. */
  readonly maxSteps: number;
  /** Go on from where others came to something new. */
  readonly guided?: boolean;
  readonly shard?: Shard;
  readonly observer?: RunObserver;
}

/** Runs that learn from each other. What a run is depends on those before it in its batch, no others. */
const BATCH = 256;
/** How often a guided run goes on from where another came to something new. */
const RESUMED = 0.4;
/** The runs of a batch before one is guided. */
const UNGUIDED = 64;
/** The beginnings that are kept; a new one then replaces any of them. */
const MOST_BEGINNINGS = 64;

const noObserver: RunObserver = { started: () => true, stepped: () => true };

/**
 * A fast-check arbitrary of random runs. It draws only among the actions that are enabled, so that
 * no draw is wasted, and shrinks by leaving steps out, renaming nodes and replacing steps: what
 * remains is run again, and a step that is not enabled any more is left out as well
 * (docs/decisions/0003-custom-arbitrary.md).
 */
export class WalkArbitrary extends fc.Arbitrary<Walk> {
  /** The run that is being drawn. */
  readonly run: ObservedRun;
  readonly #model: CompiledModel;
  readonly #options: DrawOptions;
  readonly #observer: RunObserver;
  readonly #scheduler: Scheduler;
  readonly #placeOf: ReadonlyMap<number, number>;
  #drawn = 0;
  #actions: number[] = [];
  /** Of this batch: the abstract states that were seen, and how runs came to those that were new. */
  readonly #seen = new Set<number>();
  #beginnings: Walk[] = [];
  #newAfter = -1;

  constructor(model: CompiledModel, options: DrawOptions) {
    super();
    this.#model = model;
    this.#options = options;
    this.#observer = options.observer ?? noObserver;
    this.run = new ObservedRun(model);
    this.#scheduler = new Scheduler(model, this.run);
    this.#placeOf = new Map(Array.from(model.live, (index, place) => [index, place]));
  }

  /** The instances taken so far in the run that is being drawn, by number. */
  get actions(): readonly number[] {
    return this.#actions;
  }

  override generate(random: fc.Random, _biasFactor: number | undefined): fc.Value<Walk> {
    const batch = Math.floor(this.#drawn / BATCH);
    if (this.#drawn % BATCH === 0) {
      this.#seen.clear();
      this.#beginnings = [];
    }
    this.#drawn++;
    const { shard } = this.#options;
    const isOurs = shard === undefined || batch % shard.count === shard.index;
    const seed = random.nextInt(-0x8000_0000, 0x7fff_ffff);
    return new fc.Value(isOurs ? this.#draw(new RandomSource(seed)) : NOT_OURS, undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is Walk {
    return value instanceof Walk;
  }

  override shrink(walk: Walk, _context: unknown): fc.Stream<fc.Value<Walk>> {
    return fc.stream(this.#shorter(walk));
  }

  #draw(random: RandomSource): Walk {
    const { model } = this.#model;
    const beginning = this.#beginningFor(random);
    const initialState = beginning?.initialState ?? random.below(model.initialStates.length);
    const length = lengthOf(random, this.#options.maxSteps) + (beginning?.actions.length ?? 0);
    this.#actions = [];
    this.#newAfter = -1;
    const failed = this.#play(random, initialState, beginning?.actions ?? [], length);
    const walk = new Walk(initialState, this.#actions);
    if (failed) walk.failedAfter = walk.actions.length;
    else this.#remember(walk, random);
    return walk;
  }

  /** Makes a run; true if the observer ended it. */
  #play(
    random: RandomSource,
    initialState: number,
    beginning: readonly number[],
    length: number,
  ): boolean {
    this.run.start(initialState);
    this.#scheduler.begin(random);
    if (!this.#observer.started(this.run, initialState)) return true;
    this.#lookForNew();
    const { live } = this.#model;
    while (this.#actions.length < length) {
      const told = beginning[this.#actions.length];
      const place = told === undefined ? this.#next(random) : this.#placeOf.get(told);
      if (place === undefined) return false;
      const index = live[place] as number;
      this.#actions.push(index);
      this.#take(place, index, random);
      if (!this.#observer.stepped(this.run, index)) return true;
      this.#lookForNew();
    }
    return false;
  }

  #next(random: RandomSource): number | undefined {
    try {
      return this.#scheduler.next(random);
    } catch (cause) {
      const asked = this.#model.live[this.#scheduler.lastEvaluated] as number;
      throw this.#crash([...this.#actions, asked], cause);
    }
  }

  #take(place: number, index: number, random: RandomSource): void {
    try {
      this.#scheduler.take(place, index, random);
    } catch (cause) {
      throw this.#crash(this.#actions, cause);
    }
  }

  #beginningFor(random: RandomSource): Walk | undefined {
    // What is near is found by the first runs of a batch, which begin at the beginning.
    if ((this.#drawn - 1) % BATCH < UNGUIDED || this.#beginnings.length === 0) return undefined;
    if (!random.chance(RESUMED)) return undefined;
    return this.#beginnings[random.below(this.#beginnings.length)];
  }

  #lookForNew(): void {
    if (this.#options.guided !== true) return;
    const { abstract } = this.run;
    if (this.#seen.has(abstract)) return;
    this.#seen.add(abstract);
    this.#newAfter = this.#actions.length;
  }

  #remember(walk: Walk, random: RandomSource): void {
    if (this.#newAfter <= 0) return;
    const beginning = new Walk(walk.initialState, walk.actions.slice(0, this.#newAfter));
    if (this.#beginnings.length < MOST_BEGINNINGS) this.#beginnings.push(beginning);
    else this.#beginnings[random.below(MOST_BEGINNINGS)] = beginning;
  }

  /** The error of model code that threw in the last of these actions. */
  #crash(actions: readonly number[], cause: unknown): ModelError {
    const steps = this.#model.stepsOf(actions);
    const last = steps.at(-1);
    const where = last === undefined ? 'an action' : `action ${labelOf(last)}`;
    return new ModelError(crashMessage(where, cause), steps, cause);
  }

  *#shorter(walk: Walk): IterableIterator<fc.Value<Walk>> {
    for (const actions of shorterRuns(this.#model, walk)) {
      yield new fc.Value(new Walk(walk.initialState, actions), undefined);
    }
  }
}

/** Stands for a run that another shard makes. */
export const NOT_OURS: Walk = new Walk(0, []);

/** Many runs are short: many bugs are near, and short runs shrink well. */
function lengthOf(random: RandomSource, maxSteps: number): number {
  return Math.max(1, Math.ceil(maxSteps * random.unit() ** 2));
}
