import {
  type ActionInstance,
  type CompiledModel,
  labelOf,
  type ModelState,
} from '../core/compiledModel.ts';
import { SILENT } from '../core/evaluate.ts';
import type { Evaluator } from '../core/evaluator.ts';
import { expectSame } from '../core/expectSame.ts';
import { isRechecked } from '../core/isRechecked.ts';
import { copyState, equalStates } from '../state/schema.ts';

/** The search finds the steps to where something differs. */
function noSteps(): [] {
  return [];
}

/**
 * Computes what was learned of some states once more, by code of the model: what comes out another time, or
 * throws then, is no function of what it is given.
 */
export class Recheck {
  readonly #model: CompiledModel;
  readonly #evaluator: Evaluator;
  readonly #after: ModelState;
  #seen = 0;
  /** The instance whose guard was evaluated last; -1 if it was none of this state. */
  evaluating = -1;

  constructor(model: CompiledModel, evaluator: Evaluator) {
    this.#model = model;
    this.#evaluator = evaluator;
    this.#after = model.createState();
  }

  /** Whether the next state is to be computed once more. */
  isNext(): boolean {
    this.evaluating = -1;
    return isRechecked(this.#seen++);
  }

  /** @throws NondeterminismError when other instances are enabled, with the one that is evaluated. */
  enabled(state: ModelState, instances: Uint32Array, known: Uint32Array): void {
    const isKnown = new Set(known);
    for (const instance of instances) {
      this.evaluating = instance;
      this.#expectStep(instance, () => {
        return (this.#model.enabled(state, instance) === true) === isKnown.has(instance);
      });
    }
  }

  /** The state after a step of this instance. */
  step(before: ModelState, instance: number, after: ModelState): void {
    this.#expectStep(instance, () => {
      copyState(before, this.#after);
      this.#model.step(this.#after, instance);
      return equalStates(this.#after, after);
    });
  }

  /** The outcomes of invariants in a state. */
  outcomesInState(state: ModelState, known: readonly number[]): void {
    this.evaluating = -1;
    for (const index of this.#evaluator.invariants) {
      this.#expectOutcome(index, known, () => this.#evaluator.inState(index, state));
    }
  }

  /** The outcomes of step properties and goals on a step. */
  outcomesOnStep(
    step: { before: ModelState; after: ModelState },
    instance: number,
    known: readonly number[],
  ): void {
    const { taken } = this.#model.instances[instance] as ActionInstance;
    for (const index of this.#evaluator.onSteps) {
      this.#expectOutcome(index, known, () => this.#evaluator.onStep(index, step, taken));
    }
  }

  #expectOutcome(index: number, known: readonly number[], evaluate: () => number): void {
    const before = known.find(outcome => outcome >> 2 === index) ?? 4 * index + SILENT;
    expectSame(
      () => 4 * index + evaluate() === before,
      () => `property "${this.#evaluator.properties[index]?.name}"`,
      noSteps,
    );
  }

  #expectStep(instance: number, isSame: () => boolean): void {
    const { taken } = this.#model.instances[instance] as ActionInstance;
    expectSame(isSame, () => labelOf(taken), noSteps);
  }
}
