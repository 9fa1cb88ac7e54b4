import { AUTO_CREATED_TOPICS, type Role } from './clusterDescription.ts';
import {
  type AssignedNode,
  type ClusterSource,
  EMPTY_SOURCE,
  MOST_NODES,
  type NodeSource,
  type TopicSource,
} from './clusterSource.ts';
import { ConfigError } from './configError.ts';
import { type FoundProperty, type PropertyTable, whereOf } from './foundProperty.ts';
import { configMapsIn } from './kubernetesContainer.ts';
import { inside, type KubernetesObject } from './kubernetesObjects.ts';
import { LEGAL_TOPIC, MOST_REPLICAS } from './legalTopic.ts';
import { quoted } from './oneLine.ts';
import { parseProperties } from './parseProperties.ts';
import { configProperties } from './strimziResources.ts';
import { expectCount, itemsOf, optionalText } from './yamlShape.ts';

const GROUP = 'platform.confluent.io/';

/** Whether an object is a resource of Confluent for Kubernetes. */
export function isConfluent({ apiVersion }: KubernetesObject): boolean {
  return apiVersion.startsWith(GROUP);
}

/** What the operator sets by the number of brokers, where the resource does not, as its documentation says. */
const BY_BROKERS = ['default.replication.factor', 'min.insync.replicas'];

/** Factors of internal topics, none of which can be more than there are brokers for the cluster to work at all. */
const INTERNAL_FACTORS = [
  'offsets.topic.replication.factor',
  'transaction.state.log.replication.factor',
];

const OPERATOR = 'Confluent for Kubernetes';

/**
 * Puts the resources of Confluent for Kubernetes together: one Kafka, its KRaft controllers or ZooKeeper servers, and
 * topics. What the operator itself sets is read where its ConfigMap (`<name>-shared-config`) is given.
 *
 * @throws ConfigError if there are several Kafka resources, or one has the wrong shape.
 */
export function readConfluent(objects: readonly KubernetesObject[]): ClusterSource {
  const resources = objects.filter(isConfluent);
  const kinds = (kind: string) => resources.filter(each => each.kind === kind);
  const [kafka, second] = kinds('Kafka');
  if (kafka !== undefined && second !== undefined) {
    throw new ConfigError({
      file: second.at.file,
      place: second.at.place,
      expected: `one Kafka resource at a time (${kafka.at.place} is given, too)`,
      found: 'a second one',
    });
  }
  const topics = kinds('KafkaTopic').map(topicOf);
  const controllers = kinds('KRaftController');
  const servers = kinds('Zookeeper');
  if (kafka === undefined && controllers.length === 0) return { ...EMPTY_SOURCE, topics };
  const mode = modeOf(kafka, controllers, servers);
  const brokers = kafka === undefined ? 0 : replicasOf(kafka);
  const nodes = [
    ...(kafka === undefined ? [] : nodesOf(kafka, { mode, roles: ['broker'] }, objects)),
    ...controllers.flatMap(each => nodesOf(each, { mode, roles: ['controller'] }, objects)),
  ];
  return {
    ...EMPTY_SOURCE,
    nodes: nodes.map(node => withInternalFactors(node, brokers)),
    zooKeeper: servers.map(each => ({
      servers: replicasOf(each),
      where: whereOf(inside(each.at, 'spec', 'replicas')),
    })),
    topics,
    warnings: [
      ...kinds('Connect').map(
        ({ at }) =>
          `${at.file}: ${at.place}: not read; give its settings as connect-distributed.properties.`,
      ),
      ...(kafka === undefined ? [] : unsetWarnings(kafka, nodes)),
    ],
  };
}

function modeOf(
  kafka: KubernetesObject | undefined,
  controllers: readonly KubernetesObject[],
  servers: readonly KubernetesObject[],
): AssignedNode['mode'] {
  if (kafka === undefined || controllers.length > 0) return 'kraft';
  const dependency = (name: string) => inside(kafka.at, 'spec', 'dependencies', name).value;
  if (servers.length > 0 || dependency('zookeeper') !== undefined) return 'zookeeper';
  if (dependency('kRaftController') === undefined) return 'zookeeper';
  throw new ConfigError({
    file: kafka.at.file,
    place: `${kafka.at.place}: spec.dependencies.kRaftController`,
    expected: 'the KRaftController resource as well',
    found: 'none',
  });
}

function replicasOf({ at }: KubernetesObject): number {
  return expectCount(inside(at, 'spec', 'replicas'), MOST_NODES);
}

function nodesOf(
  resource: KubernetesObject,
  assigned: AssignedNode,
  objects: readonly KubernetesObject[],
): readonly NodeSource[] {
  const { at, name } = resource;
  const image = inside(at, 'spec', 'image', 'application');
  const text = optionalText(image);
  const properties = propertiesOf(resource, objects);
  const node = {
    file: at.file,
    place: at.place,
    format: 'operator' as const,
    properties,
    image: text === undefined ? undefined : { text, file: image.file, place: image.place },
    assigned,
  };
  return Array.from({ length: replicasOf(resource) }, (_, index) => ({
    ...node,
    name: `${name}-${index}`,
  }));
}

/** What the operator's ConfigMap has, and above that what the resource overrides (`name=value` in a list). */
function propertiesOf(
  { at, name }: KubernetesObject,
  objects: readonly KubernetesObject[],
): PropertyTable {
  const map = configMapsIn(objects).find(`${name}-shared-config`);
  const text = map?.data.get('kafka.properties') ?? map?.data.get('server-common.properties');
  const shared =
    map === undefined || text === undefined
      ? new Map<string, FoundProperty>()
      : parseProperties(`${map.at.file}: ${map.at.place}`, text).properties;
  const overrides = itemsOf(inside(at, 'spec', 'configOverrides', 'server'));
  return new Map([
    ...shared,
    ...overrides.flatMap((item): [string, FoundProperty][] => {
      const line = optionalText(item) ?? '';
      const equals = line.indexOf('=');
      if (equals < 0) return [];
      const found = { file: item.file, place: item.place, text: line.slice(equals + 1).trim() };
      return [[line.slice(0, equals).trim(), found]];
    }),
  ]);
}

function withInternalFactors(node: NodeSource, brokers: number): NodeSource {
  const [role]: readonly (Role | undefined)[] = node.assigned?.roles ?? [];
  const missing = INTERNAL_FACTORS.filter(name => !node.properties.has(name));
  if (brokers >= 3 || role !== 'broker' || missing.length === 0) return node;
  const shippedIn = `${OPERATOR} (taken to ask for no more copies than there are brokers)`;
  const added = missing.map((name): [string, FoundProperty] => [
    name,
    { text: String(brokers), file: shippedIn, place: name, shippedIn },
  ]);
  return { ...node, properties: new Map([...added, ...node.properties]) };
}

function unsetWarnings(
  { at, name }: KubernetesObject,
  nodes: readonly NodeSource[],
): readonly string[] {
  const [first] = nodes;
  const unset = BY_BROKERS.filter(property => first?.properties.has(property) === false);
  if (unset.length === 0) return [];
  return [
    `${at.file}: ${at.place}: ${unset.join(' and ')}: ${OPERATOR} sets what is not overridden by the number of ` +
      "brokers, and no resource says to what; Kafka's default is taken, which is no more. To have it: kubectl get " +
      `configmap ${name}-shared-config -o yaml`,
  ];
}

function topicOf(resource: KubernetesObject): TopicSource {
  const { at, name: own } = resource;
  const name = optionalText(inside(at, 'spec', 'name')) ?? own;
  const { file, place } = at;
  if (!LEGAL_TOPIC.test(name) || name === AUTO_CREATED_TOPICS) {
    const expected = 'a topic name of at most 249 letters, digits, ".", "_" and "-"';
    throw new ConfigError({ file, place, expected, found: quoted(name) });
  }
  const replicas = inside(at, 'spec', 'replicas');
  return {
    file,
    place,
    name,
    replicas:
      replicas.value === undefined
        ? undefined
        : { value: expectCount(replicas, MOST_REPLICAS), origin: 'file', where: whereOf(replicas) },
    properties: configProperties(inside(at, 'spec', 'configs')),
  };
}
