import {
  type ClusterSource,
  EMPTY_SOURCE,
  type ManagedBrokers,
  type TopicSource,
} from './clusterSource.ts';
import { ConfigError } from './configError.ts';
import {
  type FoundProperty,
  hasPlaceholder,
  integerOf,
  type PropertyTable,
  settingFrom,
} from './foundProperty.ts';
import { LEGAL_TOPIC, MOST_REPLICAS } from './legalTopic.ts';
import { oneLine } from './oneLine.ts';
import { type HclBlock, type HclValue, parseHcl } from './parseHcl.ts';
import { parseProperties } from './parseProperties.ts';

/** Resources of topics, with the names of what they set: of the provider for Kafka, and of Aiven's. */
const TOPICS: ReadonlyMap<string, { readonly name: string; readonly factor: string }> = new Map([
  ['kafka_topic', { name: 'name', factor: 'replication_factor' }],
  ['aiven_kafka_topic', { name: 'topic_name', factor: 'replication' }],
  ['aws_msk_topic', { name: 'name', factor: 'replication_factor' }],
]);

/** Most `var.a = local.b` that are followed. */
const DEEPEST = 8;

/** Whether a text is Terraform's, by the name of its file or by its blocks. */
export function isTerraform(file: string, text: string): boolean {
  return /\.tf$/i.test(file) || /^\s*(resource|module|provider)\s+"[\w-]+"/m.test(text);
}

/**
 * Reads the Terraform files of one module: the configuration of an Amazon MSK cluster, how many brokers it has in how
 * many zones, and topics. Variables have their defaults.
 *
 * Source: the developer guide of Amazon MSK, "Default configuration", for clusters without one of their own.
 *
 * @throws ConfigError if a file cannot be read, there are two clusters, or there is nothing of Kafka.
 */
export function readTerraform(
  files: readonly { readonly name: string; readonly text: string }[],
): ClusterSource {
  if (files.length === 0) return EMPTY_SOURCE;
  const read = files.map(({ name, text }) => ({ file: name, blocks: parseHcl(name, text) }));
  const module = new Module(read);
  const [cluster, second] = module.resources('aws_msk_cluster');
  if (cluster !== undefined && second !== undefined) {
    throw new ConfigError({
      file: second.file,
      place: second.place,
      expected: `one cluster at a time (${cluster.place} is there, too)`,
      found: 'a second one',
    });
  }
  const configurations = module.resources('aws_msk_configuration');
  const topics = [...TOPICS].flatMap(([type, names]) =>
    module.resources(type).map(resource => topicOf(resource, names, module)),
  );
  if (cluster === undefined && configurations.length === 0 && topics.length === 0) {
    throw new ConfigError({
      file: files[0]?.name ?? '',
      place: '',
      expected: 'resources aws_msk_configuration, aws_msk_cluster or kafka_topic',
      found: 'a Terraform file without them',
    });
  }
  const [first = cluster] = configurations;
  const version = [cluster, ...configurations].flatMap(each => versionIn(each, module) ?? [])[0];
  const managed = cluster === undefined ? undefined : managedBy(cluster, module, version?.text);
  const properties = propertiesOf(configurations, managed, module);
  return {
    ...EMPTY_SOURCE,
    topics: topics.filter(each => typeof each !== 'string'),
    settings: first === undefined ? [] : [{ file: first.file, properties }],
    managed,
    version,
    warnings: [
      ...topics.filter(each => typeof each === 'string'),
      ...uncleanWarnings(configurations[0], properties),
    ],
  };
}

interface Resource {
  readonly file: string;
  readonly place: string;
  readonly block: HclBlock;
}

/** The blocks of all files of a module, and what their variables are. */
class Module {
  readonly #files: readonly { readonly file: string; readonly blocks: readonly HclBlock[] }[];

  constructor(files: readonly { readonly file: string; readonly blocks: readonly HclBlock[] }[]) {
    this.#files = files;
  }

  resources(type: string): readonly Resource[] {
    return this.#files.flatMap(({ file, blocks }) =>
      blocks
        .filter(block => block.type === 'resource' && block.labels[0] === type)
        .map(block => {
          const place = oneLine(`line ${block.line}: ${type} ${block.labels[1] ?? ''}`, 100);
          return { file, place, block };
        }),
    );
  }

  /** A value without the variables that it is made of, as far as they are known. */
  resolved(value: HclValue | undefined, depth = DEEPEST): HclValue | undefined {
    if (value === undefined || depth === 0) return value;
    const text = value.kind === 'expression' || value.kind === 'text' ? value.text : '';
    const name = value.kind === 'expression' ? text : /^\$\{([^{}]*)\}$/.exec(text)?.[1];
    if (name === undefined) return value;
    const [, kind, own = ''] = /^(var|local)\.([\w-]+)$/.exec(name.trim()) ?? [];
    const found =
      kind === 'var' ? this.#variable(own) : kind === 'local' ? this.#local(own) : undefined;
    return found === undefined ? value : this.resolved(found, depth - 1);
  }

  /** The text of a value, with known variables filled in; undefined where it is no scalar. */
  text(value: HclValue | undefined): string | undefined {
    const known = this.resolved(value);
    if (known?.kind !== 'text') return undefined;
    return known.text.replace(/\$\{((?:var|local)\.[\w-]+)\}/g, (whole, name: string) => {
      const inner = this.resolved({ kind: 'expression', text: name, line: known.line });
      return inner?.kind === 'text' ? inner.text : whole;
    });
  }

  #variable(name: string): HclValue | undefined {
    const block = this.#all('variable').find(({ labels }) => labels[0] === name);
    return block?.attributes.get('default');
  }

  #local(name: string): HclValue | undefined {
    return this.#all('locals').flatMap(({ attributes }) => attributes.get(name) ?? [])[0];
  }

  #all(type: string): readonly HclBlock[] {
    return this.#files.flatMap(({ blocks }) => blocks.filter(block => block.type === type));
  }
}

function managedBy(
  { file, place, block }: Resource,
  module: Module,
  elsewhere: string | undefined,
): ManagedBrokers {
  const text = module.text(block.attributes.get('number_of_broker_nodes'));
  const found = { file, place: `${place}: number_of_broker_nodes`, text: text ?? '' };
  const group = block.blocks.find(({ type }) => type === 'broker_node_group_info');
  const subnets = module.resolved(group?.attributes.get('client_subnets'));
  const own = module.text(block.attributes.get('kafka_version'));
  // The versions that a configuration is for do not say whether they are with KRaft, which there is since 3.7.
  const version =
    own ?? (/^(?:[0-2]\.|3\.[0-6](?:\.|$))/.test(elsewhere ?? '') ? elsewhere : '') ?? '';
  return {
    service: 'Amazon MSK',
    where: `${file}: ${place}`,
    brokers: text === undefined ? undefined : integerOf(found, { least: 1, most: 1000 }),
    zones: subnets?.kind === 'list' ? subnets.items.length : undefined,
    mode: modeOf(version),
  };
}

/** Before 3.7 all of its clusters have ZooKeeper; since then a version says it where there is KRaft, as from 4.0 on. */
function modeOf(version: string): ManagedBrokers['mode'] {
  if (/kraft/i.test(version) || /^[4-9]\./.test(version)) return 'kraft';
  return version === '' ? undefined : 'zookeeper';
}

function versionIn(resource: Resource | undefined, module: Module): FoundProperty | undefined {
  if (resource === undefined) return undefined;
  const { file, place, block } = resource;
  const listed = module.resolved(block.attributes.get('kafka_versions'));
  const value = listed?.kind === 'list' ? listed.items[0] : block.attributes.get('kafka_version');
  const version = /^\d+\.\d+(?:\.\d+)?/.exec(module.text(value) ?? '')?.[0];
  return version === undefined
    ? undefined
    : { file, place: `${place}: kafka_version`, text: version };
}

function propertiesOf(
  configurations: readonly Resource[],
  managed: ManagedBrokers | undefined,
  module: Module,
): PropertyTable {
  const [own, second] = configurations;
  if (own === undefined) return managed === undefined ? new Map() : defaultsOf(managed);
  const { file, place, block } = own;
  if (second !== undefined) {
    throw new ConfigError({
      file: second.file,
      place: second.place,
      expected: `one aws_msk_configuration (${place} is there, too)`,
      found: 'a second one',
    });
  }
  const text = module.text(block.attributes.get('server_properties'));
  if (text === undefined) {
    throw new ConfigError({
      file,
      place: `${place}: server_properties`,
      expected: 'its text; give that in a file of its own, with --kafka-version and --brokers',
      found: 'an expression that only Terraform computes',
    });
  }
  const { properties } = parseProperties(file, text.replace(/^[ \t]+/gm, ''));
  return new Map(
    [...properties].map(([name, found]): [string, FoundProperty] => {
      return [name, { ...found, place: `${place}: ${name}` }];
    }),
  );
}

/** What Amazon MSK sets where a cluster has no configuration of its own. */
function defaultsOf({ zones, brokers }: ManagedBrokers): PropertyTable {
  const shippedIn = "Amazon MSK's default configuration";
  const isTwo = zones === 2 || (zones === undefined && (brokers ?? 3) % 3 !== 0);
  const lines: readonly (readonly [string, string])[] = [
    ['default.replication.factor', isTwo ? '2' : '3'],
    ['min.insync.replicas', isTwo ? '1' : '2'],
    ['unclean.leader.election.enable', 'true'],
  ];
  return new Map(
    lines.map(([name, text]): [string, FoundProperty] => {
      return [name, { text, file: shippedIn, place: name, shippedIn }];
    }),
  );
}

function uncleanWarnings(own: Resource | undefined, properties: PropertyTable): readonly string[] {
  if (own === undefined || properties.has('unclean.leader.election.enable')) return [];
  return [
    `${own.file}: ${own.place}: unclean.leader.election.enable is not set; Kafka's default is false, Amazon MSK's ` +
      'own default configuration has true. Set it.',
  ];
}

function topicOf(
  { file, place, block }: Resource,
  names: { readonly name: string; readonly factor: string },
  module: Module,
): TopicSource | string {
  const at = { file, place };
  const name = module.text(block.attributes.get(names.name));
  const factor = module.text(block.attributes.get(names.factor));
  if (
    name === undefined ||
    !LEGAL_TOPIC.test(name) ||
    factor === undefined ||
    hasPlaceholder(factor)
  ) {
    return `${file}: ${place}: its name or its factor is computed; it is left out.`;
  }
  const found = { ...at, text: factor };
  const config = module.resolved(block.attributes.get('config'));
  const nested = block.blocks.find(({ type }) => type === 'config');
  const entries = config?.kind === 'map' ? config.entries : (nested?.attributes ?? new Map());
  const properties = [...entries].flatMap(([key, value]): [string, FoundProperty][] => {
    const text = module.text(value);
    return text === undefined ? [] : [[key.replaceAll('_', '.'), { ...at, text }]];
  });
  const replicas = settingFrom(found, integerOf(found, { least: 1, most: MOST_REPLICAS }));
  return { ...at, name, replicas, properties: new Map(properties) };
}
