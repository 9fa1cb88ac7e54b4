import type { Specification } from '../checker/model/specification.ts';
import type { ModelDefect } from '../models/description/defect.ts';
import type { BoundsShape, ConfigShape } from '../models/description/settings.ts';
import type { DescribedModel, ModelDescriptor } from './descriptor.ts';
import { entryOf } from './entryOf.ts';
import { typedSpecification } from './typedSpecification.ts';

/** Makes everything of a descriptor that others take a model by. */
export function describedModel<
  Config extends ConfigShape<Config>,
  ModelBounds extends BoundsShape<ModelBounds>,
  Defect extends ModelDefect<Config, ModelBounds>,
  Own extends Specification,
>(
  descriptor: ModelDescriptor<Config, ModelBounds, Defect>,
): DescribedModel<Config, ModelBounds, Own> {
  const { defects, furtherDefects = [], ConfigError } = descriptor;
  const known = [...defects, ...furtherDefects];
  return {
    entry: entryOf<Config, ModelBounds, Defect>(descriptor),
    specify(options = {}) {
      const config = { ...descriptor.defaultConfig, ...options.config };
      const bounds = { ...descriptor.largeScope, ...options.bounds };
      const chosen = chosenDefects(options.defects, known, ConfigError);
      return typedSpecification<Own>({
        model: descriptor.model(config, bounds, chosen),
        properties: descriptor.properties(config, bounds),
        temporal: descriptor.temporal?.(config, bounds) ?? [],
      });
    },
  };
}

/** The defects of these names, in their order. */
function chosenDefects<Defect extends { readonly name: string }>(
  names: readonly string[] = [],
  all: readonly Defect[],
  ConfigError: new (message: string) => Error,
): Defect[] {
  return names.map(name => {
    const found = all.find(defect => defect.name === name);
    if (found !== undefined) return found;
    const known = all.map(defect => defect.name).join(', ');
    throw new ConfigError(`unknown defect "${name}" (known: ${known || 'none'})`);
  });
}
