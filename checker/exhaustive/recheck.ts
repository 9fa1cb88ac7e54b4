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
  /** The instance whose guard was asked last; -1 if it was none of this state. */
  asked = -1;

  constructor(model: CompiledModel, judge: Judge) {
    this.#model = model;
    this.#judge = judge;
    this.#after = model.createState();
  }

  /** Whether the next state is to be computed once more. */
  isNext(): boolean {
    this.asked = -1;
    return isRechecked(this.#seen++);
  }

  /** @throws NondeterminismError when other instances are enabled, with the one that is asked for. */
  enabled(state: ModelState, instances: Uint32Array, known: Uint32Array): void {
    const isKnown = new Set(known);
    for (const instance of instances) {
      this.asked = instance;
      this.#expect(
        isKnown.has(instance),
        () => this.#labelOf(instance),
        () => {
          return this.#model.enabled(state, instance) === true;
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
  state(state: ModelState, known: readonly number[]): void {
    this.asked = -1;
    this.#expectSaid(this.#judge.invariants, known, place => this.#judge.state(place, state));
  }

  /** What step properties and goals say of a step. */
  taken(
    step: { before: ModelState; after: ModelState },
    instance: number,
    known: readonly number[],
  ): void {
    const { taken } = this.#model.instances[instance] as ActionInstance;
    this.#expectSaid(this.#judge.onSteps, known, place => this.#judge.step(place, step, taken));
  }

  #expectSaid(
    places: readonly number[],
    known: readonly number[],
    ask: (place: number) => number,
  ): void {
    for (const place of places) {
      const before = known.find(said => said >> 2 === place) ?? 4 * place + SILENT;
      this.#expect(
        before,
        () => this.#nameOf(place),
        () => 4 * place + ask(place),
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

  #nameOf(place: number): string {
    return `property "${this.#judge.properties[place]?.name}"`;
  }

  #labelOf(instance: number): string {
    return labelOf((this.#model.instances[instance] as ActionInstance).taken);
  }
}
