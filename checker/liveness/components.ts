import type { PendingRegion } from './pendingRegion.ts';

/**
 * Sees the components, each after those that can be reached from it: its members, and for each state
 * the number of its component, as far as it is known.
 */
export type OnComponent = (members: Uint32Array, componentOf: Uint32Array) => void;

/**
 * Finds the strongly connected components of a region, of which most are single states (Tarjan 1972,
 * with a stack of its own: regions are deeper than the one of the machine).
 *
 * @returns for each state the number of its component, counted from 1; 0 where nothing is pending.
 */
export function findComponents(region: PendingRegion, onComponent: OnComponent): Uint32Array {
  const { unmet } = region;
  const components = new Components(region, onComponent);
  for (let index = 0; index < unmet.length; index++) components.visit(unmet.get(index));
  // What only an early step leads to.
  for (let id = 0; id < region.graph.size; id++) if (region.isPending(id)) components.visit(id);
  return components.componentOf;
}

class Components {
  readonly componentOf: Uint32Array;
  readonly #region: PendingRegion;
  readonly #onComponent: OnComponent;
  /** By state: when it was visited, counted from 1, and the earliest such state that it leads back to. */
  readonly #visited: Uint32Array;
  readonly #lowest: Uint32Array;
  /** The states on the way to the one being visited, and the edge that each is at. */
  readonly #way: Uint32Array;
  readonly #edges: Uint32Array;
  /** The visited states whose component is not known yet. */
  readonly #open: Uint32Array;
  #visits = 0;
  #found = 0;
  #openCount = 0;

  constructor(region: PendingRegion, onComponent: OnComponent) {
    const { size } = region.graph;
    this.#region = region;
    this.#onComponent = onComponent;
    this.componentOf = new Uint32Array(size);
    this.#visited = new Uint32Array(size);
    this.#lowest = new Uint32Array(size);
    this.#way = new Uint32Array(size);
    this.#edges = new Uint32Array(size);
    this.#open = new Uint32Array(size);
  }

  visit(start: number): void {
    if (this.#visited[start] !== 0) return;
    let depth = 0;
    this.#enter(start, depth);
    while (depth >= 0) {
      const id = this.#way[depth] as number;
      const next = this.#nextFrom(id, depth);
      if (next !== undefined) {
        this.#enter(next, ++depth);
        continue;
      }
      if (this.#lowest[id] === this.#visited[id]) this.#close(id);
      if (--depth >= 0) this.#lower(this.#way[depth] as number, this.#lowest[id] as number);
    }
  }

  #enter(id: number, depth: number): void {
    this.#visited[id] = ++this.#visits;
    this.#lowest[id] = this.#visits;
    this.#way[depth] = id;
    this.#edges[depth] = this.#region.graph.firstEdge(id);
    this.#open[this.#openCount++] = id;
  }

  /** The next state to enter from here, if there is one. */
  #nextFrom(id: number, depth: number): number | undefined {
    const { graph } = this.#region;
    const end = graph.firstEarly(id);
    for (let edge = this.#edges[depth] as number; edge < end; edge++) {
      const target = graph.target(edge);
      if (!this.#region.isPending(target)) continue;
      if (this.#visited[target] === 0) {
        this.#edges[depth] = edge + 1;
        return target;
      }
      if (this.componentOf[target] === 0) this.#lower(id, this.#visited[target] as number);
    }
    return undefined;
  }

  #lower(id: number, to: number): void {
    if (to < (this.#lowest[id] as number)) this.#lowest[id] = to;
  }

  /** The open states from this one on are a component. */
  #close(first: number): void {
    this.#found++;
    let start = this.#openCount;
    do {
      start--;
      this.componentOf[this.#open[start] as number] = this.#found;
    } while (this.#open[start] !== first);
    this.#onComponent(this.#open.subarray(start, this.#openCount), this.componentOf);
    this.#openCount = start;
  }
}
