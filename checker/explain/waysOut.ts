import type { CompiledModel, ModelState } from '../core/compiledModel.ts';
import { evaluate, FOUND, outcomeOf } from '../core/evaluate.ts';
import { StateStore } from '../core/stateStore.ts';
import type { AnyProperty } from '../model/property.ts';
import { copyState } from '../state/schema.ts';

/** Whether there is a way to a state from which the property cannot be violated any more. */
export type WayOut = 'found' | 'none' | 'unknown';

/** A state whose successors are being looked at. */
interface Visit {
  readonly state: number;
  /** The next instance to try, by place. */
  next: number;
}

/**
 * Looks for ways out of a state where nothing fails any more: for strongly connected components of
 * the states to come, within the bounds, that no step leaves towards a violation (Tarjan 1972). Depth first, so that a
 * component that is the end of everything is found early.
 */
export class WaysOut {
  /** States looked at so far, over all searches. */
  states = 0;
  readonly #model: CompiledModel;
  readonly #property: AnyProperty;
  readonly #maxStates: number;
  readonly #instances: readonly number[];
  readonly #before: ModelState;
  readonly #after: ModelState;
  /** Those that were seen, by number. */
  readonly #seen: StateStore;
  /** By state: the lowest number known to be on a cycle with it; -1 once its component is known. */
  readonly #lowest: number[] = [];
  /** By state: whether a violation is among what may come. */
  readonly #isThreatened: boolean[] = [];
  /** States whose component is not known yet. */
  readonly #unfinished: number[] = [];

  /**
   * @param property - Something that can be violated (see refutable.ts).
   * @param maxStates - How many states to look at, over all searches.
   */
  constructor(model: CompiledModel, property: AnyProperty, maxStates: number) {
    this.#model = model;
    this.#property = property;
    this.#maxStates = maxStates;
    const isFault = (index: number): boolean => model.instances[index]?.action.kind === 'fault';
    this.#instances = [...model.live].filter(index => !isFault(index));
    this.#seen = new StateStore(model.schema);
    this.#before = model.createState();
    this.#after = model.createState();
  }

  /** Searches from a state. What earlier searches have seen is not looked at again. */
  from(state: ModelState): WayOut {
    const start = this.#seen.add(state.bytes);
    if (!this.#isNew(start)) return 'none';
    const path: Visit[] = [{ state: this.#open(start), next: 0 }];
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      if (visit.next < this.#instances.length) {
        const reached = this.#takeNext(visit);
        if (reached !== undefined) path.push({ state: reached, next: 0 });
        if (this.states > this.#maxStates) return 'unknown';
        continue;
      }
      path.pop();
      if (this.#close(visit.state, path.at(-1)?.state)) return 'found';
    }
    return 'none';
  }

  /** Takes the next instance of a visited state; returns a state that was not known yet, if it leads to one. */
  #takeNext(visit: Visit): number | undefined {
    const index = this.#instances[visit.next++] as number;
    const [before, after] = [this.#before, this.#after];
    this.#seen.read(visit.state, before.bytes);
    if (this.#model.enabled(before, index) !== true) return undefined;
    copyState(before, after);
    this.#model.step(after, index);
    const taken = this.#model.stepsOf([index])[0];
    const evaluation = evaluate(this.#property, after, taken && { before, taken });
    if (outcomeOf(evaluation) === FOUND) {
      this.#isThreatened[visit.state] = true;
      return undefined;
    }
    const reached = this.#seen.add(after.bytes);
    if (this.#isNew(reached)) return this.#open(reached);
    const lowest = this.#lowest[reached] as number;
    if (lowest >= 0) this.#lower(visit.state, reached);
    else this.#isThreatened[visit.state] ||= this.#isThreatened[reached] as boolean;
    return undefined;
  }

  /** Whether a state, by its number, was not seen before. */
  #isNew(state: number): boolean {
    return state === this.#lowest.length;
  }

  /** Begins to look at a new state. */
  #open(state: number): number {
    this.#lowest.push(state);
    this.#isThreatened.push(false);
    this.#unfinished.push(state);
    this.states++;
    return state;
  }

  #lower(state: number, to: number): void {
    this.#lowest[state] = Math.min(this.#lowest[state] as number, to);
  }

  /** Ends the visit of a state; whether that ends a component from which no violation can come. */
  #close(state: number, parent: number | undefined): boolean {
    const lowest = this.#lowest[state] as number;
    if (lowest === state) {
      const component = this.#unfinished.splice(this.#unfinished.lastIndexOf(state));
      const isThreatened = component.some(member => this.#isThreatened[member]);
      for (const member of component) {
        this.#lowest[member] = -1;
        this.#isThreatened[member] = isThreatened;
      }
      if (!isThreatened) return true;
    }
    if (parent === undefined) return false;
    if (lowest < state) this.#lower(parent, lowest);
    this.#isThreatened[parent] ||= this.#isThreatened[state] as boolean;
    return false;
  }
}
