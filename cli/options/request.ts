import { scopeRequest } from '../../application/tasks/scopeRequest.ts';
import { findNamed } from '../../catalogue/findNamed.ts';
import type { ModelEntry, ModelRequest } from '../../catalogue/modelEntry.ts';
import { UsageError } from '../../catalogue/usageError.ts';
import type { Bounds } from '../../checker/model/model.ts';
import type { Setting, Settings } from '../../models/description/settings.ts';
import type { ScopeOptions } from './common.ts';
import type { Pair } from './values.ts';

/**
 * What a model is to be built from: its scope, or what the chosen defects need to be noticed, and
 * then what the user says.
 *
 * @throws UsageError when a name is unknown or a value is not of the kind that is expected.
 */
export function requestOf(
  entry: ModelEntry,
  scope: Bounds,
  { defect, bound = [], set = [] }: ScopeOptions,
): ModelRequest {
  const { config, bounds, defects } = scopeRequest(entry, scope, defect);
  const twice = bound.find(({ name }) => set.some(other => other.name === name));
  if (twice !== undefined) {
    throw new UsageError(`${twice.name} is a setting and a bound: give --set or --bound, not both`);
  }
  return {
    config: { ...config, ...settingsOf(entry, set) },
    bounds: { ...bounds, ...boundsOf(entry, bound) },
    defects,
  };
}

/** What the user says about bounds: each must be one of the model's. */
function boundsOf(entry: ModelEntry, pairs: readonly Pair[]): Bounds {
  for (const { name } of pairs) findNamed('bound', name, entry.bounds);
  return boundsIn(pairs);
}

/**
 * Bounds as the user gives them, of whichever model.
 *
 * @throws UsageError when a value is no whole number.
 */
export function boundsIn(pairs: readonly Pair[]): Bounds {
  return Object.fromEntries(
    pairs.map(({ name, value }) => [name, numberOf(`--bound ${name}`, value)]),
  );
}

function settingsOf(entry: ModelEntry, pairs: readonly Pair[]): Settings {
  return Object.fromEntries(
    pairs.map(({ name, value }) => {
      const { value: like } = findNamed('setting', name, entry.settings);
      return [name, settingOf(`--set ${name}`, like, value)];
    }),
  );
}

/** The text as a setting of the kind that its default is. */
function settingOf(option: string, like: Setting, text: string): Setting {
  switch (typeof like) {
    case 'number':
      return numberOf(option, text);
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true';
      throw new UsageError(`${option}: expected true or false, found "${text}"`, 'wrong-value');
    case 'string':
      return text;
    default:
      return listOf(option, text);
  }
}

function numberOf(option: string, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new UsageError(`${option}: expected a whole number, found "${text}"`, 'wrong-value');
}

function listOf(option: string, text: string): readonly string[] {
  const items = text.split(',').map(item => item.trim());
  if (items.includes(''))
    throw new UsageError(`${option}: an item of "${text}" is empty`, 'wrong-value');
  if (new Set(items).size < items.length) {
    throw new UsageError(`${option}: an item of "${text}" is given twice`, 'wrong-value');
  }
  return items;
}
