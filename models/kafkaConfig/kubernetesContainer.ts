import type { ComposeService } from './composeService.ts';
import type { Environment } from './environment.ts';
import type { FoundProperty } from './foundProperty.ts';
import { type KubernetesObject, textsOf } from './kubernetesObjects.ts';
import { isConfigTarget } from './mountedConfig.ts';
import { oneLine } from './oneLine.ts';
import { child, itemsOf, type Located, optionalText } from './yamlShape.ts';

/** The objects of a cluster that containers take their settings from. */
export interface ConfigMaps {
  /** The data of a ConfigMap by its name; undefined where it is not given. */
  find(name: string): ConfigMapData | undefined;
}

/** What a ConfigMap has, by its keys. */
interface ConfigMapData {
  readonly at: Located;
  readonly data: ReadonlyMap<string, string>;
}

/** The ConfigMaps among objects. */
export function configMapsIn(objects: readonly KubernetesObject[]): ConfigMaps {
  const maps = new Map(
    objects
      .filter(({ kind }) => kind === 'ConfigMap')
      .map(({ name, at }): [string, ConfigMapData] => {
        return [name, { at, data: textsOf(child(at, 'data')) }];
      }),
  );
  return { find: name => maps.get(name) };
}

/** What a pod is, as far as its containers take something of it. */
export interface PodFacts {
  readonly name: string;
  /** Its number among those of its StatefulSet. */
  readonly ordinal: number | undefined;
  readonly namespace: string | undefined;
  readonly hosts: readonly string[];
  readonly spec: Located;
}

/** A file that a container has of a ConfigMap. */
interface MapFile {
  readonly target: string;
  readonly source: string;
  readonly file: { readonly name: string; readonly text: string } | undefined;
}

/** A container as what docker compose calls a service: image, variables, command, mounted files. */
export function containerService(at: Located, pod: PodFacts, maps: ConfigMaps): ComposeService {
  const environment = environmentIn(at, pod, maps);
  const image = optionalText(child(at, 'image'));
  const place = { file: at.file, place: `${at.place}.image` };
  const files = filesOf(at, pod, maps);
  const entrypoint = commandAt(child(at, 'command'), environment.own);
  const command = commandAt(child(at, 'args'), environment.own);
  const run = `${entrypoint?.text ?? ''} ${command?.text ?? ''}`;
  return {
    name: oneLine(pod.name, 60),
    at,
    image: image === undefined ? undefined : { ...place, text: image },
    environment: environment.own,
    fileEnvironment: environment.ofFiles,
    entrypoint,
    command,
    scripts: files.flatMap(({ target, file }) =>
      file !== undefined && /\.(?:sh|bash)$/.test(target) && run.includes(target)
        ? [file.text]
        : [],
    ),
    copies: undefined,
    mounted: files.filter(({ target, file }) => isSettingsFile(target, file !== undefined)),
    unread: environment.unread,
    hostname: pod.name,
    hosts: pod.hosts,
    warnings: environment.unread.map(
      name => `${at.file}: ${at.place}: ${name} is not given; what it sets is not known.`,
    ),
  };
}

function isSettingsFile(target: string, isGiven: boolean): boolean {
  const kind = isConfigTarget(target);
  return kind === 'file' || (kind === 'folder' && !isGiven);
}

function commandAt(at: Located, environment: Environment): FoundProperty | undefined {
  const parts = itemsOf(at).flatMap(item => optionalText(item) ?? []);
  if (parts.length === 0) return undefined;
  return { file: at.file, place: at.place, text: expanded(parts.join(' '), environment) };
}

interface ReadVariables {
  readonly own: Environment;
  readonly ofFiles: Environment;
  readonly unread: readonly string[];
}

/** `env` and `envFrom` of a container. */
function environmentIn(at: Located, pod: PodFacts, maps: ConfigMaps): ReadVariables {
  const own = new Map<string, FoundProperty>();
  const ofFiles = new Map<string, FoundProperty>();
  const unread: string[] = [];
  for (const from of itemsOf(child(at, 'envFrom'))) {
    const ref = child(from, 'configMapRef');
    const name = optionalText(child(ref, 'name'));
    if (name === undefined) continue;
    const map = maps.find(name);
    if (map === undefined && child(ref, 'optional').value !== true) {
      unread.push(`ConfigMap ${oneLine(name, 60)}`);
    }
    const prefix = optionalText(child(from, 'prefix')) ?? '';
    for (const [key, text] of map?.data ?? []) {
      ofFiles.set(prefix + key, {
        file: map?.at.file ?? '',
        place: `${map?.at.place}: ${key}`,
        text,
      });
    }
  }
  for (const item of itemsOf(child(at, 'env'))) {
    const name = optionalText(child(item, 'name'));
    if (name === undefined) continue;
    const text = valueIn(item, name, { pod, maps, environment: new Map([...ofFiles, ...own]) });
    own.set(name, { file: at.file, place: `${at.place}.env.${oneLine(name, 60)}`, text });
  }
  return { own, ofFiles, unread };
}

interface Around {
  readonly pod: PodFacts;
  readonly maps: ConfigMaps;
  readonly environment: Environment;
}

/** The value of a variable; a placeholder where only the running cluster knows it. */
function valueIn(item: Located, name: string, { pod, maps, environment }: Around): string {
  const from = child(item, 'valueFrom');
  if (from.value === undefined) {
    return expanded(optionalText(child(item, 'value')) ?? '', environment);
  }
  const key = child(from, 'configMapKeyRef');
  const map = maps.find(optionalText(child(key, 'name')) ?? '');
  const text = map?.data.get(optionalText(child(key, 'key')) ?? '');
  if (text !== undefined) return text;
  const path = optionalText(child(child(from, 'fieldRef'), 'fieldPath')) ?? '';
  if (path === 'metadata.name') return pod.name;
  if (path === 'metadata.namespace' && pod.namespace !== undefined) return pod.namespace;
  if (path.includes('pod-index') && pod.ordinal !== undefined) return String(pod.ordinal);
  return `\${${name}}`;
}

/** `$(NAME)` with the value of a variable that is known before; `$$(NAME)` is not one. */
function expanded(text: string, environment: Environment): string {
  return text.replace(/(\$?)\$\(([A-Za-z_][\w.-]*)\)/g, (whole, dollar: string, name: string) => {
    if (dollar !== '') return whole.slice(1);
    return environment.get(name)?.text ?? whole;
  });
}

/** The files that a container has of ConfigMaps, also where another container copies them into an empty folder. */
function filesOf(at: Located, pod: PodFacts, maps: ConfigMaps): readonly MapFile[] {
  const volumes = new Map(
    itemsOf(child(pod.spec, 'volumes')).map((volume): [string, Located] => {
      return [optionalText(child(volume, 'name')) ?? '', volume];
    }),
  );
  return itemsOf(child(at, 'volumeMounts')).flatMap((mount): readonly MapFile[] => {
    const volume = volumes.get(optionalText(child(mount, 'name')) ?? '');
    const path = optionalText(child(mount, 'mountPath'));
    if (volume === undefined || path === undefined) return [];
    const subPath = optionalText(child(mount, 'subPath'));
    const own = mapIn(volume, maps);
    if (own !== undefined) return filesIn(own, path, subPath);
    if (child(volume, 'emptyDir').value === undefined) return [];
    const copied = [...volumes.values()].flatMap(other => mapIn(other, maps) ?? []);
    return copied.flatMap(each => filesIn(each, path, subPath)).filter(isGivenSettings);
  });
}

function isGivenSettings({ target, file }: MapFile): boolean {
  return file !== undefined && isConfigTarget(target) === 'file';
}

interface MountedMap {
  readonly name: string;
  readonly given: ConfigMapData | undefined;
  /** Keys that have other names as files. */
  readonly items: ReadonlyMap<string, string>;
}

function mapIn(volume: Located, maps: ConfigMaps): MountedMap | undefined {
  const projected = itemsOf(child(child(volume, 'projected'), 'sources'));
  const at = [volume, ...projected].map(each => child(each, 'configMap'));
  const found = at.find(({ value }) => value !== undefined);
  if (found === undefined) return undefined;
  const name = optionalText(child(found, 'name')) ?? '';
  const items = itemsOf(child(found, 'items')).map((item): [string, string] => {
    return [optionalText(child(item, 'key')) ?? '', optionalText(child(item, 'path')) ?? ''];
  });
  return { name, given: maps.find(name), items: new Map(items) };
}

function filesIn(map: MountedMap, path: string, subPath: string | undefined): readonly MapFile[] {
  const source = `ConfigMap ${oneLine(map.name, 60)}`;
  if (map.given === undefined) return [{ target: path, source, file: undefined }];
  const { at, data } = map.given;
  return [...data].flatMap(([key, text]): MapFile[] => {
    const name = map.items.get(key) ?? key;
    if (map.items.size > 0 && !map.items.has(key)) return [];
    if (subPath !== undefined && subPath !== name) return [];
    const target = subPath === undefined ? `${path.replace(/\/$/, '')}/${name}` : path;
    return [
      {
        target,
        source: `${source}: ${key}`,
        file: { name: `${at.file}: ${at.place}: ${key}`, text },
      },
    ];
  });
}
