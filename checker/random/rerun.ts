import {
  type ActionInstance,
  type CompiledModel,
  labelOf,
  type ModelState,
} from '../core/compiledModel.ts';
import { NondeterminismError, nondeterminismMessage } from '../core/errors.ts';
import { FOUND, type Outcome } from '../core/evaluate.ts';
import { expectSame } from '../core/expectSame.ts';
import { StateHash, type StateKey } from '../core/stateHash.ts';
import type { Walk } from '../core/walk.ts';
import type { AnyProperty, TakenAction } from '../model/property.ts';
import { copyState, equalStates } from '../state/schema.ts';
import { RunEvaluations } from './runEvaluations.ts';

/** A run as it was when it was drawn. */
export interface DrawnRun {
  readonly walk: Walk;
  /** The hash of each state, the initial one first. */
  readonly hashes: readonly StateKey[];
  /**
   * For each property that was evaluated: after how many steps it was found violated or reached, undefined if it
   * was not.
   */
  readonly found: ReadonlyMap<AnyProperty, number | undefined>;
}

/** The first so many runs, and then one in so many, are made again and held to themselves. */
const REPEAT_FIRST = 8;
const REPEAT_EVERY = 488;

/** Whether a run, by its number from 1, is made again in any case. */
export function isRepeated(run: number): boolean {
  return run <= REPEAT_FIRST || run % REPEAT_EVERY === 1;
}

/** Words of the states of a run that are kept, to go back through them. */
const MOST_KEPT_WORDS = 2 ** 24;
/** Steps after which a run goes on with new states; other ones in each run that is made again. */
const RENEW_EVERY = 8;

/** The outcome of code that throws: it may not have been called when the run was drawn. */
const THREW = 'threw';
type Thrown = typeof THREW;

/** What guards and properties come to in one state of the run, by the numbers of its evaluations. */
type Outcomes = readonly (boolean | Outcome | Thrown)[];

/**
 * Makes a run again, twice, with everything evaluated anew, and holds it to itself: what a step leads to,
 * what guards say and what properties say must be the same whenever the state is. The first time goes
 * forward; the second goes back from state to state, so that what code remembers of the way is
 * something else. Both are held to what the run was when it was drawn, where guards and properties are not
 * evaluated again if nothing that they read has changed.
 */
export class Rerun {
  readonly #model: CompiledModel;
  readonly #properties: readonly AnyProperty[];
  readonly #evaluations: RunEvaluations;
  readonly #hash: StateHash;
  #before: ModelState;
  #after: ModelState;
  readonly #scratch: ModelState;
  #checks = 0;
  /** By initial state, the outcomes there in the first run that began in it. */
  readonly #initialOutcomes = new Map<number, Outcomes>();

  constructor(model: CompiledModel, properties: readonly AnyProperty[]) {
    this.#model = model;
    this.#properties = properties;
    this.#evaluations = new RunEvaluations(model, properties);
    this.#hash = new StateHash(model.schema);
    // Of the kind that runs are drawn on: code that sees views of several kinds is slower with all of them.
    this.#before = model.createObservedState();
    this.#after = model.createObservedState();
    this.#scratch = model.createObservedState();
  }

  /**
   * Sees only that the same steps lead to the same states.
   *
   * @throws NondeterminismError naming the action that differs.
   */
  retrace(drawn: DrawnRun): void {
    for (let at = 0; at <= drawn.walk.actions.length; at++) this.#goTo(drawn, at);
  }

  /**
   * @throws NondeterminismError naming the action or the property that differs, with the steps to where it
   * does.
   */
  check(drawn: DrawnRun): void {
    const kept: Uint32Array[] = [];
    const outcomes: Outcomes[] = [];
    const most = Math.floor(MOST_KEPT_WORDS / this.#after.words.length);
    const open = new Map(drawn.found);
    this.#checks++;
    for (let at = 0; at <= drawn.walk.actions.length; at++) {
      if (at % RENEW_EVERY === this.#checks % RENEW_EVERY) this.#renew();
      this.#goTo(drawn, at);
      const now = this.#outcomesAt(drawn.walk, at);
      if (at === 0) this.#compareToFirst(drawn.walk, now);
      this.#compareToDrawn(drawn, { at, open, outcomes: now });
      if (at >= most) continue;
      kept.push(Uint32Array.from(this.#after.words));
      outcomes.push(now);
    }
    for (let at = kept.length - 1; at >= 0; at--)
      this.#goBackTo(drawn.walk, { at, kept, outcomes });
  }

  /** Goes on with states that code has not seen: what it remembers of others, by their views, must not matter. */
  #renew(): void {
    const after = this.#model.createObservedState();
    copyState(this.#after, after);
    this.#after = after;
    this.#before = this.#model.createObservedState();
  }

  /** Takes the next step, to the state of this number. */
  #goTo({ walk, hashes }: DrawnRun, at: number): void {
    if (at === 0) {
      this.#expect(walk, { at, what: 'the initial state' }, () => {
        this.#model.initialize(this.#after, walk.initialState);
        return this.#hasHash(hashes[0]);
      });
      return;
    }
    copyState(this.#after, this.#before);
    const index = walk.actions[at - 1] as number;
    this.#expect(walk, { at: at - 1, what: `the guard of ${this.#labelOf(index)}`, index }, () => {
      return this.#model.enabled(this.#before, index) === true;
    });
    this.#expect(walk, { at: at - 1, what: this.#labelOf(index), index }, () => {
      this.#model.step(this.#after, index);
      return this.#hasHash(hashes[at]);
    });
  }

  #hasHash(key: StateKey | undefined): boolean {
    const { low, high } = this.#hash.of(this.#after.bytes);
    return low === key?.low && high === key.high;
  }

  #outcomesAt({ actions }: Walk, at: number): Outcomes {
    const steps = actions.slice(0, at);
    const states = { before: this.#before, after: this.#after };
    const outcomes: (boolean | Outcome | Thrown)[] = [];
    for (let number = 0; number < this.#evaluations.countAfter(at); number++) {
      try {
        outcomes.push(this.#evaluations.evaluate(number, states, steps));
      } catch {
        outcomes.push(THREW);
      }
    }
    return outcomes;
  }

  /** Runs begin in few states: the outcomes in one are those of before. */
  #compareToFirst(walk: Walk, outcomes: Outcomes): void {
    const first = this.#initialOutcomes.get(walk.initialState);
    if (first === undefined) this.#initialOutcomes.set(walk.initialState, outcomes);
    else this.#compare(walk, { at: 0, first, again: outcomes });
  }

  #compareToDrawn(
    { walk, found }: DrawnRun,
    { at, open, outcomes }: { at: number; open: Map<AnyProperty, unknown>; outcomes: Outcomes },
  ): void {
    const guards = this.#evaluations.guardsAfter(at);
    this.#properties.forEach((property, index) => {
      if (!open.has(property)) return;
      const outcome = outcomes[guards + index];
      const isFound = outcome === FOUND;
      const wasFound = found.get(property) === at;
      if (isFound !== wasFound || outcome === THREW)
        this.#differs(walk, { at, what: `property "${property.name}"` });
      // From then on it was not evaluated.
      if (isFound) open.delete(property);
    });
  }

  /** Evaluates everything in a state again; the states before it have not been visited since. */
  #goBackTo(
    walk: Walk,
    {
      at,
      kept,
      outcomes,
    }: { at: number; kept: readonly Uint32Array[]; outcomes: readonly Outcomes[] },
  ): void {
    this.#after.words.set(kept[at] as Uint32Array);
    if (at > 0) this.#before.words.set(kept[at - 1] as Uint32Array);
    this.#compare(walk, { at, first: outcomes[at] as Outcomes, again: this.#outcomesAt(walk, at) });
    if (at === 0) return;
    const index = walk.actions[at - 1] as number;
    this.#expect(walk, { at: at - 1, what: this.#labelOf(index), index }, () => {
      copyState(this.#before, this.#scratch);
      this.#model.step(this.#scratch, index);
      return equalStates(this.#scratch, this.#after);
    });
  }

  #compare(
    walk: Walk,
    {
      at,
      first,
      again,
    }: { readonly at: number; readonly first: Outcomes; readonly again: Outcomes },
  ): void {
    const number = again.findIndex((outcome, each) => outcome !== first[each]);
    if (number < 0) return;
    const { what, instance } = this.#evaluations.describe(number, at);
    this.#differs(walk, { at, what, ...(instance === undefined ? {} : { index: instance }) });
  }

  #expect(walk: Walk, location: Location, isSame: () => boolean): void {
    expectSame(
      isSame,
      () => location.what,
      () => this.#stepsTo(walk, location),
    );
  }

  #differs(walk: Walk, location: Location): never {
    const message = nondeterminismMessage(location.what);
    throw new NondeterminismError(message, this.#stepsTo(walk, location));
  }

  #stepsTo({ actions }: Walk, { at, index }: Location): TakenAction[] {
    const last = index === undefined ? [] : [index];
    return this.#model.stepsOf([...actions.slice(0, at), ...last]);
  }

  #labelOf(index: number): string {
    return labelOf((this.#model.instances[index] as ActionInstance).taken);
  }
}

/** What is evaluated, after how many steps, and of which instance, if of one. */
interface Location {
  readonly at: number;
  readonly what: string;
  readonly index?: number;
}
