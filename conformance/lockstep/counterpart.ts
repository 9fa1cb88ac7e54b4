import type { TakenAction } from '../../checker/model/property.ts';
import type { JsonValue } from '../../checker/state/json.ts';

/** What is compared, by the place in the state: both sides have the same places. */
export type Projection = Readonly<Record<string, JsonValue>>;

/** A step of the model, with the states before and after it as JSON. */
export interface Step<State> {
  readonly taken: TakenAction;
  readonly before: State;
  readonly after: State;
}

/**
 * Real classes of Kafka beside a model: how they are told to take its steps, and what both are compared by. One object
 * plays many runs, one after the other.
 */
export interface Counterpart<State> {
  /** Begins anew, in the state that the model begins in. */
  begin(initial: State): Promise<void>;
  /** How often the step is drawn, relative to its own weight; 0 where the counterpart cannot be told to take it. */
  weightOf(taken: TakenAction, before: State): number;
  /** Whether Kafka has a part in the step; otherwise the model takes it alone, and nothing that is compared changes. */
  hasPartIn(step: Step<State>): boolean;
  /**
   * Takes the step.
   *
   * @returns Why it was not taken where Kafka need not take it: the model takes it back.
   */
  take(step: Step<State>): Promise<string | undefined>;
  /** The steps that Kafka may take in the same breath, of which the model makes steps of their own. */
  folded(step: Step<State>): readonly TakenAction[];
  /** What the model has. */
  ofModel(state: State): Projection;
  /** What Kafka has. */
  ofKafka(): Projection;
  /** What else Kafka says of where it is, for a reader. */
  note(): string;
  close(): Promise<void>;
}
