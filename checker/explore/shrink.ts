import type { AnyModel } from '../model/model.ts';
import type { AnyProperty, TakenAction } from '../model/property.ts';
import { CompiledModel } from './compiledModel.ts';
import { firstViolation } from './simulate.ts';
import { shorterRuns, Walk } from './walk.ts';

/** A shortened counterexample. */
export interface Shrunk {
  readonly steps: readonly TakenAction[];
  readonly clause: string;
  /** Runs that were tried on the way. */
  readonly attempts: number;
}

/**
 * Shortens a counterexample by leaving steps out, as long as the same property still breaks. The
 * result cannot be shortened by leaving out one more step; that it is a shortest one is not proved.
 *
 * Returns undefined if the steps do not break the property, or cannot be taken.
 */
export function shrink(
  model: AnyModel,
  property: AnyProperty,
  counterexample: { readonly initialState: number; readonly steps: readonly TakenAction[] },
): Shrunk | undefined {
  const compiled = new CompiledModel(model);
  const states = [compiled.createState(), compiled.createState()] as const;
  const numbers = counterexample.steps.map(step => compiled.find(step));
  const actions = numbers.filter(number => number !== undefined);
  if (actions.length < numbers.length) return undefined;
  let attempts = 0;
  const breaks = (walk: Walk): string | undefined => {
    attempts++;
    const found = firstViolation(compiled, property, walk, states);
    walk.failedAfter = found?.after;
    return found?.clause;
  };
  let best = new Walk(counterexample.initialState, actions);
  let clause = breaks(best);
  if (clause === undefined) return undefined;
  for (let shorter = next(); shorter !== undefined; shorter = next()) best = shorter;

  function next(): Walk | undefined {
    for (const candidate of shorterRuns(compiled, best)) {
      const walk = new Walk(best.initialState, candidate);
      const broken = breaks(walk);
      if (broken === undefined) continue;
      clause = broken;
      return walk;
    }
    return undefined;
  }
  return { steps: compiled.stepsOf(best.actions), clause, attempts };
}
