/**
 * What became of a trace.
 *
 * `reproduced`: its steps still break (or reach) its property. `fixed`: they can all be taken and
 * do not. `diverged`: one of them cannot be taken any more. `not-applicable`: the trace is of
 * another model, version, action or property.
 */
export type ReplayWord = 'reproduced' | 'fixed' | 'diverged' | 'not-applicable';

export interface ReplayOutcome {
  readonly word: ReplayWord;
  /** The step at which it was decided, counted from 1; absent where no step was taken. */
  readonly step?: number;
  /** Why, in words: the guard that is false, the clause that is false, what is unknown. */
  readonly reason: string;
  /** The first step after which the state is not the recorded one; absent if there is none. */
  readonly differsFrom?: number;
}
