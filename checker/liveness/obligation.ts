import type { ModelState } from '../core/compiledModel.ts';
import { isGoalDue, isGoalReached } from '../core/evaluate.ts';
import type { AnyTemporalProperty } from '../model/temporal.ts';

/** What one property demands along one run. */
export class Obligation {
  readonly property: AnyTemporalProperty;
  /** The number of the state since which the goal is due; undefined if it is not. */
  since: number | undefined;
  /** Whether it was due in this run at any time. */
  wasDue = false;
  #seen = 0;

  constructor(property: AnyTemporalProperty) {
    this.property = property;
  }

  /** Begins another run. */
  begin(): void {
    this.since = undefined;
    this.wasDue = false;
    this.#seen = 0;
  }

  /**
   * Looks at the next state of the run, the initial one being the first.
   *
   * @throws ModelError when the property throws.
   */
  see(state: ModelState): void {
    const { property } = this;
    if (isGoalDue(property, state, this.#seen === 0)) {
      this.wasDue = true;
      this.since ??= this.#seen;
    }
    if (this.since !== undefined && isGoalReached(property, state)) this.since = undefined;
    this.#seen++;
  }
}
