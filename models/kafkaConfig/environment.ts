import type { FoundProperty, PropertyTable } from './foundProperty.ts';
import { interpolate } from './interpolate.ts';
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
export function readEnvironment(at: Located): Environment {
  if (at.value === undefined || at.value === null) return new Map();
  return Array.isArray(at.value) ? listForm(at, at.value) : mapForm(at);
}

function listForm(at: Located, items: readonly unknown[]): Environment {
  const result = new Map<string, FoundProperty>();
  for (const [index, value] of items.entries()) {
    const item: Located = { file: at.file, place: `${at.place}[${index}]`, value };
    if (typeof value !== 'string') throw unexpected(item, 'a string NAME=value');
    const equals = value.indexOf('=');
    const name = equals < 0 ? value : value.slice(0, equals);
    const text = equals < 0 ? `\${${name}}` : interpolate(value.slice(equals + 1));
    result.set(name, { text, file: at.file, place: `${at.place}.${name}` });
  }
  return result;
}

function mapForm(at: Located): Environment {
  const result = new Map<string, FoundProperty>();
  for (const key of expectMap(at).keys()) {
    // A key that is not a string (a number, a list) can be no variable that Kafka's images read.
    if (typeof key !== 'string') continue;
    const item = child(at, key);
    const isUnset = item.value === null || item.value === undefined;
    const text = isUnset ? `\${${key}}` : interpolate(expectScalarText(item));
    result.set(key, { text, file: item.file, place: item.place });
  }
  return result;
}

const BITNAMI_PREFIX = 'KAFKA_CFG_';
const PREFIX = 'KAFKA_';

/** Whether the service's image is configured the Bitnami way. */
export function isBitnami(environment: Environment): boolean {
  return [...environment.keys()].some(name => name.startsWith(BITNAMI_PREFIX));
}

/**
 * The Kafka properties that an image makes of its environment.
 *
 * Apache and Confluent images read `KAFKA_*`, Bitnami images `KAFKA_CFG_*` only: where the latter
 * occur, the former are not properties (`KAFKA_KRAFT_CLUSTER_ID`, `KAFKA_HEAP_OPTS`).
 */
export function propertiesOf(environment: Environment): PropertyTable {
  const bitnami = isBitnami(environment);
  const prefix = bitnami ? BITNAMI_PREFIX : PREFIX;
  const result = new Map<string, FoundProperty>();
  for (const [name, found] of environment) {
    if (!name.startsWith(prefix)) continue;
    result.set(propertyName(name.slice(prefix.length), bitnami), found);
  }
  return result;
}

/** `MIN_INSYNC_REPLICAS` to `min.insync.replicas`; outside Bitnami `___` is `-` and `__` is `_`. */
function propertyName(variable: string, bitnami: boolean): string {
  const lower = variable.toLowerCase();
  if (bitnami) return lower.replaceAll('_', '.');
  return lower.replace(/_{1,3}/g, run => (run === '_' ? '.' : run === '__' ? '_' : '-'));
}
