import type { PropertyScope, TakenAction } from '../checker/model/property.ts';
import type { Fields } from '../checker/state/fields.ts';

/**
 * Distinct states that are explored completely unless the user says otherwise: a second or two, and
 * with all steps between them, as temporal properties need them, a few megabytes.
 */
export const MOST_STATES = 20_000;

/** How far `toHold` and `toReach` search. */
export interface SearchLimits {
  /** Distinct states that are explored before random runs take over: 20,000 unless given. */
  readonly maxStates?: number;
  /** Random runs, where the scope has more states than that: 200 unless given. */
  readonly runs?: number;
  /** The longest random run, in steps: 100 unless given. */
  readonly maxSteps?: number;
  /** The seed of the random runs: 1 unless given. */
  readonly seed?: number;
  /** Milliseconds for each of the two searches: a minute unless given. */
  readonly timeLimit?: number;
  /** Whether states that differ by renaming nodes count as one: they do unless it is false. */
  readonly symmetry?: boolean;
  /**
   * Of a temporal property, where runs are random: steps after the last fault in which what is due must
   * happen; 300 unless given.
   */
  readonly settleSteps?: number;
}

/** Whether a step is one that is looked for. */
interface Predicate {
  reaches(
    before: PropertyScope<Fields, Fields>,
    after: PropertyScope<Fields, Fields>,
    action: TakenAction,
  ): boolean;
}

/** A goal by its name, or a predicate; as a method's its parameters may be of one model's types. */
export type Goal = string | Predicate['reaches'];

/** What a matcher is told of its call. */
export interface MatcherCall {
  readonly isNot: boolean;
  /** The command that runs the test again. */
  readonly command: string;
}

/** What a matcher returns. */
export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/** A result that fails whether or not the matcher is negated: nothing was found out. */
export function undecided({ isNot }: MatcherCall, message: string): MatcherResult {
  return { pass: isNot, message: () => message };
}
