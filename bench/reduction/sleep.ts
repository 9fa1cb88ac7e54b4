import type { Searched } from './ample.ts';
import type { Independence } from './independence.ts';
import type { Edge, StateGraph } from './stateGraph.ts';

/**
 * A breadth-first search with sleep sets (Godefroid 1996): a step that was taken in another order
 * before is not taken again. Every state is reached, by fewer steps. A state that is reached once
 * more with less asleep is looked at again for what woke up.
 */
export function searchAsleep(graph: StateGraph, independent: Independence): Searched {
  const asleep = new Map<number, Set<number>>();
  const queue: { readonly state: number; readonly only?: ReadonlySet<number> }[] = [];
  const left = new Set<number>();
  const steps = new Set<string>();
  let generated = 0;

  const arrive = (state: number, sleeping: Set<number>): void => {
    generated++;
    const known = asleep.get(state);
    if (known === undefined) {
      asleep.set(state, sleeping);
      queue.push({ state });
      return;
    }
    const woken = new Set([...known].filter(instance => !sleeping.has(instance)));
    for (const instance of woken) known.delete(instance);
    if (woken.size > 0 && left.has(state)) queue.push({ state, only: woken });
  };

  for (const state of graph.initial) arrive(state, new Set());
  for (let next = 0; next < queue.length; next++) {
    const { state, only } = queue[next] as (typeof queue)[number];
    left.add(state);
    const edges = graph.edgesOf(state);
    const sleeping = edges.filter(({ instance }) => asleep.get(state)?.has(instance));
    for (const edge of edges) {
      if (sleeping.includes(edge) || only?.has(edge.instance) === false) continue;
      steps.add(edge.finding);
      arrive(edge.target, new Set(stillAsleep(sleeping, edge, state)));
      sleeping.push(edge);
    }
  }

  function stillAsleep(sleeping: readonly Edge[], taken: Edge, state: number): number[] {
    return sleeping.filter(edge => independent(state, edge, taken)).map(({ instance }) => instance);
  }

  const states = new Set(asleep.keys());
  return { states, generated, findings: graph.found(states, steps) };
}
