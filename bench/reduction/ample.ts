import { bytesIn } from './byteSet.ts';
import { dependencies, type Independence, type Visibility } from './independence.ts';
import type { Edge, StateGraph } from './stateGraph.ts';

/**
 * Proposes subsets of the steps of a state, the most promising first, of which one may be taken
 * instead of all (C1: nothing that depends on them can happen before one of them is taken).
 */
export type Choices = (state: number) => Iterable<readonly Edge[]>;

/** What of a scope is looked at. */
export interface Searched {
  readonly states: ReadonlySet<number>;
  readonly generated: number;
  /** What was found of the properties, as `name: broken`. */
  readonly findings: readonly string[];
}

/**
 * A breadth-first search that takes an ample set of the steps of each state (Peled 1993): one that
 * is chosen (C1), of which no property notices anything (C2), and which leads to some state that was
 * not left yet, so that nothing is put off for ever (C3, for a queue: Bošnački and Holzmann 2005).
 */
export function searchAmple(graph: StateGraph, visible: Visibility, choices: Choices): Searched {
  const queue = [...graph.initial];
  const states = new Set(queue);
  const left = new Set<number>();
  const steps = new Set<string>();
  let generated = queue.length;
  for (let next = 0; next < queue.length; next++) {
    const state = queue[next] as number;
    left.add(state);
    for (const { target, finding } of ampleOf(graph.edgesOf(state))) {
      generated++;
      steps.add(finding);
      if (states.has(target)) continue;
      states.add(target);
      queue.push(target);
    }

    function ampleOf(all: readonly Edge[]): readonly Edge[] {
      for (const choice of choices(state)) {
        if (choice.some(({ instance }) => visible[instance] === true)) continue;
        if (choice.some(({ target }) => !left.has(target))) return choice;
      }
      return all;
    }
  }
  return { states, generated, findings: graph.found(states, steps) };
}

/**
 * What could be built: stubborn sets (Valmari 1989) from footprints. The set is closed: with an enabled
 * instance it has all that depend on it, with a disabled one all that write what its guard has just
 * read.
 */
export function stubbornChoices(graph: StateGraph): Choices {
  const dependent = dependencies(graph);
  const writers = writersOf(graph);
  return state => {
    graph.look(state);
    const edges = graph.edgesOf(state);
    const enabled = new Set(edges.map(({ instance }) => instance));
    const known = new Map<number, readonly number[]>();
    const needed = (instance: number): readonly number[] => {
      if (enabled.has(instance)) return [...(dependent[instance] ?? [])];
      const found =
        known.get(instance) ??
        graph.observer.enabled(instance).reads.flatMap(byte => writers.get(byte) ?? []);
      known.set(instance, found);
      return found;
    };
    return edges
      .map(({ instance: seed }) => {
        const set = closure(seed, needed);
        return edges.filter(({ instance }) => set.has(instance));
      })
      .filter(set => set.length < enabled.size)
      .sort((one, other) => one.length - other.length);
  };
}

/** By byte: the instances that write it in some state. */
function writersOf({ observer: { footprints } }: StateGraph): ReadonlyMap<number, number[]> {
  const writers = new Map<number, number[]>();
  for (const [instance, { writes }] of footprints.entries()) {
    for (const byte of bytesIn(writes)) {
      const known = writers.get(byte) ?? [];
      known.push(instance);
      writers.set(byte, known);
    }
  }
  return writers;
}

function closure(seed: number, needed: (instance: number) => readonly number[]): Set<number> {
  const set = new Set([seed]);
  for (const instance of set) for (const each of needed(instance)) set.add(each);
  return set;
}

/** Larger sets than this are not tried: there would be too many. */
const LARGEST_CHOICE = 3;

/**
 * What no method can better with sets of this size: persistent sets (Godefroid 1996), found by looking
 * at the whole graph. From the state, every step outside the set is taken as long as there is one;
 * none may depend on the set.
 */
export function persistentChoices(graph: StateGraph, independent: Independence): Choices {
  const seenIn = new Int32Array(graph.size);
  let search = 0;

  const isPersistent = (start: number, chosen: readonly number[]): boolean => {
    search++;
    const stack = [start];
    seenIn[start] = search;
    for (let state = stack.pop(); state !== undefined; state = stack.pop()) {
      const edges = graph.edgesOf(state);
      const inside = edges.filter(({ instance }) => chosen.includes(instance));
      for (const edge of edges) {
        if (chosen.includes(edge.instance)) continue;
        if (!inside.every(each => independent(state as number, each, edge))) return false;
        if (seenIn[edge.target] === search) continue;
        seenIn[edge.target] = search;
        stack.push(edge.target);
      }
    }
    return true;
  };

  return function* (state) {
    const edges = graph.edgesOf(state);
    for (let size = 1; size <= Math.min(LARGEST_CHOICE, edges.length - 1); size++) {
      for (const choice of subsets(edges, size)) {
        const chosen = choice.map(({ instance }) => instance);
        if (isPersistent(state, chosen)) yield choice;
      }
    }
  };
}

function* subsets<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let index = 0; index + size <= items.length; index++) {
    for (const rest of subsets(items.slice(index + 1), size - 1)) {
      yield [items[index] as Item, ...rest];
    }
  }
}
