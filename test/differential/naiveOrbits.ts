import type { NaiveGraph, WholeState } from './naiveGraph.ts';
import { type NaiveRenaming, renamedRecord } from './naiveState.ts';
import type { Counted } from './naiveVerdicts.ts';

/** Every way to rename interchangeable nodes. */
export function renamingsOf(graph: NaiveGraph): NaiveRenaming[] {
  let renamings: NaiveRenaming[] = [new Map()];
  for (const { name, count, interchangeable } of graph.drawn.nodeTypes) {
    if (!interchangeable) continue;
    const orders = ordersOf(Array.from({ length: count }, (_, node) => node));
    renamings = renamings.flatMap(one => orders.map(order => new Map([...one, [name, order]])));
  }
  return renamings;
}

function ordersOf(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]];
  return items.flatMap(item =>
    ordersOf(items.filter(other => other !== item)).map(rest => [item, ...rest]),
  );
}

/** One state of each orbit, with the least depth of any of it. */
export function orbitsOf(graph: NaiveGraph): Counted[] {
  const renamings = renamingsOf(graph).slice(1);
  const orbits = new Map<string, { state: Counted['state']; depth: number }>();
  for (const state of graph.states) {
    const whole: WholeState = JSON.parse(state.key);
    let least = state.key;
    for (const renaming of renamings) {
      const key = JSON.stringify(renamedState(graph, whole, renaming));
      if (key < least) least = key;
    }
    // In breadth-first order: the first of an orbit has the least depth.
    if (!orbits.has(least)) orbits.set(least, { state, depth: state.depth });
  }
  return [...orbits.values()];
}

export function renamedState(
  graph: NaiveGraph,
  state: WholeState,
  renaming: NaiveRenaming,
): WholeState {
  const { protocol, ghost } = graph.drawn;
  return {
    protocol: renamedRecord(state.protocol, protocol, renaming),
    ghost: renamedRecord(state.ghost, ghost, renaming),
    budget: state.budget,
  };
}
