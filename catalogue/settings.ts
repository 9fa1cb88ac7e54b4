import type { Bounds } from '../checker/model/model.ts';
import {
  type BoundsShape,
  type ConfigShape,
  keysOf,
  type Setting,
  type Settings,
  type SettingTable,
} from '../models/description/settings.ts';
import { UsageError } from './usageError.ts';

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

interface KnownSetting {
  readonly name: string;
  /** Its default, which says of what kind it is. */
  readonly like: Setting;
  readonly choices?: readonly string[];
  readonly accepts?: (word: string) => boolean;
  readonly expected?: string;
}

function settingOf(known: KnownSetting, value: Setting): Setting {
  const { name, like } = known;
  switch (typeof like) {
    case 'number':
      if (typeof value === 'number') return value;
      throw new UsageError(
        `${name}: expected a whole number, found ${String(value)}`,
        'wrong-value',
      );
    case 'boolean':
      if (typeof value === 'boolean') return value;
      throw new UsageError(
        `${name}: expected true or false, found ${String(value)}`,
        'wrong-value',
      );
    case 'string':
      return wordOf(known, String(value));
    default:
      if (typeof value === 'object') return value.map(item => wordOf(known, item));
      throw new UsageError(`${name}: expected a list, found ${String(value)}`, 'wrong-value');
  }
}

function wordOf({ name, choices = [], accepts, expected }: KnownSetting, word: string): string {
  if (accepts?.(word) ?? choices.includes(word)) return word;
  const words = expected ?? `one of ${choices.join(', ')}`;
  throw new UsageError(`${name}: expected ${words}, found "${word}"`, 'wrong-value');
}
