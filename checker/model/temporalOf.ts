import type { Fields } from '../state/fields.ts';
import type { BudgetFields, Schema } from '../state/schema.ts';
import { checkProperty } from './checkProperty.ts';
import type { Written } from './propertiesOf.ts';
import type { AnyTemporalProperty, Eventually, LeadsTo, TemporalProperty } from './temporal.ts';

/** Types the temporal properties of one model: `const { leadsTo } = temporalOf(schema)`. */
export interface TemporalBuilder<P extends Fields, G extends Fields> {
  /** In every fair run the goal holds at some time. */
  eventually(property: Written<Eventually<P, G>>): AnyTemporalProperty;
  /** Whenever `when` holds in a fair run, the goal holds then or later. */
  leadsTo(property: Written<LeadsTo<P, G>>): AnyTemporalProperty;
}

/** Where nothing is said of what is lost, reports say nothing of it. */
const texts = { loss: '', source: 'this project' };

/**
 * Returns functions that check a temporal property, and its type against the model's schema.
 *
 * @throws DeclarationError when a property is not written as its type says; the functions do.
 */
export function temporalOf<P extends Fields, G extends Fields, B extends BudgetFields>(
  _schema?: Schema<P, G, B>,
): TemporalBuilder<P, G> {
  const checked = (property: TemporalProperty<P, G>): AnyTemporalProperty => {
    checkProperty(property);
    return property as unknown as AnyTemporalProperty;
  };
  return {
    eventually: property => checked({ ...texts, ...property, kind: 'eventually' }),
    leadsTo: property => checked({ ...texts, ...property, kind: 'leadsTo' }),
  };
}
