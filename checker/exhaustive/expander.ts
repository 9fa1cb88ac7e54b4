import { AsymmetryError, type SymmetryCheck } from '../core/asymmetry.ts';
import type { ActionInstance, CompiledModel, ModelState } from '../core/compiledModel.ts';
import { NondeterminismError } from '../core/errors.ts';
import { FOUND } from '../core/evaluate.ts';
import { Evaluator } from '../core/evaluator.ts';
import type { StateTable } from '../core/stateTable.ts';
import type { AnyProperty } from '../model/property.ts';
import { takeHits, transitionTotal } from '../results/result.ts';
import { copyState } from '../state/schema.ts';
import { noteBreak } from './breaks.ts';
import { Identity } from './identity.ts';
import { LearnedModel, UNLEARNED } from './learning/learnedModel.ts';
import { Recheck } from './recheck.ts';
import { emptyReport, noteFailure, noteFinding, type Report } from './report.ts';
import { RepresentativeCache } from './representativeCache.ts';
import { StateRecords } from './stateRecords.ts';

/** New states that are held here before they are taken. */
const MOST_RECORD_BYTES = 1 << 26;

/** What is expanded, and how. */
export interface ExpanderOptions {
  readonly symmetry: boolean;
  /** Take only actions with these names. */
  readonly actions?: ReadonlySet<string> | undefined;
  /** Words of each forest, for tests of what happens when memory for learning is used up. */
  readonly forestWords?: number | undefined;
  /** Stop when this many distinct states are known. */
  readonly maxStates?: number | undefined;
  /** Report the steps that break properties, to find several counterexamples of each. */
  readonly breaks?: boolean | undefined;
  /** Sees every state when it is first reached; initial states have depth 1. */
  readonly onState?: ((state: ModelState, depth: number) => void) | undefined;
}

/** The part of a search that one thread does: takes every action in states, and keeps the new states. */
export class Expander {
  readonly #model: CompiledModel;
  readonly #learned: LearnedModel;
  readonly #options: ExpanderOptions;
  readonly #evaluator: Evaluator;
  readonly #instances: Uint32Array;
  /** Of the state that is being expanded. */
  readonly #enabled: Uint32Array;
  readonly #identity: Identity;
  readonly #records: StateRecords;
  /** Only with symmetry: saves looking for the representative of a state that is known. */
  readonly #representatives: RepresentativeCache | undefined;
  readonly #before: ModelState;
  readonly #after: ModelState;
  /** With symmetry: the representative of the state after a step, where it is another one. */
  readonly #kept: ModelState;
  readonly #recheck: Recheck;
  readonly #properties: readonly AnyProperty[];
  #table: StateTable;
  #report: Report;
  #level = 1;
  /** The hash of the state before, and of the state after. */
  #beforeLow = 0;
  #beforeHigh = 0;
  #afterLow = 0;
  #afterHigh = 0;

  constructor(
    model: CompiledModel,
    properties: readonly AnyProperty[],
    table: StateTable,
    options: ExpanderOptions,
  ) {
    this.#model = model;
    this.#properties = properties;
    this.#table = table;
    this.#options = options;
    this.#instances = model.instancesOf(options.actions);
    this.#enabled = new Uint32Array(this.#instances.length);
    this.#evaluator = new Evaluator(properties);
    this.#identity = new Identity(model.schema, options.symmetry);
    const types = this.#identity.canonicalizer?.types;
    const isSymmetric = types !== undefined;
    this.#learned = new LearnedModel(model, this.#instances, this.#evaluator, {
      types,
      forestWords: options.forestWords,
    });
    this.#records = new StateRecords(model.schema);
    this.#representatives = isSymmetric ? new RepresentativeCache() : undefined;
    this.#before = this.#learned.before;
    this.#after = this.#learned.after;
    this.#kept = model.createState();
    this.#recheck = new Recheck(model, this.#evaluator);
    this.#report = this.#emptyReport();
  }

  get bytes(): number {
    return this.#learned.bytes + (this.#representatives?.bytes ?? 0) + this.#records.bytes;
  }
  /** Whether memory for what is learned is used up. */
  get isLearningFull(): boolean {
    return this.#learned.isFull;
  }
  get symmetryCheck(): SymmetryCheck {
    return this.#learned.symmetryCheck;
  }
  /** Words of a record. */
  get recordLength(): number {
    return this.#records.wordLength;
  }

  /** From now on with this table, which holds what the one before did. */
  useTable(table: StateTable): void {
    this.#table = table;
  }

  /** Begins a level: the states that are expanded are in it. Goals that are closed are left out. */
  beginLevel(level: number, closedGoals: ReadonlySet<number>): void {
    this.#level = level;
    if (this.#evaluator.leaveOut(closedGoals)) this.#learned.forgetSteps();
  }

  /** Adds the initial states. */
  addInitialStates(): void {
    this.#level = 0;
    this.#model.model.initialStates.forEach((_, index) => {
      this.#model.initialize(this.#after, index);
      this.#report.generated++;
      this.#hashAfter();
      this.#discover(0);
      this.#checkInitially();
    });
  }

  #checkInitially(): void {
    const broken = this.#evaluator.brokenInitially(this.#after);
    if (broken.length === 0) return;
    const { low, high } = this.#identity.of(this.#after);
    for (const property of broken) {
      noteFinding(this.#report, property, { low: low | 0, high: high | 0, instance: -1 });
    }
  }

  /**
   * Expands records.
   *
   * @returns the word of the first record that was not expanded: then the table is full, enough states
   * are known, or there are so many new ones that they are to be taken first.
   */
  expand(records: Uint32Array): number {
    const { maxStates = Number.POSITIVE_INFINITY } = this.#options;
    for (let at = 0; at < records.length; at += this.#records.wordLength) {
      if (this.#table.isFull || this.#table.size >= maxStates) return at;
      if (this.#records.bytes > MOST_RECORD_BYTES) return at;
      this.#beforeLow = (records[at] as number) | 0;
      this.#beforeHigh = (records[at + 1] as number) | 0;
      this.#records.read(records, at, this.#before.bytes);
      this.#table.settle(this.#beforeLow, this.#beforeHigh);
      this.#expand();
    }
    return records.length;
  }

  /** What came of everything since the last report. */
  takeReport(): Report {
    const report = this.#report;
    this.#learned.deltas.addTransitions(report.transitions);
    takeHits(this.#after.transitionHits, report.transitions);
    this.#report = this.#emptyReport();
    return report;
  }

  /** The states that were new since they were last taken. */
  takeRecords(): Uint32Array<ArrayBuffer> {
    return this.#records.take();
  }

  #expand(): void {
    copyState(this.#before, this.#after);
    const rechecks = this.#recheck.isNext();
    const count = this.#enabledNow(rechecks);
    for (let index = 0; index < count; index++) {
      const instance = this.#enabled[index] as number;
      try {
        this.#take(instance, this.#learned.deltaOf(instance), rechecks);
      } catch (error) {
        this.#failed(error, instance);
        copyState(this.#before, this.#after);
      }
    }
  }

  /** Finds the instances that are enabled, and returns how many. */
  #enabledNow(rechecks: boolean): number {
    try {
      const count = this.#learned.enabled(this.#enabled);
      if (rechecks) {
        const known = this.#enabled.subarray(0, count);
        this.#recheck.enabled(this.#before, this.#instances, known);
        this.#recheck.outcomesInState(this.#before, this.#learned.outcomesInState(this.#before));
      }
      return count;
    } catch (error) {
      this.#failed(error, this.#recheck.evaluating);
      return 0;
    }
  }

  #take(instance: number, delta: number, rechecks: boolean): void {
    const report = this.#report;
    report.generated++;
    report.taken[instance] = (report.taken[instance] as number) + 1;
    if (delta === UNLEARNED) {
      this.#model.step(this.#after, instance);
      this.#hashAfter();
    } else {
      this.#learned.deltas.countOne(delta);
      this.#apply(delta);
    }
    if (rechecks) this.#recheck.step(this.#before, instance, this.#after);
    this.#learned.memory.instance = instance;
    const outcomes = this.#learned.outcomesOnStep(delta);
    if (rechecks) this.#recheck.outcomesOnStep(this.#learned, instance, outcomes);
    if (outcomes.length > 0) this.#note(outcomes, this.#beforeLow, this.#beforeHigh, instance);
    if (this.#options.breaks === true) this.#noteBreaks(instance, outcomes);
    this.#discover(this.#beforeLow);
    if (delta === UNLEARNED) copyState(this.#before, this.#after);
    else this.#undo(delta);
  }

  #hashAfter(): void {
    const { hash } = this.#identity;
    hash.of(this.#after.bytes);
    this.#afterLow = hash.low;
    this.#afterHigh = hash.high;
  }

  /** Makes the state after the step, and brings its hash up to date. */
  #apply(delta: number): void {
    const { deltas } = this.#learned;
    const { base, lowKeys, highKeys } = this.#identity.hash;
    const bytes = this.#after.bytes;
    const end = deltas.starts.get(delta + 1);
    let low = this.#beforeLow;
    let high = this.#beforeHigh;
    for (let index = deltas.starts.get(delta); index < end; index++) {
      const write = deltas.writes.get(index);
      const at = write >>> 8;
      const first = base[at] as number;
      const [old, now] = [first + (bytes[at] as number), first + (write & 255)];
      low ^= (lowKeys[old] as number) ^ (lowKeys[now] as number);
      high ^= (highKeys[old] as number) ^ (highKeys[now] as number);
      bytes[at] = write & 255;
    }
    this.#afterLow = low;
    this.#afterHigh = high;
  }

  #undo(delta: number): void {
    const { deltas } = this.#learned;
    const [before, after] = [this.#before.bytes, this.#after.bytes];
    const end = deltas.starts.get(delta + 1);
    for (let index = deltas.starts.get(delta); index < end; index++) {
      const at = deltas.writes.get(index) >>> 8;
      after[at] = before[at] as number;
    }
  }

  /** Notes the outcomes of properties in a state, or on the step of an instance. */
  #note(outcomes: readonly number[], low: number, high: number, instance: number): void {
    const { antecedents } = this.#report;
    for (let index = 0; index < outcomes.length; index++) {
      const property = (outcomes[index] as number) >> 2;
      antecedents[property] = (antecedents[property] as number) + 1;
      if (((outcomes[index] as number) & 3) !== FOUND) continue;
      noteFinding(this.#report, property, { low, high, instance });
    }
  }

  /** Notes the properties that a step breaks: of invariants those that held before it. */
  #noteBreaks(instance: number, outcomes: readonly number[]): void {
    const onStep = brokenIn(outcomes);
    const after = brokenIn(this.#learned.outcomesInState(this.#after));
    if (onStep.length + after.length === 0) return;
    const before = new Set(brokenIn(this.#learned.outcomesInState(this.#before)));
    const finding = { low: this.#beforeLow, high: this.#beforeHigh, instance };
    const { action } = this.#model.instances[instance] as ActionInstance;
    const budgets = this.#after.bytes.slice(...this.#model.budgetBytes()).join(' ');
    for (const property of [...onStep, ...after.filter(each => !before.has(each))]) {
      if (this.#properties[property]?.kind === 'sometimes') continue;
      noteBreak(this.#report.breaks, property, `${action.name} ${budgets}`, finding);
    }
  }

  /** Adds the state after a step if it is new, and checks the invariants in it. */
  #discover(parent: number): void {
    const [low, high] = [this.#afterLow, this.#afterHigh];
    const { canonicalizer } = this.#identity;
    if (canonicalizer === undefined) {
      if (this.#table.add(low, high, parent, this.#level + 1)) this.#keep(this.#after, low, high);
      return;
    }
    const representatives = this.#representatives as RepresentativeCache;
    if (representatives.recall(low, high)) {
      this.#table.add(representatives.low, representatives.high, parent, this.#level + 1);
      return;
    }
    if (canonicalizer.isRepresentative(this.#after)) {
      representatives.remember(low, high, { low, high });
      if (this.#table.add(low, high, parent, this.#level + 1)) this.#keep(this.#after, low, high);
      return;
    }
    canonicalizer.representativeOf(this.#after, this.#kept);
    const { hash } = this.#identity;
    hash.of(this.#kept.bytes);
    representatives.remember(low, high, hash);
    if (!this.#table.add(hash.low, hash.high, parent, this.#level + 1)) return;
    this.#keep(this.#kept, hash.low, hash.high);
  }

  /** Keeps a new state to be expanded. */
  #keep(state: ModelState, low: number, high: number): void {
    this.#records.add(low, high, state.bytes);
    this.#note(this.#learned.outcomesInState(state), low, high, -1);
    this.#options.onState?.(state, this.#level + 1);
  }

  #failed(error: unknown, instance: number): void {
    const asymmetry = error instanceof AsymmetryError ? error.asymmetry : undefined;
    noteFailure(this.#report, {
      low: this.#beforeLow,
      high: this.#beforeHigh,
      instance,
      message: error instanceof Error ? error.message : String(error),
      isNondeterminism: error instanceof NondeterminismError,
      ...(asymmetry === undefined ? {} : { asymmetry }),
    });
  }

  #emptyReport(): Report {
    return emptyReport({
      properties: this.#properties.length,
      instances: this.#model.instances.length,
      transitions: transitionTotal(this.#after.transitionHits),
    });
  }
}

/** The properties of these outcomes that are violated, or reached. */
function brokenIn(outcomes: readonly number[]): readonly number[] {
  return outcomes.filter(outcome => (outcome & 3) === FOUND).map(outcome => outcome >> 2);
}
