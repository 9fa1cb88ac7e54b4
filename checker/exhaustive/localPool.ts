import type { SymmetryCheck } from '../core/asymmetry.ts';
import type { CompiledModel } from '../core/compiledModel.ts';
import { StateTable } from '../core/stateTable.ts';
import type { AnyProperty } from '../model/property.ts';
import { Expander, type ExpanderOptions } from './expander.ts';
import type { Expansion, WorkerPool } from './workerPool.ts';

/** A pool of one worker, on this thread. */
export class LocalPool implements WorkerPool {
  readonly size = 1;
  readonly #expander: Expander;
  #table: StateTable;

  constructor(
    model: CompiledModel,
    properties: readonly AnyProperty[],
    options: ExpanderOptions & { readonly threads?: number },
    table?: StateTable,
  ) {
    const { actions, threads = 0 } = options;
    // Each may be in the middle of a state when the table becomes full.
    const successors = model.instancesOf(actions).length * (threads + 1);
    const room = Math.max(successors, model.model.initialStates.length);
    this.#table = StateTable.withRoom(room, table);
    this.#expander = new Expander(model, properties, this.#table, options);
  }

  get table(): StateTable {
    return this.#table;
  }
  get recordLength(): number {
    return this.#expander.recordLength;
  }
  get bytes(): number {
    return this.#expander.bytes;
  }
  get isLearningFull(): boolean {
    return this.#expander.isLearningFull;
  }
  get symmetryCheck(): SymmetryCheck {
    return this.#expander.symmetryCheck;
  }

  begin(): Promise<Expansion> {
    this.#expander.addInitialStates();
    return Promise.resolve(this.#expansion(new Uint32Array(0)));
  }

  beginLevel(level: number, closedGoals: ReadonlySet<number>): void {
    this.#expander.beginLevel(level, closedGoals);
  }

  expand(records: Uint32Array<ArrayBuffer>): Promise<Expansion> {
    const end = this.#expander.expand(records);
    return Promise.resolve(this.#expansion(records.slice(end)));
  }

  grow(): Promise<void> {
    this.useTable(this.#table.grown());
    return Promise.resolve();
  }

  /** From now on with this table, which holds what the one before did. */
  useTable(table: StateTable): void {
    this.#table = table;
    this.#expander.useTable(table);
  }

  #expansion(rest: Uint32Array<ArrayBuffer>): Expansion {
    const report = this.#expander.takeReport();
    return { report, records: this.#expander.takeRecords(), rest };
  }
}
