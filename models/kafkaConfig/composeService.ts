import type { ConfigFile } from './configFile.ts';
import type { Environment } from './environment.ts';
import type { FoundProperty } from './foundProperty.ts';
import { exportedIn } from './shellExports.ts';
import type { Located } from './yamlShape.ts';

/** A file that a service finds inside its container, or a folder that there may be some in. */
export interface MountedFile {
  /** Its path inside. */
  readonly target: string;
  /** What is mounted there, as the compose file names it. */
  readonly source: string;
  /** Its text, where it is known. */
  readonly file: ConfigFile | undefined;
}

/** One service of a docker-compose project, as far as it matters here, after all of its files. */
export interface ComposeService {
  readonly name: string;
  readonly at: Located;
  readonly image: FoundProperty | undefined;
  /** Its variables; `environment` wins over `env_file`, whichever file has them. */
  readonly environment: Environment;
  readonly fileEnvironment: Environment;
  readonly entrypoint: FoundProperty | undefined;
  readonly command: FoundProperty | undefined;
  /** The texts of mounted scripts that its command runs. */
  readonly scripts: readonly string[];
  /** `deploy.replicas` or `scale`. */
  readonly copies: FoundProperty | undefined;
  /** Mounted files that may have the properties of a broker. */
  readonly mounted: readonly MountedFile[];
  /** Files that it is configured by and that are not there. */
  readonly unread: readonly string[];
  /** The name that its machine has, where it is known. */
  readonly hostname?: string;
  /** Names under which other services reach it. */
  readonly hosts: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * A service with what another file says of the same one: variables and mounts are added by name, what
 * has one value is replaced.
 *
 * Source: the Compose specification, "Merge".
 */
export function mergedService(base: ComposeService, over: ComposeService): ComposeService {
  return {
    name: over.name,
    at: over.at,
    image: over.image ?? base.image,
    environment: new Map([...base.environment, ...over.environment]),
    fileEnvironment: new Map([...base.fileEnvironment, ...over.fileEnvironment]),
    entrypoint: over.entrypoint ?? base.entrypoint,
    command: over.command ?? base.command,
    scripts: [...base.scripts, ...over.scripts],
    copies: over.copies ?? base.copies,
    mounted: [
      ...over.mounted,
      ...base.mounted.filter(({ target }) => over.mounted.every(other => other.target !== target)),
    ],
    unread: [...base.unread, ...over.unread],
    hosts: [...new Set([...base.hosts, ...over.hosts])],
    warnings: [...base.warnings, ...over.warnings],
  };
}

/** All variables of a service, those that its command exports above the others. */
export function environmentOf(service: ComposeService): Environment {
  const given = new Map([...service.fileEnvironment, ...service.environment]);
  const text = commandOf(service);
  if (!text.includes('export')) return given;
  const { file, place } = service.command ?? service.entrypoint ?? service.at;
  const known = new Map([...given].map(([name, found]) => [name, found.text]));
  if (service.hostname !== undefined) known.set('HOSTNAME', service.hostname);
  const exported = [...exportedIn(text, known)].map(([name, value]): [string, FoundProperty] => {
    return [name, { file, place, text: value }];
  });
  return new Map([...given, ...exported]);
}

/** Entrypoint and command of a service as one text, with the scripts that they run. */
export function commandOf({ entrypoint, command, scripts }: ComposeService): string {
  return [[entrypoint?.text ?? '', command?.text ?? ''].join(' '), ...scripts].join('\n');
}

/** `file: place` of a service. */
export function placeOfService({ at }: ComposeService): string {
  return `${at.file}: ${at.place}`;
}
