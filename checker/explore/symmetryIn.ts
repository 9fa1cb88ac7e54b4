import type { AnyModel } from '../model/model.ts';
import type { AnyProperty } from '../model/property.ts';
import { type Asymmetry, asymmetryOf } from './asymmetric.ts';

/**
 * Whether states that differ only by renaming interchangeable nodes are to count as one: no, yes, unless
 * the model or a property is seen to treat such nodes differently; or yes, since that has been
 * looked for before.
 */
export type SymmetryWish = boolean | 'trusted';

/** What comes of the wish. */
export interface Symmetry {
  readonly isOn: boolean;
  /** Why it is off although it was wished for. */
  readonly asymmetry?: Asymmetry;
}

/** Decides whether symmetry can be used. */
export function symmetryIn(
  model: AnyModel,
  properties: readonly AnyProperty[],
  wish: SymmetryWish,
): Symmetry {
  if (wish !== true) return { isOn: wish === 'trusted' };
  const asymmetry = asymmetryOf(model, properties);
  return asymmetry === undefined ? { isOn: true } : { isOn: false, asymmetry };
}
