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
import { isAtLeast } from './kafkaVersion.ts';
import { type MountedConfig, mountedConfig, propertiesIn, shippedStart } from './mountedConfig.ts';
import { oneLine } from './oneLine.ts';
import { EVERYWHERE } from './readComposeService.ts';
import { startsZooKeeper } from './readComposeZooKeeper.ts';
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
  | {
      readonly kind: 'node';
      readonly node: NodeSource;
      readonly warnings: readonly string[];
      /** Files that have settings of it and are not there. */
      readonly unread: readonly string[];
    }
  | {
      readonly kind: 'other';
      readonly warnings: readonly string[];
      /** The file that would say what node it is, where that is not there. */
      readonly unread: readonly string[];
    };

/** A service with what is known of its image, and the properties that it starts with. */
interface Candidate {
  readonly service: ComposeService;
  readonly family: ImageFamily | undefined;
  readonly config: MountedConfig | undefined;
  readonly properties: PropertyTable;
}

/** Whether a service is a Kafka node; one that has settings of Kafka and is none says why. */
export function standingOf(service: ComposeService): Standing {
  const family = familyFor(service);
  const config = mountedConfig(service, family);
  const candidate = {
    service,
    family,
    config,
    properties: givenProperties(service, config, family),
  };
  const missing = missingFile(config);
  const why = whyNoNode(candidate);
  if (why === undefined) {
    const full = { ...candidate, properties: withShipped(candidate) };
    return {
      kind: 'node',
      node: nodeOf(service, full.properties),
      warnings: nodeWarnings(full),
      unread: [...missing, ...service.unread],
    };
  }
  const { text, isConfigured = false } = why;
  const looksLikeOne =
    !startsZooKeeper(service) &&
    (otherSystem(service.image?.text) !== undefined ||
      family !== undefined ||
      isConfigured ||
      looksLikeBroker(service.image?.text) ||
      [...SERVER_PROPERTIES, ...DURABILITY_PROPERTIES].some(name =>
        candidate.properties.has(name),
      ));
  return {
    kind: 'other',
    warnings: looksLikeOne ? [`${placeOfService(service)}: ${text}.`] : [],
    unread: isConfigured ? missing : [],
  };
}

/** What the files that are mounted, the environment and the command set, the last one winning. */
function givenProperties(
  service: ComposeService,
  config: MountedConfig | undefined,
  family: ImageFamily | undefined,
): PropertyTable {
  const environment = propertiesOf(environmentOf(service), family);
  const overrides = overridesOf(service);
  if (shippedStart(service) !== undefined) return overrides;
  const file = config?.mounted.file;
  if (config === undefined || file === undefined || config.force === 'no effect') {
    const isPassedOver = config?.force === 'file alone';
    return new Map([...(isPassedOver ? [] : environment), ...overrides]);
  }
  const above = config.force === 'file alone' ? [] : environment;
  return new Map([...propertiesIn(file), ...above, ...overrides]);
}

/** A mounted file that would count and is not there. */
function missingFile(config: MountedConfig | undefined): readonly string[] {
  if (config === undefined || config.mounted.file !== undefined) return [];
  return config.force === 'no effect' ? [] : [config.mounted.source];
}

function familyFor(service: ComposeService): ImageFamily | undefined {
  return familyOf(service.image?.text, environmentOf(service));
}

/** Why a service is no node. */
interface NoNode {
  readonly text: string;
  /** Whether it would be one, and is configured by a file that is not there. */
  readonly isConfigured?: true;
}

function whyNoNode({ service, family, config, properties }: Candidate): NoNode | undefined {
  const text = whyOther(service, properties);
  if (text !== undefined) return { text };
  if (SERVER_PROPERTIES.some(name => properties.has(name))) return undefined;
  if (shippedStart(service) !== undefined) return undefined;
  const image = service.image?.text;
  const shown = image === undefined ? '' : ` (image ${oneLine(image, 80)})`;
  const [missing] = missingFile(config);
  if (missing !== undefined && (family !== undefined || looksLikeBroker(image))) {
    const file = oneLine(missing, 100);
    return {
      text: `not counted: it is configured by ${file}, which is not there; give that file${shown}`,
      isConfigured: true,
    };
  }
  if (family !== undefined && family.startsFrom !== 'nothing') return undefined;
  const nothing = 'not counted: neither process.roles nor zookeeper.connect is set';
  return { text: `${nothing}; give its server.properties${shown}` };
}

/** Why a service is something else than a broker. */
function whyOther(service: ComposeService, properties: PropertyTable): string | undefined {
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
  return service.copies?.text.trim() === '0' ? 'not counted: it has 0 replicas' : undefined;
}

/** What the image starts from, under what the environment sets; a mounted file is in its place. */
function withShipped(candidate: Candidate): PropertyTable {
  const { service, family, config, properties } = candidate;
  const started = shippedStart(service);
  if (started !== undefined) return withDistribution(candidate, started);
  if (family === undefined || family.startsFrom === 'nothing') return properties;
  if (config !== undefined && config.force !== 'no effect') return properties;
  if (family.startsFrom === 'shipped, if not configured' && properties.size > 0) return properties;
  const version = parseVersion(versionOfImage(service.image?.text ?? ''));
  const mode = modeOf(service, properties);
  const isAnonymous =
    family.isOneNode === true || !SERVER_PROPERTIES.slice(0, -1).some(name => properties.has(name));
  const facts = { name: family.name, mode, version, isAnonymous };
  return new Map([...shippedProperties(facts), ...properties]);
}

/** The file of the distribution that a command starts the broker with, under what the command overrides. */
function withDistribution({ service, properties }: Candidate, started: string): PropertyTable {
  const image = service.image?.text ?? '';
  const version = parseVersion(versionOfImage(image));
  const isKraft =
    /kraft\/|(broker|controller)\.properties$/.test(started) || isAtLeast(version, 4, 0);
  const isAnonymous = !SERVER_PROPERTIES.slice(0, -1).some(name => properties.has(name));
  const facts = {
    name: image === '' ? service.name : oneLine(image, 80),
    mode:
      isKraft && !properties.has('zookeeper.connect') ? ('kraft' as const) : ('zookeeper' as const),
    version,
    isAnonymous,
  };
  return new Map([...shippedProperties(facts), ...properties]);
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

function nodeWarnings({ service, config, properties }: Candidate): readonly string[] {
  const where = placeOfService(service);
  const copies = service.copies?.text.trim() ?? '1';
  return [
    ...service.warnings,
    ...startsFromWarnings(service, properties, config?.mounted.file !== undefined),
    ...(config === undefined ? [] : mountWarnings(where, config)),
    ...copiesWarnings(where, copies),
    ...unreadByBitnami(service, properties),
  ];
}

function copiesWarnings(where: string, copies: string): readonly string[] {
  if (copies === '1') return [];
  if (copies === EVERYWHERE) {
    return [
      `${where} runs on every machine of the swarm (deploy.mode: global), of which no file tells the number; it is ` +
        'counted as one node. Say --brokers.',
    ];
  }
  return [
    `${where} has ${oneLine(copies, 20)} replicas and is counted as one node, for all of them ` +
      'have the same id, or none that tells them apart on one machine; if they are so many ' +
      'brokers, say --brokers.',
  ];
}

function mountWarnings(where: string, { mounted, force }: MountedConfig): readonly string[] {
  const source = oneLine(mounted.source, 100);
  const target = oneLine(mounted.target, 100);
  if (force === 'no effect') {
    return [
      `${where}: ${source} is mounted at ${target}, which this image does not read when it starts; what it ` +
        'sets has no effect.',
    ];
  }
  if (mounted.file !== undefined) return [];
  return [
    `${where}: ${source} is mounted at ${target} and is not there, so it is not read; what it sets is taken to be ` +
      'unset. Give that file, too.',
  ];
}

/** What is worth knowing of an image that nothing is said to, or of which nothing is known. */
function startsFromWarnings(
  service: ComposeService,
  properties: PropertyTable,
  isConfigured: boolean,
): readonly string[] {
  const image = oneLine(service.image?.text ?? '', 80);
  const family = familyFor(service);
  const where = placeOfService(service);
  const identity = properties.get('process.roles') ?? properties.get('zookeeper.connect');
  if (identity?.shippedIn !== undefined && family?.isOneNode !== true) {
    return [
      `${where}: nothing says what node it is, so all of ${identity.shippedIn} holds: a single node, ` +
        'internal topics with one copy. If another file is mounted or built in, give that.',
    ];
  }
  const isWhole = INTERNAL_FACTORS.every(name => properties.has(name));
  if (family !== undefined || isWhole || isConfigured) return [];
  const named = image === '' ? 'no image is named' : `the image ${image} is not known here`;
  return [
    `${where}: ${named}; it is taken to start from its environment alone, ` +
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
