import { pathBeside } from './companions.ts';
import { type ComposeService, environmentOf, mergedService } from './composeService.ts';
import { ConfigError } from './configError.ts';
import { checkedText, type FindFile } from './configFile.ts';
import { readEnvFile, valuesOf } from './envFile.ts';
import { quoted } from './oneLine.ts';
import { parseYaml } from './parseYaml.ts';
import { type ComposeSurroundings, readService } from './readComposeService.ts';
import {
  child,
  expectMap,
  expectString,
  isYamlMap,
  type Located,
  unexpected,
} from './yamlShape.ts';

/** Longest chain of services that extend each other, and of files that include each other. */
const DEEPEST = 10;

/**
 * The services of a docker-compose project: of all of its files together, with what they extend.
 * A service of a later file adds to that of an earlier one, as with `docker compose -f a -f b`;
 * two of one name that have different node ids are two, of files for different machines.
 *
 * @throws ConfigError if a file has the wrong shape, or one that it needs is not there.
 */
export function composeProject(
  documents: readonly Located[],
  find: FindFile,
): readonly ComposeService[] {
  const [first] = documents;
  const dotEnv = first === undefined ? undefined : find(pathBeside(first.file, '.env'));
  const variables =
    dotEnv === undefined ? new Map() : valuesOf(readEnvFile(dotEnv.name, dotEnv.text, new Map()));
  const alone: ComposeSurroundings = { variables, find, configs: new Map() };
  const all = documents.flatMap(document => withIncluded(document, alone, DEEPEST));
  const around = { ...alone, configs: new Map(all.flatMap(configsOf)) };
  const templates = new Set(all.flatMap(document => extendedBy(document)));
  const merged: ComposeService[] = [];
  for (const { at, name } of all.flatMap(servicesOf)) {
    const service = fullService(at, name, around, DEEPEST);
    if (templates.has(keyOf(at.file, name)) && idOf(service) === undefined) continue;
    const index = merged.findIndex(other => isSame(other, service));
    const before = merged[index];
    if (before === undefined) merged.push(service);
    else merged[index] = mergedService(before, service);
  }
  return merged;
}

interface NamedService {
  readonly at: Located;
  readonly name: string;
}

function servicesOf(document: Located): readonly NamedService[] {
  const services = child(document, 'services');
  if (services.value === undefined || services.value === null) return [];
  return [...expectMap(services).keys()].map(name => {
    if (typeof name === 'string') return { at: child(services, name), name };
    throw unexpected({ ...services, value: name }, 'service names that are strings');
  });
}

/** The `configs` of a document, by name. */
function configsOf(document: Located): readonly [string, Located][] {
  const configs = child(document, 'configs');
  if (!isYamlMap(configs.value)) return [];
  return [...configs.value.keys()].flatMap((name): [string, Located][] =>
    typeof name === 'string' ? [[name, child(configs, name)]] : [],
  );
}

/** A document after those that it includes. */
function withIncluded(document: Located, around: ComposeSurroundings, depth: number): Located[] {
  const { value } = child(document, 'include');
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const paths = items.flatMap(item => {
    const path = isYamlMap(item) ? item.get('path') : item;
    return typeof path === 'string' ? [path] : [];
  });
  const at = child(document, 'include');
  const included = paths.flatMap(path => {
    const root = documentAt(at, path, around, depth);
    return withIncluded(root, around, depth - 1);
  });
  return [...included, document];
}

/** A service on top of the one that it extends. */
function fullService(
  at: Located,
  name: string,
  around: ComposeSurroundings,
  depth: number,
): ComposeService {
  const own = readService(at, name, around);
  const base = baseOf(at);
  if (base === undefined) return own;
  const extendsAt = child(at, 'extends');
  const root = documentAt(extendsAt, base.file, around, depth);
  const services = child(root, 'services');
  const place = child(services, base.service);
  if (!isYamlMap(place.value)) {
    const expected = `the service ${quoted(base.service)} in ${root.file}`;
    throw new ConfigError({ ...extendsAt, expected, found: 'no such service' });
  }
  const { hosts: _, ...extended } = fullService(place, base.service, around, depth - 1);
  return mergedService({ ...extended, hosts: [] }, own);
}

/** The file and service that `extends` names; the file itself where it names none. */
function baseOf(at: Located): { readonly file: string; readonly service: string } | undefined {
  const extended = child(at, 'extends');
  if (extended.value === undefined || extended.value === null) return undefined;
  if (typeof extended.value === 'string') return { file: '', service: extended.value };
  expectMap(extended);
  const file = child(extended, 'file');
  const service = expectString(child(extended, 'service'));
  return { file: file.value === undefined ? '' : expectString(file), service };
}

/** The document of another file, or the one that a place is in. */
function documentAt(
  at: Located,
  path: string,
  { find }: ComposeSurroundings,
  depth: number,
): Located {
  if (depth === 0) {
    const expected = `at most ${DEEPEST} files or services that name each other`;
    throw new ConfigError({ ...at, expected, found: 'more' });
  }
  const wanted = path === '' ? at.file : pathBeside(at.file, path);
  const file = find(wanted);
  if (file === undefined) {
    const expected = `the file ${quoted(wanted)} beside it, or among the files`;
    throw new ConfigError({ ...at, expected, found: 'no such file' });
  }
  const value = parseYaml(file.name, checkedText(file)).find(isYamlMap);
  return { file: file.name, place: '', value };
}

/** The services that those of a document extend, as {@link keyOf} calls them. */
function extendedBy(document: Located): readonly string[] {
  return servicesOf(document).flatMap(({ at }) => {
    const base = baseOf(at);
    if (base === undefined) return [];
    const file = base.file === '' ? at.file : pathBeside(at.file, base.file);
    return [keyOf(file, base.service)];
  });
}

function keyOf(file: string, service: string): string {
  return JSON.stringify([pathBeside('', file), service]);
}

function isSame(one: ComposeService, other: ComposeService): boolean {
  if (one.name !== other.name) return false;
  const [id, otherId] = [idOf(one), idOf(other)];
  return id === undefined || otherId === undefined || id === otherId;
}

function idOf(service: ComposeService): string | undefined {
  const environment = environmentOf(service);
  const names = ['KAFKA_NODE_ID', 'KAFKA_BROKER_ID', 'KAFKA_CFG_NODE_ID', 'KAFKA_CFG_BROKER_ID'];
  return names.flatMap(name => environment.get(name)?.text ?? [])[0];
}
