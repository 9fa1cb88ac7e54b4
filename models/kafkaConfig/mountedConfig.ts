import { startsBroker } from './composeCommand.ts';
import { type ComposeService, commandOf, type MountedFile } from './composeService.ts';
import type { ConfigFile } from './configFile.ts';
import type { PropertyTable } from './foundProperty.ts';
import type { ImageFamily } from './imageFamily.ts';
import { parseProperties } from './parseProperties.ts';

/** Whether the file that is mounted counts, and what the environment does then. */
type Force =
  /** The environment is passed over. */
  | 'file alone'
  /** What the environment sets is above the file. */
  | 'environment above'
  /** The image writes the file anew when it starts. */
  | 'no effect';

/** The mounted file that a broker takes its properties from. */
export interface MountedConfig {
  readonly mounted: MountedFile;
  readonly force: Force;
}

/** Properties of other programs, and of logging, that stand beside those of a broker. */
const OF_OTHERS = /log4j|connect|consumer|producer|tools|admin|client|zookeeper|jmx|mirror|trogdor/;
const CONFIG_FILE = /\/[\w.-]+\.properties$/;
/** Folders that images look for a server.properties in. */
const CONFIG_FOLDER = /^\/mnt\/shared\/config\/?$|\/kafka\/config(\/kraft)?\/?$|\/etc\/kafka\/?$/;

const NAMED_LIKE_BROKER =
  /\/(?:server|kafka|broker|controller|combined|kraft)[\w.-]*\.properties$|\/[^.]*$/;

/** Names that are looked for in a mounted folder, the first that is there. */
export const NAMES_IN_FOLDER = [
  ...['server.properties', 'kafka.properties', 'broker.properties', 'controller.properties'],
  'kraft/server.properties',
];

/** Whether a path inside is one that the properties of a broker may be at. */
export function isConfigTarget(target: string): 'file' | 'folder' | undefined {
  if (CONFIG_FILE.test(target)) return OF_OTHERS.test(target) ? undefined : 'file';
  return CONFIG_FOLDER.test(target) ? 'folder' : undefined;
}

/**
 * The mounted file that decides about a service, if there is one: that which its command starts the broker with, or
 * that which its image looks for.
 *
 * Source: KafkaDockerWrapper.prepareServerConfigs for apache/kafka; libkafka.sh (kafka_initialize) for Bitnami's;
 * configure of cp-kafka writes /etc/kafka/kafka.properties of the environment alone.
 */
export function mountedConfig(
  service: ComposeService,
  family: ImageFamily | undefined,
): MountedConfig | undefined {
  const started = startedWith(service);
  if (started !== undefined) {
    const mounted = service.mounted.find(({ target }) => isSamePath(target, started));
    return mounted === undefined ? undefined : { mounted, force: 'file alone' };
  }
  const named = service.mounted.filter(({ target }) => NAMED_LIKE_BROKER.test(target));
  const [first] = named.sort((a, b) => rank(a, family) - rank(b, family));
  return first === undefined ? undefined : { mounted: first, force: forceOf(first, family) };
}

/** The files of Kafka's distribution, where images have them. */
const OF_DISTRIBUTION =
  /(?:^|\/)(?:config|etc\/kafka)\/(?:kraft\/)?(?:server|broker|controller|reconfig-server)\.properties$/;
/** A command that writes properties itself. */
const WRITES_FILES = /\bsed\b|\benvsubst\b|\btee\b|>>|\bcat\s*<</;

/**
 * The file of Kafka's distribution that a command starts the broker with, if nothing is mounted there and the command
 * does not change it. Nothing is made of the environment then.
 */
export function shippedStart(service: ComposeService): string | undefined {
  const started = startedWith(service);
  if (started === undefined || !OF_DISTRIBUTION.test(started)) return undefined;
  const isMounted = service.mounted.some(({ target }) => isSamePath(target, started));
  return isMounted || WRITES_FILES.test(commandOf(service)) ? undefined : started;
}

/** The properties that `kafka-server-start` is given by a command of the service's own. */
function startedWith(service: ComposeService): string | undefined {
  if (!startsBroker(service)) return undefined;
  const start = /kafka-server-start(?:\.sh)?\s+(?:-\w+\s+)*["']?([\w./-]+\.properties)/;
  return start.exec(commandOf(service))?.[1];
}

function isSamePath(target: string, path: string): boolean {
  return path.startsWith('/') ? target === path : target.endsWith(`/${path.replace(/^\.\//, '')}`);
}

function rank(mounted: MountedFile, family: ImageFamily | undefined): number {
  return forceOf(mounted, family) === 'no effect' ? 1 : 0;
}

function forceOf({ target }: MountedFile, family: ImageFamily | undefined): Force {
  switch (family?.name) {
    case 'apache/kafka':
      return target.startsWith('/mnt/shared/config') ? 'environment above' : 'no effect';
    case 'bitnami/kafka':
      return 'file alone';
    case 'confluentinc/cp-kafka':
      return 'no effect';
    default:
      return 'environment above';
  }
}

/** What a mounted file sets. */
export function propertiesIn({ name, text }: ConfigFile): PropertyTable {
  return parseProperties(name, text).properties;
}
