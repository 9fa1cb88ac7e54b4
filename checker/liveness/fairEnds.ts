import { findComponents } from './components.ts';
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

  constructor(region: PendingRegion) {
    const { graph } = region;
    const count = graph.model.instances.length;
    this.#region = region;
    this.#graph = graph;
    this.#outlook = new Uint8Array(graph.size);
    this.#enabled = new Uint32Array(count);
    this.#heldBack = new Uint32Array(count);
    this.#taken = new Uint32Array(count);
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

  /**
   * A component is where a run can stay for ever if every fair instance is taken in it, or cannot be
   * taken somewhere in it. Smaller cycles inside do not have to be looked at: what keeps the whole from
   * being fair keeps each of them.
   */
  visit(members: Uint32Array, componentOf: Uint32Array): void {
    const first = members[0] as number;
    // What happens in a state that is not expanded is not known.
    if (members.length === 1 && first >= this.#graph.expanded) return;
    let outlook = 0;
    for (const id of members) outlook |= this.#count(id, componentOf);
    const size = members.length;
    const component = componentOf[first];
    const isTaken = (index: number): boolean => this.#taken[index] === component;
    const blocking = this.#touched.filter(index => this.#ableIn(index) === size && !isTaken(index));
    if (blocking.length === 0) this.#offer(members);
    else if (blocking.every(index => (this.#heldBack[index] as number) > 0)) outlook |= CUT_OFF;
    for (const id of members) this.#outlook[id] = outlook;
    for (const index of this.#touched) this.#enabled[index] = this.#heldBack[index] = 0;
    this.#touched = [];
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
  #offer(members: Uint32Array): void {
    for (const state of members) {
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
