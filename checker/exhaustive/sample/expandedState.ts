import type { StateKey } from '../../core/stateHash.ts';

/**
 * What a model does in a state, as numbers: the outcome of invariants there, what they read, what guards
 * read, and then five for each instance that is enabled: itself, the two halves of the hash that it leads
 * to, the outcome of properties on the step, and what they and the step read.
 */
export type ExpandedState = readonly number[];

/** The outcome of invariants or properties where their code, or that of a step, throws. */
export const THREW = -1;

/** What one instance leads to in a state. */
export interface Successor extends StateKey {
  readonly outcome: number;
  readonly reads: number;
}

/** Stands for the successor of a step whose guard or code throws. */
export const thrownSuccessor: Successor = { low: 0, high: 0, outcome: THREW, reads: 0 };

/** Whether it is {@link thrownSuccessor}. */
export function isThrown({ low, high, outcome }: Successor): boolean {
  return outcome === THREW && low === 0 && high === 0;
}

const STEPS_FROM = 3;
const STEP = 5;

/** The successors of an expanded state, by instance. */
export function successorsIn(expanded: ExpandedState): Map<number, Successor> {
  const steps = new Map<number, Successor>();
  for (let at = STEPS_FROM; at < expanded.length; at += STEP) {
    const [instance = 0, low = 0, high = 0, outcome = 0, reads = 0] = expanded.slice(at, at + STEP);
    steps.set(instance, { low, high, outcome, reads });
  }
  return steps;
}

/** The states that follow an expanded state, as far as the steps could be taken. */
export function successorKeysIn(expanded: ExpandedState): StateKey[] {
  return [...successorsIn(expanded).values()].filter(step => !isThrown(step));
}

/** Whether the same is done, and the same is read. */
export function isSameExpansion(a: ExpandedState, b: ExpandedState): boolean {
  return a.length === b.length && a.every((number, index) => number === b[index]);
}
