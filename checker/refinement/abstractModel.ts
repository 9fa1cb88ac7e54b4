import { type ActionInstance, CompiledModel, type ModelState } from '../core/compiledModel.ts';
import type { AnyModel } from '../model/model.ts';
import { copyState, equalStates } from '../state/schema.ts';

/** Answers that are remembered at most: two states and whether a step leads from one to the other. */
const MOST_REMEMBERED = 1 << 16;

/** What fills an abstract state, which has its initial values before. */
export type Fill = (state: ModelState['initialScope']) => void;

/**
 * A model as what another one is to be: which of its states are initial, and which steps there are between
 * two. Budgets bound a search and are no part of what it says: they are always full here, and an action that
 * has none in its scope is not there.
 */
export class AbstractModel {
  readonly compiled: CompiledModel;
  /** A state with initial values and full budgets. */
  readonly #empty: Uint32Array;
  /** The bytes of the budgets. */
  readonly #budget: readonly [start: number, end: number];
  readonly #initial: readonly ModelState[];
  readonly #after: ModelState;
  readonly #known = new Map<string, boolean>();

  constructor(model: AnyModel) {
    this.compiled = new CompiledModel(model);
    this.#budget = this.compiled.budgetBytes();
    this.#initial = model.initialStates.map((_, index) => {
      const state = this.compiled.createState();
      this.compiled.initialize(state, index);
      return state;
    });
    this.#empty = this.#fullBudgets();
    for (const state of this.#initial) this.#refill(state);
    this.#after = this.compiled.createState();
  }

  /** Of each byte of a budget the most that an initial state has. */
  #fullBudgets(): Uint32Array {
    const words = new Uint32Array(this.compiled.schema.wordLength);
    const state = this.compiled.createState(words);
    state.memory.isWritable = true;
    const budget = state.budget as Record<string, number>;
    for (const one of this.#initial) {
      const own = one.budget as Readonly<Record<string, number>>;
      for (const name of Object.keys(this.compiled.schema.budget.fields)) {
        budget[name] = Math.max(budget[name] as number, own[name] as number);
      }
    }
    return words;
  }

  #refill(state: ModelState): void {
    const [start, end] = this.#budget;
    const full = new Uint8Array(this.#empty.buffer);
    for (let at = start; at < end; at++) state.bytes[at] = full[at] as number;
  }

  createState(): ModelState {
    return this.compiled.createState();
  }

  /** Makes `state` what `fill` makes of one with initial values. */
  fill(state: ModelState, fill: Fill): void {
    state.words.set(this.#empty);
    state.memory.isWritable = true;
    state.memory.turn++;
    try {
      fill(state.initialScope);
    } finally {
      state.memory.isWritable = false;
    }
    this.#refill(state);
  }

  /** The initial states, with full budgets. */
  get initial(): readonly ModelState[] {
    return this.#initial;
  }

  isInitial(state: ModelState): boolean {
    return this.#initial.some(one => equalStates(one, state));
  }

  /** Whether at most so many steps lead from one state to the other. */
  leadsTo(from: ModelState, to: ModelState, most: number): boolean {
    const key = `${textOf(from)}:${textOf(to)}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const leads = this.#search(from, to, most);
    if (this.#known.size >= MOST_REMEMBERED) this.#known.clear();
    this.#known.set(key, leads);
    return leads;
  }

  /** Breadth first, through states that were not met before. */
  #search(from: ModelState, to: ModelState, most: number): boolean {
    const met = new Set([textOf(from)]);
    const wanted = textOf(to);
    let level = [from];
    for (let length = 1; length <= most && level.length > 0; length++) {
      const next: ModelState[] = [];
      for (const state of level) {
        for (const index of this.compiled.live) {
          if (this.compiled.enabled(state, index) !== true) continue;
          const after = this.stepFrom(state, index);
          const text = textOf(after);
          if (text === wanted) return true;
          if (length === most || met.has(text)) continue;
          met.add(text);
          next.push(this.#copyOf(after));
        }
      }
      level = next;
    }
    return false;
  }

  #copyOf(state: ModelState): ModelState {
    const copy = this.createState();
    copyState(state, copy);
    return copy;
  }

  /** The state after an instance that is enabled, with full budgets; it is the same object each time. */
  stepFrom(from: ModelState, index: number): ModelState {
    copyState(from, this.#after);
    this.compiled.step(this.#after, index);
    this.#refill(this.#after);
    return this.#after;
  }

  /** The instances of each action that can be there at all, in the order of the model. */
  byAction(): ReadonlyMap<string, readonly number[]> {
    const all = new Map<string, number[]>();
    for (const index of this.compiled.live) {
      const { action } = this.compiled.instances[index] as ActionInstance;
      const known = all.get(action.name) ?? [];
      known.push(index);
      all.set(action.name, known);
    }
    return all;
  }
}

function textOf({ words }: ModelState): string {
  return words.join();
}
