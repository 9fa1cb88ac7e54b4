/*
 * The trace file format. Plain JSON-shaped interfaces without imports: the JSON Schema beside this
 * file is generated from them (`npm run schema`) and checked against them in CI.
 */

/** Any JSON value. */
export type TraceJson =
  | null
  | boolean
  | number
  | string
  | TraceJson[]
  | { [key: string]: TraceJson };

/** A run of a model, kept to be shown and replayed: a counterexample, or a witness of a goal. */
export interface TraceFile {
  format: 'highwater-trace';
  /** Version of this format. */
  formatVersion: 1;
  kind: 'counterexample' | 'witness';
  model: TraceModel;
  property: TraceProperty;
  /** The state before the first step. */
  initial: TraceInitialState;
  steps: TraceStep[];
  explored: TraceExplored;
}

/** The model that the run is of; enough to build the same model again. */
export interface TraceModel {
  name: string;
  /**
   * Version of the model: its meaning, a whole number.
   *
   * @minimum 1
   * @TJS-type integer
   */
  version: number;
  config: { [key: string]: TraceJson };
  /** The bounds of the scope, by name. */
  bounds: { [name: string]: number };
  /** Deliberate defects that were switched on. */
  defects: string[];
}

/** The property that the run breaks or reaches. */
export interface TraceProperty {
  name: string;
  kind: 'invariant' | 'step' | 'sometimes';
  statement: string;
  /** What a user loses if it breaks. */
  loss: string;
  /** The clause that is false after the last step, with its values. */
  clause: string;
}

/** The state before the first step. */
export interface TraceInitialState {
  /**
   * Which of the initial states.
   *
   * @minimum 0
   * @TJS-type integer
   */
  index: number;
  /**
   * Sixteen hexadecimal digits.
   *
   * @pattern ^[0-9a-f]{16}$
   */
  fingerprint: string;
  state: TraceJson;
}

/** One action and what it changed. */
export interface TraceStep {
  action: string;
  /** Who acted. */
  actor: string;
  params: { [name: string]: string | number | null };
  /**
   * Fingerprint of the state after the step.
   *
   * @pattern ^[0-9a-f]{16}$
   */
  fingerprint: string;
  changes: TraceChange[];
}

/** One field that a step changed. */
export interface TraceChange {
  path: string;
  before: TraceJson;
  after: TraceJson;
}

/** How the run was found. */
export interface TraceExplored {
  engine: 'exhaustive' | 'simulate' | 'script';
  /** Seed of a random search. */
  seed?: number;
  distinctStates: number;
  generatedStates: number;
  depth: number;
  /** Whether no shorter run breaks the property in the explored scope. */
  shortest: boolean;
  /** Why that is not known, where it is not. */
  unproved?: string;
}
