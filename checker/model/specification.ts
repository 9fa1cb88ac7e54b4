import type { AnyModel } from './model.ts';
import type { AnyProperty } from './property.ts';

/** A model with the properties that it is held to: what a test or the command line checks. */
export interface Specification {
  readonly model: AnyModel;
  readonly properties: readonly AnyProperty[];
}
