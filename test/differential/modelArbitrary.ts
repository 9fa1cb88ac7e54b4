import fc from 'fast-check';
import { drawModel } from './drawModel.ts';
import type { DrawnModel } from './drawnModel.ts';
import { smallerModels } from './smallerModels.ts';

/**
 * A fast-check arbitrary of whole models. It draws code that makes sense where it stands, and shrinks a
 * model by leaving parts of it out and putting simpler code in the place of other code.
 */
export class ModelArbitrary extends fc.Arbitrary<DrawnModel> {
  readonly #looksAtViews: boolean;

  /** @param looksAtViews - Whether code may look at views as a whole. */
  constructor(looksAtViews: boolean) {
    super();
    this.#looksAtViews = looksAtViews;
  }

  override generate(random: fc.Random): fc.Value<DrawnModel> {
    return new fc.Value(drawModel(random, this.#looksAtViews), undefined);
  }
  override canShrinkWithoutContext(value: unknown): value is DrawnModel {
    return typeof value === 'object' && value !== null && 'nodeTypes' in value;
  }
  override shrink(model: DrawnModel): fc.Stream<fc.Value<DrawnModel>> {
    return fc.stream(smallerModels(model)).map(smaller => new fc.Value(smaller, undefined));
  }
}
