import type { SymmetryCheck } from '../core/asymmetry.ts';
import type { StateTable } from '../core/stateTable.ts';
import type { Report } from './report.ts';

/** What came of expanding some states. */
export interface Expansion {
  readonly report: Report;
  /** The new states. */
  readonly records: Uint32Array<ArrayBuffer>;
  /** The records that were not expanded, since the table is full. */
  readonly rest: Uint32Array<ArrayBuffer>;
}

/** The workers that expand the states of a search: this thread, or several. */
export interface WorkerPool {
  /** The table that all workers add to. */
  readonly table: StateTable;
  /** How many batches it expands at the same time. */
  readonly size: number;
  /** Words of a record. */
  readonly recordLength: number;
  /** Bytes that it holds besides the table. */
  readonly bytes: number;
  /** Whether a worker has used up the memory for what is learned of the model. */
  readonly isLearningFull: boolean;
  /** With symmetry: how far it was checked that it makes no difference. */
  readonly symmetryCheck: SymmetryCheck;
  /** Adds the initial states. */
  begin(): Promise<Expansion>;
  /**
   * Begins a level, of which so many states are to be expanded. Goals that are closed have been
   * reached. Nothing is being expanded.
   */
  beginLevel(level: number, closedGoals: ReadonlySet<number>, states: number): void;
  /** Expands records, which cannot be read any more afterwards. */
  expand(records: Uint32Array<ArrayBuffer>): Promise<Expansion>;
  /** Makes the table larger. Nothing is being expanded. */
  grow(): Promise<void>;
}
