import type { StateKey } from '../stateTable.ts';

/**
 * What a model does in a state, as numbers: what invariants say there, what they look at, what guards look
 * at, and then five for each instance that is enabled: itself, the two halves of the hash that it leads
 * to, what properties say of the step, and what they and the step look at.
 */
export type Conduct = readonly number[];

/** What invariants or properties say where their code, or that of a step, throws. */
export const THREW = -1;

/** What one instance does in a state. */
export interface ConductOfStep extends StateKey {
  readonly said: number;
  readonly looks: number;
}

/** In place of a step whose guard or code throws. */
export const thrownStep: ConductOfStep = { low: 0, high: 0, said: THREW, looks: 0 };

/** Whether it is {@link thrownStep}. */
export function isThrown({ low, high, said }: ConductOfStep): boolean {
  return said === THREW && low === 0 && high === 0;
}

const STEPS_FROM = 3;
const STEP = 5;

/** The steps of a conduct, by instance. */
export function stepsIn(conduct: Conduct): Map<number, ConductOfStep> {
  const steps = new Map<number, ConductOfStep>();
  for (let at = STEPS_FROM; at < conduct.length; at += STEP) {
    const [instance = 0, low = 0, high = 0, said = 0, looks = 0] = conduct.slice(at, at + STEP);
    steps.set(instance, { low, high, said, looks });
  }
  return steps;
}

/** Where the steps of a conduct lead, as far as they could be taken. */
export function successorsIn(conduct: Conduct): StateKey[] {
  return [...stepsIn(conduct).values()].filter(step => !isThrown(step));
}

/** Whether the same is done, and the same is looked at. */
export function isSameConduct(a: Conduct, b: Conduct): boolean {
  return a.length === b.length && a.every((number, index) => number === b[index]);
}
