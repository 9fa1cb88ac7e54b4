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
 * keeps of each which labels could be taken all along and were not.
 */
export function hasFairRun(
  graph: LabelledGraph,
  isDue: (place: number, isFirst: boolean) => boolean,
  isGoal: (place: number) => boolean,
): boolean {
  const pending = pendingPlaces(graph, isDue, isGoal);
  return [...pending].some(start => {
    const first = `${start}|${able(graph, start).join()}`;
    if (first === `${start}|`) return true;
    const seen = new Set([first]);
    for (const node of seen) {
      const [place = '', rest = ''] = node.split('|');
      const due = rest.split(',').filter(label => label !== '');
      for (const { from, to, label } of graph.edges.filter(edge => canRepeat(graph, edge))) {
        if (from !== Number(place) || to === undefined || isGoal(to)) continue;
        const still = able(graph, to).filter(one => due.includes(one) && one !== label);
        if (to === start && still.length === 0) return true;
        seen.add(`${to}|${still.join()}`);
      }
    }
    return false;
  });
}
