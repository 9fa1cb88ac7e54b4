import { ConfigError } from './configError.ts';
import { oneLine, quoted } from './oneLine.ts';

/** A mapping as `parseYaml` gives it. */
export type YamlMap = ReadonlyMap<unknown, unknown>;

/** A value inside a YAML file, with the path that leads to it. */
export interface Located {
  readonly file: string;
  readonly place: string;
  readonly value: unknown;
}

/** The value under a key of a mapping; its `value` is undefined when the key is absent. */
export function child(parent: Located, key: string): Located {
  const place = parent.place === '' ? key : `${parent.place}.${key}`;
  const value = isYamlMap(parent.value) ? parent.value.get(key) : undefined;
  return { file: parent.file, place, value };
}

/** Whether the value is a mapping. */
export function isYamlMap(value: unknown): value is YamlMap {
  return value instanceof Map;
}

/** @throws ConfigError if the value is not a mapping. */
export function expectMap(at: Located): YamlMap {
  if (isYamlMap(at.value)) return at.value;
  throw unexpected(at, 'a mapping');
}

/** The mapping, or an empty one if nothing is there. @throws ConfigError if something else is. */
export function optionalMap(at: Located): YamlMap {
  return at.value === undefined || at.value === null ? new Map() : expectMap(at);
}

/** @throws ConfigError if the value is not a non-empty string. */
export function expectString(at: Located): string {
  if (typeof at.value === 'string' && at.value !== '') return at.value;
  throw unexpected(at, 'a non-empty string');
}

/** @throws ConfigError if the value is not an integer from 1 to the given most. */
export function expectCount(at: Located, most: number): number {
  const { value } = at;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) {
    return value;
  }
  throw unexpected(at, `an integer from 1 to ${most}`);
}

/** The text of a string, number or boolean. @throws ConfigError if the value is anything else. */
export function expectScalarText(at: Located): string {
  const { value } = at;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw unexpected(at, 'a string, a number or a boolean');
}

/** The text of a scalar; undefined where there is none. */
export function optionalText({ value }: Located): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** The items of a list; none where there is no list. */
export function itemsOf(at: Located): readonly Located[] {
  const items: readonly unknown[] = Array.isArray(at.value) ? at.value : [];
  return items.map((value, index) => ({ file: at.file, place: `${at.place}[${index}]`, value }));
}

/** The error for a value of the wrong kind. */
export function unexpected(at: Located, expected: string): ConfigError {
  return new ConfigError({ file: at.file, place: at.place, expected, found: kindOf(at.value) });
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'an empty value';
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' || typeof value === 'boolean') return oneLine(String(value));
  if (Array.isArray(value)) return 'a list';
  return isYamlMap(value) ? 'a mapping' : 'a value of another type';
}
