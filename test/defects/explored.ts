import { exploreExhaustively } from '../../checker/exhaustive/exhaustive.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import type { AnyProperty } from '../../checker/model/property.ts';
import type { ExplorationResult } from '../../checker/results/result.ts';

const explored = new Map<string, Promise<ExplorationResult>>();

/** Explores a scope with symmetry: several defects share one, which is explored once with the same defects on. */
export function explore(
  model: AnyModel,
  properties: readonly AnyProperty[],
): Promise<ExplorationResult> {
  const { name, config, bounds, defects } = model;
  const key = JSON.stringify([name, config, bounds, defects, properties.map(each => each.name)]);
  const known = explored.get(key) ?? exploreExhaustively(model, properties, { symmetry: true });
  explored.set(key, known);
  return known;
}
