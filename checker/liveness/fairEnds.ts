import { findComponents } from './components.ts';
import { componentsWithin } from './componentsWithin.ts';
import type { PendingRegion } from './pendingRegion.ts';
import type { StateGraph } from './stateGraph.ts';

/** What can become of an obligation that is pending in a state. */
const MET = 1;
const CUT_OFF = 2;

/** Where a fair run can end without the goal: in a loop of a component, or by staying in a state. */
export interface FairEnd {
  /** Where the run comes into the component; where it stays, if it does. */
  readonly state: number;
  readonly stays: boolean;
}

/** What the ends of all pending obligations of one property come to. */
export interface Ends {
  /** The nearest end without the goal, if there is one: staying before looping. */
  readonly nearest?: FairEnd;
  /** Obligations that some run meets. */
  readonly met: number;
  /** Obligations that some run leads to where only a bound of the scope keeps it from going on. */
  readonly cutOff: number;
  /** By state, the number of its component. */
  readonly componentOf: Uint32Array;
}

/** Looks at all components of a pending region. */
export function endsOf(region: PendingRegion): Ends {
  const search = new FairEndSearch(region);
  const componentOf = findComponents(region, (members, numbers) => search.visit(members, numbers));
  search.followEarly();
  const { nearest } = search;
  return {
    ...(nearest === undefined ? {} : { nearest }),
    met: region.obligations - region.unmet.length + search.obligationsWith(MET),
    cutOff: search.obligationsWith(CUT_OFF),
    componentOf,
  };
}

class FairEndSearch {
  nearest: FairEnd | undefined;
  readonly #region: PendingRegion;
  readonly #graph: StateGraph;
  /** By state: what can become of an obligation that is pending there. */
  readonly #outlook: Uint8Array;
  /** Whether there is a step that is early. */
  #hasEarly = false;
  /** Of the component being visited, by instance: in how many of its states it can be taken. */
  readonly #enabled: Uint32Array;
  /** The same for where only a bound keeps it from being taken. */
  readonly #heldBack: Uint32Array;
  /** The last component in which it is taken. */
  readonly #taken: Uint32Array;
  #touched: number[] = [];
  /** Numbers of parts of components, which come after those of components: each has a state at least. */
  readonly #firstPart: number;
  #parts = 0;

  constructor(region: PendingRegion) {
    const { graph } = region;
    const count = graph.model.instances.length;
    this.#region = region;
    this.#graph = graph;
    this.#outlook = new Uint8Array(graph.size);
    this.#enabled = new Uint32Array(count);
    this.#heldBack = new Uint32Array(count);
    this.#taken = new Uint32Array(count);
    this.#firstPart = graph.size + 1;
  }

  /** How many of the obligations that are not met at once have this outlook. */
  obligationsWith(outlook: number): number {
    const { unmet } = this.#region;
    let count = 0;
    for (let position = 0; position < unmet.length; position++) {
      if (((this.#outlook[unmet.get(position)] as number) & outlook) !== 0) count++;
    }
    return count;
  }

  /** Looks at a component, and at what of it a run can stay in where it cannot stay in the whole. */
  visit(members: Uint32Array, componentOf: Uint32Array): void {
    const first = members[0] as number;
    // What happens in a state that is not expanded is not known.
    if (members.length === 1 && first >= this.#graph.expanded) return;
    let outlook = 0;
    const parts: ArrayLike<number>[] = [members];
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      const { seen, without } = this.#judge(part, componentOf);
      outlook |= seen;
      if (without.length === 0) continue;
      const rest = this.#statesWithout(part, without);
      this.#parts += setApart(part, componentOf, this.#firstPart + this.#parts);
      for (const smaller of componentsWithin(this.#graph, rest)) {
        this.#parts++;
        for (const id of smaller) componentOf[id] = this.#firstPart + this.#parts;
        parts.push(smaller);
      }
    }
    // All of them lead to each other.
    for (const id of members) this.#outlook[id] = outlook;
  }

  /**
   * A component is where a run can stay for ever if every weakly fair instance is taken in it, or cannot be
   * taken somewhere in it, and every strongly fair one is taken in it, or can be taken nowhere in it. What keeps the
   * whole from being weakly fair keeps each smaller cycle inside. What keeps it from being strongly fair does
   * not keep those that avoid the states in which these instances can be taken.
   *
   * @returns what becomes of obligations there, and the instances that a smaller cycle has to avoid.
   */
  #judge(
    members: ArrayLike<number>,
    componentOf: Uint32Array,
  ): { readonly seen: number; readonly without: readonly number[] } {
    let seen = 0;
    for (let at = 0; at < members.length; at++)
      seen |= this.#count(members[at] as number, componentOf);
    const { isStrong } = this.#graph.fairness;
    const component = componentOf[members[0] as number];
    const owed = this.#touched.filter(index => this.#taken[index] !== component);
    const weakly = owed.filter(index => this.#ableIn(index) === members.length);
    const strongly = owed.filter(index => isStrong[index] === 1);
    const blocking = [...new Set([...weakly, ...strongly])];
    if (blocking.length === 0) this.#offer(members);
    else if (blocking.every(index => (this.#heldBack[index] as number) > 0)) seen |= CUT_OFF;
    for (const index of this.#touched) this.#enabled[index] = this.#heldBack[index] = 0;
    this.#touched = [];
    return { seen, without: weakly.length > 0 ? [] : strongly };
  }

  /** The states of a component in which none of these instances can be taken, with or without bounds. */
  #statesWithout(members: ArrayLike<number>, instances: readonly number[]): number[] {
    const graph = this.#graph;
    const avoided = new Set(instances);
    return Array.from(members).filter(id => {
      const early = graph.firstEarly(id);
      for (let edge = graph.firstEdge(id); edge < early; edge++) {
        if (avoided.has(graph.instance(edge))) return false;
      }
      const last = graph.firstHeldBack(id + 1);
      for (let position = graph.firstHeldBack(id); position < last; position++) {
        if (avoided.has(graph.heldBack(position))) return false;
      }
      return true;
    });
  }

  /**
   * Adds to the outlooks what early steps lead to, which may be a component that was visited later: goes
   * through all states until nothing more is found.
   */
  followEarly(): void {
    for (let isMore = this.#hasEarly; isMore; ) {
      isMore = false;
      for (let id = this.#graph.size - 1; id >= 0; id--) {
        if (this.#region.isPending(id) && this.#follow(id)) isMore = true;
      }
    }
  }

  /** Whether the steps of a state add to its outlook. */
  #follow(id: number): boolean {
    const graph = this.#graph;
    const known = this.#outlook[id] as number;
    let outlook = known;
    const end = graph.firstEdge(id + 1);
    for (let edge = graph.firstEdge(id); edge < end; edge++) {
      outlook |= this.#outlook[graph.target(edge)] as number;
    }
    this.#outlook[id] = outlook;
    return outlook !== known;
  }

  #ableIn(index: number): number {
    return (this.#enabled[index] as number) + (this.#heldBack[index] as number);
  }

  /** Counts what can be taken in a state; returns what its edges lead to. */
  #count(id: number, componentOf: Uint32Array): number {
    const graph = this.#graph;
    const { isFair } = graph.fairness;
    const component = componentOf[id] as number;
    let outlook = 0;
    const [early, end] = [graph.firstEarly(id), graph.firstEdge(id + 1)];
    for (let edge = graph.firstEdge(id); edge < end; edge++) {
      const [target, index] = [graph.target(edge), graph.instance(edge)];
      const isInside = componentOf[target] === component;
      if (this.#region.isGoal(target)) outlook |= MET;
      else if (!isInside) outlook |= this.#outlook[target] as number;
      if (edge >= early) this.#hasEarly = true;
      if (isFair[index] === 0 || edge >= early) continue;
      this.#touch(index);
      this.#enabled[index] = (this.#enabled[index] as number) + 1;
      if (isInside) this.#taken[index] = component;
    }
    const lastHeldBack = graph.firstHeldBack(id + 1);
    for (let position = graph.firstHeldBack(id); position < lastHeldBack; position++) {
      const index = graph.heldBack(position);
      this.#touch(index);
      this.#heldBack[index] = (this.#heldBack[index] as number) + 1;
    }
    return outlook;
  }

  #touch(index: number): void {
    if (this.#ableIn(index) === 0) this.#touched.push(index);
  }

  /** Keeps the nearest state of the component to stay in, or else to loop from, if none was nearer. */
  #offer(members: ArrayLike<number>): void {
    for (const state of Array.from(members)) {
      const stays = this.#isStill(state);
      const end = { state, stays };
      if (this.nearest === undefined || this.#isBetter(end, this.nearest)) this.nearest = end;
    }
  }

  /** Whether no fair instance can be taken, with or without the bounds of the scope. */
  #isStill(id: number): boolean {
    const graph = this.#graph;
    if (graph.firstHeldBack(id) < graph.firstHeldBack(id + 1)) return false;
    const end = graph.firstEarly(id);
    for (let edge = graph.firstEdge(id); edge < end; edge++) {
      if (graph.fairness.isFair[graph.instance(edge)] === 1) return false;
    }
    return true;
  }

  #isBetter(end: FairEnd, than: FairEnd): boolean {
    const distances = [end, than].map(({ state }) => this.#region.distance(state));
    const [near = 0, far = 0] = distances;
    if (near !== far) return near < far;
    if (end.stays !== than.stays) return end.stays;
    return end.state < than.state;
  }
}

/** Gives each of these states a number of its own, after this one; returns how many there are. */
function setApart(members: ArrayLike<number>, componentOf: Uint32Array, after: number): number {
  for (let at = 0; at < members.length; at++) componentOf[members[at] as number] = after + at + 1;
  return members.length;
}
