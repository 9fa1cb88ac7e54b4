import { type CompiledModel, fingerprintText, type ModelState } from '../core/compiledModel.ts';
import { evaluate, type LastStep, outcomeOf } from '../core/evaluate.ts';
import type { Walk } from '../core/walk.ts';
import type { AnyProperty } from '../model/property.ts';
import { copyState } from '../state/schema.ts';
import { statesOf } from '../trace/statesOf.ts';
import type { TraceFile, TraceMessage, TracePropertyHistory } from '../trace/traceFile.ts';
import { Messages } from './messages.ts';

/** What was seen along a run. */
export interface PlayedRun {
  readonly messages: TraceMessage[];
  readonly histories: TracePropertyHistory[];
  truthOf(property: AnyProperty): string;
}

/** By outcome: how traces write it; what is found of a goal is that it is reached. */
const letters = ['n', 'h', 'v'] as const;

function letterOf(property: AnyProperty, state: ModelState, last?: LastStep): string {
  const letter = letters[outcomeOf(evaluate(property, state, last))];
  return letter === 'v' && property.kind === 'sometimes' ? 'r' : letter;
}

/** Plays a run and watches properties and messages; undefined if its states are not those of the trace. */
export function playedRun(
  model: CompiledModel,
  { actions, initialState }: Walk,
  trace: TraceFile,
  properties: readonly AnyProperty[],
): PlayedRun | undefined {
  const applicable = properties.filter(({ notApplicable }) => notApplicable === undefined);
  const truths = new Map<AnyProperty, string>();
  const states = statesOf(trace);
  const messages = new Messages(model.model);
  const [before, after] = [model.createState(), model.createState()];
  model.initialize(after, initialState);
  if (fingerprintText(after) !== trace.initial.fingerprint) return undefined;
  for (const property of applicable) truths.set(property, letterOf(property, after));
  messages.start(after, states[0] ?? null);
  for (const [at, index] of actions.entries()) {
    copyState(after, before);
    const [step, instance] = [trace.steps[at], model.instances[index]];
    if (step === undefined || instance === undefined) return undefined;
    if (model.enabled(before, index) !== true) return undefined;
    model.step(after, index);
    if (fingerprintText(after) !== step.fingerprint) return undefined;
    for (const property of applicable) {
      const now = letterOf(property, after, { before, taken: instance.taken });
      truths.set(property, `${truths.get(property) ?? ''}${now}`);
    }
    const passage = { step, isFault: instance.action.kind === 'fault' };
    messages.pass(at + 1, passage, after, states[at + 1] ?? null);
  }
  return {
    messages: messages.all,
    histories: [...truths].map(([{ name, kind, statement }, truth]) => {
      return { name, kind, statement, truth };
    }),
    truthOf: property => truths.get(property) ?? '',
  };
}
