import type { AnyModel } from '../checker/model/model.ts';
import type { AnyProperty } from '../checker/model/property.ts';
import type { AnyTemporalProperty } from '../checker/model/temporal.ts';
import type { MainJob } from '../models/description/mainJob.ts';
import {
  type BoundsShape,
  type BoundTable,
  type ConfigShape,
  keysOf,
  recordOf,
  type Setting,
  type SettingTable,
} from '../models/description/settings.ts';
import { findNamed } from './findNamed.ts';
import type { DefectEntry, ModelEntry } from './modelEntry.ts';
import { readBounds, readConfig } from './settings.ts';
import { UsageError } from './usageError.ts';

/** A defect as models declare it: its scope is said only where it is not the default one. */
export interface ModelDefect<Config, ModelBounds>
  extends Omit<DefectEntry, 'config' | 'bounds' | 'masked'> {
  readonly config?: Partial<Config>;
  readonly bounds?: Partial<ModelBounds>;
  readonly masked?: {
    readonly because: string;
    readonly unmaskedBy: string;
    readonly aloneIn?: {
      readonly config: Partial<Config>;
      readonly bounds: Partial<ModelBounds>;
    };
  };
}

/** All that the command line has to be told of a model. */
export interface ModelTables<Config, ModelBounds, Defect> {
  readonly name: string;
  readonly summary: string;
  readonly defaultConfig: Config;
  readonly settings: SettingTable<Config>;
  /** The settings that a report names even where they have their default. */
  readonly headline: readonly (keyof Config & string)[];
  readonly bounds: BoundTable<ModelBounds>;
  readonly quietScope: ModelBounds;
  readonly smallScope: ModelBounds;
  readonly largeScope: ModelBounds;
  /** The scope that `liveness` covers completely; the small one if it is not said. */
  readonly livenessScope?: ModelBounds;
  /** Whether every state of the small scope can be looked at in minutes; so it is if it is not said. */
  readonly isCoverable?: boolean;
  /** What `check` explores of it; nothing if absent. */
  readonly mainJob?: MainJob;
  readonly defects: readonly Defect[];
  /** What the model throws when a setting or bound is out of range. */
  readonly ConfigError: abstract new (
    ...args: never
  ) => Error;
  readonly model: (config: Config, bounds: ModelBounds, defects: readonly Defect[]) => AnyModel;
  readonly properties: (config: Config, bounds: ModelBounds) => readonly AnyProperty[];
  /** Properties that are asked about only by name. */
  readonly questions?: (config: Config) => readonly AnyProperty[];
  readonly temporal?: (config: Config, bounds: ModelBounds) => readonly AnyTemporalProperty[];
}

/** Makes the entry of a model for the command line. */
export function entryOf<
  Config extends ConfigShape<Config>,
  ModelBounds extends BoundsShape<ModelBounds>,
  Defect extends ModelDefect<Config, ModelBounds>,
>(tables: ModelTables<Config, ModelBounds, Defect>): ModelEntry {
  const { name, summary, headline, defaultConfig, quietScope, smallScope, largeScope } = tables;
  const { livenessScope = smallScope } = tables;
  return {
    name,
    summary,
    settings: keysOf(defaultConfig).map(setting => ({
      name: setting,
      value: defaultConfig[setting],
      meaning: tables.settings[setting].meaning,
    })),
    headline,
    bounds: keysOf(quietScope).map(bound => ({ name: bound, ...tables.bounds[bound] })),
    quietScope: { ...quietScope },
    smallScope: { ...smallScope },
    largeScope: { ...largeScope },
    livenessScope: { ...livenessScope },
    isCoverable: tables.isCoverable ?? true,
    ...(tables.mainJob === undefined ? {} : { mainJob: tables.mainJob }),
    defects: tables.defects.map(defect => entryOfDefect<Config, ModelBounds>(defect)),
    inWords(settings) {
      const config = readConfig(defaultConfig, tables.settings, settings);
      return keysOf(defaultConfig).map(setting => ({
        name: setting,
        words: tables.settings[setting].inWords(config[setting]),
      }));
    },
    build(request) {
      const config = readConfig(defaultConfig, tables.settings, request.config);
      const bounds = readBounds(quietScope, request.bounds);
      const defects = request.defects.map(one => findNamed('defect', one, tables.defects));
      try {
        return {
          model: tables.model(config, bounds, defects),
          properties: tables.properties(config, bounds),
          questions: tables.questions?.(config) ?? [],
          temporal: tables.temporal?.(config, bounds) ?? [],
        };
      } catch (error) {
        if (error instanceof tables.ConfigError) throw new UsageError(error.message);
        throw error;
      }
    },
  };
}

/** What of a defect concerns the command line; the rules that it weakens are the model's own. */
function entryOfDefect<
  Config extends ConfigShape<Config>,
  ModelBounds extends BoundsShape<ModelBounds>,
>(defect: ModelDefect<Config, ModelBounds>): DefectEntry {
  const { name, statement, source, caughtBy, masked, scenario, liveness } = defect;
  const { beyondRandomRuns } = defect;
  return {
    name,
    statement,
    source,
    caughtBy,
    ...(masked === undefined ? {} : { masked: entryOfMask<Config, ModelBounds>(masked) }),
    config: recordOf<Config, Setting>(defect.config ?? {}),
    bounds: recordOf<ModelBounds, number>(defect.bounds ?? {}),
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
