import { pathBeside } from './companions.ts';
import type { ComposeService, MountedFile } from './composeService.ts';
import type { ConfigFile, FindFile } from './configFile.ts';
import { readEnvFile } from './envFile.ts';
import { type Environment, readEnvironment } from './environment.ts';
import type { FoundProperty } from './foundProperty.ts';
import { interpolate, type Variables } from './interpolate.ts';
import { isConfigTarget, NAMES_IN_FOLDER } from './mountedConfig.ts';
import { oneLine } from './oneLine.ts';
import {
  child,
  expectMap,
  expectString,
  isYamlMap,
  type Located,
  unexpected,
} from './yamlShape.ts';

/** What is known while the services of a project are read. */
export interface ComposeSurroundings {
  readonly variables: Variables;
  readonly find: FindFile;
  /** The `configs` of the project, by name: their files, or their content. */
  readonly configs: ReadonlyMap<string, Located>;
}

/**
 * Reads one service of one file, without what it extends.
 *
 * @throws ConfigError if it, its `image` or its `environment` has the wrong shape.
 */
export function readService(
  at: Located,
  name: string,
  around: ComposeSurroundings,
): ComposeService {
  expectMap(at);
  const image = child(at, 'image');
  const files = readEnvFiles(child(at, 'env_file'), around);
  return {
    name: oneLine(name, 60),
    at,
    image: image.value === undefined ? undefined : textAt(image, expectString(image), around),
    environment: readEnvironment(child(at, 'environment'), around.variables),
    fileEnvironment: files.environment,
    entrypoint: commandAt(child(at, 'entrypoint'), around),
    command: commandAt(child(at, 'command'), around),
    scripts: scriptsOf(at, around),
    copies: copiesOf(at, around),
    mounted: mountedIn(at, around),
    unread: files.unread,
    hosts: [name, ...namesOf(at, around)],
    warnings: files.warnings,
  };
}

function textAt(
  { file, place }: Located,
  text: string,
  around: ComposeSurroundings,
): FoundProperty {
  return { text: interpolate(text, around.variables), file, place };
}

/** A command in either form; the parts of a list as if they were typed. */
function commandAt(at: Located, around: ComposeSurroundings): FoundProperty | undefined {
  if (typeof at.value === 'string') return textAt(at, at.value, around);
  if (!Array.isArray(at.value)) return undefined;
  const parts = at.value.filter(part => typeof part === 'string' || typeof part === 'number');
  return textAt(at, parts.join(' '), around);
}

/** Of `deploy.replicas`: one on each machine of a swarm, however many there are. */
export const EVERYWHERE = 'global';

function copiesOf(at: Located, around: ComposeSurroundings): FoundProperty | undefined {
  const mode = child(child(at, 'deploy'), 'mode');
  if (mode.value === 'global') return textAt(mode, EVERYWHERE, around);
  const places = [child(child(at, 'deploy'), 'replicas'), child(at, 'scale')];
  const place = places.find(({ value }) => typeof value === 'number' || typeof value === 'string');
  return place === undefined ? undefined : textAt(place, String(place.value), around);
}

function mountsOf(at: Located, around: ComposeSurroundings): ReadonlyMap<string, string> {
  const items: readonly unknown[] = Array.isArray(at.value) ? at.value : [];
  return new Map(
    items.flatMap((item): [string, string][] => {
      if (typeof item === 'string') {
        const [source = '', target] = interpolate(item, around.variables).split(':');
        return target === undefined ? [] : [[target, source]];
      }
      if (!isYamlMap(item)) return [];
      const [source, target] = [item.get('source'), item.get('target')];
      return typeof source === 'string' && typeof target === 'string' ? [[target, source]] : [];
    }),
  );
}

/** What is mounted at a path that the properties of a broker may be at. */
function mountedIn(at: Located, around: ComposeSurroundings): readonly MountedFile[] {
  const volumes = [...mountsOf(child(at, 'volumes'), around)].flatMap(([target, source]) => {
    const path = pathBeside(at.file, source);
    switch (isConfigTarget(target)) {
      case 'file':
        return [{ target, source, file: around.find(path) }];
      case 'folder': {
        const there = NAMES_IN_FOLDER.flatMap(name => {
          const file = around.find(`${path}/${name}`);
          return file === undefined ? [] : [{ target: inFolder(target, name), source, file }];
        });
        return there.length > 0 ? there : [{ target, source, file: undefined }];
      }
      default:
        return [];
    }
  });
  return [...volumes, ...configsIn(child(at, 'configs'), around)];
}

function inFolder(folder: string, name: string): string {
  return `${folder.replace(/\/$/, '')}/${name}`;
}

/** The `configs` that a service has at such a path; one without a path is at `/<name>`. */
function configsIn(at: Located, around: ComposeSurroundings): readonly MountedFile[] {
  const items: readonly unknown[] = Array.isArray(at.value) ? at.value : [];
  return items.flatMap((item): MountedFile[] => {
    const source = isYamlMap(item) ? item.get('source') : item;
    const path = isYamlMap(item) ? item.get('target') : undefined;
    if (typeof source !== 'string') return [];
    const target = typeof path === 'string' ? path : `/${source}`;
    if (isConfigTarget(target) !== 'file') return [];
    return [{ target, source, file: configNamed(source, around) }];
  });
}

function configNamed(name: string, around: ComposeSurroundings): ConfigFile | undefined {
  const config = around.configs.get(name);
  if (config === undefined) return undefined;
  const content = child(config, 'content');
  if (typeof content.value === 'string') {
    const text = interpolate(content.value, around.variables);
    return { name: `${config.file}: ${content.place}`, text };
  }
  const file = child(config, 'file').value;
  return typeof file === 'string' ? around.find(pathBeside(config.file, file)) : undefined;
}

/** Mounted scripts by whose name or folder the command of a service runs them. */
function scriptsOf(at: Located, around: ComposeSurroundings): readonly string[] {
  const commands = [child(at, 'entrypoint'), child(at, 'command')];
  const text = commands.map(command => commandAt(command, around)?.text ?? '').join(' ');
  const run = text.match(/[\w./-]+\.(?:sh|bash)\b/g) ?? [];
  const mounts = [...mountsOf(child(at, 'volumes'), around)];
  return run.flatMap(script => {
    const mount = mounts.find(([target]) => script === target || script.startsWith(`${target}/`));
    if (mount === undefined) return [];
    const [target, source] = mount;
    const file = around.find(pathBeside(at.file, source + script.slice(target.length)));
    return file === undefined ? [] : [file.text];
  });
}

function namesOf(at: Located, around: ComposeSurroundings): readonly string[] {
  return ['hostname', 'container_name'].flatMap(key => {
    const { value } = child(at, key);
    return typeof value === 'string' ? [interpolate(value, around.variables)] : [];
  });
}

interface ReadEnvironment {
  readonly environment: Environment;
  readonly warnings: readonly string[];
  /** Files that are not there. */
  readonly unread: readonly string[];
}

/** The files of `env_file`, a later one winning over an earlier one. */
function readEnvFiles(at: Located, around: ComposeSurroundings): ReadEnvironment {
  if (at.value === undefined || at.value === null) {
    return { environment: new Map(), warnings: [], unread: [] };
  }
  const items: readonly unknown[] = Array.isArray(at.value) ? at.value : [at.value];
  const unread: string[] = [];
  const read = items.map(item => {
    const { path, required } = envFileOf(at, item, around);
    const file = around.find(pathBeside(at.file, path));
    if (file !== undefined) return readEnvFile(file.name, file.text, around.variables);
    if (!required) return new Map();
    unread.push(path);
    return `${at.file}: ${at.place}: ${path} is not there; what it sets is not known, so give it too.`;
  });
  return {
    environment: new Map(read.flatMap(each => (typeof each === 'string' ? [] : [...each]))),
    warnings: read.filter(each => typeof each === 'string'),
    unread,
  };
}

function envFileOf(
  at: Located,
  item: unknown,
  around: ComposeSurroundings,
): { readonly path: string; readonly required: boolean } {
  const path = isYamlMap(item) ? item.get('path') : item;
  if (typeof path !== 'string')
    throw unexpected({ ...at, value: item }, 'a path or a list of paths');
  const required = !(isYamlMap(item) && item.get('required') === false);
  return { path: interpolate(path, around.variables), required };
}
