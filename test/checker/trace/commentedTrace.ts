import type {
  TraceCommentary,
  TraceFile,
  TraceMessage,
  TraceStep,
} from '../../../checker/trace/traceFile.ts';
import { traceOf } from './traces.ts';

function step(actor: string, action: string, params: TraceStep['params'] = {}): TraceStep {
  return { action, actor, params, fingerprint: '0'.repeat(16), changes: [] };
}

function message(
  [from, to]: readonly [string, string],
  [sent, left]: readonly [number, number?],
  fate: TraceMessage['fate'],
): TraceMessage {
  const end = left === undefined ? {} : { left };
  return { name: 'call', from, to, content: 'floor 3', sent, ...end, fate };
}

const comments: readonly TraceCommentary['steps'][number][] = [
  { kind: 'client', phrase: 'somebody presses the button', causes: [] },
  { kind: 'protocol', causes: [] },
  { kind: 'protocol', causes: [2] },
  { kind: 'fault', phrase: 'network loses the call', causes: [2] },
  { kind: 'protocol', causes: [3] },
  { kind: 'fault', phrase: 'car-2 breaks down', causes: [5] },
  { kind: 'recovery', causes: [6] },
];

/**
 * A trace with everything that a commentary can say: messages that arrive, are ignored, get lost and
 * stay in flight, faults with and without a message, and steps that lead nowhere.
 */
export function commentedTrace(): TraceFile {
  const trace = traceOf(1);
  const [moved] = trace.steps;
  return {
    ...trace,
    initial: {
      ...trace.initial,
      state: {
        protocol: { cars: { 'car-1': { floor: 0 }, 'car-2': { floor: 0 }, 'car-3': { floor: 0 } } },
        ghost: { log: [], seen: null },
        budget: { calls: 2 },
      },
    },
    steps: [
      step('rider', 'press', { floor: 3 }),
      step('car-2', 'call', { from: 'car-2', to: 'car-1', floor: 3 }),
      step('car-1', 'answer', { from: 'car-2', to: 'car-1' }),
      step('network', 'loseCall', { from: 'car-2', to: 'car-3' }),
      step('car-2', 'hear', { of: 'car-1' }),
      step('car-2', 'breakDown', { car: 'car-2', kept: null }),
      {
        ...step('mechanic', 'repair', { car: 'car-2', hours: 2 }),
        changes: [
          { path: 'budget.calls', before: 2, after: 1 },
          ...(moved?.changes ?? []),
          { path: 'ghost.seen', before: null, after: 'car-1' },
        ],
      },
    ],
    commentary: {
      steps: [...comments],
      messages: [
        message(['car-2', 'car-1'], [2, 3], 'delivered'),
        message(['car-2', 'car-3'], [2, 4], 'lost'),
        message(['car-1', 'car-2'], [3, 5], 'ignored'),
        message(['car-1', 'car-2'], [3, 6], 'lost'),
        message(['car-3', 'car-2'], [1, 2], 'givenUp'),
        message(['car-2', 'car-1'], [5, 6], 'lost'),
        message(['car-1', 'car-3'], [3], 'inFlight'),
      ],
      machines: [],
      properties: [],
      explanation: {
        chain: [2, 3, 5, 6, 7],
        unrelated: [1],
        faults: [
          { step: 4, necessary: false },
          { step: 6, necessary: true },
        ],
        avoidable: { until: 5, states: 1234 },
      },
    },
  };
}
