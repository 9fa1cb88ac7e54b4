import type { Environment } from './environment.ts';
import type { FoundProperty, PropertyTable } from './foundProperty.ts';
import type { ImageFamily } from './imageFamily.ts';

const BITNAMI_PREFIX = 'KAFKA_CFG_';

/** Variables that are for the scripts of an image, and no properties. */
const NO_PROPERTIES = new RegExp(
  `^KAFKA_(${[
    ...['VERSION', 'HOME', 'HEAP_OPTS', 'OPTS', 'JMX_\\w+', 'JVM_PERFORMANCE_OPTS', 'GC_LOG_OPTS'],
    ...['LOG4J_\\w+', 'TOOLS_LOG4J_LOGLEVEL', 'CREATE_TOPICS\\w*', 'CLUSTER_ID', 'KRAFT_\\w+'],
  ].join('|')})$`,
);

/** What Bitnami's images read by Kafka's own prefix as well (libkafka.sh, the aliases of variables). */
const BITNAMI_ALIASES = [
  'ADVERTISED_LISTENERS',
  'BROKER_ID',
  'DEFAULT_REPLICATION_FACTOR',
  'LISTENERS',
  'LOG_FLUSH_INTERVAL_MESSAGES',
  'OFFSETS_TOPIC_REPLICATION_FACTOR',
  'TRANSACTION_STATE_LOG_MIN_ISR',
  'TRANSACTION_STATE_LOG_REPLICATION_FACTOR',
  'ZOOKEEPER_CONNECT',
];

/** Whether images of a family are configured the Bitnami way. */
export function isBitnami(family: ImageFamily | undefined): boolean {
  return family?.prefix === BITNAMI_PREFIX;
}

/**
 * The Kafka properties that an image makes of its environment: `KAFKA_*`, or in Bitnami's images
 * `KAFKA_CFG_*` and a few of the others.
 */
export function propertiesOf(
  environment: Environment,
  family: ImageFamily | undefined,
): PropertyTable {
  if (isBitnami(family)) return bitnamiProperties(environment);
  const result = new Map<string, FoundProperty>();
  if (family?.name === 'debezium/kafka') {
    for (const [name, found] of debeziumProperties(environment)) result.set(name, found);
  }
  for (const [name, found] of environment) {
    if (!name.startsWith('KAFKA_') || NO_PROPERTIES.test(name)) continue;
    result.set(propertyName(name.slice('KAFKA_'.length)), found);
  }
  return result;
}

function bitnamiProperties(environment: Environment): PropertyTable {
  const result = new Map<string, FoundProperty>();
  const add = (variable: string, found: FoundProperty): void => {
    result.set(variable.toLowerCase().replaceAll('_', '.'), found);
  };
  for (const [name, found] of environment) {
    if (name.startsWith(BITNAMI_PREFIX)) add(name.slice(BITNAMI_PREFIX.length), found);
  }
  for (const alias of BITNAMI_ALIASES) {
    const found = environment.get(`KAFKA_${alias}`);
    if (found !== undefined) add(alias, found);
  }
  return result;
}

/** Variables of Debezium's image that have no prefix (docker-entrypoint.sh). */
function debeziumProperties(environment: Environment): PropertyTable {
  const result = new Map<string, FoundProperty>();
  const isKraft = environment.has('CLUSTER_ID');
  const id = environment.get('NODE_ID') ?? environment.get('BROKER_ID');
  if (id !== undefined) result.set(isKraft ? 'node.id' : 'broker.id', id);
  const zooKeeper = environment.get('ZOOKEEPER_CONNECT');
  if (zooKeeper !== undefined && !isKraft) result.set('zookeeper.connect', zooKeeper);
  const role = environment.get('NODE_ROLE');
  if (role !== undefined && isKraft) {
    const text = role.text === 'combined' ? 'broker,controller' : role.text;
    result.set('process.roles', { ...role, text });
  }
  return result;
}

/** `MIN_INSYNC_REPLICAS` to `min.insync.replicas`; `___` is `-` and `__` is `_`. */
function propertyName(variable: string): string {
  return variable
    .toLowerCase()
    .replace(/_{1,3}/g, run => (run === '_' ? '.' : run === '__' ? '_' : '-'));
}
