import type { FaultScript, FaultStep } from './faultScript.ts';

/** More records than these make a scope large, and hardly tell more. */
const MOST_RECORDS = 2;

/** A scope of `replication` in which everything that a script does may happen, in any order. */
export interface ScriptScope {
  readonly settings: Readonly<Record<string, number | string>>;
  readonly bounds: Readonly<Record<string, number>>;
}

/** The scope that a script spans: as many faults of each kind as it has. */
export function scopeOfScript({ brokers, steps }: FaultScript): ScriptScope {
  const bounds = new Map<string, number>();
  const add = (bound: string, count: number): void => {
    if (count > 0) bounds.set(bound, (bounds.get(bound) ?? 0) + count);
  };
  for (const [kind, bound] of Object.entries(boundOf)) {
    add(bound, steps.filter(({ do: what }) => what === kind).length);
  }
  add('partitions', cutsIn(steps));
  const sent = steps.reduce((sum, step) => sum + recordsIn(step), 0);
  add('records', Math.min(sent, MOST_RECORDS));
  const acks = [...new Set(steps.flatMap(step => ('acks' in step ? [step.acks] : [])))];
  return {
    settings: { brokers, ...(acks.length === 0 ? {} : { acks: acks.sort().join(',') }) },
    bounds: Object.fromEntries(bounds),
  };
}

const boundOf = {
  crash: 'crashes',
  stop: 'shutdowns',
  pause: 'pauses',
  losePower: 'powerLosses',
  loseDisk: 'diskLosses',
  prefer: 'preferredElections',
  reassign: 'reassignments',
  setMinIsr: 'minIsrChanges',
} as const;

function recordsIn(step: FaultStep): number {
  if (step.do === 'produce') return 1;
  return step.do === 'load' ? step.records : 0;
}

/**
 * A cut of the model is of one broker, from the controller, from the brokers or from both; cuts of one moment are put
 * together as the fewest of these, with each side's smaller part cut off.
 */
function cutsIn(steps: FaultScript['steps']): number {
  const moments = new Map<number, { readonly from: Set<unknown>; readonly to: Set<unknown> }>();
  let now = 0;
  for (const step of steps) {
    if (step.do !== 'cut') {
      now++;
      continue;
    }
    const moment = step.atMs ?? now;
    const known = moments.get(moment) ?? { from: new Set(), to: new Set() };
    known.from.add(step.from);
    known.to.add(step.to);
    moments.set(moment, known);
  }
  return [...moments.values()].reduce((sum, { from, to }) => sum + Math.min(from.size, to.size), 0);
}
