import type { TableMemory } from '../checker/core/stateTable.ts';
import type { Expansion } from '../checker/exhaustive/workerPool.ts';
import type { SpecificationModule } from './specificationModule.ts';

/** What a thread is given when it starts. */
export interface ThreadStart {
  readonly specification: SpecificationModule;
  readonly symmetry: boolean;
  readonly actions: ReadonlySet<string> | undefined;
  /** Whether the steps that break properties are reported. */
  readonly breaks: boolean | undefined;
  readonly table: TableMemory;
}

/** What a thread is asked to do. Requests are done in the order in which they are sent. */
export type ThreadRequest =
  | {
      readonly kind: 'level';
      readonly level: number;
      readonly closedGoals: ReadonlySet<number>;
    }
  | { readonly kind: 'expand'; readonly records: Uint32Array<ArrayBuffer> }
  /** From now on with a larger table, into which it moves some slots of the one that it has. */
  | {
      readonly kind: 'grow';
      readonly table: TableMemory;
      readonly start: number;
      readonly end: number;
    };

/** What a thread says: that it has its model, or the answer to a request. */
export type ThreadReply =
  | (ThreadMemory & { readonly kind: 'ready' | 'grown' })
  | (ThreadMemory & { readonly kind: 'expansion'; readonly expansion: Expansion })
  | { readonly kind: 'failure'; readonly message: string };

/** What a thread holds. */
export interface ThreadMemory {
  /** Bytes besides the table. */
  readonly bytes: number;
  /** Whether memory for what it learns is used up. */
  readonly isLearningFull: boolean;
  /** Computations that were not compared with their renamings (see `SymmetryCheck`). */
  readonly unchecked: number;
}
