import { type Asymmetry, AsymmetryError } from '../core/asymmetry.ts';
import type { CompiledModel } from '../core/compiledModel.ts';
import type { Control, Progress, StopReason } from '../core/control.ts';
import type { StateTable } from '../core/stateTable.ts';
import type { AnyProperty } from '../model/property.ts';
import {
  type ComparedBreaks,
  type ExplorationResult,
  overallVerdict,
  putHits,
  transitionCoverage,
  transitionTotal,
  type Violation,
  type Witness,
} from '../results/result.ts';
import type { Breaks } from './breaks.ts';
import { Counterexamples } from './counterexamples.ts';
import type { Finding } from './finding.ts';
import type { Frontier, FrontierMaker } from './frontier.ts';
import type { Paths } from './paths.ts';
import { Reconstruction } from './reconstruction.ts';
import { addReport, emptyReport, type Report } from './report.ts';
import { PlainModel } from './sample/plainModel.ts';
import { type SavedSample, SpotSample } from './sample/spotSample.ts';
import { Verdicts } from './verdicts.ts';
import type { Expansion, WorkerPool } from './workerPool.ts';

/** States of a batch: enough to be worth a message, few enough to stop soon. */
const LARGEST_BATCH = 1024;
const SMALLEST_BATCH = 64;

const POLL_EVERY = 2048;

/** How a search is made. */
export interface SearchOptions {
  readonly symmetry: boolean;
  /** Why it is without symmetry although that was wished for. */
  readonly asymmetry?: Asymmetry | undefined;
  readonly maxStates?: number | undefined;
  readonly maxSteps?: number | undefined;
  readonly keepGoing?: boolean | undefined;
  /** Look for so many of each property, told apart by their causes; more than one goes on after a violation. */
  readonly counterexamples?: number | undefined;
  readonly actions?: ReadonlySet<string> | undefined;
  readonly control: Control;
  /** States expanded between two questions to the control; 2048 if absent. */
  readonly pollEvery?: number | undefined;
  readonly frontier: FrontierMaker;
  /** Asked between two batches whether to save the search, to resume it later. */
  readonly checkpointer?: Checkpointer | undefined;
  /** A saved search to resume; the table of the pool is then the saved one. */
  readonly saved?: SavedSearch | undefined;
}

/** A search as a checkpoint has it. */
export interface SavedSearch {
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
  readonly compared?: readonly ComparedBreaks[] | undefined;
  readonly levels: readonly number[];
  /** What the model did in some of the states: a model that resumes the search is held to it. */
  readonly sample: SavedSample;
  /** Why it is without symmetry although that was wished for. */
  readonly asymmetry?: Asymmetry | undefined;
}

/** Saves a search, so that it can be resumed. */
export interface Checkpointer {
  /** Whether it is time to save it. */
  readonly isDue: boolean;
  /** Saves it. Nothing is being expanded meanwhile. */
  save(search: SavedSearch, table: StateTable): Promise<void>;
}

/**
 * A breadth-first search, level by level. What is found does not depend on who expands which
 * state, or in which order: a level is finished before anything is made of it.
 */
export class Search {
  readonly #model: CompiledModel;
  readonly #properties: readonly AnyProperty[];
  readonly #pool: WorkerPool;
  readonly #options: SearchOptions;
  readonly #verdicts: Verdicts;
  readonly #reconstruction: Reconstruction;
  /** Where several counterexamples are looked for. */
  readonly #counterexamples: Counterexamples | undefined;
  readonly #violations: Violation[] = [];
  readonly #witnesses: Witness[] = [];
  readonly #report: Report;
  /** States in each level, as far as it is known. */
  readonly #levels: number[] = [];
  /** Where the search is to be saved. */
  readonly #sample: SpotSample | undefined;
  #level: Frontier;
  #next: Frontier;
  #depth = 0;
  #stopped: StopReason | undefined;
  /** States expanded since the control was asked. */
  #expandedSincePoll = 0;

  constructor(
    model: CompiledModel,
    properties: readonly AnyProperty[],
    pool: WorkerPool,
    options: SearchOptions,
  ) {
    this.#model = model;
    this.#properties = properties;
    this.#pool = pool;
    this.#options = options;
    this.#verdicts = new Verdicts(properties);
    this.#reconstruction = new Reconstruction(model, properties, options);
    const { counterexamples = 1 } = options;
    this.#counterexamples =
      counterexamples > 1 ? new Counterexamples(model, properties, counterexamples) : undefined;
    this.#report = emptyReport({
      properties: properties.length,
      instances: model.instances.length,
      transitions: transitionTotal(model.createState().transitionHits),
    });
    this.#sample = this.#newSample();
    this.#level = options.frontier();
    this.#next = options.frontier();
  }

  #newSample(): SpotSample | undefined {
    const { checkpointer, saved, symmetry, actions } = this.#options;
    if (checkpointer === undefined) return undefined;
    const sample = saved?.state.sample;
    const plain = new PlainModel(this.#model, this.#properties, {
      symmetry,
      actions,
      outcomes: sample?.outcomes,
    });
    return new SpotSample(plain, sample);
  }

  async run(): Promise<ExplorationResult> {
    const { saved } = this.#options;
    if (saved === undefined) {
      this.#merge(await this.#pool.begin());
      this.#endLevel();
    } else {
      // In the middle of a level, or when all of it has been expanded.
      this.#resume(saved);
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
    const { checkpointer } = this.#options;
    const states = this.#level.length / this.#pool.recordLength;
    this.#pool.beginLevel(this.#depth, this.#closedGoals, states);
    while (this.#level.length > 0 && this.#stopped === undefined) {
      await Promise.all(Array.from({ length: this.#pool.size }, () => this.#work()));
      if (this.#pool.table.isFull) await this.#grow();
      if (checkpointer?.isDue === true && this.#stopped === undefined)
        await this.#save(checkpointer);
    }
    if (checkpointer !== undefined && this.#stopped !== undefined) await this.#save(checkpointer);
    this.#endLevel();
  }

  /** Has one worker of the pool work on this level, until there is something to be done in between. */
  async #work(): Promise<void> {
    while (this.#level.length > 0 && !this.#isInterrupted) {
      const records = this.#level.take(this.#batchWords);
      this.#expandedSincePoll += records.length / this.#pool.recordLength;
      const expansion = await this.#pool.expand(records);
      this.#merge(expansion);
      if (expansion.rest.length > 0) this.#level.putBack(expansion.rest);
      if (this.#expandedSincePoll >= (this.#options.pollEvery ?? POLL_EVERY)) await this.#poll();
      if (this.#pool.table.size >= (this.#options.maxStates ?? Number.POSITIVE_INFINITY)) {
        this.#stopped ??= 'state limit';
      }
    }
  }

  async #poll(): Promise<void> {
    this.#expandedSincePoll = 0;
    this.#stopped ??= await this.#options.control.poll(this.#progress());
  }

  /** Words of a batch: towards the end of a level fewer, so that all end at about the same time. */
  get #batchWords(): number {
    const { recordLength, size } = this.#pool;
    const share = Math.ceil(this.#level.length / recordLength / size);
    return recordLength * Math.min(LARGEST_BATCH, Math.max(SMALLEST_BATCH, share));
  }

  get #isInterrupted(): boolean {
    if (this.#stopped !== undefined || this.#pool.table.isFull) return true;
    return this.#options.checkpointer?.isDue === true;
  }

  /** Makes the table larger, if the memory is there: for a while there are both. */
  async #grow(): Promise<void> {
    if (this.#stopped !== undefined) return;
    const { table } = this.#pool;
    const progress = this.#progress();
    const bytes = progress.bytes + table.largerBytes;
    this.#stopped = table.isLargest
      ? 'memory limit'
      : await this.#options.control.poll({ ...progress, bytes });
    if (this.#stopped === undefined) await this.#pool.grow();
  }

  #merge({ report, records }: Expansion): void {
    addReport(this.#report, report);
    this.#next.add(records);
    this.#sample?.add(records);
  }

  /** The goals that were reached before this level: what is reached in it is concluded at its end. */
  get #closedGoals(): ReadonlySet<number> {
    return new Set(this.#verdicts.reached.keys());
  }

  /** Makes something of what was found in the level that has been expanded. */
  #endLevel(): void {
    const { findings, failure } = this.#report;
    if (failure?.asymmetry !== undefined) throw new AsymmetryError(failure.asymmetry);
    if (failure !== undefined) {
      throw this.#reconstruction.errorAt(failure, this.#paths(), this.#closedGoals);
    }
    const isWhole = this.#level.length === 0;
    if (isWhole && this.#next.length > 0) {
      this.#depth++;
      this.#sample?.endLevel();
      this.#levels.push(this.#next.length / this.#pool.recordLength);
    }
    for (const property of [...findings.keys()].sort((a, b) => a - b)) {
      const finding = findings.get(property) as Finding;
      this.#conclude(property, finding);
    }
    findings.clear();
    this.#concludeFurther();
  }

  /** Notes the counterexamples beyond the first of each property. */
  #concludeFurther(): void {
    const { breaks } = this.#report;
    const paths = this.#paths();
    for (const property of [...breaks.keys()].sort((a, b) => a - b)) {
      const further = this.#counterexamples?.among(
        property,
        breaks.get(property) as Breaks,
        (index, finding, action) => this.#reconstruction.runTo(index, finding, paths, action),
      );
      this.#violations.push(...(further ?? []));
    }
    breaks.clear();
  }

  /** Notes that a property was violated or reached, if that is not known already. */
  #conclude(property: number, finding: Finding): void {
    const claim = this.#properties[property] as AnyProperty;
    if (claim.kind === 'sometimes') {
      if (this.#verdicts.reached.has(property)) return;
      this.#verdicts.reached.set(property, this.#steps);
      const { initialState, steps } = this.#reconstruction.runTo(property, finding, this.#paths());
      this.#witnesses.push({ property: claim.name, initialState, steps });
      return;
    }
    if (this.#verdicts.broken.has(property) || this.#isDecided) return;
    const { clause, initialState, steps } = this.#reconstruction.runTo(
      property,
      finding,
      this.#paths(),
    );
    this.#verdicts.broken.set(property, clause);
    const { name, kind } = claim;
    const first = { property: name, kind, clause, initialState, steps, shortest: true };
    this.#violations.push(this.#counterexamples?.first(claim, first) ?? first);
  }

  /** Whether there is nothing left to find out. */
  get #isDecided(): boolean {
    if (this.#violations.length === 0) return false;
    const several = this.#counterexamples;
    if (several === undefined) {
      return this.#options.keepGoing !== true || this.#verdicts.allDecided;
    }
    const broken = this.#properties.filter((_, index) => this.#verdicts.broken.has(index));
    return this.#verdicts.allDecided && broken.every(property => several.isFull(property));
  }

  #paths(): Paths {
    return this.#reconstruction.pathsIn(this.#pool.table, this.#levels.length);
  }

  get #steps(): number {
    return this.#report.generated - this.#model.model.initialStates.length;
  }

  #progress(): Progress {
    const { table, recordLength, bytes } = this.#pool;
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
      bytes: table.bytes + bytes + inMemory + (this.#sample?.bytes ?? 0),
      tableBytes: table.bytes,
      ...(this.#pool.isLearningFull ? { isLearningFull: true } : {}),
      level: { left, next, size: this.#levels.at(-1) ?? 0, before: this.#levels.at(-2) ?? 0 },
      actions: { taken: actions.filter(times => times > 0).length, all: actions.length },
    };
  }

  #result(): ExplorationResult {
    const { generated, antecedents, taken, transitions } = this.#report;
    const distinctStates = this.#pool.table.size;
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
      symmetry: this.#reconstruction.isSymmetric,
      ...(this.#reconstruction.isSymmetric ? { symmetryCheck: this.#pool.symmetryCheck } : {}),
      ...(this.#pool.isLearningFull ? { isLearningFull: true } : {}),
      distinctStates,
      generatedStates: generated,
      depth: this.#depth,
      steps: this.#steps,
      violations: this.#violations,
      ...(this.#counterexamples === undefined ? {} : { compared: this.#counterexamples.compared }),
      properties,
      coverage: {
        actions: this.#model.actionCoverage(taken),
        transitions: transitionCoverage(transitionHits),
      },
      witnesses: this.#witnesses,
    };
  }

  #resume({ state, level, next }: SavedSearch): void {
    this.#depth = state.depth;
    addReport(this.#report, state.report);
    for (const [property, clause] of state.broken) this.#verdicts.broken.set(property, clause);
    for (const [property, steps] of state.reached) this.#verdicts.reached.set(property, steps);
    this.#violations.push(...state.violations);
    this.#witnesses.push(...state.witnesses);
    this.#counterexamples?.resume(state.violations, state.compared ?? []);
    this.#levels.push(...state.levels);
    this.#level = level;
    this.#next = next;
  }

  async #save(checkpointer: Checkpointer): Promise<void> {
    if (this.#sample === undefined) return;
    const state: SearchState = {
      depth: this.#depth,
      report: this.#report,
      broken: [...this.#verdicts.broken],
      reached: [...this.#verdicts.reached],
      violations: this.#violations,
      witnesses: this.#witnesses,
      compared: this.#counterexamples?.compared,
      levels: this.#levels,
      sample: this.#sample.save(),
      asymmetry: this.#options.asymmetry,
    };
    const saved = { state, level: this.#level, next: this.#next };
    await checkpointer.save(saved, this.#pool.table);
  }
}
