import type { Fields } from '../state/fields.ts';
import type { AnyProperty, PropertyScope, PropertyText } from './property.ts';

/** In every fair run the goal holds at some time. */
export interface Eventually<P extends Fields, G extends Fields> extends PropertyText {
  readonly kind: 'eventually';
  goal(state: PropertyScope<P, G>): boolean;
}

/** Whenever `when` holds in a fair run, the goal holds then or later. */
export interface LeadsTo<P extends Fields, G extends Fields> extends PropertyText {
  readonly kind: 'leadsTo';
  when(state: PropertyScope<P, G>): boolean;
  goal(state: PropertyScope<P, G>): boolean;
}

/** What must happen at some time, where the other properties say what must not. */
export type TemporalProperty<P extends Fields, G extends Fields> = Eventually<P, G> | LeadsTo<P, G>;

/** A temporal property of which only the shape is known; what engines consume. */
export type AnyTemporalProperty = TemporalProperty<Fields, Fields>;

/** Whether a property says what must happen at some time. */
export function isTemporal(
  property: AnyProperty | AnyTemporalProperty,
): property is AnyTemporalProperty {
  return property.kind === 'eventually' || property.kind === 'leadsTo';
}

/** Forgets the field types of temporal properties, for the engines. */
export function anyTemporal<P extends Fields, G extends Fields>(
  properties: readonly TemporalProperty<P, G>[],
): readonly AnyTemporalProperty[] {
  // Engines call a property only with states of the schema that it was written for.
  return properties as unknown as readonly AnyTemporalProperty[];
}
