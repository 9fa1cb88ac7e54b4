import type { SymmetryCheck } from '../../../checker/core/asymmetry.ts';
import type { CompiledModel } from '../../../checker/core/compiledModel.ts';
import { StateTable } from '../../../checker/core/stateTable.ts';
import { Expander } from '../../../checker/exhaustive/expander.ts';
import { addReport } from '../../../checker/exhaustive/report.ts';
import type { Expansion, WorkerPool } from '../../../checker/exhaustive/workerPool.ts';
import type { AnyProperty } from '../../../checker/model/property.ts';

/** Pseudo-random whole numbers below a limit (a linear congruential generator), always the same. */
function drawsFrom(seed: number): (limit: number) => number {
  let state = seed;
  return limit => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/**
 * A pool of several on one thread, who share a table as threads do, and expand states in an order that has
 * nothing to do with the one in which they were found: scattered among the members, some now and some when
 * they are handed out again.
 */
export class ScatteredPool implements WorkerPool {
  readonly size = 1;
  readonly bytes = 0;
  readonly #members: readonly Expander[];
  readonly #draw: (limit: number) => number;
  #table: StateTable;

  constructor(
    model: CompiledModel,
    properties: readonly AnyProperty[],
    options: {
      readonly members: number;
      readonly symmetry: boolean;
      readonly seed: number;
      readonly table?: StateTable;
      /** Words of each forest of each member, if fewer than there may be. */
      readonly forestWords?: number | undefined;
      readonly breaks?: boolean;
    },
  ) {
    const { members, symmetry, seed, forestWords, breaks, table = new StateTable() } = options;
    this.#table = table;
    this.#draw = drawsFrom(seed);
    this.#members = Array.from(
      { length: members },
      () => new Expander(model, properties, table, { symmetry, forestWords, breaks }),
    );
  }

  get table(): StateTable {
    return this.#table;
  }
  get isLearningFull(): boolean {
    return this.#members.some(({ isLearningFull }) => isLearningFull);
  }
  get symmetryCheck(): SymmetryCheck {
    const checks = this.#members.map(({ symmetryCheck }) => symmetryCheck);
    const unchecked = checks.reduce((sum, check) => sum + check.unchecked, 0);
    return { ...(checks[0] as SymmetryCheck), unchecked };
  }
  get recordLength(): number {
    return this.#member.recordLength;
  }

  begin(): Promise<Expansion> {
    this.#member.addInitialStates();
    return Promise.resolve(this.#expansion(new Uint32Array(0)));
  }

  beginLevel(level: number, closedGoals: ReadonlySet<number>): void {
    for (const member of this.#members) member.beginLevel(level, closedGoals);
  }

  async expand(records: Uint32Array<ArrayBuffer>): Promise<Expansion> {
    const length = this.recordLength;
    const count = records.length / length;
    // Now and then less than was handed out, as if the table were full.
    const end = count - this.#draw(count);
    const order = Array.from({ length: end }, (_, index) => index);
    for (let index = end - 1; index > 0; index--) {
      const other = this.#draw(index + 1);
      [order[index], order[other]] = [order[other] as number, order[index] as number];
    }
    for (const index of order) {
      const record = records.slice(index * length, (index + 1) * length);
      while (this.#member.expand(record) === 0) await this.grow();
    }
    return this.#expansion(records.slice(end * length));
  }

  grow(): Promise<void> {
    const smaller = this.#table;
    this.#table = new StateTable(smaller.largerMemory());
    this.#table.takeOver(smaller.memory, 0, smaller.capacity);
    for (const member of this.#members) member.useTable(this.#table);
    return Promise.resolve();
  }

  /** Whoever is next. */
  get #member(): Expander {
    return this.#members[this.#draw(this.#members.length)] as Expander;
  }

  #expansion(rest: Uint32Array<ArrayBuffer>): Expansion {
    const [first, ...others] = this.#members.map(member => ({
      report: member.takeReport(),
      records: member.takeRecords(),
    }));
    if (first === undefined) throw new Error('a pool of nobody');
    const parts = [first, ...others].map(({ records }) => records);
    for (const { report } of others) addReport(first.report, report);
    const records = new Uint32Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      records.set(part, at);
      at += part.length;
    }
    return { report: first.report, records, rest };
  }
}
