import type { ModelState } from '../core/compiledModel.ts';
import { errorAt, NondeterminismError, nondeterminismMessage } from '../core/errors.ts';
import { isGoalDue, isGoalReached } from '../core/evaluate.ts';
import { WordList } from '../core/wordList.ts';
import type { TakenAction } from '../model/property.ts';
import type { AnyTemporalProperty } from '../model/temporal.ts';
import { recheckedStates } from './recheckGraph.ts';
import type { StateGraph } from './stateGraph.ts';

/** Stands for a state in which nothing is pending. */
const NOT_PENDING = 0xffffffff;
/** What a property says in a state, as bits: that it asks for its goal, and that this holds. */
const DUE = 1;
const GOAL = 2;

/**
 * Where in a graph an obligation of one property is pending: a state in which it arises, and whatever
 * is reached from there without the goal.
 */
export class PendingRegion {
  readonly graph: StateGraph;
  readonly property: AnyTemporalProperty;
  /** How many states there are with an obligation, whether it is met at once or not. */
  obligations = 0;
  /** Those in which the goal does not hold as well, in the order of their numbers. */
  readonly unmet = new WordList();
  /** By state: the steps of a shortest run to it with an obligation pending at its end. */
  readonly #distances: Uint32Array;
  /** By state: the one before it in such a run; itself where the obligation arises. */
  readonly #before: Uint32Array;
  /** By state: what the property says there. */
  readonly #outcomes: Uint8Array;

  /** @throws ModelError when the property throws, with the steps that lead there. */
  constructor(graph: StateGraph, property: AnyTemporalProperty) {
    this.graph = graph;
    this.property = property;
    this.#distances = new Uint32Array(graph.size).fill(NOT_PENDING);
    this.#before = new Uint32Array(graph.size);
    this.#outcomes = new Uint8Array(graph.size);
    this.#evaluate();
    this.#spread();
  }

  get bytes(): number {
    return this.#distances.byteLength + this.#before.byteLength + this.#outcomes.byteLength;
  }

  isPending(id: number): boolean {
    return this.#distances[id] !== NOT_PENDING;
  }
  isGoal(id: number): boolean {
    return ((this.#outcomes[id] as number) & GOAL) !== 0;
  }
  distance(id: number): number {
    return this.#distances[id] as number;
  }

  /** The states of a shortest run to a state, at the end of which an obligation is pending. */
  wayTo(id: number): readonly number[] {
    const pending: number[] = [];
    let at = id;
    while (this.#before[at] !== at) {
      pending.push(at);
      at = this.#before[at] as number;
    }
    return [...this.graph.statesTo(at), ...pending.reverse()];
  }

  /** Asks the property in every state, and in some of them once more. */
  #evaluate(): void {
    const { graph, property } = this;
    const state = graph.model.createState();
    for (let id = 0; id < graph.size; id++) {
      const outcome = this.#evaluateIn(state, id);
      this.#outcomes[id] = outcome;
      if ((outcome & DUE) === 0) continue;
      this.obligations++;
      if ((outcome & GOAL) === 0) this.unmet.push(id);
    }
    // Of two states one is closed: what code keeps of it must not be read where the other is evaluated.
    let [open, closed] = [graph.model.createStrictState(), graph.model.createStrictState()];
    for (const id of recheckedStates(graph.size)) {
      [open, closed] = [closed, open];
      open.trace.open();
      closed.trace.close();
      if (this.#evaluateIn(open, id) === this.#outcomes[id]) continue;
      const message = nondeterminismMessage(`property "${property.name}"`);
      throw new NondeterminismError(message, this.#stepsTo(id));
    }
  }

  #evaluateIn(state: ModelState, id: number): number {
    const { graph, property } = this;
    graph.read(id, state);
    try {
      const isDue = isGoalDue(property, state, graph.parent(id) === undefined);
      return (isDue ? DUE : 0) | (isGoalReached(property, state) ? GOAL : 0);
    } catch (error) {
      throw errorAt(error, `property "${property.name}"`, this.#stepsTo(id));
    }
  }

  #stepsTo(id: number): TakenAction[] {
    const { graph } = this;
    return graph.model.stepsOf(graph.pathAlong(graph.statesTo(id)).instances);
  }

  /**
   * Finds the pending states in the order of their distances. Where an obligation arises, that is the
   * depth of the state, and these states are ordered by it; the others follow from a queue.
   */
  #spread(): void {
    const { graph, unmet } = this;
    const depths = this.#depths();
    const reached = new WordList();
    for (let index = 0; index < unmet.length; index++) {
      const id = unmet.get(index);
      this.#distances[id] = depths[id] as number;
      this.#before[id] = id;
    }
    let [arisen, followed] = [0, 0];
    while (arisen < unmet.length || followed < reached.length) {
      const next = arisen < unmet.length ? unmet.get(arisen) : undefined;
      const other = followed < reached.length ? reached.get(followed) : undefined;
      const isFirst = other === undefined || (next !== undefined && this.#isNearer(next, other));
      const id = (isFirst ? next : other) as number;
      if (isFirst) arisen++;
      else followed++;
      const end = graph.firstEdge(id + 1);
      for (let edge = graph.firstEdge(id); edge < end; edge++) {
        const target = graph.target(edge);
        if (this.isPending(target) || this.isGoal(target)) continue;
        this.#distances[target] = this.distance(id) + 1;
        this.#before[target] = id;
        reached.push(target);
      }
    }
  }

  #isNearer(id: number, other: number): boolean {
    return this.distance(id) <= this.distance(other);
  }

  /** By state: the steps of a shortest run to it. */
  #depths(): Uint32Array {
    const { graph } = this;
    const depths = new Uint32Array(graph.size);
    for (let id = 0; id < graph.size; id++) {
      const parent = graph.parent(id);
      // A parent has a lower number.
      if (parent !== undefined) depths[id] = (depths[parent] as number) + 1;
    }
    return depths;
  }
}
