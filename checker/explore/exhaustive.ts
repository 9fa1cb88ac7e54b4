import type { AnyModel } from '../model/model.ts';
import type { AnyProperty, TakenAction } from '../model/property.ts';
import { type Fingerprint, fingerprintOf } from '../state/fingerprint.ts';
import { copyState, equalStates } from '../state/schema.ts';
import { Canonicalizer } from '../state/symmetry.ts';
import { type ActionInstance, CompiledModel, labelOf, type ModelState } from './compiledModel.ts';
import { type Control, type Progress, type StopReason, unlimited } from './control.ts';
import { crashMessage, ModelError, NondeterminismError, nondeterminismMessage } from './errors.ts';
import { FingerprintTable } from './fingerprintTable.ts';
import { WordList } from './growable.ts';
import { Monitor } from './monitor.ts';
import { RecentStates } from './recentStates.ts';
import {
  type ExplorationResult,
  overallVerdict,
  transitionCoverage,
  type Violation,
  type Witness,
} from './result.ts';

export interface ExhaustiveOptions {
  /** Count states that differ only by renaming interchangeable nodes as one. */
  readonly symmetry?: boolean;
  /** Stop, inconclusive, when this many distinct states are known. */
  readonly maxStates?: number;
  /** Look at runs of at most so many steps. That there is more is then not said in the result. */
  readonly maxSteps?: number;
  /** Take only actions with these names. */
  readonly actions?: ReadonlySet<string>;
  /** Go on after a violation, to find the others. */
  readonly keepGoing?: boolean;
  readonly control?: Control;
  /** Sees every state when it is first reached, in order; initial states have depth 1. */
  readonly onState?: (state: ModelState, depth: number) => void;
}

/** Expansions between two questions to the {@link Control}. */
const POLL_EVERY = 2048;
/** The first so many states, and from then on one in so many, are generated twice, to detect nondeterminism. */
const RECHECK_EVERY = 61;
const NO_PARENT = 0xffffffff;

/**
 * Explores every state of the model's scope, breadth first, so that the first counterexample of a
 * property is a shortest one. States are told apart by the fingerprint of all of their bytes.
 *
 * @throws ModelError when an action or property throws, with the steps that lead there.
 */
export async function exploreExhaustively(
  model: AnyModel,
  properties: readonly AnyProperty[],
  options: ExhaustiveOptions = {},
): Promise<ExplorationResult> {
  return new Exploration(model, properties, options).run();
}

class Exploration {
  readonly #model: CompiledModel;
  readonly #options: ExhaustiveOptions;
  readonly #monitor: Monitor;
  readonly #canonicalizer: Canonicalizer | undefined;
  readonly #known = new FingerprintTable();
  /** Only with symmetry: saves looking for the representative of a state that is known. */
  readonly #recent: RecentStates | undefined;
  /** For each state in order of discovery: its parent and the action that led to it. */
  readonly #parents = new WordList();
  readonly #actions = new WordList();
  /** The states of this level and of the next, packed. */
  #level = new WordList();
  #next = new WordList();
  readonly #before: ModelState;
  readonly #after: ModelState;
  readonly #canonical: ModelState;
  readonly #again: ModelState;
  readonly #fingerprint: Fingerprint = { low: 0, high: 0 };
  readonly #taken: Float64Array;
  /** The instances that are taken, by number. */
  readonly #instances: Uint32Array;
  readonly #violations: Violation[] = [];
  readonly #witnesses: Witness[] = [];
  #generated = 0;
  #depth = 0;
  /** The step being looked at, to attach to what is found there. */
  #parent = NO_PARENT;
  #action = 0;

  constructor(model: AnyModel, properties: readonly AnyProperty[], options: ExhaustiveOptions) {
    this.#model = new CompiledModel(model);
    this.#options = options;
    this.#canonicalizer = options.symmetry ? new Canonicalizer(model.schema) : undefined;
    this.#recent = options.symmetry ? new RecentStates() : undefined;
    this.#before = this.#model.createState();
    this.#after = this.#model.createState();
    this.#canonical = this.#model.createState();
    this.#again = this.#model.createState();
    this.#taken = new Float64Array(this.#model.instances.length);
    const { live, instances } = this.#model;
    const { actions } = options;
    this.#instances = live.filter(
      index => actions?.has((instances[index] as ActionInstance).action.name) ?? true,
    );
    this.#monitor = new Monitor(properties, {
      violated: (property, clause) => this.#violations.push(this.#violation(property, clause)),
      reached: property => this.#witnesses.push({ property: property.name, ...this.#path() }),
    });
  }

  async run(): Promise<ExplorationResult> {
    this.#start();
    const stopped = await this.#search();
    const complete = stopped === undefined && !this.#stopsHere();
    const properties = this.#monitor.reports(complete);
    return {
      engine: 'exhaustive',
      verdict: overallVerdict(properties, complete),
      ...(stopped === undefined ? {} : { stopped }),
      symmetry: this.#canonicalizer !== undefined && this.#canonicalizer.types.length > 0,
      distinctStates: this.#known.size,
      generatedStates: this.#generated,
      depth: this.#depth,
      steps: this.#generated - this.#model.model.initialStates.length,
      violations: this.#violations,
      properties,
      coverage: {
        actions: this.#model.actionCoverage(this.#taken),
        transitions: transitionCoverage(this.#after.transitionHits),
      },
      witnesses: this.#witnesses,
    };
  }

  #start(): void {
    this.#depth = 1;
    this.#model.model.initialStates.forEach((_, index) => {
      this.#parent = NO_PARENT;
      this.#action = index;
      this.#model.initialize(this.#after, index);
      this.#generated++;
      this.#discover();
    });
  }

  async #search(): Promise<StopReason | undefined> {
    const size = this.#before.words.length;
    let levelStart = 0;
    let expanded = 0;
    const { maxSteps = Number.POSITIVE_INFINITY } = this.#options;
    while (this.#next.length > 0 && this.#depth <= maxSteps && !this.#stopsHere()) {
      [this.#level, this.#next] = [this.#next, this.#level];
      this.#next.clear();
      const count = this.#level.length / size;
      for (let index = 0; index < count; index++) {
        if (++expanded % POLL_EVERY === 0) {
          const reason = await this.#poll(count - index);
          if (reason !== undefined) return reason;
        }
        this.#level.read(index * size, this.#before.words);
        this.#expand(levelStart + index);
        if (this.#stopsHere()) return undefined;
        if (this.#known.size >= (this.#options.maxStates ?? Number.POSITIVE_INFINITY)) {
          return 'state limit';
        }
      }
      levelStart += count;
      if (this.#next.length > 0) this.#depth++;
    }
    return undefined;
  }

  #expand(id: number): void {
    this.#parent = id;
    try {
      this.#takeEveryAction();
    } catch (error) {
      throw this.#located(error, `action ${this.#label()}`);
    }
  }

  #takeEveryAction(): void {
    const model = this.#model;
    const { instances } = model;
    for (let index = 0; index < this.#instances.length; index++) {
      const action = this.#instances[index] as number;
      this.#action = action;
      if (model.enabled(this.#before, action) !== true) continue;
      copyState(this.#before, this.#after);
      model.step(this.#after, action);
      this.#taken[action] = (this.#taken[action] as number) + 1;
      this.#generated++;
      if (this.#generated <= RECHECK_EVERY || this.#generated % RECHECK_EVERY === 0) {
        this.#recheck(action);
      }
      const { taken } = instances[action] as ActionInstance;
      this.#monitor.checkStep(this.#before, this.#after, taken);
      this.#discover();
    }
  }

  /** Adds the state in `#after` if it is new, and checks the invariants in it. */
  #discover(): void {
    const fingerprint = this.#fingerprint;
    fingerprintOf(this.#after.words, fingerprint);
    if (this.#canonicalizer !== undefined) {
      if (this.#recent?.recall(fingerprint.low, fingerprint.high)) return;
      this.#canonicalizer.canonicalize(this.#after, this.#canonical);
      fingerprintOf(this.#canonical.words, fingerprint);
    }
    if (!this.#known.add(fingerprint.low, fingerprint.high)) return;
    this.#parents.push(this.#parent);
    this.#actions.push(this.#action);
    // The state itself goes on, not its representative: so the path stays one run of the model.
    this.#next.append(this.#after.words);
    this.#monitor.checkState(this.#after);
    const level = this.#parent === NO_PARENT ? this.#depth : this.#depth + 1;
    this.#options.onState?.(this.#after, level);
  }

  #recheck(action: number): void {
    if (this.#repeats(action)) return;
    throw new NondeterminismError(nondeterminismMessage(this.#label()), this.#path().steps);
  }

  /** Whether taking the action once more gives the same state. */
  #repeats(action: number): boolean {
    copyState(this.#before, this.#again);
    try {
      if (this.#model.enabled(this.#again, action) !== true) return false;
      this.#model.step(this.#again, action);
    } catch {
      return false;
    }
    return equalStates(this.#after, this.#again);
  }

  #stopsHere(): boolean {
    if (this.#violations.length === 0) return false;
    return this.#options.keepGoing !== true || this.#monitor.allBroken;
  }

  #poll(pendingInLevel: number): Promise<StopReason | undefined> {
    const progress: Progress = {
      engine: 'exhaustive',
      distinctStates: this.#known.size,
      generatedStates: this.#generated,
      depth: this.#depth,
      pending: pendingInLevel + this.#next.length / this.#before.words.length,
      bytes: this.#heldBytes(),
    };
    return (this.#options.control ?? unlimited).poll(progress);
  }

  #heldBytes(): number {
    const lists = [this.#parents, this.#actions, this.#level, this.#next];
    const listed = lists.reduce((sum, list) => sum + list.bytes, 0);
    return this.#known.bytes + (this.#recent?.bytes ?? 0) + listed;
  }

  #violation(property: AnyProperty, clause: string): Violation {
    const { name, kind } = property;
    return { property: name, kind, clause, ...this.#path(), shortest: true };
  }

  /** The run that leads to the step being looked at. */
  #path(): { initialState: number; steps: TakenAction[] } {
    const steps: TakenAction[] = [];
    let [parent, action] = [this.#parent, this.#action];
    while (parent !== NO_PARENT) {
      steps.push((this.#model.instances[action] as ActionInstance).taken);
      action = this.#actions.get(parent);
      parent = this.#parents.get(parent);
    }
    return { initialState: action, steps: steps.reverse() };
  }

  #label(): string {
    return labelOf((this.#model.instances[this.#action] as ActionInstance).taken);
  }

  /** The error as one of the model's, with the steps that lead to where it was thrown. */
  #located(error: unknown, where: string): ModelError {
    if (error instanceof NondeterminismError) return error;
    const { steps } = this.#path();
    if (error instanceof ModelError) return new ModelError(error.message, steps, error.cause);
    return new ModelError(crashMessage(where, error), steps, error);
  }
}
