import type { AnyModel, Bounds } from '../checker/model/model.ts';
import type { AnyProperty } from '../checker/model/property.ts';
import type { Specification } from '../checker/model/specification.ts';
import type { AnyTemporalProperty } from '../checker/model/temporal.ts';
import type { MainJob } from '../models/description/mainJob.ts';
import type { RuleChange } from '../models/description/ruleChanges.ts';
import type { BoundWords, Setting, Settings } from '../models/description/settings.ts';
import type { ModelTiming, TimedScene, Timer } from '../models/description/timing.ts';

/** What a model is to be built from. */
export interface ModelRequest {
  readonly config: Settings;
  /** Over the quiet scope. */
  readonly bounds: Bounds;
  readonly defects: readonly string[];
}

/** A model with the properties that apply to it. */
export interface BuiltModel {
  readonly model: AnyModel;
  readonly properties: readonly AnyProperty[];
  /** Questions rather than claims: looked at only where they are asked for by name. */
  readonly questions: readonly AnyProperty[];
  /** What must happen at some time: `liveness` and `check` look at it. */
  readonly temporal: readonly AnyTemporalProperty[];
}

/** A deliberate defect, and the smallest change of scope in which it is noticed. */
export interface DefectEntry {
  readonly name: string;
  readonly statement: string;
  readonly source: string;
  readonly caughtBy: string;
  /** Why another rule hides it, and the defect that takes that rule away. */
  readonly masked?: {
    readonly because: string;
    readonly unmaskedBy: string;
    /** A smaller scope for the defect alone, where that of the two is too large to cover. */
    readonly aloneIn?: {
      readonly config: Readonly<Record<string, Setting>>;
      readonly bounds: Readonly<Record<string, number>>;
    };
  };
  /** The releases in which it is what Kafka does, if there are any. */
  readonly releases?: string;
  readonly config: Settings;
  /** Over the quiet scope. */
  readonly bounds: Bounds;
  /**
   * The steps that lead to it, as traces print them, where it is too deep for a quick search:
   * `electionTimeout(node=node-1)`. A masked defect is played together with the one that unmasks it.
   */
  readonly scenario?: readonly string[];
  /**
   * Set where a temporal property must notice it: by looking at every fair run of the scope, or, where
   * its bounds keep what repeats from repeating, by random runs that settle.
   */
  readonly liveness?: 'exhaustive' | 'bounded';
  /** Why random runs do not find it within seconds, if they do not. */
  readonly beyondRandomRuns?: string;
}

/** A setting with its default and what it means. */
interface SettingEntry {
  readonly name: string;
  readonly value: Setting;
  readonly meaning: string;
}

/** A bound with what it limits. */
export interface BoundEntry extends BoundWords {
  readonly name: string;
}

/** A model in virtual time as the command line knows it. */
export interface TimingEntry extends Pick<ModelTiming<never>, 'timers' | 'faults'> {
  /**
   * What is another default under these settings, by name.
   *
   * @throws UsageError when a setting is unknown or of another kind.
   */
  otherDefaults(config: Settings): Readonly<Record<string, Timer>>;
  /**
   * What it takes to measure how long something takes after a fault, with these timers over the defaults.
   *
   * @throws UsageError when the fault is unknown, or a setting is unknown, of another kind or not meant for it.
   */
  scene(fault: string, config: Settings, timers: Readonly<Record<string, Timer>>): TimedScene;
}

/** A model as the command line knows it. */
export interface ModelEntry {
  readonly name: string;
  readonly summary: string;
  readonly settings: readonly SettingEntry[];
  /** What releases have changed of its rules, if it plays several. */
  readonly ruleChanges: readonly RuleChange[];
  /** The settings that a report names even where they have their default. */
  readonly headline: readonly string[];
  readonly bounds: readonly BoundEntry[];
  /** The scope in which nothing happens that a bound limits, but for what clients do. */
  readonly quietScope: Bounds;
  /** The scope that `explore` covers completely, and the one that `simulate` draws from. */
  readonly smallScope: Bounds;
  readonly largeScope: Bounds;
  /** The scope that `liveness` covers completely. */
  readonly livenessScope: Bounds;
  /** Whether every state of the small scope can be looked at in minutes. */
  readonly isCoverable: boolean;
  /** The page that explains it, from the root of the project. */
  readonly page?: string;
  /** What `check` explores of it; nothing if absent. */
  readonly mainJob?: MainJob;
  readonly defects: readonly DefectEntry[];
  /** Further scopes of a model of a configuration file, each by its settings: `check` explores them too. */
  readonly scopes?: readonly { readonly name: string; readonly config: Settings }[];
  /** How it is played in virtual time, if it is. */
  readonly timing?: TimingEntry;
  /**
   * Every setting in a few words, in the order of {@link settings}.
   *
   * @throws UsageError when a setting is unknown or of another kind.
   */
  inWords(config: Settings): readonly { readonly name: string; readonly words: string }[];
  /** A build of it with the types by which it is extended; a model that cannot be extended has none. */
  typed?(built: Specification): Specification;
  /** @throws UsageError when a setting, bound or defect is unknown or out of range. */
  build(request: ModelRequest): BuiltModel;
}
