import type { ZooKeeperSource } from './clusterSource.ts';
import type { ComposeService } from './composeService.ts';
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
  return [{ servers, where: `${first.at.file}: services (${names})` }];
}

function isZooKeeper(service: ComposeService): boolean {
  const image = service.image?.text ?? '';
  return (
    ZOOKEEPER_VARIABLES.some(name => service.environment.has(name)) ||
    /(^|\/)(cp-)?zookeeper(:|@|$)/.test(image)
  );
}

function listedServers(service: ComposeService): number {
  const confluent = service.environment.get('ZOOKEEPER_SERVERS');
  const official = service.environment.get('ZOO_SERVERS');
  return Math.max(parts(confluent, /;/).length, parts(official, /[\s,;]+/).length);
}

function parts(found: FoundProperty | undefined, separator: RegExp): readonly string[] {
  // The official image writes "server.1=zoo1:2888:3888;2181": the client port is not a server.
  const text = (found?.text ?? '').replace(/;\d+(?=\s|,|$)/g, '');
  return text.split(separator).filter(part => part.trim() !== '');
}
