import type { Marks } from './blocks.ts';
import type { ByteTrace } from './byteTrace.ts';
import type { LifecycleTable } from './lifecycleTable.ts';

/** Counts of lifecycle transitions taken, one counter per entry of a table's `next`. */
export type TransitionHits = ReadonlyMap<LifecycleTable<string, string, string>, Uint32Array>;

/** What all views of one state share. */
export interface StateMemory {
  readonly bytes: Uint8Array;
  readonly hits: TransitionHits;
  /** Who is told what is read and written, if anybody is. */
  readonly marks: Marks | ByteTrace | undefined;
  /** Whether the state may be changed through its views just now. */
  isWritable: boolean;
  /** Counts steps: what code has a view of in one of them it has none of in the next. */
  turn: number;
}
