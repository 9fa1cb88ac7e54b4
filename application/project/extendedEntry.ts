import type { BuiltModel, ModelEntry, ModelRequest } from '../../catalogue/modelEntry.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import { DeclarationError } from '../../checker/declarationError.ts';
import type { Bounds } from '../../checker/model/model.ts';
import { expectSpecification } from './expectConfig.ts';
import { boundEntry } from './specificationEntry.ts';
import { withBounds } from './withBounds.ts';

/** What a configuration makes of models, by their names. */
type Extend = Readonly<Record<string, ((specification: never) => unknown) | undefined>>;
type Extender = (built: BuiltModel) => unknown;

/** What the configuration makes of a built model of ours; none where it says nothing. */
function extenderFor({ name, typed }: ModelEntry, extend: Extend): Extender | undefined {
  const extender = extend[name];
  if (extender === undefined || typed === undefined) return undefined;
  // The configuration is written for the type that the model of this name is given.
  return built => extender(typed(built) as never);
}

/**
 * A model of ours as the configuration extends it, or as it is. Budgets that the extension adds are
 * bounds like any other: nothing of them in the quiet scope, all of them in the small and large one.
 *
 * @throws UsageError when what the configuration makes of it is no specification of that name.
 */
export function extendedEntry(entry: ModelEntry, extend: Extend, file: string): ModelEntry {
  const extender = extenderFor(entry, extend);
  if (extender === undefined) return entry;
  const place = `${file}: extend.${entry.name}`;
  const extended = (request: ModelRequest): BuiltModel =>
    extendedModel(entry.build(request), extender, place);
  const { model } = extended({ config: {}, bounds: entry.smallScope, defects: [] });
  const known = entry.bounds.map(({ name }) => name);
  const added = Object.entries(model.bounds).filter(([name]) => !known.includes(name));
  const full = Object.fromEntries(added);
  const none = Object.fromEntries(added.map(([name]) => [name, 0]));
  return {
    ...entry,
    // First: an overview has room for the beginning alone.
    summary: `extended by ${file}; ${entry.summary}`,
    bounds: [...entry.bounds, ...Object.keys(full).map(boundEntry)],
    quietScope: { ...entry.quietScope, ...none },
    smallScope: { ...entry.smallScope, ...full },
    largeScope: { ...entry.largeScope, ...full },
    livenessScope: { ...entry.livenessScope, ...full },
    build(request) {
      const [bounds, ofExtension] = parted(request.bounds, full);
      const built = extended({ ...request, bounds });
      return { ...built, model: withBounds(built.model, { ...none, ...ofExtension }) };
    },
  };
}

function extendedModel(built: BuiltModel, extender: Extender, place: string): BuiltModel {
  const specification = extendedBy(extender, built, place);
  expectSpecification(specification, place);
  const { model, properties, temporal = [] } = specification;
  if (model.name === built.model.name) return { ...built, model, properties, temporal };
  throw new UsageError(
    `${place}: expected a model named "${built.model.name}", found "${model.name}"; ` +
      'a model of another name belongs to models',
    'wrong-config',
  );
}

/** What the user's own code makes of the model. */
function extendedBy(extender: Extender, built: BuiltModel, place: string): unknown {
  try {
    return extender(built);
  } catch (error) {
    if (error instanceof DeclarationError)
      throw new UsageError(`${place}: ${error.message}`, 'wrong-config');
    throw error;
  }
}

/** The bounds of the model of ours, and those of the extension. */
function parted(bounds: Bounds, ofExtension: Bounds): [Bounds, Bounds] {
  const entries = Object.entries(bounds);
  const isAdded = ([name]: [string, number]): boolean => name in ofExtension;
  return [
    Object.fromEntries(entries.filter(each => !isAdded(each))),
    Object.fromEntries(entries.filter(isAdded)),
  ];
}
