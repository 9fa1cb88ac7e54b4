/** Why an exploration ended before its space did. */
export type StopReason =
  | 'time limit'
  | 'memory limit'
  | 'state limit'
  | 'interrupted'
  | 'run limit';

/** How far an exploration has come. */
export interface Progress {
  readonly engine: 'exhaustive' | 'simulate';
  readonly distinctStates: number;
  readonly generatedStates: number;
  readonly depth: number;
  /** Exhaustive: states still to be expanded. Simulate: runs still to be made. */
  readonly pending: number;
  /** Bytes held for the search. */
  readonly bytes: number;
  /** Exhaustive: of these, the table of states. */
  readonly tableBytes?: number;
  /** Exhaustive: memory for what is learned of the model is used up, which makes it slower. */
  readonly isLearningFull?: boolean;
  /** Exhaustive: the level that is being expanded, in states. */
  readonly level?: LevelProgress;
  /** Exhaustive: how many actions have been taken at some time, of how many. */
  readonly actions?: { readonly taken: number; readonly all: number };
}

/** How far the expansion of a level has come, in states. */
interface LevelProgress {
  /** Those of the level that are still to be expanded. */
  readonly left: number;
  /** Those of the next level that are known. */
  readonly next: number;
  /** All of the level, and of the one before; 0 where there is none. */
  readonly size: number;
  readonly before: number;
}

/**
 * The engine's only contact with the world: it is asked every few thousand states whether to go on.
 * Clocks, memory limits and signals live behind it, so that the checker itself has none.
 */
export interface Control {
  poll(progress: Progress): Promise<StopReason | undefined>;
}

/** Never stops. */
export const unlimited: Control = { poll: () => Promise.resolve(undefined) };
