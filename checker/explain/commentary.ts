import { type ActionInstance, CompiledModel } from '../core/compiledModel.ts';
import { Walk } from '../core/walk.ts';
import { DeclarationError } from '../declarationError.ts';
import { phraseOf } from '../model/phrase.ts';
import type { AnyProperty } from '../model/property.ts';
import { refutable } from '../model/refutable.ts';
import { claimsOf, type Specification } from '../model/specification.ts';
import { isTemporal } from '../model/temporal.ts';
import type { TraceCommentary, TraceExplanation, TraceFile } from '../trace/traceFile.ts';
import { avoidableIn } from './avoidable.ts';
import { type Causes, causesOf } from './causes.ts';
import { faultsOf } from './faults.ts';
import { machinesOf } from './machines.ts';
import { missedGoal } from './passedOver.ts';
import { playedRun } from './playedRun.ts';

/** How much is looked into. */
export interface CommentaryOptions {
  /** States to look at for when the violation could still be avoided; 5,000 if absent. */
  readonly maxStates?: number;
}

const MOST_STATES = 5_000;

/**
 * The trace with what only its model can tell: what each step is and depends on, the messages, the
 * lifecycles, the truth of every property over time, and why the run ends as it does. The model must
 * have been built from the trace's own configuration.
 *
 * Returns the trace as it is if the fingerprints of its states are not the model's, if it does not break
 * or reach its property there, or if the model fails on the way: whatever could be said would be said
 * of another run, and a trace must be shown in any case.
 *
 * @throws DeclarationError when the model tells of a message between what are no lanes.
 */
export function withCommentary(
  specification: Specification,
  trace: TraceFile,
  { maxStates = MOST_STATES }: CommentaryOptions = {},
): TraceFile {
  try {
    const commentary = commentaryOn(specification, trace, maxStates);
    return commentary === undefined ? trace : { ...trace, commentary };
  } catch (error) {
    if (error instanceof DeclarationError) throw error;
    return trace;
  }
}

function commentaryOn(
  specification: Specification,
  trace: TraceFile,
  maxStates: number,
): TraceCommentary | undefined {
  const { model, properties } = specification;
  const property = claimsOf(specification).find(({ name }) => name === trace.property.name);
  if (property === undefined || model.name !== trace.model.name) return undefined;
  if (model.version !== trace.model.version) return undefined;
  const compiled = new CompiledModel(model);
  const walk = walkOf(compiled, trace);
  if (walk === undefined) return undefined;
  const run = playedRun(compiled, walk, trace, properties);
  if (run === undefined) return undefined;
  const { messages, histories } = run;
  const machines = machinesOf(model.schema);
  if (isTemporal(property)) {
    const missed = missedGoal(compiled, walk, property, trace);
    if (missed === undefined) return undefined;
    const { liveness, history } = missed;
    // What does not happen has no cause among the steps.
    const steps = stepComments(compiled, walk, causesOf(compiled, walk));
    return { steps, messages, machines, properties: [history, ...histories], liveness };
  }
  if (!/[vr]$/.test(run.truthOf(property))) return undefined;
  const causes = causesOf(compiled, walk, property);
  return {
    steps: stepComments(compiled, walk, causes),
    messages,
    machines,
    properties: histories,
    explanation: explanationOn(compiled, walk, { property, causes, maxStates }),
  };
}

function stepComments(
  model: CompiledModel,
  { actions }: Walk,
  { ofStep }: Causes,
): TraceCommentary['steps'] {
  return actions.map((index, at) => {
    const { action, taken } = model.instances[index] as ActionInstance;
    const phrase = phraseOf(action, taken.params);
    return {
      kind: action.kind,
      ...(phrase === undefined ? {} : { phrase }),
      causes: [...(ofStep[at] ?? [])],
    };
  });
}

function explanationOn(
  model: CompiledModel,
  walk: Walk,
  given: { readonly property: AnyProperty; readonly causes: Causes; readonly maxStates: number },
): TraceExplanation {
  const { property, causes, maxStates } = given;
  const claim = refutable(property);
  const faults = faultsOf(model, walk, claim);
  const { chain, unrelated } = causes;
  const explanation = { chain: [...chain], unrelated: [...unrelated], faults };
  if (property.kind === 'sometimes' || walk.actions.length === 0) return explanation;
  return { ...explanation, avoidable: avoidableIn(model, walk, claim, maxStates) };
}

function walkOf(model: CompiledModel, { steps, initial }: TraceFile): Walk | undefined {
  if (initial.index >= model.model.initialStates.length) return undefined;
  const found = steps.map(({ action, params }) => model.find({ name: action, params }));
  const actions = found.filter(index => index !== undefined);
  return actions.length < steps.length ? undefined : new Walk(initial.index, actions);
}
