import type { ActionInstance, CompiledModel, ModelState } from '../explore/compiledModel.ts';
import { labelOf } from '../explore/compiledModel.ts';
import { NondeterminismError, nondeterminismMessage } from '../explore/errors.ts';
import { takeHits, transitionTotal } from '../explore/result.ts';
import type { AnyProperty } from '../model/property.ts';
import { copyState, equalStates } from '../state/schema.ts';
import { Identity } from './identity.ts';
import { Judge } from './judge.ts';
import { ForgetfulError, LearnedModel, UNLEARNED } from './learnedModel.ts';
import { RecentStates } from './recentStates.ts';
import { emptyReport, noteFailure, noteFinding, type Report } from './report.ts';
import { StateRecords } from './stateRecords.ts';
import type { StateTable } from './stateTable.ts';

/** The first so many expanded states, and from then on one in so many, are computed once more. */
const RECHECK_EVERY = 64;

/** What a search looks at. */
export interface ExpanderOptions {
  readonly symmetry: boolean;
  /** Take only actions with these names. */
  readonly actions?: ReadonlySet<string> | undefined;
  /** Stop when this many distinct states are known. */
  readonly maxStates?: number | undefined;
  /** Sees every state when it is first reached; initial states have depth 1. */
  readonly onState?: ((state: ModelState, depth: number) => void) | undefined;
}

/** The part of a search that one thread does: takes every action in states, and keeps the new states. */
export class Expander {
  readonly #model: CompiledModel;
  readonly #learned: LearnedModel;
  readonly #options: ExpanderOptions;
  readonly #judge: Judge;
  readonly #instances: Uint32Array;
  /** Of the state that is being expanded. */
  readonly #enabled: Uint32Array;
  readonly #identity: Identity;
  readonly #records: StateRecords;
  /** Only with symmetry: saves looking for the representative of a state that is known. */
  readonly #recent: RecentStates | undefined;
  readonly #before: ModelState;
  readonly #after: ModelState;
  /** With symmetry: the representative of the state after a step, where it is another one. */
  readonly #kept: ModelState;
  readonly #again: ModelState;
  readonly #properties: readonly AnyProperty[];
  #table: StateTable;
  #report: Report;
  #level = 1;
  #expanded = 0;
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
    this.#judge = new Judge(properties);
    this.#learned = new LearnedModel(model, this.#instances, this.#judge);
    this.#identity = new Identity(model.schema, options.symmetry);
    const isSymmetric = this.#identity.canonicalizer !== undefined;
    this.#records = new StateRecords(model.schema);
    this.#recent = isSymmetric ? new RecentStates() : undefined;
    this.#before = this.#learned.memory.before;
    this.#after = this.#learned.memory.after;
    this.#kept = model.createState();
    this.#again = model.createState();
    this.#report = this.#emptyReport();
  }

  get bytes(): number {
    return this.#learned.bytes + (this.#recent?.bytes ?? 0);
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
    if (this.#judge.leaveOut(closedGoals)) this.#learned.forgetSteps();
  }

  /** Adds the initial states. */
  addInitialStates(): void {
    this.#level = 0;
    this.#model.model.initialStates.forEach((_, index) => {
      this.#model.initialize(this.#after, index);
      this.#report.generated++;
      this.#hashAfter();
      this.#discover(0);
    });
  }

  /**
   * Expands records.
   *
   * @returns the word of the first record that was not expanded: then the table is full, or enough
   * states are known.
   */
  expand(records: Uint32Array): number {
    const { maxStates = Number.POSITIVE_INFINITY } = this.#options;
    for (let at = 0; at < records.length; at += this.#records.wordLength) {
      if (this.#table.isFull || this.#table.size >= maxStates) return at;
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
    this.#learned.effects.addTransitions(report.transitions);
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
    this.#expanded++;
    const rechecks = this.#expanded < RECHECK_EVERY || this.#expanded % RECHECK_EVERY === 0;
    const count = this.#enabledNow(rechecks);
    for (let index = 0; index < count; index++) {
      const instance = this.#enabled[index] as number;
      try {
        const effect = this.#learned.effectOf(instance);
        if (rechecks) this.#recheck(instance, effect);
        this.#take(instance, effect);
      } catch (error) {
        this.#failed(error, instance);
        copyState(this.#before, this.#after);
      }
    }
  }

  /** Finds the instances that are enabled, and returns how many. */
  #enabledNow(rechecks: boolean): number {
    let asked = -1;
    try {
      const count = this.#learned.enabled(this.#enabled);
      if (!rechecks) return count;
      const known = this.#enabled.subarray(0, count);
      for (asked of this.#instances) {
        const isEnabled = known.includes(asked);
        this.#expectAgain(
          asked,
          () => isEnabled === (this.#model.enabled(this.#before, asked) === true),
        );
      }
      return count;
    } catch (error) {
      this.#failed(error, asked);
      return 0;
    }
  }

  #take(instance: number, effect: number): void {
    const report = this.#report;
    report.generated++;
    report.taken[instance] = (report.taken[instance] as number) + 1;
    if (effect === UNLEARNED) {
      this.#model.step(this.#after, instance);
      this.#hashAfter();
    } else {
      this.#learned.effects.happened(effect);
      this.#apply(effect);
    }
    this.#checkStep(instance);
    this.#discover(this.#beforeLow);
    if (effect === UNLEARNED) copyState(this.#before, this.#after);
    else this.#undo(effect);
  }

  #hashAfter(): void {
    const { hash } = this.#identity;
    hash.of(this.#after.bytes);
    this.#afterLow = hash.low;
    this.#afterHigh = hash.high;
  }

  /** Makes the state after the step, and brings its hash up to date. */
  #apply(effect: number): void {
    const { effects } = this.#learned;
    const { base, lowKeys, highKeys } = this.#identity.hash;
    const bytes = this.#after.bytes;
    const end = effects.starts.get(effect + 1);
    let low = this.#beforeLow;
    let high = this.#beforeHigh;
    for (let index = effects.starts.get(effect); index < end; index++) {
      const write = effects.writes.get(index);
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

  #undo(effect: number): void {
    const { effects } = this.#learned;
    const [before, after] = [this.#before.bytes, this.#after.bytes];
    const end = effects.starts.get(effect + 1);
    for (let index = effects.starts.get(effect); index < end; index++) {
      const at = effects.writes.get(index) >>> 8;
      after[at] = before[at] as number;
    }
  }

  #checkStep(instance: number): void {
    this.#learned.memory.instance = instance;
    const said = this.#learned.judgeStep(instance);
    if (said.length > 0) this.#note(said, this.#beforeLow, this.#beforeHigh, instance);
  }

  /** Notes what properties said, at the place of a finding. */
  #note(said: readonly number[], low: number, high: number, instance: number): void {
    const { antecedents } = this.#report;
    for (let index = 0; index < said.length; index++) {
      const place = (said[index] as number) >> 1;
      antecedents[place] = (antecedents[place] as number) + 1;
      if (((said[index] as number) & 1) === 0) continue;
      noteFinding(this.#report, place, { low, high, instance });
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
    const recent = this.#recent as RecentStates;
    if (recent.recall(low, high)) {
      this.#table.add(recent.low, recent.high, parent, this.#level + 1);
      return;
    }
    if (canonicalizer.isRepresentative(this.#after)) {
      recent.remember(low, high, { low, high });
      if (this.#table.add(low, high, parent, this.#level + 1)) this.#keep(this.#after, low, high);
      return;
    }
    canonicalizer.representativeOf(this.#after, this.#kept);
    const { hash } = this.#identity;
    hash.of(this.#kept.bytes);
    recent.remember(low, high, hash);
    if (!this.#table.add(hash.low, hash.high, parent, this.#level + 1)) return;
    this.#keep(this.#kept, hash.low, hash.high);
  }

  /** Keeps a new state to be expanded. */
  #keep(state: ModelState, low: number, high: number): void {
    this.#records.add(low, high, state.bytes);
    this.#note(this.#learned.judgeState(state), low, high, -1);
    this.#options.onState?.(state, this.#level + 1);
  }

  #failed(error: unknown, instance: number): void {
    const isNondeterminism =
      error instanceof NondeterminismError || error instanceof ForgetfulError;
    noteFailure(this.#report, {
      low: this.#beforeLow,
      high: this.#beforeHigh,
      instance,
      message: error instanceof Error ? error.message : String(error),
      isNondeterminism,
    });
  }

  /** Takes an instance once more, by computing it. */
  #recheck(instance: number, effect: number): void {
    this.#expectAgain(instance, () => {
      const again = this.#again;
      copyState(this.#before, again);
      this.#model.step(again, instance);
      if (effect === UNLEARNED) return true;
      this.#apply(effect);
      const isSame = equalStates(this.#after, again);
      this.#undo(effect);
      return isSame;
    });
  }

  /** Computes something of an instance once more: what comes out another time, or throws then, is not a function. */
  #expectAgain(instance: number, isAsBefore: () => boolean): void {
    try {
      if (isAsBefore()) return;
    } catch {
      // As different as can be.
    }
    const { taken } = this.#model.instances[instance] as ActionInstance;
    throw new NondeterminismError(nondeterminismMessage(labelOf(taken)), []);
  }

  #emptyReport(): Report {
    return emptyReport({
      properties: this.#properties.length,
      instances: this.#model.instances.length,
      transitions: transitionTotal(this.#after.transitionHits),
    });
  }
}
