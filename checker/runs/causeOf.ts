import type { CompiledModel, ModelState } from '../core/compiledModel.ts';
import { Walk } from '../core/walk.ts';
import type { AnyProperty } from '../model/property.ts';
import { firstViolation } from './firstViolation.ts';
import { enabledPart, withRolesExchanged, withStepsLeftOut } from './shorterRuns.ts';

/**
 * Tells counterexamples of one property apart by what they follow from. A counterexample that still is one
 * with steps left out shows nothing that a shorter one does not. Of one of which nothing can be left out, every
 * step is needed: the actions of its steps are its cause.
 */
export class Causes {
  readonly #model: CompiledModel;
  readonly #states: readonly [ModelState, ModelState];

  constructor(model: CompiledModel) {
    this.#model = model;
    this.#states = [model.createState(), model.createState()];
  }

  /**
   * The names of the actions that a counterexample follows from, in the order in which they are first
   * taken; undefined if some of its steps are not needed.
   */
  of(property: AnyProperty, walk: Walk): readonly string[] | undefined {
    if (this.#brokenAfter(property, walk) !== walk.actions.length) return undefined;
    if (this.#withLess(property, walk) !== undefined) return undefined;
    return [...new Set(this.#model.stepsOf(walk.actions).map(({ name }) => name))];
  }

  /** What is left of a run that breaks a property once steps that are not needed for it are left out. */
  reduced(property: AnyProperty, walk: Walk): Walk {
    const less = this.#withLess(property, walk);
    return less === undefined ? walk : this.reduced(property, less);
  }

  /** The same run with some of its steps left out, if that breaks the property too. */
  #withLess(property: AnyProperty, walk: Walk): Walk | undefined {
    for (const actions of this.#shorter(walk)) {
      const run = enabledPart(this.#model, walk.initialState, actions, this.#states[0]);
      const broken = this.#brokenAfter(property, new Walk(walk.initialState, run));
      if (broken !== undefined) return new Walk(walk.initialState, run.slice(0, broken));
    }
    return undefined;
  }

  *#shorter({ actions }: Walk): Iterable<readonly number[]> {
    yield* withStepsLeftOut(actions);
    yield* withRolesExchanged(this.#model, actions);
  }

  /** A run on which the property crashes does not break it. */
  #brokenAfter(property: AnyProperty, walk: Walk): number | undefined {
    try {
      return firstViolation(this.#model, property, walk, this.#states)?.after;
    } catch {
      return undefined;
    }
  }
}

/** Equal texts are one cause: the same actions, in whatever order. */
export function causeText(cause: readonly string[]): string {
  return JSON.stringify([...cause].sort());
}
