import fc from 'fast-check';
import type { AnyModel } from '../model/model.ts';
import type { AnyProperty, TakenAction } from '../model/property.ts';
import { type Fingerprint, fingerprintOf } from '../state/fingerprint.ts';
import { CompiledModel, fingerprintText, type ModelState } from './compiledModel.ts';
import { type Control, type StopReason, unlimited } from './control.ts';
import { ModelError, NondeterminismError, nondeterminismMessage } from './errors.ts';
import { FingerprintTable } from './fingerprintTable.ts';
import { Monitor } from './monitor.ts';
import {
  type ExplorationResult,
  overallVerdict,
  transitionCoverage,
  type Violation,
} from './result.ts';
import { runWalk, Walk, WalkArbitrary } from './walk.ts';

export interface SimulateOptions {
  /** The seed of every draw: the same seed gives the same runs on any machine. */
  readonly seed: number;
  /** Random runs to make. */
  readonly runs: number;
  /** The longest run, in steps. */
  readonly maxSteps: number;
  readonly control?: Control;
}

/** Runs between two questions to the {@link Control}. */
const POLL_EVERY = 16;

/**
 * Makes random runs of a model through fast-check and checks every property at every step. The
 * first violation is shrunk by leaving steps out. A run that finds nothing is never a proof: the
 * verdict is then `inconclusive`.
 *
 * @throws ModelError when an action or property throws, with the steps that lead there.
 */
export async function simulate(
  model: AnyModel,
  properties: readonly AnyProperty[],
  options: SimulateOptions,
): Promise<ExplorationResult> {
  return new Simulation(model, properties, options).run();
}

/** Ends a fast-check run early without being a failure of the property. */
class StopSignal extends Error {}

/** The property that broke, and its false clause. */
interface Broken {
  readonly property: AnyProperty;
  readonly clause: string;
}

class Simulation {
  readonly #model: CompiledModel;
  readonly #options: SimulateOptions;
  readonly #monitor: Monitor;
  readonly #states: readonly [ModelState, ModelState];
  /** Shrinking runs on states of its own, so that it does not count as coverage. */
  readonly #shrinkStates: readonly [ModelState, ModelState];
  readonly #known = new FingerprintTable();
  readonly #fingerprint: Fingerprint = { low: 0, high: 0 };
  readonly #taken: Float64Array;
  #broken: Broken | undefined;
  #witnesses: { property: string; steps: readonly TakenAction[] }[] = [];
  #walk: Walk = new Walk(0, []);
  #position = 0;
  #stopped: StopReason | undefined;
  #error: unknown;
  #runs = 0;
  #steps = 0;
  #longest = 0;

  constructor(model: AnyModel, properties: readonly AnyProperty[], options: SimulateOptions) {
    this.#model = new CompiledModel(model);
    this.#options = options;
    this.#states = [this.#model.createState(), this.#model.createState()];
    this.#shrinkStates = [this.#model.createState(), this.#model.createState()];
    this.#taken = new Float64Array(this.#model.instances.length);
    this.#monitor = new Monitor(properties, {
      violated: (property, clause) => {
        this.#broken ??= { property, clause };
      },
      reached: ({ name }) => this.#witnesses.push({ property: name, steps: this.#stepsSoFar() }),
    });
  }

  async run(): Promise<ExplorationResult> {
    const failing = await this.#search();
    if (this.#error !== undefined) throw this.#error;
    const broken = this.#broken;
    const violations =
      failing === undefined || broken === undefined ? [] : [this.#violationOf(failing, broken)];
    const stopped = this.#stopped ?? (failing === undefined ? 'run limit' : undefined);
    const properties = this.#monitor.reports(false);
    return {
      engine: 'simulate',
      verdict: overallVerdict(properties, false),
      ...(stopped === undefined ? {} : { stopped }),
      symmetry: false,
      distinctStates: this.#known.size,
      generatedStates: this.#steps + this.#runs,
      depth: this.#longest,
      steps: this.#steps,
      runs: this.#runs,
      violations,
      properties,
      coverage: {
        actions: this.#model.actionCoverage(this.#taken),
        transitions: transitionCoverage(this.#states[1].transitionHits),
      },
      witnesses: this.#witnesses,
    };
  }

  /** Runs fast-check; returns the shrunk walk that fails, if one does. */
  async #search(): Promise<Walk | undefined> {
    const { seed, runs, maxSteps } = this.#options;
    const walks = new WalkArbitrary(this.#model, maxSteps);
    let failing: Walk | undefined;
    await fc.assert(
      fc.asyncProperty(walks, async walk => {
        if (this.#error !== undefined || this.#stopped !== undefined) return true;
        if (this.#broken !== undefined) return this.#holdsWhenShrunk(walk);
        await this.#pollNowAndThen();
        return this.#holds(walk);
      }),
      {
        seed,
        numRuns: runs,
        reporter: details => {
          if (details.failed && this.#broken !== undefined) failing = details.counterexample?.[0];
        },
      },
    );
    return failing;
  }

  #holds(walk: Walk): boolean {
    this.#walk = walk;
    this.#runs++;
    this.#longest = Math.max(this.#longest, walk.actions.length);
    const [before, after] = this.#states;
    this.#withSteps(() => {
      this.#model.initialize(after, walk.initialState);
      this.#position = 0;
      this.#see(after);
      if (this.#broken !== undefined) return;
      runWalk(this.#model, walk, this.#states, (position, instance, index) => {
        this.#position = position + 1;
        this.#steps++;
        this.#taken[index] = (this.#taken[index] as number) + 1;
        this.#monitor.checkStep(before, after, instance.taken);
        this.#see(after);
        return this.#broken === undefined;
      });
    });
    if (this.#broken === undefined) {
      this.#expectSameEnd(walk, after);
      return true;
    }
    walk.failedAfter = this.#position;
    return false;
  }

  /** A walk was run once when it was drawn: the second run must end in the same state. */
  #expectSameEnd(walk: Walk, end: ModelState): void {
    if (walk.drawnEnd === undefined || walk.drawnEnd === fingerprintText(end)) return;
    const steps = this.#stepsSoFar();
    this.#error = new NondeterminismError(nondeterminismMessage('the run'), steps);
    throw this.#error;
  }

  #see(state: ModelState): void {
    fingerprintOf(state.words, this.#fingerprint);
    this.#known.add(this.#fingerprint.low, this.#fingerprint.high);
    this.#monitor.checkState(state);
  }

  /** Whether a shortened walk no longer breaks the property that was found broken. */
  #holdsWhenShrunk(walk: Walk): boolean {
    const property = this.#broken?.property;
    if (property === undefined) return true;
    const found = this.#violationWhenShrunk(property, walk);
    if (found === undefined) return true;
    walk.failedAfter = found.after;
    this.#broken = { property, clause: found.clause };
    return false;
  }

  /** A run on which the property crashes instead is no shorter counterexample. */
  #violationWhenShrunk(property: AnyProperty, walk: Walk): ReturnType<typeof firstViolation> {
    try {
      return firstViolation(this.#model, property, walk, this.#shrinkStates);
    } catch {
      return undefined;
    }
  }

  #violationOf(walk: Walk, { property, clause }: Broken): Violation {
    const { name, kind } = property;
    const steps = this.#model.stepsOf(walk.actions.slice(0, walk.failedAfter));
    const { initialState } = walk;
    return { property: name, kind, clause, initialState, steps, shortest: false };
  }

  async #pollNowAndThen(): Promise<void> {
    if (this.#runs % POLL_EVERY !== 0) return;
    const { control = unlimited, runs } = this.#options;
    this.#stopped = await control.poll({
      engine: 'simulate',
      distinctStates: this.#known.size,
      generatedStates: this.#steps + this.#runs,
      depth: this.#longest,
      pending: runs - this.#runs,
      bytes: this.#known.bytes,
    });
    if (this.#stopped !== undefined) throw new StopSignal();
  }

  /** Attaches the steps to an error, and tells a model that contradicts itself from one that fails. */
  #withSteps(run: () => void): void {
    try {
      run();
    } catch (error) {
      const steps = this.#stepsSoFar();
      // Model code that throws only here went through when the walk was drawn.
      this.#error =
        error instanceof ModelError
          ? new ModelError(error.message, steps, error.cause)
          : new NondeterminismError(nondeterminismMessage('the run'), steps, error);
      throw this.#error;
    }
  }

  #stepsSoFar(): TakenAction[] {
    return this.#model.stepsOf(this.#walk.actions.slice(0, this.#position));
  }
}

/** Where a walk first breaks a property, if it does. */
export function firstViolation(
  model: CompiledModel,
  property: AnyProperty,
  walk: Walk,
  states: readonly [ModelState, ModelState],
): { after: number; clause: string } | undefined {
  let clause: string | undefined;
  const monitor = new Monitor([property], {
    violated: (_, broken) => {
      clause = broken;
    },
  });
  const [before, after] = states;
  model.initialize(after, walk.initialState);
  monitor.checkState(after);
  let length = 0;
  if (clause === undefined) {
    runWalk(model, walk, states, (position, instance) => {
      length = position + 1;
      monitor.checkStep(before, after, instance.taken);
      monitor.checkState(after);
      return clause === undefined;
    });
  }
  return clause === undefined ? undefined : { after: length, clause };
}
