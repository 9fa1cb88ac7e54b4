import { CompiledModel, fingerprintText, labelOf } from '../core/compiledModel.ts';
import type { AnyModel } from '../model/model.ts';
import type { AnyProperty, TakenAction } from '../model/property.ts';
import type { AnyTemporalProperty } from '../model/temporal.ts';
import { diffJson } from '../state/diff.ts';
import { type JsonValue, stateToJson } from '../state/json.ts';
import type { TraceExplored, TraceFile, TraceJson, TraceStep } from '../trace/traceFile.ts';

/** What a trace is recorded from: a property, and a run that breaks or reaches it. */
export interface Recordable {
  readonly property: AnyProperty | AnyTemporalProperty;
  readonly clause: string;
  readonly initialState: number;
  readonly steps: readonly TakenAction[];
  /** Where several counterexamples were told apart: the actions that it follows from. */
  readonly cause?: readonly string[] | undefined;
  /** Of a temporal property: which state the last step returns to (see `TraceLoop`). */
  readonly loop?: { readonly from: number };
  /** Of one that was tried for some time: from when on (see `TraceSettling`). */
  readonly settling?: { readonly from: number };
}

/**
 * Runs the steps and writes down what each changed, so that the trace can be shown without the
 * model.
 *
 * @throws Error when a step is unknown or not enabled: the run is not one of this model.
 */
export function recordTrace(model: AnyModel, run: Recordable, explored: TraceExplored): TraceFile {
  const compiled = new CompiledModel(model);
  const state = compiled.createState();
  compiled.initialize(state, run.initialState);
  const initial = stateToJson(model.schema, state);
  const initialFingerprint = fingerprintText(state);
  let before = initial;
  const steps = run.steps.map((taken): TraceStep => {
    const index = compiled.find(taken);
    const enabled = index === undefined ? 'it is unknown' : compiled.enabled(state, index);
    if (index === undefined || enabled !== true) {
      throw new Error(`${labelOf(taken)} cannot be taken: ${enabled || 'it is not enabled'}`);
    }
    compiled.step(state, index);
    const after = stateToJson(model.schema, state);
    const changes = diffJson(before, after).map(change => ({
      path: change.path,
      before: toTraceJson(change.before),
      after: toTraceJson(change.after),
    }));
    before = after;
    return {
      action: taken.name,
      actor: taken.actor,
      params: { ...taken.params },
      fingerprint: fingerprintText(state),
      changes,
    };
  });
  const { name, kind, statement, loss } = run.property;
  const cause = run.cause === undefined ? {} : { cause: [...run.cause] };
  return {
    format: 'highwater-trace',
    formatVersion: 1,
    kind: kind === 'sometimes' ? 'witness' : 'counterexample',
    model: {
      name: model.name,
      version: model.version,
      config: Object.fromEntries(
        Object.entries(model.config).map(([key, value]) => [key, toTraceJson(value)]),
      ),
      bounds: { ...model.bounds },
      defects: [...model.defects],
    },
    property: { name, kind, statement, loss, clause: run.clause, ...cause },
    initial: {
      index: run.initialState,
      fingerprint: initialFingerprint,
      state: toTraceJson(initial),
    },
    steps,
    ...(run.loop === undefined ? {} : { loop: { ...run.loop } }),
    ...(run.settling === undefined ? {} : { settling: { ...run.settling } }),
    explored,
  };
}

/** The same JSON, as the trace format types it (without `readonly`). */
function toTraceJson(json: JsonValue): TraceJson {
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.map(toTraceJson);
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, toTraceJson(value)]));
}
