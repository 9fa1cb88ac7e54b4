import { holdsOf, isTrue } from '../model/answers.ts';
import type { AnyProperty, TakenAction } from '../model/property.ts';
import type { ModelState } from './compiledModel.ts';
import { crashMessage, ModelError } from './errors.ts';

/** Outcomes of a property; silent: its antecedent is false, or its goal is not reached. */
export const [SILENT, HOLDS, FOUND] = [0, 1, 2] as const;
/** What a property comes to in a state or on a step; {@link FOUND}: it is violated or, if it is a goal, reached. */
export type Outcome = typeof SILENT | typeof HOLDS | typeof FOUND;

/** Evaluates properties, by their index in the list. Those that do not apply never are. */
export class Judge {
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
  state(index: number, { propertyScope: scope }: ModelState): Outcome {
    return this.#evaluate(index, property => {
      if (property.kind !== 'invariant') return SILENT;
      if (property.when && !isTrue(property.when(scope), 'when')) return SILENT;
      return holdsOf(property.holds(scope)) === true ? HOLDS : FOUND;
    });
  }

  /** The outcome of a step property or a goal on a step. */
  step(
    index: number,
    { before, after }: { readonly before: ModelState; readonly after: ModelState },
    action: TakenAction,
  ): Outcome {
    const [from, to] = [before.propertyScope, after.propertyScope];
    return this.#evaluate(index, property => {
      if (property.kind === 'sometimes') {
        return isTrue(property.reaches(from, to, action), 'reaches') ? FOUND : SILENT;
      }
      if (property.kind !== 'step') return SILENT;
      if (property.when && !isTrue(property.when(from, to, action), 'when')) return SILENT;
      return holdsOf(property.holds(from, to, action)) === true ? HOLDS : FOUND;
    });
  }

  #evaluate(index: number, evaluate: (property: AnyProperty) => Outcome): Outcome {
    const property = this.properties[index] as AnyProperty;
    try {
      return evaluate(property);
    } catch (cause) {
      throw new ModelError(crashMessage(`property "${property.name}"`, cause), [], cause);
    }
  }
}

/** The outcomes of these properties, of those that are not silent: four times the index, plus the outcome. */
export function outcomesOf(
  indices: readonly number[],
  evaluate: (index: number) => number,
): number[] {
  const outcomes: number[] = [];
  for (const index of indices) {
    const outcome = evaluate(index);
    if (outcome !== SILENT) outcomes.push(4 * index + outcome);
  }
  return outcomes;
}
