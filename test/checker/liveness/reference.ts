import type { LabelledEdge, LabelledGraph } from './labelledGraph.ts';

/** Which fair labels are due in a place, and can be taken with or without the bounds of the scope. */
function able({ edges, unfair = [] }: LabelledGraph, place: number): string[] {
  const due = edges.filter(({ from, isEarly }) => from === place && isEarly !== true);
  return due.map(({ label }) => label).filter(label => !unfair.includes(label));
}

/** Whether the edge can be taken again and again. */
function canRepeat({ unfair = [] }: LabelledGraph, { label, isEarly }: LabelledEdge): boolean {
  return isEarly !== true || unfair.includes(label);
}

/** The places in which an obligation can be pending, by brute force over runs. */
function pendingPlaces(
  { edges, starts = [0] }: LabelledGraph,
  isDue: (place: number, isFirst: boolean) => boolean,
  isGoal: (place: number) => boolean,
): Set<number> {
  const after = (place: number, was: boolean, isFirst: boolean): string =>
    `${place} ${(was || isDue(place, isFirst)) && !isGoal(place)}`;
  const seen = new Set(starts.map(start => after(start, false, true)));
  for (const node of seen) {
    const [place = '', pending] = node.split(' ');
    for (const { from, to } of edges) {
      if (from !== Number(place) || to === undefined) continue;
      seen.add(after(to, pending === 'true', false));
    }
  }
  const pending = [...seen].filter(node => node.endsWith('true'));
  return new Set(pending.map(node => Number(node.split(' ')[0])));
}

/**
 * Whether some fair run is pending for ever: tries from every pending place all ways back to it, and
 * keeps of each which labels could be taken all along and were not, and of those that are strongly fair which
 * could be taken somewhere, and which were.
 */
export function hasFairRun(
  graph: LabelledGraph,
  isDue: (place: number, isFirst: boolean) => boolean,
  isGoal: (place: number) => boolean,
): boolean {
  const pending = pendingPlaces(graph, isDue, isGoal);
  const strong = (place: number): string[] =>
    able(graph, place).filter(label => graph.strong?.includes(label) === true);
  return [...pending].some(start => {
    if (able(graph, start).length === 0) return true;
    const first: Way = { place: start, due: able(graph, start), owed: strong(start), taken: [] };
    const seen = new Map([[JSON.stringify(first), first]]);
    for (const { place, due, owed, taken } of seen.values()) {
      for (const { from, to, label } of graph.edges.filter(edge => canRepeat(graph, edge))) {
        if (from !== place || to === undefined || isGoal(to)) continue;
        const next: Way = {
          place: to,
          due: able(graph, to).filter(one => due.includes(one) && one !== label),
          owed: [...new Set([...owed, ...strong(to)])].sort(),
          taken: [...new Set([...taken, label])].sort(),
        };
        const isFair = next.due.length === 0 && next.owed.every(one => next.taken.includes(one));
        if (to === start && isFair) return true;
        seen.set(JSON.stringify(next), seen.get(JSON.stringify(next)) ?? next);
      }
    }
    return false;
  });
}

interface Way {
  readonly place: number;
  /** Labels that could be taken all along and were not. */
  readonly due: readonly string[];
  /** Strongly fair labels that could be taken somewhere. */
  readonly owed: readonly string[];
  readonly taken: readonly string[];
}
