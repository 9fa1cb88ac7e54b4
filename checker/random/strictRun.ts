import {
  type ActionInstance,
  type CompiledModel,
  labelOf,
  type ModelState,
} from '../core/compiledModel.ts';
import { crashMessage, ModelError } from '../core/errors.ts';
import type { Walk } from '../core/walk.ts';
import type { AnyProperty } from '../model/property.ts';
import { ViewError } from '../state/errors.ts';
import { copyState } from '../state/schema.ts';
import { evaluationsAt } from './evaluationsAt.ts';

/**
 * Plays runs on strict views, to find code that looks past its views (`Object.keys(list)`): fast views, which
 * runs are drawn on, cannot refuse that. Code that has seen strict views once is slower for good, so it is
 * done when all runs have been drawn.
 */
export class StrictRun {
  readonly #model: CompiledModel;
  readonly #properties: readonly AnyProperty[];
  readonly #before: ModelState;
  readonly #after: ModelState;

  constructor(model: CompiledModel, properties: readonly AnyProperty[]) {
    this.#model = model;
    this.#properties = properties;
    this.#before = model.createStrictState();
    this.#after = model.createStrictState();
  }

  /** @throws ModelError when a guard, a step or a property looks past its views, with the steps to where. */
  play({ initialState, actions }: Walk): void {
    const model = this.#model;
    model.initialize(this.#after, initialState);
    this.#evaluateAll(actions.slice(0, 0));
    for (const [at, index] of actions.entries()) {
      const taken = actions.slice(0, at + 1);
      copyState(this.#after, this.#before);
      const { taken: step } = model.instances[index] as ActionInstance;
      const what = (): string => `action ${labelOf(step)}`;
      this.#expectViews(what, taken, () => model.step(this.#after, index));
      this.#evaluateAll(taken);
    }
  }

  /** Evaluates some guards and all properties after these steps. */
  #evaluateAll(steps: readonly number[]): void {
    const [taken] = this.#model.stepsOf(steps.slice(-1));
    const evaluations = evaluationsAt(this.#model, this.#properties, {
      state: this.#after,
      last: taken && { before: this.#before, taken },
      steps: steps.length,
    });
    for (const { what, evaluate } of evaluations) this.#expectViews(what, steps, evaluate);
  }

  /** What else is thrown was thrown when the run was drawn, or nobody evaluated it there. */
  #expectViews(what: () => string, steps: readonly number[], call: () => unknown): void {
    try {
      call();
    } catch (error) {
      const cause = error instanceof ModelError ? error.cause : error;
      if (!(cause instanceof ViewError)) return;
      throw new ModelError(crashMessage(what(), cause), this.#model.stepsOf(steps), cause);
    }
  }
}
