import type { Fields } from '../state/fields.ts';
import type { BudgetFields, Schema } from '../state/schema.ts';
import { checkProperty } from './checkProperty.ts';
import type { AnyProperty, Invariant, Property, Sometimes, StepProperty } from './property.ts';
import type { AnyTemporalProperty, Eventually, LeadsTo, TemporalProperty } from './temporal.ts';

/** A property as it is written down: its kind follows from the builder, two texts may be left out. */
type Written<Kind extends { readonly loss: string; readonly source: string }> = Omit<
  Kind,
  'kind' | 'loss' | 'source'
> &
  Partial<Pick<Kind, 'loss' | 'source'>>;

/** Types the properties of one model: `const { invariant } = propertiesOf(schema)`. */
export interface PropertyBuilder<P extends Fields, G extends Fields> {
  /** Must hold in every state. */
  invariant(property: Written<Invariant<P, G>>): AnyProperty;
  /** Must hold across every step. */
  stepProperty(property: Written<StepProperty<P, G>>): AnyProperty;
  /** Must be reachable. */
  sometimes(property: Written<Sometimes<P, G>>): AnyProperty;
}

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
 * Returns functions that check a property, and its type against the model's schema.
 *
 * @throws DeclarationError when a property is not written as its type says; the functions do.
 */
export function propertiesOf<P extends Fields, G extends Fields, B extends BudgetFields>(
  _schema?: Schema<P, G, B>,
): PropertyBuilder<P, G> {
  return {
    invariant: property => checked({ ...texts, ...property, kind: 'invariant' }),
    stepProperty: property => checked({ ...texts, ...property, kind: 'step' }),
    sometimes: property => checked({ ...texts, ...property, kind: 'sometimes' }),
  };
}

/**
 * Returns functions that check a temporal property, and its type against the model's schema.
 *
 * @throws DeclarationError when a property is not written as its type says; the functions do.
 */
export function temporalOf<P extends Fields, G extends Fields, B extends BudgetFields>(
  _schema?: Schema<P, G, B>,
): TemporalBuilder<P, G> {
  return {
    eventually: property => checkedTemporal({ ...texts, ...property, kind: 'eventually' }),
    leadsTo: property => checkedTemporal({ ...texts, ...property, kind: 'leadsTo' }),
  };
}

// Engines call a property only with states of the schema that it was written for.

function checked<P extends Fields, G extends Fields>(property: Property<P, G>): AnyProperty {
  checkProperty(property);
  return property as unknown as AnyProperty;
}

function checkedTemporal<P extends Fields, G extends Fields>(
  property: TemporalProperty<P, G>,
): AnyTemporalProperty {
  checkProperty(property);
  return property as unknown as AnyTemporalProperty;
}
