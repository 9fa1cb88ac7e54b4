import {
  type ActionInstance,
  type CompiledModel,
  labelOf,
  type ModelState,
} from '../core/compiledModel.ts';
import { crashMessage, ModelError } from '../core/errors.ts';
import { judge } from '../core/judgement.ts';
import type { Walk } from '../core/walk.ts';
import type { AnyProperty } from '../model/property.ts';
import { ViewError } from '../state/errors.ts';
import { copyState } from '../state/schema.ts';
import { guardsSampledAt } from './rerun.ts';

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
    this.#askAll(actions.slice(0, 0));
    for (const [at, index] of actions.entries()) {
      const taken = actions.slice(0, at + 1);
      copyState(this.#after, this.#before);
      const { taken: step } = model.instances[index] as ActionInstance;
      this.#expectViews(`action ${labelOf(step)}`, taken, () => model.step(this.#after, index));
      this.#askAll(taken);
    }
  }

  /** Asks some guards, others after each step, and all properties. */
  #askAll(taken: readonly number[]): void {
    for (const index of guardsSampledAt(this.#model, taken.length)) {
      const { taken: guarded } = this.#model.instances[index] as ActionInstance;
      this.#expectViews(`the guard of ${labelOf(guarded)}`, taken, () => {
        this.#model.enabled(this.#after, index);
      });
    }
    const last = taken.at(-1);
    const step =
      last === undefined
        ? undefined
        : { before: this.#before, taken: (this.#model.instances[last] as ActionInstance).taken };
    for (const property of this.#properties) {
      this.#expectViews(`property "${property.name}"`, taken, () => {
        judge(property, this.#after, step);
      });
    }
  }

  /** What else is thrown was thrown when the run was drawn, or is nobody's question there. */
  #expectViews(who: string, taken: readonly number[], call: () => void): void {
    try {
      call();
    } catch (error) {
      if (!(error instanceof ViewError)) return;
      throw new ModelError(crashMessage(who, error), this.#model.stepsOf(taken), error);
    }
  }
}
