import type { BoundEntry, ModelEntry, ModelRequest } from '../../catalogue/modelEntry.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import type { AnyModel } from '../../checker/model/model.ts';
import type { Specification } from '../../checker/model/specification.ts';
import { withBounds } from './withBounds.ts';

/**
 * A model of a configuration file, for the command line. It has the one scope and the settings that it
 * was written with; its budgets may be made smaller.
 */
export function specificationEntry(specification: Specification, file: string): ModelEntry {
  const { model, properties, temporal = [] } = specification;
  const { name, bounds } = model;
  return {
    name,
    summary: `of ${file}`,
    settings: [],
    ruleChanges: [],
    headline: [],
    bounds: Object.keys(bounds).map(boundEntry),
    quietScope: bounds,
    smallScope: bounds,
    largeScope: bounds,
    livenessScope: bounds,
    isCoverable: true,
    defects: [],
    inWords: () => [],
    build(request) {
      expectOwnSettings(model, request);
      return { model: withBounds(model, request.bounds), properties, questions: [], temporal };
    },
  };
}

/** A bound of which nothing is known but its name: `lostMessages` counts lost messages. */
export function boundEntry(name: string): BoundEntry {
  const words = name.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`);
  return { name, meaning: words, one: words, several: words };
}

/** A trace may be of the model as it was with other settings. */
function expectOwnSettings(model: AnyModel, { config, defects }: ModelRequest): void {
  for (const [name, value] of Object.entries(config)) {
    const [own, given] = [model.config[name], value].map(each => JSON.stringify(each) ?? 'nothing');
    if (own === given) continue;
    throw new UsageError(
      `${name}: is ${own} in model "${model.name}", found ${given}`,
      'wrong-value',
    );
  }
  const other = defects.find(name => !model.defects.includes(name));
  if (other !== undefined) throw UsageError.unknown('defect', other, model.defects);
}
