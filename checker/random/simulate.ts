import fc from 'fast-check';
import type { Asymmetry } from '../core/asymmetry.ts';
import { type ActionInstance, CompiledModel } from '../core/compiledModel.ts';
import { type Control, type StopReason, unlimited } from '../core/control.ts';
import { ModelError, NondeterminismError, nondeterminismMessage } from '../core/errors.ts';
import type { StateKey } from '../core/stateHash.ts';
import { Walk } from '../core/walk.ts';
import {
  expectFlagIfAny,
  expectLimit,
  expectOptions,
  expectWhole,
  type KeysOf,
} from '../declarations.ts';
import { checkProperties } from '../model/checkProperty.ts';
import type { AnyModel } from '../model/model.ts';
import type { AnyProperty, TakenAction } from '../model/property.ts';
import { type Extent, Monitor } from '../results/monitor.ts';
import {
  type ExplorationResult,
  overallVerdict,
  transitionCoverage,
  type Violation,
  type Witness,
} from '../results/result.ts';
import { shrinkWalk } from '../shrink/shrink.ts';
import { FurtherRuns } from './furtherRuns.ts';
import { HashChain } from './hashChain.ts';
import type { ObservedRun } from './observedRun.ts';
import { isRepeated, Rerun } from './rerun.ts';
import { StateSet } from './stateSet.ts';
import { StrictRun } from './strictRun.ts';
import { NOT_OURS, type Shard, WalkArbitrary } from './walkArbitrary.ts';

export interface SimulateOptions {
  /** The seed of every draw: the same seed gives the same runs on any machine. */
  readonly seed: number;
  /** Random runs to make. */
  readonly runs: number;
  /** The longest run, in steps. */
  readonly maxSteps: number;
  /** Make only this part of the runs: the parts together are what is made without this. */
  readonly shard?: Shard;
  /** Let some runs go on from where others came to something new; on by default. */
  readonly guided?: boolean;
  /** Go on after a violation, to find those of the other properties. */
  readonly keepGoing?: boolean;
  /**
   * Look for so many counterexamples of each property, told apart by the actions that they follow from; 1 if
   * absent. With more than one all runs are made.
   */
  readonly counterexamples?: number;
  /** Give up proving that a counterexample is shortest after so many states; 0 does not try. */
  readonly proofStates?: number;
  /** Whether what broke is shortened, and proved to be shortest; if not, it is told as it was drawn. On if absent. */
  readonly shorten?: boolean;
  /** Whether that proof counts states that differ by renaming nodes as one; on if absent. */
  readonly symmetry?: boolean;
  /**
   * Whether some of the runs are played on strict views in the end, which refuse code that looks past its
   * views; on if absent. It makes later runs of the same code in this process slower.
   */
  readonly strictViews?: boolean;
  readonly control?: Control;
}

const optionKeys: KeysOf<SimulateOptions> = {
  seed: true,
  runs: true,
  maxSteps: true,
  shard: true,
  guided: true,
  proofStates: true,
  shorten: true,
  keepGoing: true,
  counterexamples: true,
  symmetry: true,
  strictViews: true,
  control: true,
};

/** Runs between two questions to the {@link Control}. */
const POLL_EVERY = 16;
/** One run in so many is made again, to see that it leads to the same states. */
const RETRACE_EVERY = 61;
/** Runs that are played on strict views in the end. */
const MOST_STRICT = 8;

/**
 * Makes random runs of a model through fast-check and checks every property at every step. The
 * first violation, or with `keepGoing` the first of each property, is shrunk, and then proved to be a
 * shortest one where that can be done. Runs that find nothing are never a proof: the verdict is then
 * `nothing found`, or `vacuous` if they left something untested.
 *
 * @throws ModelError when an action or property throws, with the steps that lead there; DeclarationError
 * when the model, a property or an option is not written as its type says.
 */
export async function simulate(
  model: AnyModel,
  properties: readonly AnyProperty[],
  options: SimulateOptions,
): Promise<ExplorationResult> {
  expectOptions('simulate', options, optionKeys);
  const { seed, runs, maxSteps, proofStates } = options;
  expectWhole('simulate: seed', seed, Number.MIN_SAFE_INTEGER);
  expectWhole('simulate: runs', runs, 0);
  expectWhole('simulate: maxSteps', maxSteps, 0);
  expectLimit('simulate: proofStates', proofStates, 0);
  expectLimit('simulate: counterexamples', options.counterexamples, 1);
  for (const name of ['guided', 'keepGoing', 'shorten', 'symmetry'] as const) {
    expectFlagIfAny(`simulate: ${name}`, options[name]);
  }
  if (options.shard !== undefined) expectShard(options.shard);
  checkProperties(model.name, properties, 'state');
  return new Simulation(model, properties, options).run();
}

/** Parts that are counted from 0: one that there is not would make no run, and find nothing. */
function expectShard(shard: Shard): void {
  expectOptions('simulate: shard', shard, { index: true, count: true });
  expectWhole('simulate: shard.count', shard.count, 1);
  expectWhole('simulate: shard.index', shard.index, 0, shard.count - 1);
}

/** Ends a fast-check run early without being a failure of the property. */
class StopSignal extends Error {}

/** A property that broke, its false clause, and the run until then. */
interface Broken {
  readonly property: AnyProperty;
  readonly clause: string;
  readonly walk: Walk;
  /** The number of the run, counted from 1. */
  readonly run: number;
}

class Simulation {
  readonly #model: CompiledModel;
  readonly #options: SimulateOptions;
  readonly #monitor: Monitor;
  readonly #walks: WalkArbitrary;
  readonly #known = new StateSet();
  readonly #abstract = new StateSet();
  readonly #chain = new HashChain();
  readonly #taken: Float64Array;
  readonly #properties: readonly AnyProperty[];
  readonly #rerun: Rerun;
  readonly #repeated: Walk[] = [];
  /** Of the run that is being drawn: the hash of each state. */
  #hashes: StateKey[] = [];
  /** Of the run that is being drawn: what was not found before it. */
  #open: readonly AnyProperty[] = [];
  readonly #broken: Broken[] = [];
  /** Where several counterexamples are looked for. */
  readonly #further: FurtherRuns | undefined;
  readonly #witnesses: Witness[] = [];
  /** Of each goal that was reached, by name: after how many steps of its run. */
  readonly #reached = new Map<string, number>();
  #initialState = 0;
  #asymmetry: Asymmetry | undefined;
  #runs = 0;
  #steps = 0;
  #longest = 0;

  constructor(model: AnyModel, properties: readonly AnyProperty[], options: SimulateOptions) {
    this.#model = new CompiledModel(model);
    this.#options = options;
    this.#taken = new Float64Array(this.#model.instances.length);
    this.#properties = properties;
    this.#rerun = new Rerun(this.#model, properties);
    this.#monitor = new Monitor(properties, {
      violated: (property, clause) => {
        this.#broken.push(this.#brokenNow(property, clause));
      },
      reached: ({ name: property }) => {
        const [initialState, steps] = [this.#initialState, this.#stepsSoFar()];
        this.#witnesses.push({ property, initialState, steps });
        this.#reached.set(property, steps.length);
      },
    });
    const { maxSteps, shard, guided = true, counterexamples = 1 } = options;
    if (counterexamples > 1) this.#further = new FurtherRuns(this.#model, counterexamples);
    this.#walks = new WalkArbitrary(this.#model, {
      maxSteps,
      guided,
      ...(shard === undefined ? {} : { shard }),
      observer: {
        started: (run, initialState) => this.#started(run, initialState),
        stepped: (run, index) => this.#stepped(run, index),
      },
    });
  }

  async run(): Promise<ExplorationResult> {
    const early = await this.#search();
    if (this.#options.strictViews !== false) this.#playOnStrictViews();
    const violations: Violation[] = [];
    for (const broken of this.#broken) {
      const first = await this.#violationOf(broken);
      const several = this.#further?.withFirst(broken.property, first);
      violations.push(...(several ?? [first]));
    }
    const stopped = early ?? (this.#isDecided ? undefined : 'run limit');
    const extent = this.#extent(stopped);
    const properties = this.#monitor.reports(extent);
    return {
      engine: 'simulate',
      verdict: overallVerdict(properties, extent),
      ...(stopped === undefined ? {} : { stopped }),
      symmetry: false,
      ...(this.#asymmetry === undefined ? {} : { asymmetry: this.#asymmetry }),
      distinctStates: this.#known.size,
      abstractStates: this.#abstract.size,
      generatedStates: this.#steps + this.#runs,
      depth: this.#longest,
      steps: this.#steps,
      runs: this.#runs,
      chain: this.#chain.text,
      violations,
      ...(this.#further === undefined ? {} : { compared: this.#further.compared }),
      properties,
      coverage: {
        actions: this.#model.actionCoverage(this.#taken),
        transitions: transitionCoverage(this.#walks.run.after.transitionHits),
      },
      witnesses: this.#witnesses,
    };
  }

  #extent(stopped: StopReason | undefined): Extent {
    if (stopped !== 'run limit') return 'part';
    return this.#options.shard === undefined ? 'all runs' : 'shard';
  }

  /** Whether there is nothing left to find out. */
  get #isDecided(): boolean {
    if (this.#broken.length === 0 || this.#further !== undefined) return false;
    return this.#options.keepGoing !== true || this.#monitor.allDecided;
  }

  #brokenNow(property: AnyProperty, clause: string): Broken {
    const walk = new Walk(this.#initialState, [...this.#walks.actions]);
    walk.failedAfter = walk.actions.length;
    return { property, clause, walk, run: this.#runs + 1 };
  }

  /** Runs fast-check; returns why it ended early, if it did for another reason than a violation. */
  async #search(): Promise<StopReason | undefined> {
    let stopped: StopReason | undefined;
    let error: unknown;
    const { seed, runs } = this.#options;
    await fc.assert(
      fc.asyncProperty(this.#walks, async walk => {
        if (walk === NOT_OURS) return true;
        this.#runs++;
        this.#longest = Math.max(this.#longest, walk.actions.length);
        try {
          this.#repeatNowAndThen(walk);
          for (const { property, run } of this.#broken) {
            if (run < this.#runs) this.#further?.look(property, walk, this.#runs);
          }
        } catch (nondeterminism) {
          error = nondeterminism;
          throw nondeterminism;
        }
        if (this.#isDecided) return false;
        stopped = await this.#pollNowAndThen();
        if (stopped !== undefined) throw new StopSignal();
        return true;
      }),
      // The engine shrinks by itself: it can also prove what it has found to be shortest.
      { seed, numRuns: runs, endOnFailure: true, reporter: () => undefined },
    );
    if (error !== undefined) throw error;
    return stopped;
  }

  #started(run: ObservedRun, initialState: number): boolean {
    this.#initialState = initialState;
    this.#hashes = [];
    this.#open = this.#properties.filter(property => !this.#isFound(property));
    this.#withSteps(() => {
      this.#see(run);
      this.#monitor.checkFirst(run.after);
    });
    return !this.#isDecided;
  }

  #stepped(run: ObservedRun, index: number): boolean {
    this.#steps++;
    this.#taken[index] = (this.#taken[index] as number) + 1;
    this.#see(run);
    const { taken } = this.#model.instances[index] as ActionInstance;
    this.#withSteps(() => {
      this.#monitor.checkStep(run.before, run.after, taken);
      this.#monitor.checkChanged(run.after, run.changed);
    });
    return !this.#isDecided;
  }

  #see({ low, high, abstract }: ObservedRun): void {
    this.#known.add(low, high);
    this.#abstract.add(abstract, 1);
    this.#chain.add(low, high);
    this.#hashes.push({ low, high });
  }

  /**
   * Some runs are made again; one in which something was found always is, before anything is made of what
   * was found.
   */
  #repeatNowAndThen(walk: Walk): void {
    const drawn = { walk, hashes: this.#hashes, found: this.#foundIn() };
    if (isRepeated(this.#runs) || this.#brokenIn(this.#runs).length > 0) {
      this.#rerun.check(drawn);
      if (this.#repeated.length < MOST_STRICT) this.#repeated.push(walk);
    } else if (this.#runs % RETRACE_EVERY === 1) {
      this.#rerun.retrace(drawn);
    }
  }

  /** Of the runs that were made again the first ones, and those in which something broke. */
  #playOnStrictViews(): void {
    const strict = new StrictRun(this.#model, this.#properties);
    const broken = this.#broken.map(({ walk }) => walk);
    for (const walk of new Set([...this.#repeated, ...broken])) strict.play(walk);
  }

  #brokenIn(number: number): readonly Broken[] {
    return this.#broken.filter(({ run }) => run === number);
  }

  #isFound({ name }: AnyProperty): boolean {
    return this.#reached.has(name) || this.#broken.some(({ property }) => property.name === name);
  }

  /** Of each property that was evaluated in the run that was drawn last: after how many steps it was found. */
  #foundIn(): ReadonlyMap<AnyProperty, number | undefined> {
    return new Map(
      this.#open.map(property => {
        const broken = this.#broken.find(each => each.property === property);
        return [property, broken?.walk.actions.length ?? this.#reached.get(property.name)];
      }),
    );
  }

  async #violationOf({ property, clause, walk, run }: Broken): Promise<Violation> {
    const { name, kind } = property;
    const { control, proofStates, symmetry, shorten } = this.#options;
    if (shorten === false) {
      const { initialState } = walk;
      const asDrawn = { initialState, steps: this.#model.stepsOf(walk.actions), shortest: false };
      return { property: name, kind, clause, ...asDrawn, unproved: 'it was not shortened', run };
    }
    const shrunk = await shrinkWalk(this.#model, property, walk, {
      ...(control === undefined ? {} : { control }),
      ...(proofStates === undefined ? {} : { maxStates: proofStates }),
      ...(symmetry === undefined ? {} : { symmetry }),
    });
    if (shrunk !== undefined) {
      this.#asymmetry ??= shrunk.asymmetry;
      const { initialState, steps, clause: shown, shortest, unproved } = shrunk;
      const doubt = unproved === undefined ? {} : { unproved };
      return { property: name, kind, clause: shown, initialState, steps, shortest, run, ...doubt };
    }
    // It broke when it was drawn and does not any more: the model contradicts itself.
    const steps = this.#model.stepsOf(walk.actions);
    throw new NondeterminismError(`${nondeterminismMessage('the run')} (${clause})`, steps);
  }

  async #pollNowAndThen(): Promise<StopReason | undefined> {
    if (this.#runs % POLL_EVERY !== 0) return undefined;
    const { control = unlimited, runs } = this.#options;
    return control.poll({
      engine: 'simulate',
      distinctStates: this.#known.size,
      generatedStates: this.#steps + this.#runs,
      depth: this.#longest,
      pending: runs - this.#runs,
      bytes: this.#known.bytes,
    });
  }

  /** Attaches the steps to an error of a property. */
  #withSteps(run: () => void): void {
    try {
      run();
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      throw new ModelError(error.message, this.#stepsSoFar(), error.cause);
    }
  }

  #stepsSoFar(): TakenAction[] {
    return this.#model.stepsOf(this.#walks.actions);
  }
}
