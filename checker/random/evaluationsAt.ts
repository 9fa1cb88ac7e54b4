import {
  type ActionInstance,
  type CompiledModel,
  labelOf,
  type ModelState,
} from '../core/compiledModel.ts';
import { evaluate, type LastStep, type Outcome, outcomeOf } from '../core/evaluate.ts';
import type { AnyProperty } from '../model/property.ts';

/** Something that is evaluated in a state of a run that is made again. */
export interface EvaluationAt {
  /** What it is, in words. */
  readonly what: () => string;
  /** Whose guard it is, if it is one. */
  readonly instance?: number;
  readonly evaluate: () => boolean | Outcome;
}

/** Guards that are evaluated in a state, so that repeating costs about as much as drawing. */
const GUARDS_SAMPLED = 32;

/**
 * What is evaluated in the state after so many steps: some guards, others in each state, so that in many states all of
 * them are, and then all properties.
 */
export function evaluationsAt(
  model: CompiledModel,
  properties: readonly AnyProperty[],
  { state, last, steps }: { state: ModelState; last: LastStep | undefined; steps: number },
): readonly EvaluationAt[] {
  const first = (steps * GUARDS_SAMPLED) % Math.max(1, model.live.length);
  const sampled = model.live.subarray(first, first + GUARDS_SAMPLED);
  const guards = Array.from(sampled, (instance): EvaluationAt => {
    const { taken } = model.instances[instance] as ActionInstance;
    return {
      what: () => `the guard of ${labelOf(taken)}`,
      instance,
      evaluate: () => model.enabled(state, instance) === true,
    };
  });
  return [
    ...guards,
    ...properties.map(property => ({
      what: () => `property "${property.name}"`,
      evaluate: () => outcomeOf(evaluate(property, state, last)),
    })),
  ];
}
