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
