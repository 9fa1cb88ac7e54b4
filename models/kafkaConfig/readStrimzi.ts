import { AUTO_CREATED_TOPICS } from './clusterDescription.ts';
import {
  type AssignedNode,
  type ClusterSource,
  EMPTY_SOURCE,
  mergeSources,
  type NodeSource,
  type TopicSource,
} from './clusterSource.ts';
import { ConfigError } from './configError.ts';
import { whereOf } from './foundProperty.ts';
import { LEGAL_TOPIC, MOST_REPLICAS } from './legalTopic.ts';
import { oneLine, quoted } from './oneLine.ts';
import { strimziClients } from './strimziClients.ts';
import {
  configProperties,
  optionalProperty,
  poolRoles,
  replicaCount,
  type StrimziResource,
} from './strimziResources.ts';
import {
  child,
  expectCount,
  expectMap,
  expectString,
  type Located,
  optionalText,
} from './yamlShape.ts';

/**
 * Puts the Strimzi resources of all given files together: one Kafka resource, its node pools, and
 * topics.
 *
 * @throws ConfigError if there are several Kafka resources, or pools without one.
 */
export function readStrimzi(resources: readonly StrimziResource[]): ClusterSource {
  return mergeSources([readClusterOf(resources), strimziClients(resources)]);
}

function readClusterOf(resources: readonly StrimziResource[]): ClusterSource {
  const clusters = resources.filter(resource => resource.kind === 'Kafka');
  const pools = resources.filter(resource => resource.kind === 'KafkaNodePool');
  const topics = resources.filter(resource => resource.kind === 'KafkaTopic');
  const [kafka, second] = clusters;
  if (second !== undefined) throw missing(second, 'one Kafka resource at a time', 'a second one');
  if (kafka === undefined) {
    const pool = pools[0];
    if (pool !== undefined) throw missing(pool, "the pool's Kafka resource as well", 'only pools');
    return { ...EMPTY_SOURCE, topics: topics.map(readTopic) };
  }
  const own = pools.filter(pool => pool.cluster === kafka.name);
  return {
    ...EMPTY_SOURCE,
    ...readCluster(kafka, own),
    topics: topics.map(readTopic),
    warnings: [
      ...rackWarnings(kafka),
      ...pools.flatMap(pool => otherCluster(pool, kafka, 'it is left out')),
      ...topics.flatMap(topic => otherCluster(topic, kafka, 'it is described as if it were')),
    ],
  };
}

/** An operator makes racks of labels of the machines, which only the running cluster has. */
function rackWarnings({ spec, name }: StrimziResource): readonly string[] {
  const rack = child(child(spec, 'kafka'), 'rack');
  if (rack.value === undefined) return [];
  const label = optionalText(child(rack, 'topologyKey')) ?? 'a label';
  return [
    `${spec.file}: Kafka ${name}: spec.kafka.rack takes racks from ${oneLine(label, 60)} of the machines, which is ` +
      'in no resource: what the loss of a zone takes is not counted. kafka-configs --describe --all tells broker.rack.',
  ];
}

function missing(at: StrimziResource, expected: string, found: string): ConfigError {
  return new ConfigError({ file: at.spec.file, place: at.spec.place, expected, found });
}

function otherCluster(
  resource: StrimziResource,
  kafka: StrimziResource,
  consequence: string,
): readonly string[] {
  if (resource.cluster === kafka.name) return [];
  const label = resource.cluster === undefined ? 'missing' : quoted(resource.cluster);
  return [
    `${resource.spec.file}: ${resource.kind} ${resource.name}: the label strimzi.io/cluster is ` +
      `${label}, so it does not belong to the Kafka resource "${kafka.name}"; ${consequence}.`,
  ];
}

function readCluster(
  kafka: StrimziResource,
  pools: readonly StrimziResource[],
): Pick<ClusterSource, 'nodes' | 'zooKeeper' | 'version' | 'metadataVersion'> {
  expectMap(kafka.spec);
  const spec = child(kafka.spec, 'kafka');
  expectMap(spec);
  const zooKeeper = child(kafka.spec, 'zookeeper');
  const annotation = child(child(kafka.metadata, 'annotations'), 'strimzi.io/kraft').value;
  // An operator in KRaft mode ignores a `zookeeper` section that was left behind.
  const usesZooKeeper = zooKeeper.value !== undefined && annotation !== 'enabled';
  const mode = usesZooKeeper ? 'zookeeper' : 'kraft';
  const nodes =
    pools.length > 0
      ? pools.flatMap(pool => poolNodes(pool, kafka, mode))
      : olderNodes(kafka, spec, mode);
  return {
    nodes,
    zooKeeper: usesZooKeeper
      ? [{ servers: replicaCount(zooKeeper), where: whereOf(child(zooKeeper, 'replicas')) }]
      : [],
    version: optionalProperty(child(spec, 'version')),
    metadataVersion: optionalProperty(child(spec, 'metadataVersion')),
  };
}

function poolNodes(
  pool: StrimziResource,
  kafka: StrimziResource,
  mode: AssignedNode['mode'],
): readonly NodeSource[] {
  const roles = poolRoles(pool.spec);
  if (mode === 'zookeeper' && roles.includes('controller')) {
    const expected =
      'only brokers in a cluster with ZooKeeper (spec.zookeeper of its Kafka resource)';
    throw missing(pool, expected, 'a pool of KRaft controllers');
  }
  const prefix = `${kafka.name}-${pool.name}`;
  return nodesOf(pool.spec, prefix, { mode, roles }, child(kafka.spec, 'kafka'));
}

function olderNodes(
  kafka: StrimziResource,
  spec: Located,
  mode: AssignedNode['mode'],
): readonly NodeSource[] {
  if (mode === 'kraft') {
    const expected = `KafkaNodePool resources labelled strimzi.io/cluster: ${kafka.name}, or spec.zookeeper`;
    throw missing(kafka, expected, 'neither');
  }
  return nodesOf(spec, `${kafka.name}-kafka`, { mode, roles: ['broker'] }, spec);
}

function nodesOf(
  replicasAt: Located,
  prefix: string,
  assigned: AssignedNode,
  kafkaSpec: Located,
): readonly NodeSource[] {
  const properties = configProperties(child(kafkaSpec, 'config'));
  const { file, place } = replicasAt;
  const names = Array.from(
    { length: replicaCount(replicasAt) },
    (_, index) => `${prefix}-${index}`,
  );
  const image = undefined;
  return names.map(name => ({
    file,
    place,
    name,
    format: 'operator',
    properties,
    image,
    assigned,
  }));
}

function readTopic(topic: StrimziResource): TopicSource {
  expectMap(topic.spec);
  const { file } = topic.spec;
  const topicName = child(topic.spec, 'topicName');
  const name = topicName.value === undefined ? topic.name : expectString(topicName);
  if (!LEGAL_TOPIC.test(name) || name === AUTO_CREATED_TOPICS) {
    const expected = 'a topic name of at most 249 letters, digits, ".", "_" and "-"';
    throw new ConfigError({ file, place: topicName.place, expected, found: quoted(name) });
  }
  const at = child(topic.spec, 'replicas');
  const replicas =
    at.value === undefined
      ? undefined
      : { value: expectCount(at, MOST_REPLICAS), origin: 'file' as const, where: whereOf(at) };
  const properties = configProperties(child(topic.spec, 'config'));
  return { file, place: topic.spec.place, name, replicas, properties };
}
