import type { FairEnd } from './fairEnds.ts';
import type { GraphPath, StateGraph } from './stateGraph.ts';

/**
 * A short loop, from a state of a component back to it, that is fair: every fair instance that can be
 * taken in all of its states is taken in it, and every strongly fair one that can be in some. It goes to the
 * nearest state or step that does away with one of those that are still due, until none is, and back. Without
 * steps where the run stays.
 */
export function fairLoop(graph: StateGraph, end: FairEnd, componentOf: Uint32Array): GraphPath {
  if (end.stays) return { states: [end.state], instances: [] };
  return new Loop(graph, componentOf, end.state).close();
}

/** An edge, and how much of what is wanted of it it gives. */
interface Rated {
  readonly from: number;
  readonly edge: number;
  readonly worth: number;
}

class Loop {
  readonly #graph: StateGraph;
  readonly #componentOf: Uint32Array;
  readonly #component: number;
  readonly #states: number[];
  readonly #instances: number[] = [];
  /** The fair instances that could be taken all the way and were not. */
  #due: readonly number[];
  /** The strongly fair instances that could be taken somewhere and were not. */
  readonly #owed = new Set<number>();
  /** By instance: the last state, plus one, that it was found to be able in. */
  readonly #ableAt: Uint32Array;

  constructor(graph: StateGraph, componentOf: Uint32Array, start: number) {
    this.#graph = graph;
    this.#componentOf = componentOf;
    this.#component = componentOf[start] as number;
    this.#states = [start];
    this.#ableAt = new Uint32Array(graph.model.instances.length);
    this.#mark(start);
    this.#due = [...this.#ableAt.keys()].filter(index => this.#isMarked(start, index));
    this.#owe(start);
  }

  close(): GraphPath {
    const start = this.#states[0] as number;
    while (this.#due.length > 0) {
      this.#goOn(this.#nearest((edge, to) => this.#due.length - this.#leftAfter(edge, to).length));
    }
    do {
      while (this.#owed.size > 0) {
        this.#goOn(this.#nearest(edge => (this.#owed.has(this.#graph.instance(edge)) ? 1 : 0)));
      }
      if (this.#states.at(-1) !== start) {
        this.#goOn(this.#nearest((_, to) => (to === start ? 1 : 0)));
      }
      // The way back may have come by states in which others can be taken.
    } while (this.#owed.size > 0);
    return { states: this.#states, instances: this.#instances };
  }

  /** Notes the strongly fair instances that can be taken in a state and have not been. */
  #owe(id: number): void {
    const graph = this.#graph;
    const { isStrong } = graph.fairness;
    const note = (index: number): void => {
      if (isStrong[index] === 1 && !this.#instances.includes(index)) this.#owed.add(index);
    };
    const end = graph.firstEarly(id);
    for (let edge = graph.firstEdge(id); edge < end; edge++) note(graph.instance(edge));
    const last = graph.firstHeldBack(id + 1);
    for (let index = graph.firstHeldBack(id); index < last; index++) note(graph.heldBack(index));
  }

  /** What is still due when this edge has been taken. */
  #leftAfter(edge: number, target: number): readonly number[] {
    const taken = this.#graph.instance(edge);
    this.#mark(target);
    return this.#due.filter(index => index !== taken && this.#isMarked(target, index));
  }

  /** A shortest way, with at least one edge, to one that is worth something, and of these the most. */
  #nearest(worthOf: (edge: number, target: number) => number): number[] {
    const graph = this.#graph;
    const start = this.#states.at(-1) as number;
    const reached = new Map<number, { readonly from: number; readonly edge: number }>();
    for (let level = [start]; level.length > 0; ) {
      const next: number[] = [];
      let best: Rated | undefined;
      for (const from of level) {
        const end = graph.firstEarly(from);
        for (let edge = graph.firstEdge(from); edge < end; edge++) {
          const target = graph.target(edge);
          if (this.#componentOf[target] !== this.#component) continue;
          const worth = worthOf(edge, target);
          if (worth > (best?.worth ?? 0)) best = { from, edge, worth };
          if (target === start || reached.has(target)) continue;
          reached.set(target, { from, edge });
          next.push(target);
        }
      }
      if (best !== undefined) return [...wayTo(best.from, start, reached), best.edge];
      level = next;
    }
    throw new Error('a component has no such edge, though it was found to be fair');
  }

  #goOn(edges: readonly number[]): void {
    for (const edge of edges) {
      const target = this.#graph.target(edge);
      this.#due = this.#leftAfter(edge, target);
      this.#states.push(target);
      this.#instances.push(this.#graph.instance(edge));
      this.#owed.delete(this.#graph.instance(edge));
      this.#owe(target);
    }
  }

  /** Marks the fair instances that can be taken in a state, with or without the scope's bounds. */
  #mark(id: number): void {
    const graph = this.#graph;
    const end = graph.firstEarly(id);
    for (let edge = graph.firstEdge(id); edge < end; edge++) {
      const index = graph.instance(edge);
      if (graph.fairness.isFair[index] === 1) this.#ableAt[index] = id + 1;
    }
    const lastHeldBack = graph.firstHeldBack(id + 1);
    for (let index = graph.firstHeldBack(id); index < lastHeldBack; index++) {
      this.#ableAt[graph.heldBack(index)] = id + 1;
    }
  }

  #isMarked(id: number, index: number): boolean {
    return this.#ableAt[index] === id + 1;
  }
}

/** The edges from the start of a search to a state that it has reached. */
function wayTo(
  state: number,
  start: number,
  reached: ReadonlyMap<number, { readonly from: number; readonly edge: number }>,
): number[] {
  const edges: number[] = [];
  let at = state;
  while (at !== start) {
    const step = reached.get(at);
    if (step === undefined) break;
    edges.push(step.edge);
    at = step.from;
  }
  return edges.reverse();
}
