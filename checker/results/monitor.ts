import type { ModelState, ObservedModelState } from '../core/compiledModel.ts';
import { Dependencies } from '../core/dependencies.ts';
import { ModelError } from '../core/errors.ts';
import {
  type Evaluation,
  evaluateInitially,
  evaluateInvariant,
  evaluateStep,
} from '../core/evaluate.ts';
import { comparesIdentity, identityMessage } from '../core/objectIdentity.ts';
import type {
  AnyProperty,
  AnyScope,
  Invariant,
  PropertyText,
  Sometimes,
  StepProperty,
  TakenAction,
} from '../model/property.ts';
import type { ClaimKind } from '../model/specification.ts';
import { clearBlocks } from '../state/blocks.ts';
import type { Fields } from '../state/fields.ts';

/**
 * What was found of one property. `nothing found`: random runs put it to the test, and none broke it,
 * which is no proof.
 */
export type PropertyVerdict =
  | 'holds'
  | 'violated'
  | 'reached'
  | 'unreached'
  | 'vacuous'
  | 'nothing found'
  | 'inconclusive'
  | 'not applicable';

/** How often a property was evaluated, and what came of it. */
export interface PropertyReport {
  readonly name: string;
  readonly kind: ClaimKind;
  readonly verdict: PropertyVerdict;
  /** States or steps at which it was evaluated; of a temporal property, states or settled runs. */
  readonly evaluated: number;
  /**
   * Of those, where its antecedent was true. For `sometimes`: 1 once it was reached. Of a temporal
   * property: where its goal was due and is reached, at least in some run.
   */
  readonly antecedent: number;
  /** Why it does not apply, or what it takes to put it to the test, where it was not. */
  readonly note?: string;
  /** It was not put to the test, for which it takes another scope, as `note` says: no verdict hangs on it. */
  readonly elsewhere?: true;
}

/** The count that is kept of a property. */
export interface Tally {
  readonly property: AnyProperty;
  evaluated: number;
  antecedent: number;
  /** The false clause of the first violation. */
  broken: string | undefined;
}

/** Called with a property when it is violated or reached for the first time. */
export type OnFinding = (property: AnyProperty, clause: string) => void;

/** Evaluates properties on the states and steps of a run and keeps count. */
export class Monitor {
  readonly #tallies: Tally[];
  readonly #invariants: readonly Tally[];
  /** Of observed states: what each invariant, by index, was last computed from. */
  readonly #dependencies: Dependencies;
  /** By invariant: whether the antecedent of the invariant was true when it was last computed. */
  readonly #applied: Uint8Array;
  readonly #steps: readonly Tally[];
  #goals: readonly Tally[];
  #stepsChecked = 0;
  readonly #onViolation: OnFinding;
  readonly #onReached: OnFinding;

  constructor(
    properties: readonly AnyProperty[],
    found: { readonly violated: OnFinding; readonly reached?: OnFinding },
  ) {
    this.#tallies = properties.map(property => ({
      property,
      evaluated: 0,
      antecedent: 0,
      broken: undefined,
    }));
    const applicable = this.#tallies.filter(tally => tally.property.notApplicable === undefined);
    this.#invariants = applicable.filter(tally => tally.property.kind === 'invariant');
    this.#dependencies = new Dependencies(this.#invariants.length);
    this.#applied = new Uint8Array(this.#invariants.length);
    this.#steps = applicable.filter(tally => tally.property.kind === 'step');
    this.#goals = applicable.filter(tally => tally.property.kind === 'sometimes');
    this.#onViolation = found.violated;
    this.#onReached = found.reached ?? (() => undefined);
  }

  /** Evaluates every invariant in a state. */
  checkState(state: ModelState): void {
    for (let index = 0; index < this.#invariants.length; index++) this.#evaluate(index, state);
  }

  /**
   * The same after a step that changed these blocks: an invariant that read none of them is as it was,
   * and is counted without being computed.
   */
  checkChanged(state: ObservedModelState, changed: Int32Array): void {
    const affected = this.#dependencies.affectedBy(changed);
    for (let index = 0; index < this.#invariants.length; index++) {
      const tally = this.#invariants[index] as Tally;
      if (((affected[index >> 5] as number) & (1 << (index & 31))) === 0) {
        tally.evaluated++;
        if (this.#applied[index] === 1) tally.antecedent++;
        continue;
      }
      this.#observe(index, state);
    }
  }

  /** Evaluates everything that is claimed of the first state of a run. */
  checkInitial(state: ModelState): void {
    this.#checkInitially(state);
    this.checkState(state);
  }

  /** What step properties claim of it. That it is true there puts none of them to the test. */
  #checkInitially({ propertyScope }: ModelState): void {
    for (const tally of this.#steps) {
      const property = tally.property as StepProperty<Fields, Fields>;
      const evaluation = evaluateInitially(property, propertyScope);
      if (typeof evaluation === 'string') this.#count(tally, evaluation);
    }
  }

  /** The same in random runs, where it is noted what each invariant is computed from. */
  checkFirst(state: ObservedModelState): void {
    this.#checkInitially(state);
    for (let index = 0; index < this.#invariants.length; index++) this.#observe(index, state);
  }

  /** Evaluates one invariant, and notes what it is computed from. */
  #observe(index: number, state: ObservedModelState): void {
    clearBlocks(state.reads);
    this.#applied[index] = this.#evaluate(index, state) ? 1 : 0;
    this.#dependencies.note(index, state.reads);
  }

  /** Evaluates one invariant; false if its antecedent was false. */
  #evaluate(index: number, { propertyScope }: ModelState): boolean {
    const tally = this.#invariants[index] as Tally;
    tally.evaluated++;
    const evaluation = evaluateInvariant(
      tally.property as Invariant<Fields, Fields>,
      propertyScope,
    );
    return this.#count(tally, evaluation);
  }

  /** Evaluates every step property, and every goal not yet reached, on a step. */
  checkStep(before: ModelState, after: ModelState, action: TakenAction): void {
    const [from, to] = [before.propertyScope, after.propertyScope];
    const tallies = this.#steps;
    for (let index = 0; index < tallies.length; index++) {
      const tally = tallies[index] as Tally;
      tally.evaluated++;
      const property = tally.property as StepProperty<Fields, Fields>;
      this.#count(tally, evaluateStep(property, from, to, action));
    }
    if (this.#goals.length > 0) this.#checkGoals(from, to, action);
    if (this.#isProbe()) this.#expectValues(before, after, action);
  }

  /** Some steps, among them the first ones: enough to meet what a property does again and again. */
  #isProbe(): boolean {
    const step = this.#stepsChecked++;
    return step < 16 || step % 1024 === 0;
  }

  /** @throws ModelError when a property asks whether parts of two states are the same object. */
  #expectValues(before: ModelState, after: ModelState, action: TakenAction): void {
    const kept = before.words.slice();
    before.words.set(after.words);
    const states = [before, after] as const;
    const mistaken = [...this.#steps, ...this.#goals].find(({ property }) =>
      comparesIdentity(property, states, action),
    );
    before.words.set(kept);
    if (mistaken !== undefined) throw new ModelError(identityMessage(mistaken.property), []);
  }

  #checkGoals(before: AnyScope, after: AnyScope, action: TakenAction): void {
    let reached = false;
    for (const tally of this.#goals) {
      const goal = tally.property as Sometimes<Fields, Fields>;
      tally.evaluated++;
      const clause = evaluateStep(goal, before, after, action);
      if (typeof clause !== 'string') continue;
      tally.antecedent = 1;
      reached = true;
      this.#onReached(goal, clause);
    }
    if (reached) this.#goals = this.#goals.filter(tally => tally.antecedent === 0);
  }

  /** Counts an evaluation; false if the property was silent. */
  #count(tally: Tally, evaluation: Evaluation): boolean {
    if (evaluation === undefined) return false;
    tally.antecedent++;
    if (evaluation !== true && tally.broken === undefined) {
      tally.broken = evaluation;
      this.#onViolation(tally.property, evaluation);
    }
    return true;
  }

  /** Whether every property that can be violated has been, and every goal reached. */
  get allDecided(): boolean {
    if (this.#goals.length > 0) return false;
    return [...this.#invariants, ...this.#steps].every(tally => tally.broken !== undefined);
  }

  /** The reports, in the order of the properties. */
  reports(extent: Extent): PropertyReport[] {
    return this.#tallies.map(tally => reportOf(tally, extent));
  }
}

/**
 * How much was explored: the whole scope, or part of it; all random runs that were asked for, or those
 * of one shard.
 */
export type Extent = 'whole' | 'part' | 'all runs' | 'shard';

/** The report that follows from a count. */
export function reportOf(tally: Tally, extent: Extent): PropertyReport {
  const { property, evaluated, antecedent } = tally;
  const { name, kind } = property;
  const verdict = verdictOf(tally, extent);
  return { name, kind, verdict, evaluated, antecedent, ...remarkOn(property, verdict) };
}

/** What is to be said of a property that was not put to the test, where the property says it itself. */
export function remarkOn(
  { notApplicable, needs, isNamed = false }: PropertyText,
  verdict: PropertyVerdict,
): Pick<PropertyReport, 'note' | 'elsewhere'> {
  if (notApplicable !== undefined) return { note: notApplicable };
  if (needs === undefined || (verdict !== 'vacuous' && verdict !== 'unreached')) return {};
  return isNamed ? { note: needs } : { note: needs, elsewhere: true };
}

function verdictOf({ property, broken, antecedent }: Tally, extent: Extent): PropertyVerdict {
  if (property.notApplicable !== undefined) return 'not applicable';
  if (broken !== undefined) return 'violated';
  const isGoal = property.kind === 'sometimes';
  if (isGoal && antecedent > 0) return 'reached';
  // What one shard never sees another may.
  if (extent === 'part' || (extent === 'shard' && antecedent === 0)) return 'inconclusive';
  if (antecedent === 0) return isGoal ? 'unreached' : 'vacuous';
  return extent === 'whole' ? 'holds' : 'nothing found';
}
