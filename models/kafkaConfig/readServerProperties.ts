import { type ClusterSource, EMPTY_SOURCE } from './clusterSource.ts';
import { ConfigError } from './configError.ts';
import { oneLine } from './oneLine.ts';
import { parseProperties } from './parseProperties.ts';
import { readClientProperties } from './readClientProperties.ts';

const SERVER_PROPERTIES = [
  'process.roles',
  'node.id',
  'broker.id',
  'zookeeper.connect',
  'controller.quorum.voters',
  'controller.quorum.bootstrap.servers',
];

/** What only a broker has, in a file that says nothing of the node itself. */
const BROKER_SETTINGS = [
  'default.replication.factor',
  'min.insync.replicas',
  'unclean.leader.election.enable',
  'offsets.topic.replication.factor',
  'transaction.state.log.replication.factor',
  'auto.create.topics.enable',
  'num.partitions',
  'log.retention.hours',
];

const ZOOKEEPER_SERVER = /^server\.\d+$/;

/**
 * Reads one properties file: Kafka's `server.properties` (one node, or settings for all of them) or
 * ZooKeeper's `zookeeper.properties` (the ensemble).
 *
 * @throws ConfigError if the file sets none of the properties that either of them must have.
 */
export function readServerProperties(file: string, text: string): ClusterSource {
  const { properties, repeated } = parseProperties(file, text);
  const warnings = repeated.map(
    name => `${file}: ${oneLine(name, 60)} is set more than once; the last one counts.`,
  );
  if (SERVER_PROPERTIES.some(name => properties.has(name))) {
    const name = baseName(file);
    const format = 'properties' as const;
    const nothing = { image: undefined, assigned: undefined };
    const nodes = [{ file, place: '', name, format, properties, ...nothing }];
    return { ...EMPTY_SOURCE, nodes, warnings };
  }
  if (properties.has('clientPort') || [...properties.keys()].some(isZooKeeperServer)) {
    const servers = [...properties.keys()].filter(isZooKeeperServer).length;
    const where = servers === 0 ? `${file}: no server.N, so standalone` : `${file}: server.N`;
    return { ...EMPTY_SOURCE, zooKeeper: [{ servers: Math.max(1, servers), where }], warnings };
  }
  const client = readClientProperties(properties, { file, place: '' });
  if (client !== undefined) return { ...client, warnings };
  if (BROKER_SETTINGS.some(name => properties.has(name))) {
    return { ...EMPTY_SOURCE, settings: [{ file, properties }], warnings };
  }
  throw new ConfigError({
    file,
    place: '',
    expected:
      'process.roles, node.id, broker.id or zookeeper.connect (a server.properties file), ' +
      'clientPort or server.N (a zookeeper.properties file), or settings of a client, Connect or MirrorMaker',
    found: 'none of them',
  });
}

function isZooKeeperServer(name: string): boolean {
  return ZOOKEEPER_SERVER.test(name);
}

function baseName(file: string): string {
  return oneLine(file.split(/[/\\]/).at(-1) ?? file, 60);
}
