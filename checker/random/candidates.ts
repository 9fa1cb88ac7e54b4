import type { ActionInstance, CompiledModel, ObservedModelState } from '../core/compiledModel.ts';
import { Dependencies, lowestBit } from '../core/dependencies.ts';
import type { RandomSource } from '../core/randomSource.ts';
import { clearBlocks } from '../state/blocks.ts';

/** What is known of an instance in the present state. */
const UNKNOWN = 0;
const ENABLED = 1;
const DISABLED = 2;
/** Not to be drawn, whatever its guard says. */
const PARKED = 3;

/** Instances of one weight that may be enabled. */
interface WeightClass {
  readonly usual: number;
  /** In this run. */
  weight: number;
  readonly members: Uint32Array;
  size: number;
}

/**
 * The instances that may be enabled in a state that changes step by step. A guard is evaluated again only
 * when a block that it read has changed; drawing by weight among the candidates, and leaving out those
 * that turn out to be disabled, is drawing by weight among the enabled ones.
 */
export class Candidates {
  /** The index of the instance whose guard was evaluated last. */
  lastEvaluated = 0;
  readonly #model: CompiledModel;
  readonly #state: ObservedModelState;
  readonly #dependencies: Dependencies;
  /** By index in `model.live`, as all that follows. */
  readonly #status: Uint8Array;
  readonly #classOf: readonly WeightClass[];
  readonly #classes: readonly WeightClass[];
  /** Where an instance stands among the members of its class. */
  readonly #position: Uint32Array;

  constructor(model: CompiledModel, state: ObservedModelState) {
    const { live } = model;
    this.#model = model;
    this.#state = state;
    this.#dependencies = new Dependencies(live.length);
    this.#status = new Uint8Array(live.length).fill(PARKED);
    this.#position = new Uint32Array(live.length);
    const byWeight = new Map<number, WeightClass>();
    const newClass = (weight: number): WeightClass => {
      return { usual: weight, weight, members: new Uint32Array(live.length), size: 0 };
    };
    this.#classOf = Array.from(live, instance => {
      const { weight } = model.instances[instance] as ActionInstance;
      const known = byWeight.get(weight) ?? newClass(weight);
      byWeight.set(weight, known);
      return known;
    });
    this.#classes = [...byWeight.values()];
  }

  /**
   * Begins a run in another state. Instances, by index, for which `isOff` says so are parked. All
   * others are drawn by their weights, or alike.
   */
  reset(isOff: (index: number) => boolean, alike = false): void {
    for (const weightClass of this.#classes) {
      weightClass.size = 0;
      weightClass.weight = alike ? 1 : weightClass.usual;
    }
    for (let index = 0; index < this.#status.length; index++) {
      if (isOff(index)) this.#status[index] = PARKED;
      else this.#add(index);
    }
  }

  /** After a step that changed these blocks. */
  changed(blocks: Int32Array): void {
    const affected = this.#dependencies.affectedBy(blocks);
    for (let column = 0; column < affected.length; column++) {
      for (let rest = affected[column] as number; rest !== 0; rest &= rest - 1) {
        const index = column * 32 + lowestBit(rest);
        const status = this.#status[index];
        if (status === ENABLED) this.#status[index] = UNKNOWN;
        else if (status === DISABLED) this.#add(index);
      }
    }
  }

  /** Keeps an instance from being drawn until it is unparked; false if it was parked already. */
  park(index: number): boolean {
    const status = this.#status[index];
    if (status === PARKED) return false;
    if (status !== DISABLED) this.#remove(index);
    this.#status[index] = PARKED;
    return true;
  }

  unpark(index: number): void {
    if (this.#status[index] === PARKED) this.#add(index);
  }

  /** An enabled instance, by index, drawn by weight; undefined if there is none. */
  draw(random: RandomSource): number | undefined {
    for (;;) {
      const index = this.#pick(random);
      if (index === undefined || this.isEnabled(index)) return index;
    }
  }

  /** Whether an instance is enabled; its guard is evaluated only if that is not known. */
  isEnabled(index: number): boolean {
    const status = this.#status[index];
    if (status === ENABLED) return true;
    if (status === DISABLED) return false;
    const enabled = this.#evaluateGuard(index);
    if (status === PARKED) return enabled;
    if (!enabled) this.#remove(index);
    this.#status[index] = enabled ? ENABLED : DISABLED;
    return enabled;
  }

  /** Evaluates the guard of an instance, and notes what it read. */
  #evaluateGuard(index: number): boolean {
    const { reads } = this.#state;
    const instance = this.#model.live[index] as number;
    this.lastEvaluated = index;
    clearBlocks(reads);
    const enabled = this.#model.enabled(this.#state, instance) === true;
    this.#model.markBudget(instance, reads);
    this.#dependencies.note(index, reads);
    return enabled;
  }

  #pick(random: RandomSource): number | undefined {
    const classes = this.#classes;
    let total = 0;
    for (let instance = 0; instance < classes.length; instance++) {
      const each = classes[instance] as WeightClass;
      total += each.weight * each.size;
    }
    let point = random.unit() * total;
    let last: WeightClass | undefined;
    for (let instance = 0; instance < classes.length; instance++) {
      const each = classes[instance] as WeightClass;
      if (each.size === 0) continue;
      last = each;
      const share = each.weight * each.size;
      if (point < share) break;
      point -= share;
    }
    if (last === undefined) return undefined;
    // Rounding may lead past the last member.
    return last.members[Math.min(last.size - 1, Math.floor(point / last.weight))];
  }

  #add(index: number): void {
    const weightClass = this.#classOf[index] as WeightClass;
    this.#position[index] = weightClass.size;
    weightClass.members[weightClass.size++] = index;
    this.#status[index] = UNKNOWN;
  }

  #remove(index: number): void {
    const weightClass = this.#classOf[index] as WeightClass;
    const { members } = weightClass;
    const last = members[--weightClass.size] as number;
    const hole = this.#position[index] as number;
    members[hole] = last;
    this.#position[last] = hole;
  }
}
