import type { SymmetryCheck } from '../checker/core/asymmetry.ts';
import type { CompiledModel } from '../checker/core/compiledModel.ts';
import { StateTable } from '../checker/core/stateTable.ts';
import type { ExpanderOptions } from '../checker/exhaustive/expander.ts';
import { LocalPool } from '../checker/exhaustive/localPool.ts';
import type { Expansion, WorkerPool } from '../checker/exhaustive/workerPool.ts';
import type { AnyProperty } from '../checker/model/property.ts';
import type { SpecificationModule } from './specificationModule.ts';
import { WorkerThread } from './workerThread.ts';

/** Levels smaller than this are expanded faster here than they are sent to others. */
const SMALL_LEVEL = 256;
/** A search in which no level has so many states is over before threads have built their models. */
const WORTH_THREADS = 4096;
/** Batches that each thread has before it, so that it need not wait for the next. */
const BATCHES = 2;

/** What a pool of worker threads is made of. */
export interface ThreadPoolOptions
  extends Pick<ExpanderOptions, 'symmetry' | 'actions' | 'breaks'> {
  readonly workers: number;
  /** What gives each thread the model and properties that this one has. */
  readonly specification: SpecificationModule;
  /** The states of a saved search. */
  readonly table?: StateTable | undefined;
  /** Levels of fewer states than this are expanded by this thread. */
  readonly smallLevel?: number | undefined;
}

/**
 * A pool of worker threads that share one table. As long as the search is small, and until the threads
 * have built their models, this thread does the work.
 */
export class ThreadPool implements WorkerPool {
  readonly size: number;
  readonly #local: LocalPool;
  readonly #options: ThreadPoolOptions;
  #threads: readonly WorkerThread[] = [];
  #isSmall = true;

  constructor(
    model: CompiledModel,
    properties: readonly AnyProperty[],
    options: ThreadPoolOptions,
  ) {
    const { symmetry, actions, breaks, table, workers } = options;
    this.#options = options;
    const own = { symmetry, actions, breaks, threads: workers };
    this.#local = new LocalPool(model, properties, own, table);
    this.size = BATCHES * workers;
  }

  get table(): StateTable {
    return this.#local.table;
  }
  get recordLength(): number {
    return this.#local.recordLength;
  }
  get bytes(): number {
    return this.#threads.reduce((sum, { memory }) => sum + memory.bytes, this.#local.bytes);
  }
  get isLearningFull(): boolean {
    return this.#local.isLearningFull || this.#threads.some(({ memory }) => memory.isLearningFull);
  }
  get symmetryCheck(): SymmetryCheck {
    const own = this.#local.symmetryCheck;
    const unchecked = this.#threads.reduce((sum, { memory }) => sum + memory.unchecked, 0);
    return { ...own, unchecked: own.unchecked + unchecked };
  }

  /**
   * Starts the threads, if they have not been started; resolved when they have their models.
   *
   * @throws Error when a thread ends before.
   */
  async start(): Promise<void> {
    if (this.#threads.length === 0) {
      const { workers, specification, symmetry, actions, breaks } = this.#options;
      const start = { specification, symmetry, actions, breaks, table: this.table.memory };
      this.#threads = Array.from({ length: workers }, () => new WorkerThread(start));
    }
    await Promise.all(this.#threads.map(({ ready }) => ready));
  }

  begin(): Promise<Expansion> {
    return this.#local.begin();
  }

  beginLevel(level: number, closedGoals: ReadonlySet<number>, states: number): void {
    this.#isSmall = states < (this.#options.smallLevel ?? SMALL_LEVEL);
    this.#local.beginLevel(level, closedGoals);
    // That a thread cannot start is said when there is work for it.
    if (states >= WORTH_THREADS) this.start().catch(() => undefined);
    for (const thread of this.#threads) thread.tell({ kind: 'level', level, closedGoals });
  }

  async expand(records: Uint32Array<ArrayBuffer>): Promise<Expansion> {
    const thread = this.#isSmall ? undefined : this.#leastLoaded();
    if (thread === undefined) return this.#local.expand(records);
    const reply = await thread.ask({ kind: 'expand', records });
    if (reply.kind !== 'expansion') throw new Error(`a thread answered ${reply.kind}`);
    return reply.expansion;
  }

  /** @throws Error when a thread has ended. */
  async grow(): Promise<void> {
    if (this.#areReady) await this.#growTogether();
    else await this.#growHere();
  }

  /** Ends the threads. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map(thread => thread.close()));
  }

  /** Whether all threads have their models. */
  get #areReady(): boolean {
    return this.#threads.length > 0 && this.#threads.every(({ isReady }) => isReady);
  }

  /** Every thread moves a part of the table. */
  async #growTogether(): Promise<void> {
    const { table: smaller } = this;
    const table = smaller.largerMemory();
    const share = Math.ceil(smaller.capacity / this.#threads.length);
    await Promise.all(
      this.#threads.map((thread, index) => {
        const start = index * share;
        const end = Math.min(start + share, smaller.capacity);
        return thread.ask({ kind: 'grow', table, start, end });
      }),
    );
    this.#local.useTable(new StateTable(table));
  }

  /** Threads that are not ready are told of the larger table; they will find nothing left to be moved. */
  async #growHere(): Promise<void> {
    await this.#local.grow();
    const table = this.table.memory;
    for (const thread of this.#threads) {
      // If it has ended, that is said when there is work for it.
      thread.ask({ kind: 'grow', table, start: 0, end: 0 }).catch(() => undefined);
    }
  }

  /** The thread that has least to do, once all have their models. */
  #leastLoaded(): WorkerThread | undefined {
    const broken = this.#threads.find(({ ended }) => ended !== undefined);
    if (broken?.ended !== undefined) throw broken.ended;
    if (!this.#areReady) return undefined;
    return this.#threads.toSorted((a, b) => a.load - b.load)[0];
  }
}
