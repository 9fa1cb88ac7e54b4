import { UsageError } from '../../catalogue/usageError.ts';
import type { AnyModel, Bounds } from '../../checker/model/model.ts';

/**
 * The model in a smaller scope: budgets start at what is wanted of them.
 *
 * @throws UsageError when a bound is unknown, or larger than the model's.
 */
export function withBounds(model: AnyModel, wanted: Bounds): AnyModel {
  const changed = Object.entries(wanted).filter(([name, value]) => value !== model.bounds[name]);
  if (changed.length === 0) return model;
  for (const [name, value] of changed) expectSmaller(model, name, value);
  const budgets = Object.fromEntries(changed);
  return {
    ...model,
    bounds: { ...model.bounds, ...budgets },
    initialStates: model.initialStates.map(initialize => state => {
      initialize(state);
      // The engine gives a state of the model's own schema, which has these budgets.
      const { budget } = state as { readonly budget: Record<string, number> };
      Object.assign(budget, budgets);
    }),
  };
}

function expectSmaller(model: AnyModel, name: string, value: number): void {
  const own = model.bounds[name];
  if (own === undefined) throw UsageError.unknown('bound', name, Object.keys(model.bounds));
  if (value > own) {
    throw new UsageError(
      `${name}: expected at most ${own}, as the model has it, found ${value}`,
      'wrong-value',
    );
  }
}
