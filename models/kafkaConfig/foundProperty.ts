import type { Setting } from './clusterDescription.ts';
import { ConfigError } from './configError.ts';
import { oneLine, quoted } from './oneLine.ts';

/** One Kafka property as written, with where it was written. */
export interface FoundProperty {
  readonly text: string;
  readonly file: string;
  readonly place: string;
  /** What has it, where the operator did not write it: a file that an image starts from. */
  readonly shippedIn?: string;
}

/**
 * Kafka properties by name. A Map, never an object: names come from the file, and `__proto__` is a
 * name like any other.
 */
export type PropertyTable = ReadonlyMap<string, FoundProperty>;

/** The range that Kafka's validator accepts for an integer. */
export interface IntegerRange {
  readonly least: number;
  readonly most: number;
}

/** `file: place`, the form of `where` for everything that a file says. */
export function whereOf(found: { readonly file: string; readonly place: string }): string {
  return oneLine(found.place === '' ? found.file : `${found.file}: ${found.place}`, 400);
}

/**
 * Whether the text still contains `${NAME}` or `$NAME`, which only the environment knows, what a shell computes
 * (`$(...)`), or a template (`{{.Task.Slot}}` of Docker Swarm, `{{ variable }}` of Ansible).
 */
export function hasPlaceholder(text: string): boolean {
  return /\$\{|\$\(|`|\$[A-Za-z_]|\{\{/.test(text);
}

/**
 * The property as an integer, by the rules of `ConfigDef.parseType` (trimmed, decimal, a sign allowed).
 *
 * @throws ConfigError if it is not an integer in the range, or a placeholder nobody filled in.
 */
export function integerOf(found: FoundProperty, range: IntegerRange): number {
  const text = found.text.trim();
  const value = /^[+-]?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= range.least && value <= range.most) return value === 0 ? 0 : value;
  throw mismatch(found, `an integer from ${range.least} to ${range.most}`);
}

/**
 * The property as a boolean, by the rules of `ConfigDef.parseType` (trimmed, case does not matter).
 *
 * @throws ConfigError if it is neither `true` nor `false`.
 */
export function booleanOf(found: FoundProperty): boolean {
  const text = found.text.trim().toLowerCase();
  if (text === 'true') return true;
  if (text === 'false') return false;
  throw mismatch(found, 'true or false');
}

/**
 * Whether the property, a flush interval in records, asks for a flush after every record.
 *
 * @throws ConfigError if it is not a positive integer of at most 64 bits.
 */
export function isEveryRecord(found: FoundProperty): boolean {
  const text = found.text.trim();
  const digits = /^\+?0*([1-9]\d{0,18})$/.exec(text)?.[1];
  if (digits !== undefined && BigInt(digits) <= 2n ** 63n - 1n) return digits === '1';
  throw mismatch(found, 'an integer from 1 to 9223372036854775807');
}

/** A comma-separated list, by the rules of `ConfigDef` (parts trimmed, an empty text is no parts). */
export function listOf(found: FoundProperty): readonly string[] {
  const text = found.text.trim();
  return text === '' ? [] : text.split(',').map(part => part.trim());
}

/** The value, as a setting that a file sets; one that an image brings along is a default of it. */
export function settingFrom<T>(found: FoundProperty, value: T): Setting<T> {
  if (found.shippedIn !== undefined) {
    return { value, origin: 'default', where: `not set; ${found.shippedIn} sets it` };
  }
  return { value, origin: 'file', where: whereOf(found) };
}

/** The error for a property whose text is not what Kafka accepts. */
export function mismatch(found: FoundProperty, expected: string): ConfigError {
  const hint = hasPlaceholder(found.text)
    ? ', which is not filled in and has no default'
    : /^(["']).*\1$/.test(found.text.trim())
      ? ' with quotes, which are part of the value there'
      : '';
  return new ConfigError({
    file: found.file,
    place: found.place,
    expected,
    found: quoted(found.text) + hint,
  });
}
