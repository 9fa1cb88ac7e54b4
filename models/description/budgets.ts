import { int } from '../../checker/state/fields.ts';
import type { BudgetFields } from '../../checker/state/schema.ts';
import type { BoundsShape } from './settings.ts';

/** One budget per bound, each starting full: the budget of a schema. */
export function budgetsFor<ModelBounds extends BoundsShape<ModelBounds>>(
  bounds: ModelBounds,
): { readonly [Name in keyof ModelBounds]: BudgetFields[string] } {
  const entries = Object.entries<number>(bounds).map(([name, most]) => [name, int(0, most)]);
  // One entry for each key of the bounds, which the compiler cannot follow through the entries.
  return Object.fromEntries(entries) as {
    readonly [Name in keyof ModelBounds]: BudgetFields[string];
  };
}
