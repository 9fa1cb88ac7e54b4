import { exploreExhaustively } from '../../checker/exhaustive/exhaustive.ts';
import { refines } from '../../checker/refinement/refines.ts';
import { canBeCopied, copyFields } from './copyFields.ts';
import { Difference, expectSame, outcomeFrom } from './difference.ts';
import { type NaiveGraph, threw, type WholeState } from './naiveGraph.ts';
import { expectReplayed } from './runs.ts';
import type { Subject } from './subject.ts';

/** What is to be said of the claim that a model refines itself without some of its parts. */
interface Right {
  /** Steps to where it first is none, if it is somewhere. */
  readonly depth: number | undefined;
  /** Steps that change something but budgets. */
  readonly changes: number;
}

/**
 * Compares what is said of a model that is held to itself, without its first action, or without its first
 * initial state.
 */
export async function compareRefinement(subject: Subject): Promise<void> {
  const { graph, specification, number } = subject;
  const { model } = specification;
  const { schema } = model;
  const [protocol, ghost] = [schema.protocol.fields, schema.ghost.fields];
  if (!canBeCopied(protocol) || !canBeCopied(ghost)) return;
  const leavesAction = model.actions.length > 1 && number % 3 !== 2;
  const leavesState = model.initialStates.length > 1 && number % 3 !== 1;
  const right = rightOf(graph, leavesAction ? 0 : undefined, leavesState);
  if (right === undefined) return;
  const abstract = {
    ...model,
    actions: model.actions.slice(leavesAction ? 1 : 0),
    initialStates: model.initialStates.slice(leavesState ? 1 : 0),
  };
  const claim = refines(
    schema,
    { model: abstract, schema },
    {
      name: 'refines-itself',
      mapping(from, to) {
        copyFields(protocol, from.protocol, to.protocol);
        copyFields(ghost, from.ghost, to.ghost);
      },
    },
  );
  for (const symmetry of [false, true]) {
    const comparison = symmetry ? 'refinement, with symmetry' : 'refinement';
    const explored = await outcomeFrom(comparison, () =>
      exploreExhaustively(model, [claim], { symmetry }),
    );
    if ('error' in explored) {
      throw new Difference(comparison, `throws ${explored.error.message}`);
    }
    const { violations, properties, symmetry: isSymmetric } = explored.result;
    const [violation] = violations;
    expectSame(
      comparison,
      'the steps to the first that is none',
      violation?.steps.length,
      right.depth,
    );
    if (violation !== undefined) {
      const withClaim = { ...specification, properties: [claim] };
      expectReplayed(comparison, { ...subject, specification: withClaim }, violation);
    } else if (!isSymmetric) {
      expectSame(
        comparison,
        'steps that change something',
        properties[0]?.antecedent,
        right.changes,
      );
    }
  }
}

/** By the definition; undefined where code of the model throws. */
function rightOf(
  graph: NaiveGraph,
  leftOut: number | undefined,
  leavesState: boolean,
): Right | undefined {
  const initial = graph.initial.slice(leavesState ? 1 : 0).map(id => partsOf(graph.stateOf(id)));
  const isInitial = graph.initial.every(id => initial.includes(partsOf(graph.stateOf(id))));
  let depth: number | undefined = isInitial ? undefined : 0;
  let changes = 0;
  for (const [id, state] of graph.states.entries()) {
    const possible = abstractSteps(graph, id, leftOut);
    if (possible === undefined || state.thrown.length > 0) return undefined;
    for (const { to } of state.steps) {
      if (typeof to !== 'number') return undefined;
      const after = partsOf(graph.stateOf(to));
      if (after === partsOf(graph.stateOf(id))) continue;
      changes++;
      if (!possible.has(after))
        depth = Math.min(depth ?? Number.POSITIVE_INFINITY, state.depth + 1);
    }
  }
  return { depth, changes };
}

/** What the steps from a state lead to, but for those of the action that is left out, where budgets are full. */
function abstractSteps(
  graph: NaiveGraph,
  id: number,
  leftOut: number | undefined,
): ReadonlySet<string> | undefined {
  const full: WholeState = { ...graph.stateOf(id), budget: { ...graph.drawn.budget } };
  const scope = graph.scopeOf(full);
  const possible = new Set<string>();
  for (const [index, { action }] of graph.instances.entries()) {
    if (action === leftOut) continue;
    const isEnabled = graph.isEnabled(full, scope, index);
    if (threw(isEnabled)) return undefined;
    if (!isEnabled) continue;
    const after = graph.taken(JSON.stringify(full), index);
    if (threw(after)) return undefined;
    possible.add(partsOf(JSON.parse(after as string) as WholeState));
  }
  return possible;
}

function partsOf({ protocol, ghost }: WholeState): string {
  return JSON.stringify({ protocol, ghost });
}
