import type { Bounds } from '../../checker/model/model.ts';
import type { Specification } from '../../checker/model/specification.ts';
import type { Setting } from '../../models/description/settings.ts';

/** A deliberate defect of a model of somebody's own. */
export interface OwnDefect {
  /** What is wrong with it, in a sentence. */
  readonly statement: string;
  /** The property that notices it. */
  readonly caughtBy: string;
  /** The settings in which it is found, where they are not the defaults. */
  readonly settings?: Readonly<Record<string, Setting>>;
  /** The bounds in which it is found, where they are not those that follow from the settings. */
  readonly bounds?: Bounds;
}

/**
 * A model that is made anew of whatever settings are asked for. It has its settings as `config` and the defects that
 * are switched on as `defects`, so that traces say of what they are.
 */
export interface ConfigurableModel<
  Settings extends Readonly<Record<string, Setting>> = Readonly<Record<string, Setting>>,
  Defect extends string = string,
> {
  /** The settings with their defaults, which `--set` changes. */
  readonly settings: Settings;
  /** What `--defect` switches on, by name. */
  readonly defects?: Readonly<Record<Defect, OwnDefect>>;
  /** Further scopes, by name, which `check` explores as well: what differs from the default settings. */
  readonly scopes?: Readonly<Record<string, Partial<Settings>>>;
  /** Makes it. */
  specify(settings: Settings, defects: readonly Defect[]): Specification;
}

/** Types a model for `models` of a configuration: `configurable({ settings, specify })`. */
export function configurable<
  const Settings extends Readonly<Record<string, Setting>>,
  const Defect extends string = never,
>(
  model: Omit<ConfigurableModel<Widened<Settings>, Defect>, 'settings'> & {
    readonly settings: Settings;
  },
): ConfigurableModel {
  // It is called with settings of the kinds of its defaults, and with defects that it names.
  return model as unknown as ConfigurableModel;
}

/** Settings of the kinds of these. */
export type Widened<Settings> = {
  readonly [Name in keyof Settings]: Settings[Name] extends number
    ? number
    : Settings[Name] extends boolean
      ? boolean
      : Settings[Name] extends string
        ? string
        : readonly string[];
};

/** Whether a model of a configuration is made of settings. */
export function isConfigurable(
  model: Specification | ConfigurableModel,
): model is ConfigurableModel {
  return 'specify' in model;
}
