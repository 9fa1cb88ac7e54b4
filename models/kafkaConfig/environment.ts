import type { FoundProperty } from './foundProperty.ts';
import { interpolate, type Variables } from './interpolate.ts';
import { child, expectMap, expectScalarText, type Located, unexpected } from './yamlShape.ts';

/** Environment variables of one service, by name, interpolated. */
export type Environment = ReadonlyMap<string, FoundProperty>;

/**
 * A service's `environment`, in its list form (`- NAME=value`) or its map form.
 *
 * A name without a value takes its value from the shell that runs docker compose; it is kept as the
 * placeholder `${NAME}`, which is what it means.
 *
 * @throws ConfigError if it is neither form, or a value is not a scalar.
 */
export function readEnvironment(at: Located, variables: Variables): Environment {
  if (at.value === undefined || at.value === null) return new Map();
  return Array.isArray(at.value) ? listForm(at, at.value, variables) : mapForm(at, variables);
}

function listForm(at: Located, items: readonly unknown[], variables: Variables): Environment {
  const result = new Map<string, FoundProperty>();
  for (const [index, value] of items.entries()) {
    const item: Located = { file: at.file, place: `${at.place}[${index}]`, value };
    if (typeof value !== 'string') throw unexpected(item, 'a string NAME=value');
    const equals = value.indexOf('=');
    const name = equals < 0 ? value : value.slice(0, equals);
    const written = equals < 0 ? `\${${name}}` : value.slice(equals + 1);
    const text = interpolate(written, variables);
    result.set(name, { text, file: at.file, place: `${at.place}.${name}` });
  }
  return result;
}

function mapForm(at: Located, variables: Variables): Environment {
  const result = new Map<string, FoundProperty>();
  for (const key of expectMap(at).keys()) {
    // A key that is not a string (a number, a list) can be no variable that Kafka's images read.
    if (typeof key !== 'string') continue;
    const item = child(at, key);
    const isUnset = item.value === null || item.value === undefined;
    const text = interpolate(isUnset ? `\${${key}}` : expectScalarText(item), variables);
    result.set(key, { text, file: item.file, place: item.place });
  }
  return result;
}
