import type { AnyModel } from './model.ts';
import type { AnyProperty } from './property.ts';
import type { AnyTemporalProperty } from './temporal.ts';

/** A model with the properties that it is held to: what a test or the command line checks. */
export interface Specification {
  readonly model: AnyModel;
  readonly properties: readonly AnyProperty[];
  /** What must happen at some time in every fair run; `explore` and `simulate` do not look at it. */
  readonly temporal?: readonly AnyTemporalProperty[];
}

/** What kinds of claims and goals there are. */
export type ClaimKind = AnyProperty['kind'] | AnyTemporalProperty['kind'];

/** Everything that a model is held to. */
export function claimsOf({
  properties,
  temporal = [],
}: Omit<Specification, 'model'>): readonly (AnyProperty | AnyTemporalProperty)[] {
  return [...properties, ...temporal];
}
