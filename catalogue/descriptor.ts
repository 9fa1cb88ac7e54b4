import type { AnyModel } from '../checker/model/model.ts';
import type { AnyProperty } from '../checker/model/property.ts';
import type { Specification } from '../checker/model/specification.ts';
import type { AnyTemporalProperty } from '../checker/model/temporal.ts';
import type { MainJob } from '../models/description/mainJob.ts';
import type { RuleChange } from '../models/description/ruleChanges.ts';
import type { BoundTable, SettingTable } from '../models/description/settings.ts';
import type { ModelTiming } from '../models/description/timing.ts';
import type { ModelEntry } from './modelEntry.ts';

/**
 * All that is to be told of a model: the command line, its documentation, and what extends it are made
 * of this.
 */
export interface ModelDescriptor<Config, ModelBounds, Defect> {
  readonly name: string;
  readonly summary: string;
  /** The page that explains it, from the root of the project. */
  readonly page?: string;
  readonly defaultConfig: Config;
  readonly settings: SettingTable<Config>;
  /** The settings that a report names even where they have their default. */
  readonly headline: readonly (keyof Config & string)[];
  readonly bounds: BoundTable<ModelBounds>;
  /** What releases have changed of its rules, if it plays several. */
  readonly ruleChanges?: readonly RuleChange[];
  readonly quietScope: ModelBounds;
  readonly smallScope: ModelBounds;
  readonly largeScope: ModelBounds;
  /** The scope that `liveness` covers completely; the small one if it is not said. */
  readonly livenessScope?: ModelBounds;
  /** Whether every state of the small scope can be looked at in minutes; so it is if it is not said. */
  readonly isCoverable?: boolean;
  /** What `check` explores of it; nothing if absent. */
  readonly mainJob?: MainJob;
  /** Each is found and recorded in the scope that it names. */
  readonly defects: readonly Defect[];
  /** Defects that only code can switch on, for they are found and recorded in another model. */
  readonly furtherDefects?: readonly Defect[];
  /** What the model throws when a setting or bound is out of range. */
  readonly ConfigError: new (
    message: string,
  ) => Error;
  readonly model: (config: Config, bounds: ModelBounds, defects: readonly Defect[]) => AnyModel;
  readonly properties: (config: Config, bounds: ModelBounds) => readonly AnyProperty[];
  /** Properties that are asked about only by name. */
  readonly questions?: (config: Config, bounds: ModelBounds) => readonly AnyProperty[];
  readonly temporal?: (config: Config, bounds: ModelBounds) => readonly AnyTemporalProperty[];
  /** How it is played in virtual time, if it is. */
  readonly timing?: ModelTiming<Config>;
}

/** What is asked for of a model; what is left out is as by default. */
export interface SpecificationOptions<Config, ModelBounds> {
  /** Settings over the defaults. */
  readonly config?: Partial<Config>;
  /** Bounds over the large scope. */
  readonly bounds?: Partial<ModelBounds>;
  /** Deliberate defects to switch on, by name. */
  readonly defects?: readonly string[];
}

/** A model that is described: for whoever knows it by name, and for code that knows its types. */
export interface DescribedModel<Config, ModelBounds, Own extends Specification> {
  readonly entry: ModelEntry;
  /**
   * The model with everything that must hold of it.
   *
   * @throws the model's own error of configuration when a setting or bound is out of range, or a defect
   * is unknown.
   */
  specify(options?: SpecificationOptions<Config, ModelBounds>): Own;
}
