import type { ZooKeeperSource } from './clusterSource.ts';
import { type ComposeService, commandOf, environmentOf } from './composeService.ts';
import type { FoundProperty } from './foundProperty.ts';

/** Variables by which the Confluent, Bitnami and official images are told that they are ZooKeeper. */
const ZOOKEEPER_VARIABLES = [
  'ZOOKEEPER_CLIENT_PORT',
  'ZOOKEEPER_SERVER_ID',
  'ZOOKEEPER_SERVERS',
  'ZOO_MY_ID',
  'ZOO_SERVERS',
  'ZOO_SERVER_ID',
];

/**
 * The ZooKeeper ensemble among a compose file's services: as many servers as there are services, or
 * as one of them lists in `ZOOKEEPER_SERVERS` (split at `;`) or `ZOO_SERVERS` (split at white space,
 * `,` or `;`), whichever is more.
 */
export function composeZooKeeper(services: readonly ComposeService[]): readonly ZooKeeperSource[] {
  const ensemble = services.filter(isZooKeeper);
  const first = ensemble[0];
  if (first === undefined) return [];
  const listed = ensemble.map(service => listedServers(service));
  const servers = Math.max(ensemble.length, ...listed);
  const names = ensemble.map(service => service.name).join(', ');
  const where = `${first.at.file}: services (${names})`;
  return [{ servers, where, ensembles: ensemblesOf(ensemble) }];
}

/** Services that name each other are of one ensemble; those that name nobody stand alone. */
function ensemblesOf(services: readonly ComposeService[]): readonly (readonly string[])[] {
  const ensembles: (readonly string[])[] = [];
  for (const service of services) {
    const named = [...variable(service, 'ZOOKEEPER_SERVERS'), ...variable(service, 'ZOO_SERVERS')];
    const hosts = named.map(part => part.replace(/^.*=/, '').split(':')[0] ?? '');
    const own = [...service.hosts, ...hosts];
    const others = ensembles.filter(other => other.every(host => !own.includes(host)));
    const joined = ensembles.filter(other => !others.includes(other)).flat();
    ensembles.splice(0, ensembles.length, ...others, [...new Set([...joined, ...own])]);
  }
  return ensembles;
}

function variable(service: ComposeService, name: string): readonly string[] {
  const separator = name === 'ZOO_SERVERS' ? /[\s,;]+/ : /;/;
  return parts(environmentOf(service).get(name), separator);
}

function isZooKeeper(service: ComposeService): boolean {
  const image = service.image?.text ?? '';
  return (
    ZOOKEEPER_VARIABLES.some(name => environmentOf(service).has(name)) ||
    /zookeeper(:|@|$)/.test(image) ||
    startsZooKeeper(service)
  );
}

/** Whether a service starts ZooKeeper out of Kafka's distribution. */
export function startsZooKeeper(service: ComposeService): boolean {
  return /(?<![\w-])zookeeper-server-start(?![\w-])/.test(commandOf(service));
}

function listedServers(service: ComposeService): number {
  const names = ['ZOOKEEPER_SERVERS', 'ZOO_SERVERS'];
  return Math.max(...names.map(name => variable(service, name).length));
}

function parts(found: FoundProperty | undefined, separator: RegExp): readonly string[] {
  // The official image writes "server.1=zoo1:2888:3888;2181": the client port is not a server.
  const text = (found?.text ?? '').replace(/;\d+(?=\s|,|$)/g, '');
  return text.split(separator).filter(part => part.trim() !== '');
}
