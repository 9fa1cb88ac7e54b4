import { type ClusterSource, EMPTY_SOURCE, type NodeSource } from './clusterSource.ts';
import type { ComposeService } from './composeService.ts';
import { isBitnami, propertiesOf, readEnvironment } from './environment.ts';
import type { PropertyTable } from './foundProperty.ts';
import { interpolate } from './interpolate.ts';
import { oneLine } from './oneLine.ts';
import { composeZooKeeper } from './readComposeZooKeeper.ts';
import { child, expectMap, expectString, type Located, unexpected } from './yamlShape.ts';

/**
 * Reads a docker-compose file: every service with a Kafka broker's or controller's environment is a
 * node, ZooKeeper services are counted, all others are ignored.
 *
 * @throws ConfigError if `services` or a service's `environment` has the wrong shape.
 */
export function readCompose(file: string, document: unknown): ClusterSource {
  const at = child({ file, place: '', value: document }, 'services');
  const names = [...expectMap(at).keys()];
  const services = names.map(name => readService(at, name));
  const kafka = services.filter(service => isKafkaNode(propertiesOf(service.environment)));
  return {
    ...EMPTY_SOURCE,
    nodes: kafka.map(nodeOf),
    zooKeeper: composeZooKeeper(services.filter(service => !kafka.includes(service))),
    warnings: kafka.flatMap(unreadWarnings),
  };
}

function readService(services: Located, key: unknown): ComposeService {
  if (typeof key !== 'string') {
    throw unexpected({ ...services, value: key }, 'service names that are strings');
  }
  const at = child(services, key);
  expectMap(at);
  const image = child(at, 'image');
  const text = image.value === undefined ? undefined : interpolate(expectString(image));
  return {
    name: oneLine(key, 60),
    at,
    image: text === undefined ? undefined : { text, file: image.file, place: image.place },
    environment: readEnvironment(child(at, 'environment')),
  };
}

/** Properties that only a Kafka server has, never one of its clients. */
const SERVER_PROPERTIES = [
  'process.roles',
  'zookeeper.connect',
  'controller.quorum.voters',
  'controller.quorum.bootstrap.servers',
  'advertised.listeners',
];

function isKafkaNode(properties: PropertyTable): boolean {
  // Confluent's own examples start one-off clients with the broker image and the id "ignored".
  const isClient = ['broker.id', 'node.id', 'zookeeper.connect'].some(
    name => properties.get(name)?.text === 'ignored',
  );
  return !isClient && SERVER_PROPERTIES.some(name => properties.has(name));
}

function nodeOf(service: ComposeService): NodeSource {
  return {
    file: service.at.file,
    place: service.at.place,
    name: service.name,
    format: 'compose',
    properties: propertiesOf(service.environment),
    image: service.image,
    assigned: undefined,
  };
}

const DURABILITY_VARIABLES = [
  'DEFAULT_REPLICATION_FACTOR',
  'MIN_INSYNC_REPLICAS',
  'UNCLEAN_LEADER_ELECTION_ENABLE',
  'LOG_FLUSH_INTERVAL_MESSAGES',
];

function unreadWarnings(service: ComposeService): readonly string[] {
  const where = `${service.at.file}: ${service.at.place}`;
  const warnings: string[] = [];
  if (child(service.at, 'env_file').value !== undefined) {
    warnings.push(`${where}.env_file is not read; what it sets is taken to be unset.`);
  }
  if (child(service.at, 'extends').value !== undefined) {
    warnings.push(`${where}.extends is not followed; what it adds is taken to be unset.`);
  }
  const replicas = child(child(service.at, 'deploy'), 'replicas').value ?? 1;
  const scale = child(service.at, 'scale').value ?? 1;
  if (replicas !== 1 || scale !== 1) {
    warnings.push(`${where} is counted as one node; deploy.replicas and scale are not read.`);
  }
  if (!isBitnami(service.environment)) return warnings;
  const ignored = DURABILITY_VARIABLES.filter(name => service.environment.has(`KAFKA_${name}`));
  return [
    ...warnings,
    ...ignored.map(
      name => `${where}: KAFKA_${name} has no effect, this image reads KAFKA_CFG_${name}.`,
    ),
  ];
}
