import type { ParamName } from '../model/arguments.ts';
import type { JsonValue } from '../state/json.ts';

/** A step as far as it was observed: an action, and those of its arguments that are known. */
export interface StepPattern {
  readonly action: string;
  readonly params?: Readonly<Record<string, ParamName>>;
}

/**
 * What one or several lines of a log say of a run: that a step was taken, or how the state was between two
 * steps. What is not said may be anything.
 */
export interface Reading {
  /** How many lines, from the one that has this reading on, tell of the same step. 1 if absent. */
  readonly lines?: number;
  /** `state`: somebody looked, and no step was taken. `step` if absent. */
  readonly kind?: 'step' | 'state';
  /** The step is one of these; if absent any that changes one of the fields at least. */
  readonly steps?: readonly StepPattern[];
  /** Fields as they are then, by their paths as traces have them; `[-1]` is the last element of a list. */
  readonly state?: Readonly<Record<string, JsonValue>>;
}

/** A line of a log. */
export interface ObservedLine {
  /** Where it stands and what it says, for people. */
  readonly text: string;
  /** What it may mean. Of several, the search tries all. */
  readonly readings: readonly Reading[];
}

/**
 * What was observed of a run of a model, in the order in which it happened. Steps that nobody observed may
 * lie between.
 */
export interface Observation {
  readonly lines: readonly ObservedLine[];
  /**
   * Paths of fields of which every change was observed: an unobserved step changes none of them, and an
   * observed one only those that its line names, whole or in part.
   */
  readonly watched: readonly string[];
  /** The actions that may happen unobserved; all if absent. */
  readonly unobserved?: readonly string[];
  /** The most unobserved steps between two lines. */
  readonly mostUnobserved: number;
}

/** How much an observation said of the run that explains it: an empty log constrains nothing. */
export interface Constraints {
  /** Lines of the log that were explained. */
  readonly lines: number;
  /** Steps of the run that a line tells of. */
  readonly observedSteps: number;
  /** Steps of the run that no line tells of. */
  readonly unobservedSteps: number;
  /** Values of fields that a line named and the run has. */
  readonly fields: number;
}
