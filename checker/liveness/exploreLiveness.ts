import { expectLimit, expectOptions, type KeysOf } from '../declarations.ts';
import { checkProperties } from '../model/checkProperty.ts';
import type { AnyModel } from '../model/model.ts';
import type { AnyTemporalProperty } from '../model/temporal.ts';
import { remarkOn } from '../results/monitor.ts';
import { overallVerdict, transitionCoverage } from '../results/result.ts';
import { type BuiltGraph, buildStateGraph, type GraphLimits } from './buildStateGraph.ts';
import { endsOf, type FairEnd } from './fairEnds.ts';
import { fairLoop } from './lasso.ts';
import { livenessClause } from './livenessClause.ts';
import {
  type LivenessResult,
  type LivenessViolation,
  type TemporalReport,
  temporalVerdict,
} from './livenessResult.ts';
import { Obligation } from './obligation.ts';
import { PendingRegion } from './pendingRegion.ts';
import type { StateGraph } from './stateGraph.ts';

const optionKeys: KeysOf<GraphLimits> = { maxStates: true, control: true };

/**
 * Looks at every fair run of a model's scope: whether there is one in which something that must happen
 * never does. It keeps all states and steps of the scope, and finds the cycles, and the states to stay
 * in, where an obligation is pending for ever although no fair action is passed over for ever.
 *
 * @throws ModelError when an action or property throws, with the steps that lead there.
 */
export async function exploreLiveness(
  model: AnyModel,
  temporal: readonly AnyTemporalProperty[],
  limits: GraphLimits = {},
): Promise<LivenessResult> {
  expectOptions('exploreLiveness', limits, optionKeys);
  expectLimit('exploreLiveness: maxStates', limits.maxStates, 0);
  checkProperties(model.name, temporal, 'temporal');
  const built = await buildStateGraph(model, limits);
  const { graph, depth, stopped } = built;
  const isComplete = stopped === undefined;
  const checked = temporal.map(property => check(graph, property, isComplete));
  const properties = checked.map(({ report }) => report);
  return {
    engine: 'exhaustive',
    verdict: overallVerdict(properties, isComplete ? 'whole' : 'part'),
    ...(stopped === undefined ? {} : { stopped }),
    distinctStates: graph.size,
    generatedStates: graph.edges + model.initialStates.length,
    depth,
    steps: graph.edges,
    violations: checked.flatMap(({ violation }) => violation ?? []),
    heldBack: graph.fairness.saidHeldBack,
    properties,
    coverage: coverageOf(built),
  };
}

interface Checked {
  readonly report: TemporalReport;
  readonly violation?: LivenessViolation;
}

function check(graph: StateGraph, property: AnyTemporalProperty, isComplete: boolean): Checked {
  const { name, kind, notApplicable } = property;
  if (notApplicable !== undefined) {
    const none = { evaluated: 0, obligations: 0, met: 0, cutOff: 0 };
    return { report: { name, kind, verdict: 'not applicable', ...none, note: notApplicable } };
  }
  const region = new PendingRegion(graph, property);
  const { nearest, met, cutOff, componentOf } = endsOf(region);
  const verdict = temporalVerdict({ met }, nearest !== undefined, isComplete ? 'whole' : 'part');
  const { obligations } = region;
  const counts = { evaluated: graph.size, obligations, met, cutOff };
  const report = { name, kind, verdict, ...counts, ...remarkOn(property, verdict) };
  if (nearest === undefined) return { report };
  return { report, violation: violationAt(region, nearest, { componentOf, isComplete }) };
}

const LOOP_UNPROVED = 'the way into the loop is as short as can be, the loop need not be';

function violationAt(
  region: PendingRegion,
  end: FairEnd,
  found: { readonly componentOf: Uint32Array; readonly isComplete: boolean },
): LivenessViolation {
  const { graph, property } = region;
  const states = region.wayTo(end.state);
  const way = graph.pathAlong(states);
  const loop = fairLoop(graph, end, found.componentOf);
  const { name, kind } = property;
  const instances = [...way.instances, ...loop.instances];
  const run = {
    since: dueSince(region, [...states, ...loop.states.slice(1)]),
    steps: instances.length,
    loop: { from: way.instances.length },
  };
  const unproved = found.isComplete ? LOOP_UNPROVED : 'not every state is known';
  const isShortest = end.stays && found.isComplete;
  return {
    property: name,
    kind,
    clause: livenessClause(property, run),
    initialState: graph.initialStateOf(states[0] as number),
    steps: graph.model.stepsOf(instances),
    loop: run.loop,
    shortest: isShortest,
    ...(isShortest ? {} : { unproved }),
  };
}

/** The state since which the goal is due at the end of a run, without interruption. */
function dueSince({ graph, property }: PendingRegion, states: readonly number[]): number {
  const obligation = new Obligation(property);
  const state = graph.model.createState();
  for (const id of states) {
    graph.read(id, state);
    obligation.see(state);
  }
  const { since } = obligation;
  if (since === undefined)
    throw new Error(`"${property.name}" is not due at the end of its violation`);
  return since;
}

function coverageOf({ graph, lastState }: BuiltGraph): LivenessResult['coverage'] {
  const taken = new Float64Array(graph.model.instances.length);
  for (let edge = 0; edge < graph.edges; edge++) {
    const index = graph.instance(edge);
    taken[index] = (taken[index] as number) + 1;
  }
  return {
    actions: graph.model.actionCoverage(taken),
    transitions: transitionCoverage(lastState.transitionHits),
  };
}
