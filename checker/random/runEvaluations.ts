import {
  type ActionInstance,
  type CompiledModel,
  labelOf,
  type ModelState,
} from '../core/compiledModel.ts';
import { evaluate, type Outcome, outcomeOf } from '../core/evaluate.ts';
import type { AnyProperty } from '../model/property.ts';

/** Guards that are evaluated in a state, so that repeating costs about as much as drawing. */
const GUARDS_SAMPLED = 32;

/** Something that is evaluated. */
export interface Evaluated {
  /** What it is, in words. */
  readonly what: string;
  /** Whose guard it is, if it is one. */
  readonly instance?: number;
}

/**
 * What is evaluated in the states of a run that is made again, by number: some guards, others in each state, so that in
 * many states all of them are, and then all properties.
 */
export class RunEvaluations {
  readonly #model: CompiledModel;
  readonly #properties: readonly AnyProperty[];

  constructor(model: CompiledModel, properties: readonly AnyProperty[]) {
    this.#model = model;
    this.#properties = properties;
  }

  /** How many guards there are in the state after so many steps; what follows are properties. */
  guardsAfter(steps: number): number {
    return Math.min(GUARDS_SAMPLED, this.#model.live.length - this.#firstGuard(steps));
  }

  /** How many there are in that state. */
  countAfter(steps: number): number {
    return this.guardsAfter(steps) + this.#properties.length;
  }

  /** Evaluates one in the state after these steps; `before` is the one before that. */
  evaluate(
    number: number,
    { before, after }: { readonly before: ModelState; readonly after: ModelState },
    steps: readonly number[],
  ): boolean | Outcome {
    const guards = this.guardsAfter(steps.length);
    if (number < guards) {
      return this.#model.enabled(after, this.#guard(number, steps.length)) === true;
    }
    const property = this.#properties[number - guards] as AnyProperty;
    const last = steps.at(-1);
    if (last === undefined) return outcomeOf(evaluate(property, after));
    const { taken } = this.#model.instances[last] as ActionInstance;
    return outcomeOf(evaluate(property, after, { before, taken }));
  }

  /** What one is. */
  describe(number: number, steps: number): Evaluated {
    const guards = this.guardsAfter(steps);
    if (number >= guards) return { what: `property "${this.#properties[number - guards]?.name}"` };
    const instance = this.#guard(number, steps);
    const { taken } = this.#model.instances[instance] as ActionInstance;
    return { what: `the guard of ${labelOf(taken)}`, instance };
  }

  #guard(number: number, steps: number): number {
    return this.#model.live[this.#firstGuard(steps) + number] as number;
  }

  #firstGuard(steps: number): number {
    return (steps * GUARDS_SAMPLED) % Math.max(1, this.#model.live.length);
  }
}
