import type { Bounds } from '../checker/model/model.ts';
import type { Setting, Settings } from './modelEntry.ts';
import { UsageError } from './usageError.ts';

/** The words of which a setting takes one, or a list of several; none for numbers and flags. */
type WordOf<Value> = Value extends string
  ? Value
  : Value extends readonly (infer Item extends string)[]
    ? Item
    : never;

/** What the command line says about a setting with values of this type. */
export type SettingRow<Value> = {
  readonly meaning: string;
  /** The setting with this value as a report names it: "3 brokers". */
  readonly inWords: (value: Value) => string;
  readonly choices?: readonly string[];
} & ([WordOf<Value>] extends [never]
  ? { readonly choices?: never }
  : {
      /** The words there are. */
      readonly choices: readonly WordOf<Value>[];
    });

/** A row for each setting of a model. */
export type SettingTable<Config> = { readonly [Name in keyof Config]: SettingRow<Config[Name]> };

/** A configuration: nothing but settings. */
export type ConfigShape<Config> = Readonly<Record<keyof Config, Setting>>;

/** The bounds of a model: nothing but numbers. */
export type BoundsShape<ModelBounds> = Readonly<Record<keyof ModelBounds, number>>;

/**
 * The configuration with the settings that are given, each of the kind of its default.
 *
 * @throws UsageError when a setting is unknown, of another kind, or not one of its words.
 */
export function readConfig<Config extends ConfigShape<Config>>(
  defaults: Config,
  table: SettingTable<Config>,
  given: Settings,
): Config {
  const names = keysOf(defaults);
  rejectUnknown('setting', given, names);
  const settings = names.map(name => {
    const value = given[name] ?? defaults[name];
    return [name, settingOf({ name, like: defaults[name], ...table[name] }, value)];
  });
  // Every name is one of the type's, and every value was held to the kind of its default.
  return Object.fromEntries(settings) as Config;
}

/**
 * The bounds with those that are given, over the quiet scope.
 *
 * @throws UsageError when a bound is unknown.
 */
export function readBounds<ModelBounds extends BoundsShape<ModelBounds>>(
  quietScope: ModelBounds,
  given: Bounds,
): ModelBounds {
  rejectUnknown('bound', given, keysOf(quietScope));
  return { ...quietScope, ...given };
}

/** @throws UsageError naming the first key that is not known. */
function rejectUnknown(kind: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find(name => !known.includes(name));
  if (unknown !== undefined) throw UsageError.unknown(kind, unknown, known);
}

/** The names in a table; its type must list them all, as those of literal tables do. */
export function keysOf<Table extends object>(table: Table): (keyof Table & string)[] {
  return Object.keys(table) as (keyof Table & string)[];
}

/** What is named of some settings or bounds, as a record: an interface lists its names, a record any. */
export function recordOf<Shape extends Readonly<Record<keyof Shape, Value>>, Value>(
  named: Partial<Shape>,
): Readonly<Record<string, Value>> {
  const entries = keysOf(named).flatMap(name => {
    const value: Value | undefined = named[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

interface KnownSetting {
  readonly name: string;
  /** Its default, which says of what kind it is. */
  readonly like: Setting;
  readonly choices?: readonly string[];
}

function settingOf({ name, like, choices = [] }: KnownSetting, value: Setting): Setting {
  switch (typeof like) {
    case 'number':
      if (typeof value === 'number') return value;
      throw new UsageError(`${name}: expected a whole number, found ${String(value)}`);
    case 'boolean':
      if (typeof value === 'boolean') return value;
      throw new UsageError(`${name}: expected true or false, found ${String(value)}`);
    case 'string':
      return wordOf(name, String(value), choices);
    default:
      if (typeof value === 'object') return value.map(item => wordOf(name, item, choices));
      throw new UsageError(`${name}: expected a list, found ${String(value)}`);
  }
}

function wordOf(name: string, word: string, choices: readonly string[]): string {
  if (choices.includes(word)) return word;
  throw new UsageError(`${name}: expected one of ${choices.join(', ')}, found "${word}"`);
}
