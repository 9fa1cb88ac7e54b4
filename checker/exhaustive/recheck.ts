import {
  type ActionInstance,
  type CompiledModel,
  labelOf,
  type ModelState,
} from '../core/compiledModel.ts';
import { NondeterminismError, nondeterminismMessage } from '../core/errors.ts';
import { isRechecked } from '../core/isRechecked.ts';
import { type Judge, SILENT } from '../core/judge.ts';
import { copyState, equalStates } from '../state/schema.ts';

/**
 * Computes what was learned of some states once more, by code of the model: what comes out another time, or
 * throws then, is no function of what it is given.
 */
export class Recheck {
  readonly #model: CompiledModel;
  readonly #judge: Judge;
  readonly #after: ModelState;
  #seen = 0;
  /** The instance whose guard was evaluated last; -1 if it was none of this state. */
  evaluating = -1;

  constructor(model: CompiledModel, judge: Judge) {
    this.#model = model;
    this.#judge = judge;
    this.#after = model.createState();
  }

  /** Whether the next state is to be computed once more. */
  isNext(): boolean {
    this.evaluating = -1;
    return isRechecked(this.#seen++);
  }

  /** @throws NondeterminismError when other instances are enabled, with the one that is asked for. */
  enabled(outcomesInState: ModelState, instances: Uint32Array, known: Uint32Array): void {
    const isKnown = new Set(known);
    for (const instance of instances) {
      this.evaluating = instance;
      this.#expect(
        isKnown.has(instance),
        () => this.#labelOf(instance),
        () => {
          return this.#model.enabled(outcomesInState, instance) === true;
        },
      );
    }
  }

  /** The state after a step of this instance. */
  step(before: ModelState, instance: number, after: ModelState): void {
    this.#expect(
      true,
      () => this.#labelOf(instance),
      () => {
        copyState(before, this.#after);
        this.#model.step(this.#after, instance);
        return equalStates(this.#after, after);
      },
    );
  }

  /** What invariants say of a state. */
  outcomesInState(outcomesInState: ModelState, known: readonly number[]): void {
    this.evaluating = -1;
    this.#expectOutcomes(this.#judge.invariants, known, index =>
      this.#judge.state(index, outcomesInState),
    );
  }

  /** What step properties and goals say of a step. */
  outcomesOnStep(
    step: { before: ModelState; after: ModelState },
    instance: number,
    known: readonly number[],
  ): void {
    const { taken: outcomesOnStep } = this.#model.instances[instance] as ActionInstance;
    this.#expectOutcomes(this.#judge.onSteps, known, index =>
      this.#judge.step(index, step, outcomesOnStep),
    );
  }

  #expectOutcomes(
    indices: readonly number[],
    known: readonly number[],
    evaluate: (index: number) => number,
  ): void {
    for (const index of indices) {
      const before = known.find(outcome => outcome >> 2 === index) ?? 4 * index + SILENT;
      this.#expect(
        before,
        () => this.#nameOf(index),
        () => 4 * index + evaluate(index),
      );
    }
  }

  #expect<Outcome>(known: Outcome, who: () => string, compute: () => Outcome): void {
    try {
      if (compute() === known) return;
    } catch {
      // As different as can be.
    }
    throw new NondeterminismError(nondeterminismMessage(who()), []);
  }

  #nameOf(index: number): string {
    return `property "${this.#judge.properties[index]?.name}"`;
  }

  #labelOf(instance: number): string {
    return labelOf((this.#model.instances[instance] as ActionInstance).taken);
  }
}
