import type { CompiledModel, ModelState } from '../core/compiledModel.ts';
import type { RandomSource } from '../core/randomSource.ts';
import { copyState } from '../state/schema.ts';
import type { Fairness } from './fairness.ts';

/** How settling went. */
export interface Settled {
  /** The instances that were taken. */
  readonly actions: readonly number[];
  /**
   * `enough`: the caller had seen enough. `still`: no fair instance can be taken any more. `limit`:
   * neither within the steps that were allowed.
   */
  readonly end: 'enough' | 'still' | 'limit';
  /** Whether at the end a fair instance waits only because of the bounds of the scope. */
  readonly isHeldBack: boolean;
}

/**
 * Takes nothing but fair actions from a state on, so that faults are over and what can be mended is. They
 * are drawn at random; the longer one has been able to happen, the more likely it is, so that none is
 * passed over for long.
 */
export class Settling {
  readonly #model: CompiledModel;
  readonly #fairness: Fairness;
  readonly #fair: readonly number[];
  readonly #state: ModelState;
  /** By index among the fair ones: for how many steps it has been able to happen. */
  readonly #ages: Float64Array;

  /** The instance whose code was called last. */
  lastEvaluated = 0;

  constructor(model: CompiledModel, fairness: Fairness) {
    this.#model = model;
    this.#fairness = fairness;
    this.#fair = Array.from(model.live).filter(index => fairness.isFair[index] === 1);
    this.#state = model.createState();
    this.#ages = new Float64Array(this.#fair.length);
  }

  /** @param isEnough - Asked in every state, the first one included. */
  run(
    start: ModelState,
    random: RandomSource,
    mostSteps: number,
    isEnough: (state: ModelState) => boolean,
  ): Settled {
    const state = this.#state;
    const actions: number[] = [];
    copyState(start, state);
    this.#ages.fill(0);
    for (;;) {
      if (isEnough(state)) return { actions, end: 'enough', isHeldBack: false };
      const next = this.#draw(random);
      if (next === undefined || actions.length === mostSteps) {
        const { bounded } = this.#fairness;
        const isHeldBack = bounded.some(index => {
          this.lastEvaluated = index;
          return this.#fairness.isHeldBack(state, index);
        });
        return { actions, end: next === undefined ? 'still' : 'limit', isHeldBack };
      }
      actions.push(next);
      this.lastEvaluated = next;
      this.#model.step(state, next);
    }
  }

  /** An instance that can be taken, or undefined. */
  #draw(random: RandomSource): number | undefined {
    const ages = this.#ages;
    let total = 0;
    for (let position = 0; position < ages.length; position++) {
      const index = this.#fair[position] as number;
      this.lastEvaluated = index;
      const isAble =
        this.#model.enabled(this.#state, index) === true &&
        !this.#fairness.isEarly(this.#state, index);
      ages[position] = isAble ? (ages[position] as number) + 1 : 0;
      total += (ages[position] as number) ** 2;
    }
    if (total === 0) return undefined;
    let point = random.unit() * total;
    let chosen = 0;
    for (let position = 0; position < ages.length; position++) {
      const share = (ages[position] as number) ** 2;
      if (share === 0) continue;
      chosen = position;
      if (point < share) break;
      point -= share;
    }
    ages[chosen] = 0;
    return this.#fair[chosen];
  }
}
