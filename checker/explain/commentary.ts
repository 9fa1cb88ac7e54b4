import { CompiledModel } from '../explore/compiledModel.ts';
import { Walk } from '../explore/walk.ts';
import { phraseOf } from '../model/phrase.ts';
import { refutable } from '../model/refutable.ts';
import type { Specification } from '../model/specification.ts';
import type { TraceCommentary, TraceExplanation, TraceFile } from '../trace/traceFile.ts';
import { avoidableIn } from './avoidable.ts';
import { causesOf } from './causes.ts';
import { faultsOf } from './faults.ts';
import { machinesOf } from './machines.ts';
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
 * Returns the trace as it is if its states are not those of the model (any more), or if it does not
 * break or reach its property there: whatever could be said would be said of another run.
 */
export function withCommentary(
  { model, properties }: Specification,
  trace: TraceFile,
  { maxStates = MOST_STATES }: CommentaryOptions = {},
): TraceFile {
  const property = properties.find(({ name }) => name === trace.property.name);
  if (property === undefined || model.name !== trace.model.name) return trace;
  if (model.version !== trace.model.version) return trace;
  const compiled = new CompiledModel(model);
  const walk = walkOf(compiled, trace);
  if (walk === undefined) return trace;
  const run = playedRun(compiled, walk, trace, properties);
  if (run === undefined || !/[vr]$/.test(run.truthOf(property))) return trace;
  const causes = causesOf(compiled, walk, property);
  const claim = refutable(property);
  const explanation: TraceExplanation = {
    chain: [...causes.chain],
    unrelated: [...causes.unrelated],
    faults: faultsOf(compiled, walk, claim),
    ...(trace.kind === 'counterexample'
      ? { avoidable: avoidableIn(compiled, walk, claim, maxStates) }
      : {}),
  };
  const commentary: TraceCommentary = {
    steps: walk.actions.map((index, at) => {
      const { action, taken } = compiled.instances[index] as CompiledModel['instances'][number];
      const phrase = phraseOf(action, taken.params);
      return {
        kind: action.kind,
        ...(phrase === undefined ? {} : { phrase }),
        causes: [...(causes.ofStep[at] ?? [])],
      };
    }),
    messages: run.messages,
    machines: machinesOf(model.schema),
    properties: run.histories,
    explanation,
  };
  return { ...trace, commentary };
}

function walkOf(model: CompiledModel, { steps, initial }: TraceFile): Walk | undefined {
  if (initial.index >= model.model.initialStates.length) return undefined;
  const found = steps.map(({ action, params }) => model.find({ name: action, params }));
  const actions = found.filter(index => index !== undefined);
  return actions.length < steps.length ? undefined : new Walk(initial.index, actions);
}
