import type { ModelDefect } from '../models/description/defect.ts';
import {
  type BoundsShape,
  type ConfigShape,
  keysOf,
  recordOf,
  type Setting,
  type Settings,
} from '../models/description/settings.ts';
import type { ModelTiming } from '../models/description/timing.ts';
import type { ModelDescriptor } from './descriptor.ts';
import { findNamed } from './findNamed.ts';
import type { DefectEntry, ModelEntry, TimingEntry } from './modelEntry.ts';
import { readBounds, readConfig } from './settings.ts';
import { typedSpecification } from './typedSpecification.ts';
import { UsageError } from './usageError.ts';

/** The entry of a model that is described so. */
export function entryOf<
  Config extends ConfigShape<Config>,
  ModelBounds extends BoundsShape<ModelBounds>,
  Defect extends ModelDefect<Config, ModelBounds>,
>(descriptor: ModelDescriptor<Config, ModelBounds, Defect>): ModelEntry {
  const { name, summary, headline, defaultConfig, quietScope, smallScope, largeScope } = descriptor;
  const { livenessScope = smallScope } = descriptor;
  return {
    name,
    summary,
    settings: keysOf(defaultConfig).map(setting => ({
      name: setting,
      value: defaultConfig[setting],
      meaning: descriptor.settings[setting].meaning,
    })),
    ruleChanges: descriptor.ruleChanges ?? [],
    headline,
    bounds: keysOf(quietScope).map(bound => ({ name: bound, ...descriptor.bounds[bound] })),
    quietScope: { ...quietScope },
    smallScope: { ...smallScope },
    largeScope: { ...largeScope },
    livenessScope: { ...livenessScope },
    isCoverable: descriptor.isCoverable ?? true,
    ...(descriptor.mainJob === undefined ? {} : { mainJob: descriptor.mainJob }),
    ...(descriptor.page === undefined ? {} : { page: descriptor.page }),
    defects: descriptor.defects.map(defect => entryOfDefect<Config, ModelBounds>(defect)),
    ...(descriptor.timing === undefined
      ? {}
      : { timing: timingEntry(descriptor, descriptor.timing) }),
    typed: typedSpecification,
    inWords(settings) {
      const config = readConfig(defaultConfig, descriptor.settings, settings);
      return keysOf(defaultConfig).map(setting => ({
        name: setting,
        words: descriptor.settings[setting].inWords(config[setting]),
      }));
    },
    build(request) {
      const config = readConfig(defaultConfig, descriptor.settings, request.config);
      const bounds = readBounds(quietScope, request.bounds);
      const defects = request.defects.map(one => findNamed('defect', one, descriptor.defects));
      return asUsage(descriptor, () => ({
        model: descriptor.model(config, bounds, defects),
        properties: descriptor.properties(config, bounds),
        questions: descriptor.questions?.(config, bounds) ?? [],
        temporal: descriptor.temporal?.(config, bounds) ?? [],
      }));
    },
  };
}

/** What the model refuses is refused to whoever asked for it. */
function asUsage<Made>(
  { ConfigError }: Pick<ModelDescriptor<never, never, never>, 'ConfigError'>,
  make: () => Made,
): Made {
  try {
    return make();
  } catch (error) {
    if (error instanceof ConfigError) throw new UsageError(error.message, 'wrong-value');
    throw error;
  }
}

function timingEntry<Config extends ConfigShape<Config>, ModelBounds, Defect>(
  descriptor: ModelDescriptor<Config, ModelBounds, Defect>,
  { timers, faults, otherDefaults, scene }: ModelTiming<Config>,
): TimingEntry {
  const configOf = (settings: Settings): Config =>
    readConfig(descriptor.defaultConfig, descriptor.settings, settings);
  return {
    timers,
    faults,
    otherDefaults: settings => otherDefaults(configOf(settings)),
    scene(fault, settings, given) {
      const { name } = findNamed('fault', fault, faults);
      const config = configOf(settings);
      return asUsage(descriptor, () => scene(name, config, given));
    },
  };
}

/** What of a defect concerns the command line; the rules that it weakens are the model's own. */
function entryOfDefect<
  Config extends ConfigShape<Config>,
  ModelBounds extends BoundsShape<ModelBounds>,
>(defect: ModelDefect<Config, ModelBounds>): DefectEntry {
  const { name, statement, source, caughtBy, masked, scenario, liveness } = defect;
  const { beyondRandomRuns, releases } = defect;
  return {
    name,
    statement,
    source,
    caughtBy,
    ...(masked === undefined ? {} : { masked: entryOfMask<Config, ModelBounds>(masked) }),
    config: recordOf<Config, Setting>(defect.config ?? {}),
    bounds: recordOf<ModelBounds, number>(defect.bounds ?? {}),
    ...(releases === undefined ? {} : { releases }),
    ...(scenario === undefined ? {} : { scenario }),
    ...(liveness === undefined ? {} : { liveness }),
    ...(beyondRandomRuns === undefined ? {} : { beyondRandomRuns }),
  };
}

type Mask<Config, ModelBounds> = NonNullable<ModelDefect<Config, ModelBounds>['masked']>;

function entryOfMask<
  Config extends ConfigShape<Config>,
  ModelBounds extends BoundsShape<ModelBounds>,
>({ aloneIn, ...reason }: Mask<Config, ModelBounds>): NonNullable<DefectEntry['masked']> {
  if (aloneIn === undefined) return reason;
  const { config, bounds } = aloneIn;
  return {
    ...reason,
    aloneIn: {
      config: recordOf<Config, Setting>(config),
      bounds: recordOf<ModelBounds, number>(bounds),
    },
  };
}
