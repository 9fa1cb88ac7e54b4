import type { StateGraph } from './stateGraph.ts';

/**
 * The strongly connected components of some states of a graph, by the steps between them that a run can take for
 * ever (Tarjan 1972, with a stack of its own). For parts of a component, which are few.
 */
export function componentsWithin(graph: StateGraph, states: readonly number[]): number[][] {
  return new Parts(graph, states).find();
}

class Parts {
  readonly #graph: StateGraph;
  readonly #states: readonly number[];
  readonly #left: Set<number>;
  readonly #visited = new Map<number, number>();
  readonly #lowest = new Map<number, number>();
  readonly #open: number[] = [];
  readonly #found: number[][] = [];

  constructor(graph: StateGraph, states: readonly number[]) {
    this.#graph = graph;
    this.#states = states;
    this.#left = new Set(states);
  }

  find(): number[][] {
    for (const start of this.#states) if (!this.#visited.has(start)) this.#visit(start);
    return this.#found;
  }

  #visit(start: number): void {
    const way = [this.#enter(start)];
    for (let last = way.at(-1); last !== undefined; last = way.at(-1)) {
      const next = this.#nextFrom(last);
      if (next !== undefined) {
        way.push(this.#enter(next));
        continue;
      }
      way.pop();
      const lowest = this.#lowest.get(last.id) as number;
      if (lowest === this.#visited.get(last.id)) this.#close(last.id);
      const before = way.at(-1);
      if (before !== undefined) this.#lower(before.id, lowest);
    }
  }

  #enter(id: number): { readonly id: number; edge: number } {
    this.#visited.set(id, this.#visited.size);
    this.#lowest.set(id, this.#visited.size - 1);
    this.#open.push(id);
    return { id, edge: this.#graph.firstEdge(id) };
  }

  #nextFrom(at: { readonly id: number; edge: number }): number | undefined {
    for (const end = this.#graph.firstEarly(at.id); at.edge < end; at.edge++) {
      const target = this.#graph.target(at.edge);
      // What is in a component already is left no more.
      if (!this.#left.has(target)) continue;
      const visited = this.#visited.get(target);
      if (visited === undefined) return target;
      this.#lower(at.id, visited);
    }
    return undefined;
  }

  #lower(id: number, to: number): void {
    this.#lowest.set(id, Math.min(this.#lowest.get(id) as number, to));
  }

  #close(first: number): void {
    const component = this.#open.splice(this.#open.lastIndexOf(first));
    for (const id of component) this.#left.delete(id);
    this.#found.push(component);
  }
}
