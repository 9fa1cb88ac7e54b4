import type {
  TraceFile,
  TraceMessage,
  TracePropertyHistory,
  TraceStep,
  TraceStepComment,
} from '../../checker/trace/traceFile.ts';

/** What a test wants of a trace; with any of the last three it has a commentary. */
export interface Wanted {
  readonly steps: readonly TraceStep[];
  readonly kinds?: readonly TraceStepComment['kind'][];
  readonly messages?: readonly TraceMessage[];
  readonly properties?: readonly TracePropertyHistory[];
}

/** A trace of a model that nobody knows. */
export function traceOf({ steps, kinds, messages, properties }: Wanted): TraceFile {
  const trace: TraceFile = {
    format: 'highwater-trace',
    formatVersion: 1,
    kind: 'counterexample',
    model: { name: 'lock', version: 1, config: {}, bounds: {}, defects: [] },
    property: {
      name: 'one-holder',
      kind: 'invariant',
      statement: 'One holds the lock.',
      loss: 'Two write at once.',
      clause: 'a-1 and a-2 hold it',
    },
    initial: { index: 0, fingerprint: '0'.repeat(16), state: {} },
    steps: [...steps],
    explored: {
      engine: 'exhaustive',
      distinctStates: 1,
      generatedStates: 1,
      depth: 1,
      shortest: true,
    },
  };
  if (kinds === undefined && messages === undefined && properties === undefined) return trace;
  return {
    ...trace,
    commentary: {
      steps: steps.map((_, index) => ({ kind: kinds?.[index] ?? 'protocol', causes: [] })),
      messages: [...(messages ?? [])],
      machines: [],
      properties: [...(properties ?? [])],
    },
  };
}
