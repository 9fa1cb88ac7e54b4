import { parseVersion } from '../description/release.ts';
import { CLUSTER_ID_VARIABLES } from './clusterIds.ts';
import type { NodeSource } from './clusterSource.ts';
import { hasCommand, otherProgramOf, overridesOf, startsBroker } from './composeCommand.ts';
import { type ComposeService, environmentOf, placeOfService } from './composeService.ts';
import type { PropertyTable } from './foundProperty.ts';
import {
  familyOf,
  type ImageFamily,
  isBesideKafka,
  looksLikeBroker,
  otherSystem,
} from './imageFamily.ts';
import { isBitnami, propertiesOf } from './imageProperties.ts';
import { versionOfImage } from './imageVersion.ts';
import { oneLine } from './oneLine.ts';
import { shippedProperties } from './shippedProperties.ts';

/** Properties that only a Kafka server has, never one of its clients. */
const SERVER_PROPERTIES = [
  'process.roles',
  'zookeeper.connect',
  'controller.quorum.voters',
  'controller.quorum.bootstrap.servers',
  'advertised.listeners',
];

/** Properties by which records are kept: whoever sets them means a broker. */
const DURABILITY_PROPERTIES = [
  'default.replication.factor',
  'min.insync.replicas',
  'unclean.leader.election.enable',
  'log.flush.interval.messages',
  'offsets.topic.replication.factor',
  'transaction.state.log.replication.factor',
  'transaction.state.log.min.isr',
];

/** What tells one broker from another. */
const IDENTITY = ['node.id', 'broker.id', 'listeners', 'advertised.listeners', 'process.roles'];

/** What a service is to a cluster: a node of it, or something else that is named if it looks like one. */
export type Standing =
  | { readonly kind: 'node'; readonly node: NodeSource; readonly warnings: readonly string[] }
  | { readonly kind: 'other'; readonly warnings: readonly string[] };

/** Whether a service is a Kafka node; one that has settings of Kafka and is none says why. */
export function standingOf(service: ComposeService): Standing {
  const family = familyFor(service);
  const properties = new Map([
    ...propertiesOf(environmentOf(service), family),
    ...overridesOf(service),
  ]);
  const why = whyNoNode(service, properties);
  if (why === undefined) {
    const full = withShipped(service, properties);
    return { kind: 'node', node: nodeOf(service, full), warnings: nodeWarnings(service, full) };
  }
  const looksLikeOne =
    otherSystem(service.image?.text) !== undefined ||
    family !== undefined ||
    looksLikeBroker(service.image?.text) ||
    [...SERVER_PROPERTIES, ...DURABILITY_PROPERTIES].some(name => properties.has(name));
  return { kind: 'other', warnings: looksLikeOne ? [`${placeOfService(service)}: ${why}.`] : [] };
}

function familyFor(service: ComposeService): ImageFamily | undefined {
  return familyOf(service.image?.text, environmentOf(service));
}

function whyNoNode(service: ComposeService, properties: PropertyTable): string | undefined {
  const image = service.image?.text;
  const shown = image === undefined ? '' : ` (image ${oneLine(image, 80)})`;
  const system = otherSystem(image);
  if (system !== undefined) return `not counted: ${system} is another system than Kafka${shown}`;
  const program = otherProgramOf(service);
  if (program !== undefined) return `not counted: it runs ${program}, not a broker`;
  if (isBesideKafka(image)) return `not counted: its image is not a broker's${shown}`;
  // Confluent's own examples start one-off clients with the broker image and the id "ignored".
  const isClient = ['broker.id', 'node.id', 'zookeeper.connect'].some(
    name => properties.get(name)?.text === 'ignored',
  );
  if (isClient) return 'not counted: its id or zookeeper.connect is "ignored", as that of a client';
  const isNameless = !IDENTITY.some(name => properties.has(name));
  if (isNameless && hasCommand(service) && !startsBroker(service)) {
    return 'not counted: it has a command of its own, and neither an id nor listeners';
  }
  if (service.copies?.text.trim() === '0') return 'not counted: it has 0 replicas';
  if (SERVER_PROPERTIES.some(name => properties.has(name))) return undefined;
  const family = familyFor(service);
  if (family !== undefined && family.startsFrom !== 'nothing') return configuredElsewhere(service);
  const mounted = configFileOf(service);
  return mounted === undefined
    ? `not counted: neither process.roles nor zookeeper.connect is set${shown}`
    : `not counted: it is configured by ${mounted}; give that file${shown}`;
}

/** An image that can start on its own does so with its own file, unless another one is mounted. */
function configuredElsewhere(service: ComposeService): string | undefined {
  const mounted = configFileOf(service);
  if (mounted === undefined) return undefined;
  return `not counted: it is configured by ${mounted}; give that file`;
}

/** The mounted file, or folder of files, that an image takes its properties from. */
function configFileOf({ mounts }: ComposeService): string | undefined {
  const target = [...mounts.keys()].find(
    path =>
      /\/(server|kafka|broker|controller)[\w.-]*\.properties$/.test(path) ||
      /^\/mnt\/shared\/config\/?$|\/kafka\/config\/?$|\/etc\/kafka\/?$/.test(path),
  );
  return target === undefined ? undefined : (mounts.get(target) ?? target);
}

/** What the image starts from, under what the environment sets. */
function withShipped(service: ComposeService, properties: PropertyTable): PropertyTable {
  const family = familyFor(service);
  if (family === undefined || family.startsFrom === 'nothing') return properties;
  const isAlone = properties.size === 0 && configFileOf(service) === undefined;
  if (family.startsFrom === 'shipped, if not configured' && !isAlone) return properties;
  const version = parseVersion(versionOfImage(service.image?.text ?? ''));
  const mode = modeOf(service, properties);
  const isAnonymous = !SERVER_PROPERTIES.slice(0, -1).some(name => properties.has(name));
  return new Map([...shippedProperties({ family, mode, version, isAnonymous }), ...properties]);
}

function modeOf(service: ComposeService, properties: PropertyTable): 'kraft' | 'zookeeper' {
  if (properties.has('process.roles')) return 'kraft';
  if (properties.has('zookeeper.connect')) return 'zookeeper';
  const name = familyFor(service)?.name;
  if (name === 'debezium/kafka') {
    return environmentOf(service).has('CLUSTER_ID') ? 'kraft' : 'zookeeper';
  }
  const isOld = name === 'wurstmeister/kafka' || name === 'hyperledger/fabric-kafka';
  return isOld ? 'zookeeper' : 'kraft';
}

function nodeOf(service: ComposeService, properties: PropertyTable): NodeSource {
  const environment = environmentOf(service);
  const clusterId = CLUSTER_ID_VARIABLES.flatMap(name => environment.get(name) ?? [])[0];
  return {
    file: service.at.file,
    place: service.at.place,
    name: service.name,
    format: 'compose',
    properties,
    image: service.image,
    assigned: undefined,
    hosts: service.hosts,
    clusterId,
  };
}

function nodeWarnings(service: ComposeService, properties: PropertyTable): readonly string[] {
  const where = placeOfService(service);
  const mounted = configFileOf(service);
  const copies = service.copies?.text.trim() ?? '1';
  return [
    ...service.warnings,
    ...startsFromWarnings(service, properties),
    ...(mounted === undefined
      ? []
      : [`${where}: ${mounted} is mounted and not read; what it sets is taken to be unset.`]),
    ...(copies === '1'
      ? []
      : [
          `${where} has ${oneLine(copies, 20)} replicas and is counted as one node, for all of them ` +
            'have the same settings; if they are so many brokers, say --brokers.',
        ]),
    ...unreadByBitnami(service, properties),
  ];
}

/** What is worth knowing of an image that nothing is said to, or of which nothing is known. */
function startsFromWarnings(service: ComposeService, properties: PropertyTable): readonly string[] {
  const image = oneLine(service.image?.text ?? '', 80);
  const family = familyFor(service);
  const where = placeOfService(service);
  const identity = properties.get('process.roles') ?? properties.get('zookeeper.connect');
  if (identity?.shippedIn !== undefined) {
    return [
      `${where}: nothing says what node it is, so all of ${identity.shippedIn} holds: a single node, ` +
        'internal topics with one copy. If another file is mounted or built in, give that.',
    ];
  }
  const isWhole = INTERNAL_FACTORS.every(name => properties.has(name));
  if (image === '' || family !== undefined || isWhole) return [];
  return [
    `${where}: the image ${image} is not known here; it is taken to start from its environment alone, ` +
      'with factor 3 for internal topics. One that starts from the shipped server.properties has 1.',
  ];
}

const INTERNAL_FACTORS = [
  'offsets.topic.replication.factor',
  'transaction.state.log.replication.factor',
];

function unreadByBitnami(service: ComposeService, properties: PropertyTable): readonly string[] {
  const environment = environmentOf(service);
  if (!isBitnami(familyFor(service))) return [];
  return DURABILITY_PROPERTIES.flatMap(property => {
    const name = property.toUpperCase().replaceAll('.', '_');
    const found = environment.get(`KAFKA_${name}`);
    if (found === undefined || properties.get(property) === found) return [];
    const where = placeOfService(service);
    return [`${where}: KAFKA_${name} has no effect, this image reads KAFKA_CFG_${name}.`];
  });
}
