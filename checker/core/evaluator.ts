import type { AnyProperty, TakenAction } from '../model/property.ts';
import type { ModelState } from './compiledModel.ts';
import { evaluate, FOUND, type Outcome, outcomeOf, SILENT } from './evaluate.ts';

/** Evaluates properties, by their index in the list. Those that do not apply never are. */
export class Evaluator {
  readonly properties: readonly AnyProperty[];
  /** The indices of those that are evaluated in states. */
  readonly invariants: readonly number[];
  #onSteps: readonly number[];

  constructor(properties: readonly AnyProperty[]) {
    this.properties = properties;
    const applicable = [...properties.keys()].filter(
      index => properties[index]?.notApplicable === undefined,
    );
    this.invariants = applicable.filter(index => properties[index]?.kind === 'invariant');
    this.#onSteps = applicable.filter(index => properties[index]?.kind !== 'invariant');
  }

  /** The indices of those that are evaluated on steps. */
  get onSteps(): readonly number[] {
    return this.#onSteps;
  }

  /** Leaves out goals that have been reached, and returns whether that changes anything. */
  leaveOut(goals: ReadonlySet<number>): boolean {
    const before = this.#onSteps.length;
    this.#onSteps = this.#onSteps.filter(index => !goals.has(index));
    return this.#onSteps.length < before;
  }

  /** The outcome of an invariant in a state. */
  inState(index: number, state: ModelState): Outcome {
    return outcomeOf(evaluate(this.properties[index] as AnyProperty, state));
  }

  /** The indices of the step properties that are violated in an initial state. */
  brokenInitially(state: ModelState): readonly number[] {
    return this.#onSteps.filter(
      index => outcomeOf(evaluate(this.properties[index] as AnyProperty, state)) === FOUND,
    );
  }

  /** The outcome of a step property or a goal on a step. */
  onStep(
    index: number,
    { before, after }: { readonly before: ModelState; readonly after: ModelState },
    taken: TakenAction,
  ): Outcome {
    return outcomeOf(evaluate(this.properties[index] as AnyProperty, after, { before, taken }));
  }
}

/** The outcomes of these properties, of those that are not silent: four times the index, plus the outcome. */
export function outcomesOf(
  indices: readonly number[],
  evaluated: (index: number) => number,
): number[] {
  const outcomes: number[] = [];
  for (const index of indices) {
    const outcome = evaluated(index);
    if (outcome !== SILENT) outcomes.push(4 * index + outcome);
  }
  return outcomes;
}
