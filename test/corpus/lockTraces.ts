import type { AnyProperty, TakenAction } from '../../checker/model/property.ts';
import { recordTrace } from '../../checker/replay/record.ts';
import type { TraceFile } from '../../checker/trace/traceFile.ts';
import { handedOver, heldByAtMost, type LockOptions, lockModel } from '../checker/subjects/lock.ts';

function step(name: string, client: number): TakenAction {
  const node = `client-${client}`;
  return { name, actor: node, params: { client: node } };
}

/** Two clients hold an unchecked lock. */
export const bothHold = [step('acquire', 1), step('acquire', 2)];

/** The same, with steps that are not needed. */
export const longWayToBoth = [
  step('acquire', 3),
  step('release', 3),
  step('acquire', 1),
  step('acquire', 2),
];

/** A lock is given back and goes to another. */
export const handOver = [step('acquire', 1), step('release', 1), step('acquire', 2)];

/** The steps as a trace of the lock: that too many hold it, or that it is handed over. */
export function lockTrace(
  kind: TraceFile['kind'],
  steps: readonly TakenAction[],
  options: LockOptions = {},
): TraceFile {
  const property: AnyProperty = kind === 'witness' ? handedOver() : heldByAtMost(1);
  const run = { property, clause: '2 clients hold the lock', initialState: 0, steps };
  const counts = { distinctStates: 3, generatedStates: 3, depth: steps.length };
  return recordTrace(lockModel(options), run, { engine: 'script', ...counts, shortest: false });
}
