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
import { RunEvaluations } from './runEvaluations.ts';

/**
 * Plays runs on strict views, to find code that looks past its views (`Object.keys(list)`): fast views, which
 * runs are drawn on, cannot refuse that. Code that has seen strict views once is slower for good, so it is
 * done when all runs have been drawn.
 */
export class StrictRun {
  readonly #model: CompiledModel;
  readonly #evaluations: RunEvaluations;
  readonly #before: ModelState;
  readonly #after: ModelState;

  constructor(model: CompiledModel, properties: readonly AnyProperty[]) {
    this.#model = model;
    this.#evaluations = new RunEvaluations(model, properties);
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
      this.#expectViews(
        () => model.step(this.#after, index),
        () => `action ${labelOf(step)}`,
        taken,
      );
      this.#evaluateAll(taken);
    }
  }

  /** Evaluates some guards and all properties after these steps. */
  #evaluateAll(steps: readonly number[]): void {
    const evaluations = this.#evaluations;
    const states = { before: this.#before, after: this.#after };
    for (let number = 0; number < evaluations.countAfter(steps.length); number++) {
      this.#expectViews(
        () => evaluations.evaluate(number, states, steps),
        () => evaluations.describe(number, steps.length).what,
        steps,
      );
    }
  }

  /** What else is thrown was thrown when the run was drawn, or nobody evaluated it there. */
  #expectViews(call: () => unknown, what: () => string, steps: readonly number[]): void {
    try {
      call();
    } catch (error) {
      const cause = error instanceof ModelError ? error.cause : error;
      if (!(cause instanceof ViewError)) return;
      throw new ModelError(crashMessage(what(), cause), this.#model.stepsOf(steps), cause);
    }
  }
}
