import { type ActionInstance, labelOf } from '../core/compiledModel.ts';
import { expectSame } from '../core/expectSame.ts';
import { isRechecked } from '../core/isRechecked.ts';
import { copyState, equalStates } from '../state/schema.ts';
import type { StateGraph } from './stateGraph.ts';

/** The states of a graph that are computed once more, the last one first: not in the order of the first time. */
export function* recheckedStates(states: number): Generator<number> {
  for (let id = states - 1; id >= 0; id--) if (isRechecked(id)) yield id;
}

/**
 * Computes in some states of a graph once more what can be taken, what is early or held back, and where steps
 * lead.
 *
 * @throws NondeterminismError naming what differs from the graph, or throws now; ModelError naming what looks
 * past the views.
 */
export function recheckGraph(graph: StateGraph): void {
  const { model, fairness } = graph;
  const [before, after] = [model.createStrictState(), model.createStrictState()];
  const known = model.createState();
  for (const id of recheckedStates(graph.expanded)) {
    graph.read(id, before);
    const edges = edgesOf(graph, id);
    const heldBack = heldBackIn(graph, id);
    for (const index of model.live) {
      const edge = edges.get(index);
      const expect = (what: string, isSame: () => boolean): void =>
        expectInstance(graph, { id, index, what }, isSame);
      expect('the guard of ', () => {
        return (model.enabled(before, index) === true) === (edge !== undefined);
      });
      if (edge === undefined) continue;
      expect('"due" of ', () => fairness.isEarly(before, index) === edge >= graph.firstEarly(id));
      expect('', () => {
        copyState(before, after);
        model.step(after, index);
        graph.read(graph.target(edge), known);
        return equalStates(after, known);
      });
    }
    for (const index of fairness.bounded) {
      expectInstance(graph, { id, index, what: '"heldBack" of ' }, () => {
        return fairness.isHeldBack(before, index) === heldBack.has(index);
      });
    }
  }
}

/** By instance. */
function edgesOf(graph: StateGraph, id: number): ReadonlyMap<number, number> {
  const edges = new Map<number, number>();
  for (let edge = graph.firstEdge(id); edge < graph.firstEdge(id + 1); edge++) {
    edges.set(graph.instance(edge), edge);
  }
  return edges;
}

function heldBackIn(graph: StateGraph, id: number): ReadonlySet<number> {
  const heldBack = new Set<number>();
  for (let position = graph.firstHeldBack(id); position < graph.firstHeldBack(id + 1); position++) {
    heldBack.add(graph.heldBack(position));
  }
  return heldBack;
}

/** Computes something of an instance in a state of the graph once more. */
function expectInstance(
  graph: StateGraph,
  { id, index, what }: { readonly id: number; readonly index: number; readonly what: string },
  isSame: () => boolean,
): void {
  const { model } = graph;
  expectSame(
    isSame,
    () => `${what}${labelOf((model.instances[index] as ActionInstance).taken)}`,
    () => {
      const { instances } = graph.pathAlong(graph.statesTo(id));
      return model.stepsOf([...instances, index]);
    },
  );
}
