import type { TraceFile, TraceStep } from '../../../checker/trace/traceFile.ts';

/** A trace of a model that does not exist, with so many steps. */
export function traceOf(length: number): TraceFile {
  return {
    format: 'highwater-trace',
    formatVersion: 1,
    kind: 'counterexample',
    model: {
      name: 'elevator',
      version: 3,
      config: { floors: 4, modes: ['fast', 'slow'], night: true, limits: { weight: 500 } },
      bounds: { calls: 2 },
      defects: ['door-stays-open'],
    },
    property: {
      name: 'door-closed-when-moving',
      kind: 'invariant',
      statement: 'The door is closed whenever the car moves.',
      loss: 'Somebody falls.',
      clause: 'car-1 moves and its door is open',
    },
    initial: { index: 0, fingerprint: '0'.repeat(16), state: { cars: {} } },
    steps: Array.from({ length }, (_, index) => stepOf(index)),
    explored: {
      engine: 'exhaustive',
      distinctStates: 12345,
      generatedStates: 67890,
      depth: length + 1,
      shortest: true,
    },
  };
}

function stepOf(index: number): TraceStep {
  return {
    action: 'move',
    actor: `car-${(index % 3) + 1}`,
    params: { to: index, by: null },
    fingerprint: index.toString(16).padStart(16, '0'),
    changes: [
      { path: 'protocol.cars.car-1.floor', before: index, after: index + 1 },
      { path: 'ghost.log[0]', before: null, after: { floor: index, open: [true, false] } },
    ],
  };
}
