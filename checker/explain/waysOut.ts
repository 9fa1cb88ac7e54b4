import { type CompiledModel, fingerprintText, type ModelState } from '../core/compiledModel.ts';
import { judge } from '../core/judgement.ts';
import { WordList } from '../core/wordList.ts';
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
  readonly #numbers = new Map<string, number>();
  readonly #packed = new WordList();
  /** By state: the lowest number known to be on a cycle with it; -1 once its component is known. */
  readonly #lowest: number[] = [];
  /** By state: whether a violation is among what may come. */
  readonly #isThreatened: boolean[] = [];
  readonly #open: number[] = [];

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
    this.#before = model.createState();
    this.#after = model.createState();
  }

  /** Searches from a state. What earlier searches have seen is not looked at again. */
  from(state: ModelState): WayOut {
    const known = this.#numbers.get(fingerprintText(state));
    if (known !== undefined) return 'none';
    const path: Visit[] = [{ state: this.#add(state), next: 0 }];
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
    this.#packed.read(visit.state * before.words.length, before.words);
    if (this.#model.enabled(before, index) !== true) return undefined;
    copyState(before, after);
    this.#model.step(after, index);
    const taken = this.#model.stepsOf([index])[0];
    if (judge(this.#property, after, taken && { before, taken }) === 'v') {
      this.#isThreatened[visit.state] = true;
      return undefined;
    }
    const known = this.#numbers.get(fingerprintText(after));
    if (known === undefined) return this.#add(after);
    const lowest = this.#lowest[known] as number;
    if (lowest >= 0) this.#lower(visit.state, known);
    else this.#isThreatened[visit.state] ||= this.#isThreatened[known] as boolean;
    return undefined;
  }

  #add(state: ModelState): number {
    const number = this.#lowest.length;
    this.#numbers.set(fingerprintText(state), number);
    this.#packed.append(state.words);
    this.#lowest.push(number);
    this.#isThreatened.push(false);
    this.#open.push(number);
    this.states++;
    return number;
  }

  #lower(state: number, to: number): void {
    this.#lowest[state] = Math.min(this.#lowest[state] as number, to);
  }

  /** Ends the visit of a state; whether that ends a component from which no violation can come. */
  #close(state: number, parent: number | undefined): boolean {
    const lowest = this.#lowest[state] as number;
    if (lowest === state) {
      const component = this.#open.splice(this.#open.lastIndexOf(state));
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
