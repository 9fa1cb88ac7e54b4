import type { Asymmetry } from '../core/asymmetry.ts';
import { CompiledModel } from '../core/compiledModel.ts';
import { type Control, unlimited } from '../core/control.ts';
import { ModelError } from '../core/errors.ts';
import { Walk } from '../core/walk.ts';
import { expectFlagIfAny, expectLimit, expectOptions, type KeysOf } from '../declarations.ts';
import { exploreCompiled } from '../exhaustive/exhaustive.ts';
import { checkProperty } from '../model/checkProperty.ts';
import type { AnyModel } from '../model/model.ts';
import type { AnyProperty, TakenAction } from '../model/property.ts';
import { refutable } from '../model/refutable.ts';
import type { ExplorationResult, Violation } from '../results/result.ts';
import { canBeReduced } from '../state/symmetry.ts';
import { firstViolation } from '../runs/firstViolation.ts';
import { shorterRuns } from '../runs/shorterRuns.ts';

/** How long the search for a proof may go on. */
export interface ShrinkOptions {
  /** Give up the proof after so many distinct states; 0 does not try. 200,000 if absent. */
  readonly maxStates?: number;
  /** Whether the proof counts states that differ by renaming nodes as one; on if absent. */
  readonly symmetry?: boolean;
  readonly control?: Control;
}

const optionKeys: KeysOf<ShrinkOptions> = { maxStates: true, symmetry: true, control: true };

/** A shortened counterexample. */
export interface Shrunk {
  readonly initialState: number;
  readonly steps: readonly TakenAction[];
  readonly clause: string;
  /** Runs that were tried on the way. */
  readonly attempts: number;
  /** Whether a breadth-first search has shown that no shorter one exists in the model's scope. */
  readonly shortest: boolean;
  /** Why that is not known, where it is not. */
  readonly unproved?: string;
  /** States that the breadth-first searches looked at. */
  readonly distinctStates: number;
  /** Why these searches did without symmetry although it was wished for. */
  readonly asymmetry?: Asymmetry;
}

const PROOF_STATES = 200_000;
/** The share of the states that may be spent where only the actions of the run are looked at. */
const NARROW_SHARE = 0.25;

/**
 * Shortens a counterexample, or the witness of a goal: by changing the run as long as the same
 * property still breaks (see {@link shorterRuns}), then by a breadth-first search among the
 * actions that it takes, and at last by one among all actions, which either finds a shorter one or
 * shows that there is none.
 *
 * Returns undefined if the steps do not break the property, or cannot be taken.
 */
export async function shrink(
  model: AnyModel,
  property: AnyProperty,
  counterexample: { readonly initialState: number; readonly steps: readonly TakenAction[] },
  options: ShrinkOptions = {},
): Promise<Shrunk | undefined> {
  expectOptions('shrink', options, optionKeys);
  expectLimit('shrink: maxStates', options.maxStates, 0);
  expectFlagIfAny('shrink: symmetry', options.symmetry);
  checkProperty(property);
  const compiled = new CompiledModel(model);
  const numbers = counterexample.steps.map(step => compiled.find(step));
  const actions = numbers.filter(number => number !== undefined);
  if (actions.length < numbers.length) return undefined;
  return shrinkWalk(compiled, property, new Walk(counterexample.initialState, actions), options);
}

/** The same for a run of a model that is compiled already. */
export async function shrinkWalk(
  model: CompiledModel,
  property: AnyProperty,
  walk: Walk,
  options: ShrinkOptions,
): Promise<Shrunk | undefined> {
  const shrinking = new Shrinking(model, refutable(property), options);
  return shrinking.run(walk);
}

/** What a breadth-first search for a shorter run came to. */
type Search = { readonly found: Walk } | { readonly found?: undefined; readonly unproved?: string };

class Shrinking {
  readonly #model: CompiledModel;
  readonly #property: AnyProperty;
  readonly #options: ShrinkOptions;
  readonly #states;
  #attempts = 0;
  #clause = '';
  #distinctStates = 0;
  /** Whether searches use symmetry: as long as nothing is known to treat nodes differently. */
  #symmetry: boolean;
  #asymmetry: Asymmetry | undefined;

  constructor(model: CompiledModel, property: AnyProperty, options: ShrinkOptions) {
    this.#model = model;
    this.#property = property;
    this.#options = options;
    this.#symmetry = (options.symmetry ?? true) && canBeReduced(model.schema);
    this.#states = [model.createState(), model.createState()] as const;
  }

  async run(walk: Walk): Promise<Shrunk | undefined> {
    if (!this.#breaks(walk)) return undefined;
    let best = this.#changed(walk);
    const names = (): string[] => this.#model.stepsOf(best.actions).map(({ name }) => name);
    for (;;) {
      const shorter = await this.#search(best, NARROW_SHARE, new Set(names()));
      if (shorter.found === undefined) break;
      best = this.#changed(shorter.found);
    }
    const last = await this.#search(best, 1);
    // Breadth first, so what it finds is a shortest one.
    if (last.found !== undefined) best = last.found;
    const unproved = last.found === undefined ? last.unproved : undefined;
    return {
      initialState: best.initialState,
      steps: this.#model.stepsOf(best.actions),
      clause: this.#clause,
      attempts: this.#attempts,
      shortest: unproved === undefined,
      ...(unproved === undefined ? {} : { unproved }),
      distinctStates: this.#distinctStates,
      ...(this.#asymmetry === undefined ? {} : { asymmetry: this.#asymmetry }),
    };
  }

  /** Changes the walk for as long as that makes it shorter. */
  #changed(walk: Walk): Walk {
    for (const candidate of shorterRuns(this.#model, walk)) {
      const shorter = new Walk(walk.initialState, candidate);
      if (this.#breaks(shorter)) return this.#changed(shorter);
    }
    return walk;
  }

  /** A run on which the property crashes instead is no shorter counterexample. */
  #breaks(walk: Walk): boolean {
    this.#attempts++;
    try {
      const found = firstViolation(this.#model, this.#property, walk, this.#states);
      if (found === undefined) return false;
      walk.failedAfter = found.after;
      this.#clause = found.clause;
      return true;
    } catch {
      return false;
    }
  }

  #walkOf({ initialState, steps }: Violation): Walk {
    const actions = steps.map(step => this.#model.find(step)).filter(index => index !== undefined);
    const walk = new Walk(initialState, actions);
    walk.failedAfter = actions.length;
    return walk;
  }

  /** Looks for a run that is shorter than `walk`, in the order of their lengths. */
  async #search(walk: Walk, share: number, actions?: ReadonlySet<string>): Promise<Search> {
    const { maxStates = PROOF_STATES, control = unlimited } = this.#options;
    if (walk.actions.length === 0) return {};
    if (maxStates === 0) return { unproved: 'no proof was asked for' };
    try {
      const result = await exploreCompiled(this.#model, [this.#property], {
        symmetry: this.#symmetry,
        maxStates: Math.ceil(maxStates * share),
        maxSteps: walk.actions.length - 1,
        ...(actions === undefined ? {} : { actions }),
        control,
      });
      // Another search need not find it out again.
      if (result.asymmetry !== undefined) this.#symmetry = false;
      this.#distinctStates += result.distinctStates;
      this.#asymmetry ??= result.asymmetry;
      return this.#outcomeOf(result);
    } catch (error) {
      // What is being shortened is something else; the crash is there to be found by a search.
      if (error instanceof ModelError) return { unproved: `another run fails: ${error.message}` };
      throw error;
    }
  }

  #outcomeOf({ violations, stopped, distinctStates, depth }: ExplorationResult): Search {
    const [violation] = violations;
    if (violation !== undefined) {
      this.#clause = violation.clause;
      return { found: this.#walkOf(violation) };
    }
    if (stopped === undefined) return {};
    const count = distinctStates.toLocaleString('en');
    return { unproved: `${stopped} after ${count} states; none has fewer than ${depth} steps` };
  }
}
