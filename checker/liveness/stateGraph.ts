import type { CompiledModel, ModelState } from '../core/compiledModel.ts';
import { StateStore } from '../core/stateStore.ts';
import { WordList } from '../core/wordList.ts';
import { Fairness } from './fairness.ts';

/** Stands for the state before an initial one. */
const NONE = 0xffffffff;

/** A way along edges: the states on it, one more than the instances taken between them. */
export interface GraphPath {
  readonly states: readonly number[];
  readonly instances: readonly number[];
}

/**
 * The reachable states of a model and the steps between them, by number. States are added in the
 * order of a breadth-first search and expanded in the same order; those that are not expanded yet
 * have no edges.
 */
export class StateGraph {
  readonly model: CompiledModel;
  readonly fairness: Fairness;
  readonly #store: StateStore;
  /** By state: where its edges begin; the end of the last ones comes last. */
  readonly #firstEdge = new WordList();
  /** By state: where its early edges begin, which are its last ones. */
  readonly #firstEarly = new WordList();
  readonly #targets = new WordList();
  readonly #instances = new WordList();
  /** The same as the first for the fair instances that only a bound of the scope keeps from being taken. */
  readonly #firstHeldBack = new WordList();
  readonly #heldBack = new WordList();
  readonly #parents = new WordList();
  readonly #initialStates = new Map<number, number>();

  constructor(model: CompiledModel) {
    this.model = model;
    this.fairness = new Fairness(model);
    this.#store = new StateStore(model.schema);
    this.#firstEdge.push(0);
    this.#firstHeldBack.push(0);
  }

  /** How many states are known. */
  get size(): number {
    return this.#store.size;
  }
  /** How many of them have their edges: those with the lowest numbers. */
  get expanded(): number {
    return this.#firstEdge.length - 1;
  }
  get edges(): number {
    return this.#targets.length;
  }
  get bytes(): number {
    const lists = [this.#firstEdge, this.#targets, this.#instances, this.#firstHeldBack];
    const rest = [this.#firstEarly, this.#heldBack, this.#parents];
    return [...lists, ...rest].reduce((sum, { bytes }) => sum + bytes, this.#store.bytes);
  }
  /** Whether there may be no room for the steps of one more state, where lists have so many words at most. */
  isFull(mostWords: number): boolean {
    const steps = this.model.live.length;
    const states = this.#store.wordsOf(this.size + steps);
    const heldBack = this.#heldBack.length + this.fairness.bounded.length;
    return Math.max(states, this.edges + steps, heldBack) > mostWords;
  }
  /** The numbers of the initial states. */
  get initialStates(): readonly number[] {
    return [...this.#initialStates.keys()];
  }

  addInitial(state: ModelState, initialState: number): void {
    const id = this.#store.add(state.bytes);
    if (id < this.#parents.length) return;
    this.#parents.push(NONE);
    this.#initialStates.set(id, initialState);
  }

  /** Adds an edge of the state that is expanded next. */
  addEdge(instance: number, target: ModelState): void {
    const id = this.#store.add(target.bytes);
    if (id === this.#parents.length) this.#parents.push(this.expanded);
    this.#targets.push(id);
    this.#instances.push(instance);
  }

  /** Adds an instance that is held back in the state that is expanded next. */
  addHeldBack(instance: number): void {
    this.#heldBack.push(instance);
  }

  /**
   * From now on the edges of the state that is expanded next are early, if there are more: no run takes
   * them for ever. To be called once for each state.
   */
  beginEarly(): void {
    this.#firstEarly.push(this.#targets.length);
  }

  /** Ends the edges of a state. */
  endState(): void {
    this.#firstEdge.push(this.#targets.length);
    this.#firstHeldBack.push(this.#heldBack.length);
  }

  read(id: number, state: ModelState): void {
    this.#store.read(id, state.bytes);
  }

  /** The edges of a state are those from here to before those of the next state. */
  firstEdge(id: number): number {
    return this.#firstEdge.get(Math.min(id, this.expanded));
  }
  /** Of its edges those from here on are early. */
  firstEarly(id: number): number {
    return id < this.expanded ? this.#firstEarly.get(id) : this.edges;
  }
  target(edge: number): number {
    return this.#targets.get(edge);
  }
  instance(edge: number): number {
    return this.#instances.get(edge);
  }
  firstHeldBack(id: number): number {
    return this.#firstHeldBack.get(Math.min(id, this.expanded));
  }
  heldBack(index: number): number {
    return this.#heldBack.get(index);
  }

  /** The state from which a state was first reached, or undefined for an initial one. */
  parent(id: number): number | undefined {
    const parent = this.#parents.get(id);
    return parent === NONE ? undefined : parent;
  }

  /** The first instance, in their order, that leads from one state to the other. */
  instanceBetween(from: number, to: number): number {
    const end = this.firstEdge(from + 1);
    for (let edge = this.firstEdge(from); edge < end; edge++) {
      if (this.target(edge) === to) return this.instance(edge);
    }
    throw new Error(`there is no step from state ${from} to state ${to}`);
  }

  /** The way along these states. */
  pathAlong(states: readonly number[]): GraphPath {
    const pairs = states.slice(1).map((to, index) => [states[index] as number, to] as const);
    return { states, instances: pairs.map(([from, to]) => this.instanceBetween(from, to)) };
  }

  /** The states of a shortest run to a state, from an initial one on. */
  statesTo(id: number): number[] {
    const states: number[] = [];
    for (let at: number | undefined = id; at !== undefined; at = this.parent(at)) states.push(at);
    return states.reverse();
  }

  /** Which initial state of the model a state without {@link parent} is. */
  initialStateOf(id: number): number {
    return this.#initialStates.get(id) ?? 0;
  }
}
