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
 * The instances that may be enabled in a state that changes step by step. A guard is asked again only
 * when a block that it read has changed; drawing by weight among the candidates, and leaving out those
 * that turn out to be disabled, is drawing by weight among the enabled ones.
 */
export class Candidates {
  /** The place of the instance whose guard was asked last. */
  lastAsked = 0;
  readonly #model: CompiledModel;
  readonly #state: ObservedModelState;
  readonly #dependencies: Dependencies;
  /** By place in `model.live`. */
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
    this.#classOf = Array.from(live, index => {
      const { weight } = model.instances[index] as ActionInstance;
      const known = byWeight.get(weight) ?? newClass(weight);
      byWeight.set(weight, known);
      return known;
    });
    this.#classes = [...byWeight.values()];
  }

  /**
   * Begins a run in another state. Instances, by place, for which `isOff` says so are parked. All
   * others are drawn by their weights, or alike.
   */
  reset(isOff: (place: number) => boolean, alike = false): void {
    for (const weightClass of this.#classes) {
      weightClass.size = 0;
      weightClass.weight = alike ? 1 : weightClass.usual;
    }
    for (let place = 0; place < this.#status.length; place++) {
      if (isOff(place)) this.#status[place] = PARKED;
      else this.#add(place);
    }
  }

  /** After a step that changed these blocks. */
  changed(blocks: Int32Array): void {
    const affected = this.#dependencies.affectedBy(blocks);
    for (let column = 0; column < affected.length; column++) {
      for (let rest = affected[column] as number; rest !== 0; rest &= rest - 1) {
        const place = column * 32 + lowestBit(rest);
        const status = this.#status[place];
        if (status === ENABLED) this.#status[place] = UNKNOWN;
        else if (status === DISABLED) this.#add(place);
      }
    }
  }

  /** Keeps an instance from being drawn until it is unparked; false if it was parked already. */
  park(place: number): boolean {
    const status = this.#status[place];
    if (status === PARKED) return false;
    if (status !== DISABLED) this.#remove(place);
    this.#status[place] = PARKED;
    return true;
  }

  unpark(place: number): void {
    if (this.#status[place] === PARKED) this.#add(place);
  }

  /** An enabled instance, by place, drawn by weight; undefined if there is none. */
  draw(random: RandomSource): number | undefined {
    for (;;) {
      const place = this.#pick(random);
      if (place === undefined || this.isEnabled(place)) return place;
    }
  }

  /** Whether an instance is enabled; its guard is asked only if that is not known. */
  isEnabled(place: number): boolean {
    const status = this.#status[place];
    if (status === ENABLED) return true;
    if (status === DISABLED) return false;
    const enabled = this.#ask(place);
    if (status === PARKED) return enabled;
    if (!enabled) this.#remove(place);
    this.#status[place] = enabled ? ENABLED : DISABLED;
    return enabled;
  }

  /** Asks the guard of an instance, and notes what it read. */
  #ask(place: number): boolean {
    const { reads } = this.#state;
    const index = this.#model.live[place] as number;
    this.lastAsked = place;
    clearBlocks(reads);
    const enabled = this.#model.enabled(this.#state, index) === true;
    this.#model.markBudget(index, reads);
    this.#dependencies.note(place, reads);
    return enabled;
  }

  #pick(random: RandomSource): number | undefined {
    const classes = this.#classes;
    let total = 0;
    for (let index = 0; index < classes.length; index++) {
      const each = classes[index] as WeightClass;
      total += each.weight * each.size;
    }
    let point = random.unit() * total;
    let last: WeightClass | undefined;
    for (let index = 0; index < classes.length; index++) {
      const each = classes[index] as WeightClass;
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

  #add(place: number): void {
    const weightClass = this.#classOf[place] as WeightClass;
    this.#position[place] = weightClass.size;
    weightClass.members[weightClass.size++] = place;
    this.#status[place] = UNKNOWN;
  }

  #remove(place: number): void {
    const weightClass = this.#classOf[place] as WeightClass;
    const { members } = weightClass;
    const last = members[--weightClass.size] as number;
    const hole = this.#position[place] as number;
    members[hole] = last;
    this.#position[last] = hole;
  }
}
