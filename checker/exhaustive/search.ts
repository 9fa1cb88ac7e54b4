import { type Asymmetry, AsymmetryError } from '../core/asymmetry.ts';
import type { CompiledModel } from '../core/compiledModel.ts';
import type { Control, Progress, StopReason } from '../core/control.ts';
import type { AnyProperty } from '../model/property.ts';
import {
  type ExplorationResult,
  overallVerdict,
  putHits,
  transitionCoverage,
  transitionTotal,
  type Violation,
  type Witness,
} from '../results/result.ts';
import type { Crew, Expansion } from './crew.ts';
import { Discoveries } from './discoveries.ts';
import type { Frontier, FrontierMaker } from './frontier.ts';
import type { Paths } from './paths.ts';
import { addReport, emptyReport, type Finding, type Report } from './report.ts';
import { Evidence, type KeptEvidence } from './sample/evidence.ts';
import { PlainModel } from './sample/plainModel.ts';
import type { StateTable } from './stateTable.ts';
import { Verdicts } from './verdicts.ts';

/** States that are handed out at a time: enough to be worth a message, few enough to stop soon. */
const MOST_HANDED_OUT = 1024;
const LEAST_HANDED_OUT = 64;

const POLL_EVERY = 2048;

/** How a search is made. */
export interface SearchOptions {
  readonly symmetry: boolean;
  /** Why it is without symmetry although that was wished for. */
  readonly asymmetry?: Asymmetry | undefined;
  readonly maxStates?: number | undefined;
  readonly maxSteps?: number | undefined;
  readonly keepGoing?: boolean | undefined;
  readonly actions?: ReadonlySet<string> | undefined;
  readonly control: Control;
  /** States expanded between two questions to the control; 2048 if absent. */
  readonly pollEvery?: number | undefined;
  readonly frontier: FrontierMaker;
  /** Asked between two pieces of work whether to keep what there is, to go on from there later. */
  readonly keeper?: Keeper | undefined;
  /** A search that was kept, to go on with; the table of the crew is then the one that was kept. */
  readonly kept?: Kept | undefined;
}

/** A search that was kept. */
export interface Kept {
  readonly state: SearchState;
  /** What is left of the level that was being expanded, and what is known of the next. */
  readonly level: Frontier;
  readonly next: Frontier;
}

/** Everything that a search needs to go on, but for its table and the states of its levels. */
export interface SearchState {
  readonly depth: number;
  readonly report: Report;
  readonly broken: readonly (readonly [number, string])[];
  readonly reached: readonly (readonly [number, number])[];
  readonly violations: readonly Violation[];
  readonly witnesses: readonly Witness[];
  readonly levels: readonly number[];
  /** What the model did in some of the states, to hold a model to that goes on. */
  readonly evidence: KeptEvidence;
  /** Why it is without symmetry although that was wished for. */
  readonly asymmetry?: Asymmetry | undefined;
}

/** Keeps a search, so that it can be gone on with. */
export interface Keeper {
  /** Whether it is time to keep it. */
  readonly isDue: boolean;
  /** Keeps it. Nothing is being expanded meanwhile. */
  keep(search: Kept, table: StateTable): Promise<void>;
}

/**
 * A breadth-first search, level by level. What is found does not depend on who expands which
 * state, or in which order: a level is finished before anything is made of it.
 */
export class Search {
  readonly #model: CompiledModel;
  readonly #properties: readonly AnyProperty[];
  readonly #crew: Crew;
  readonly #options: SearchOptions;
  readonly #verdicts: Verdicts;
  readonly #discoveries: Discoveries;
  readonly #violations: Violation[] = [];
  readonly #witnesses: Witness[] = [];
  readonly #report: Report;
  /** States in each level, as far as it is known. */
  readonly #levels: number[] = [];
  /** Where the search is to be kept. */
  readonly #evidence: Evidence | undefined;
  #level: Frontier;
  #next: Frontier;
  #depth = 0;
  #stopped: StopReason | undefined;
  /** States expanded since the control was asked. */
  #unpolled = 0;

  constructor(
    model: CompiledModel,
    properties: readonly AnyProperty[],
    crew: Crew,
    options: SearchOptions,
  ) {
    this.#model = model;
    this.#properties = properties;
    this.#crew = crew;
    this.#options = options;
    this.#verdicts = new Verdicts(properties);
    this.#discoveries = new Discoveries(model, properties, options);
    this.#report = emptyReport({
      properties: properties.length,
      instances: model.instances.length,
      transitions: transitionTotal(model.createState().transitionHits),
    });
    this.#evidence = this.#newEvidence();
    this.#level = options.frontier();
    this.#next = options.frontier();
  }

  #newEvidence(): Evidence | undefined {
    const { keeper, kept, symmetry, actions } = this.#options;
    if (keeper === undefined) return undefined;
    const evidence = kept?.state.evidence;
    const options = { symmetry, actions, answers: evidence?.answers };
    const plain = new PlainModel(this.#model, this.#properties, options);
    return new Evidence(plain, evidence);
  }

  async run(): Promise<ExplorationResult> {
    const { kept } = this.#options;
    if (kept === undefined) {
      this.#absorb(await this.#crew.begin());
      this.#endLevel();
    } else {
      // In the middle of a level, or when all of it has been expanded.
      this.#goOnFrom(kept);
      await this.#searchLevel();
    }
    while (this.#stopped === undefined && this.#nextLevel()) await this.#searchLevel();
    this.#level.close();
    this.#next.close();
    return this.#result();
  }

  /** Goes to the next level, if there is anything to be looked at in it. */
  #nextLevel(): boolean {
    const { maxSteps = Number.POSITIVE_INFINITY } = this.#options;
    if (this.#next.length === 0 || this.#depth > maxSteps || this.#isDecided) return false;
    this.#level.close();
    this.#level = this.#next;
    this.#next = this.#options.frontier();
    return true;
  }

  async #searchLevel(): Promise<void> {
    const { keeper } = this.#options;
    const states = this.#level.length / this.#crew.recordLength;
    this.#crew.beginLevel(this.#depth, new Set(this.#verdicts.reached.keys()), states);
    while (this.#level.length > 0 && this.#stopped === undefined) {
      await Promise.all(Array.from({ length: this.#crew.size }, () => this.#work()));
      if (this.#crew.table.isFull) await this.#grow();
      if (keeper?.isDue === true && this.#stopped === undefined) await this.#keep(keeper);
    }
    if (keeper !== undefined && this.#stopped !== undefined) await this.#keep(keeper);
    this.#endLevel();
  }

  /** Has one member of the crew work on this level, until there is something to be done in between. */
  async #work(): Promise<void> {
    while (this.#level.length > 0 && !this.#isInterrupted) {
      const records = this.#level.take(this.#handedOut);
      this.#unpolled += records.length / this.#crew.recordLength;
      const expansion = await this.#crew.expand(records);
      this.#absorb(expansion);
      if (expansion.rest.length > 0) this.#level.putBack(expansion.rest);
      if (this.#unpolled >= (this.#options.pollEvery ?? POLL_EVERY)) await this.#poll();
      if (this.#crew.table.size >= (this.#options.maxStates ?? Number.POSITIVE_INFINITY)) {
        this.#stopped ??= 'state limit';
      }
    }
  }

  async #poll(): Promise<void> {
    this.#unpolled = 0;
    this.#stopped ??= await this.#options.control.poll(this.#progress());
  }

  /** Words of a piece of work: towards the end of a level fewer, so that all end at about the same time. */
  get #handedOut(): number {
    const { recordLength, size } = this.#crew;
    const share = Math.ceil(this.#level.length / recordLength / size);
    return recordLength * Math.min(MOST_HANDED_OUT, Math.max(LEAST_HANDED_OUT, share));
  }

  get #isInterrupted(): boolean {
    if (this.#stopped !== undefined || this.#crew.table.isFull) return true;
    return this.#options.keeper?.isDue === true;
  }

  /** Makes the table larger, if the memory is there: for a while there are both. */
  async #grow(): Promise<void> {
    if (this.#stopped !== undefined) return;
    const { table } = this.#crew;
    const progress = this.#progress();
    const bytes = progress.bytes + table.largerBytes;
    this.#stopped = table.isLargest
      ? 'memory limit'
      : await this.#options.control.poll({ ...progress, bytes });
    if (this.#stopped === undefined) await this.#crew.grow();
  }

  #absorb({ report, records }: Expansion): void {
    addReport(this.#report, report);
    this.#next.add(records);
    this.#evidence?.add(records);
  }

  /** Makes something of what was found in the level that has been expanded. */
  #endLevel(): void {
    const { findings, failure } = this.#report;
    if (failure?.asymmetry !== undefined) throw new AsymmetryError(failure.asymmetry);
    if (failure !== undefined) throw this.#discoveries.errorAt(failure, this.#paths());
    const isWhole = this.#level.length === 0;
    if (isWhole && this.#next.length > 0) {
      this.#depth++;
      this.#evidence?.endLevel();
      this.#levels.push(this.#next.length / this.#crew.recordLength);
    }
    for (const place of [...findings.keys()].sort((a, b) => a - b)) {
      const finding = findings.get(place) as Finding;
      this.#conclude(place, finding);
    }
    findings.clear();
  }

  /** Notes that a property was violated or reached, if that is not known already. */
  #conclude(place: number, finding: Finding): void {
    const property = this.#properties[place] as AnyProperty;
    if (property.kind === 'sometimes') {
      if (this.#verdicts.reached.has(place)) return;
      this.#verdicts.reached.set(place, this.#steps);
      const { initialState, steps } = this.#discoveries.at(place, finding, this.#paths());
      this.#witnesses.push({ property: property.name, initialState, steps });
      return;
    }
    if (this.#verdicts.broken.has(place) || this.#isDecided) return;
    const { clause, initialState, steps } = this.#discoveries.at(place, finding, this.#paths());
    this.#verdicts.broken.set(place, clause);
    const { name, kind } = property;
    this.#violations.push({ property: name, kind, clause, initialState, steps, shortest: true });
  }

  /** Whether there is nothing left to find out. */
  get #isDecided(): boolean {
    if (this.#violations.length === 0) return false;
    return this.#options.keepGoing !== true || this.#verdicts.allDecided;
  }

  #paths(): Paths {
    return this.#discoveries.pathsIn(this.#crew.table, this.#levels.length);
  }

  get #steps(): number {
    return this.#report.generated - this.#model.model.initialStates.length;
  }

  #progress(): Progress {
    const { table, recordLength, bytes } = this.#crew;
    const left = this.#level.length / recordLength;
    const next = this.#next.length / recordLength;
    const inMemory = this.#level.bytes + this.#next.bytes;
    const actions = Object.values(this.#model.actionCoverage(this.#report.taken));
    return {
      engine: 'exhaustive',
      distinctStates: table.size,
      generatedStates: this.#report.generated,
      depth: this.#depth,
      pending: left + next,
      bytes: table.bytes + bytes + inMemory + (this.#evidence?.bytes ?? 0),
      tableBytes: table.bytes,
      ...(this.#crew.isLearningFull ? { isLearningFull: true } : {}),
      level: { left, next, size: this.#levels.at(-1) ?? 0, before: this.#levels.at(-2) ?? 0 },
      actions: { taken: actions.filter(times => times > 0).length, all: actions.length },
    };
  }

  #result(): ExplorationResult {
    const { generated, antecedents, taken, transitions } = this.#report;
    const distinctStates = this.#crew.table.size;
    const stopped = this.#stopped;
    const complete = stopped === undefined && !this.#isDecided;
    const counts = { distinctStates, steps: this.#steps, antecedents };
    const properties = this.#verdicts.reports(counts, complete ? 'whole' : 'part');
    const { transitionHits } = this.#model.createState();
    putHits(transitions, transitionHits);
    return {
      engine: 'exhaustive',
      verdict: overallVerdict(properties, complete ? 'whole' : 'part'),
      ...(stopped === undefined ? {} : { stopped }),
      symmetry: this.#discoveries.isSymmetric,
      ...(this.#discoveries.isSymmetric ? { symmetryCheck: this.#crew.symmetryCheck } : {}),
      ...(this.#crew.isLearningFull ? { isLearningFull: true } : {}),
      distinctStates,
      generatedStates: generated,
      depth: this.#depth,
      steps: this.#steps,
      violations: this.#violations,
      properties,
      coverage: {
        actions: this.#model.actionCoverage(taken),
        transitions: transitionCoverage(transitionHits),
      },
      witnesses: this.#witnesses,
    };
  }

  #goOnFrom({ state, level, next }: Kept): void {
    this.#depth = state.depth;
    addReport(this.#report, state.report);
    for (const [place, clause] of state.broken) this.#verdicts.broken.set(place, clause);
    for (const [place, steps] of state.reached) this.#verdicts.reached.set(place, steps);
    this.#violations.push(...state.violations);
    this.#witnesses.push(...state.witnesses);
    this.#levels.push(...state.levels);
    this.#level = level;
    this.#next = next;
  }

  async #keep(keeper: Keeper): Promise<void> {
    if (this.#evidence === undefined) return;
    const state: SearchState = {
      depth: this.#depth,
      report: this.#report,
      broken: [...this.#verdicts.broken],
      reached: [...this.#verdicts.reached],
      violations: this.#violations,
      witnesses: this.#witnesses,
      levels: this.#levels,
      evidence: this.#evidence.keep(),
      asymmetry: this.#options.asymmetry,
    };
    const kept = { state, level: this.#level, next: this.#next };
    await keeper.keep(kept, this.#crew.table);
  }
}
