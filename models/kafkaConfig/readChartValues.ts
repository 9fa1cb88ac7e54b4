import { AUTO_CREATED_TOPICS, type Role } from './clusterDescription.ts';
import {
  type ClusterSource,
  EMPTY_SOURCE,
  MOST_NODES,
  type NodeSource,
  type TopicSource,
} from './clusterSource.ts';
import { ConfigError } from './configError.ts';
import { type FoundProperty, integerOf, type PropertyTable, settingFrom } from './foundProperty.ts';
import { versionOfImage } from './imageVersion.ts';
import { LEGAL_TOPIC, MOST_REPLICAS } from './legalTopic.ts';
import { quoted } from './oneLine.ts';
import { parseProperties } from './parseProperties.ts';
import type { YamlFormat } from './yamlFormat.ts';
import {
  child,
  expectScalarText,
  isYamlMap,
  itemsOf,
  type Located,
  optionalMap,
  optionalText,
} from './yamlShape.ts';

/** How many controllers the chart has where the values say nothing. */
const CONTROLLERS = 3;

/** Settings that had values of their own before the chart wrote a server.properties (version 24). */
const OLDER: readonly (readonly [value: string, property: string])[] = [
  ['defaultReplicationFactor', 'default.replication.factor'],
  ['offsetsTopicReplicationFactor', 'offsets.topic.replication.factor'],
  ['transactionStateLogReplicationFactor', 'transaction.state.log.replication.factor'],
  ['transactionStateLogMinIsr', 'transaction.state.log.min.isr'],
];

/**
 * Values of Bitnami's chart for Kafka: controllers and brokers by their counts, and the properties that are set.
 *
 * Source: the chart's values.yaml and templates (controller-eligible and broker, configmap.yaml): the properties of a
 * node are those that the chart writes, none of which decides about records, and under it what is set, the part of one
 * role above that of both. Before version 24 of the chart there was a count at the top, and factors of 1.
 */
export const chartValues: YamlFormat = {
  isIn: document =>
    isYamlMap(document.value) &&
    !document.value.has('apiVersion') &&
    (isOlder(document) || MARKS.some(path => path.reduce(child, document).value !== undefined)),
  read: readValues,
};

const MARKS: readonly (readonly string[])[] = [
  ['overrideConfiguration'],
  ['extraConfig'],
  ['extraConfigYaml'],
  ['controller', 'replicaCount'],
  ['controller', 'controllerOnly'],
  ['broker', 'replicaCount'],
  ['kraft', 'clusterId'],
];

function isOlder(document: Located): boolean {
  const hasCount = child(document, 'replicaCount').value !== undefined;
  return hasCount && OLDER.some(([value]) => child(document, value).value !== undefined);
}

function readValues(document: Located): ClusterSource {
  const { file } = document;
  const isKraft = child(child(document, 'kraft'), 'enabled').value !== false && !isOlder(document);
  const mode = isKraft ? ('kraft' as const) : ('zookeeper' as const);
  const isSeparate = child(child(document, 'controller'), 'controllerOnly').value === true;
  const image = imageIn(document);
  const part = (name: 'controller' | 'broker', roles: readonly Role[], fallback: number) => {
    const at = child(document, name);
    const properties = propertiesOf(document, at);
    const nodes = countIn(at, fallback);
    return Array.from(
      { length: nodes },
      (_, index): NodeSource => ({
        ...{ file, place: name, name: `${name}-${index}`, format: 'operator', properties },
        ...{ image, assigned: { mode, roles } },
      }),
    );
  };
  const controllers = isKraft
    ? part('controller', isSeparate ? ['controller'] : ['controller', 'broker'], CONTROLLERS)
    : [];
  const brokers = isOlder(document)
    ? olderNodes(document, image)
    : part('broker', ['broker'], isKraft ? 0 : 1);
  const zooKeeper = child(document, 'zookeeper');
  return {
    ...EMPTY_SOURCE,
    nodes: [...controllers, ...brokers],
    zooKeeper: isKraft
      ? []
      : [{ servers: countIn(zooKeeper, 1), where: `${file}: zookeeper.replicaCount` }],
    topics: topicsIn(document),
    warnings: existingWarnings(document),
  };
}

function countIn(at: Located, fallback: number): number {
  const count = child(at, 'replicaCount');
  const text = optionalText(count);
  if (text === undefined) return fallback;
  return integerOf({ file: count.file, place: count.place, text }, { least: 0, most: MOST_NODES });
}

function olderNodes(document: Located, image: FoundProperty | undefined): readonly NodeSource[] {
  const { file } = document;
  const shippedIn = "the chart's values.yaml";
  const properties = new Map(
    OLDER.map(([value, name]): [string, FoundProperty] => {
      const at = child(document, value);
      const text = optionalText(at);
      if (text !== undefined) return [name, { file, place: at.place, text }];
      return [name, { file: shippedIn, place: value, text: '1', shippedIn }];
    }),
  );
  const own = new Map([
    ...properties,
    ...configOf(child(document, 'config')),
    ...variablesOf(document),
  ]);
  return Array.from(
    { length: countIn(document, 1) },
    (_, index): NodeSource => ({
      ...{
        file,
        place: 'replicaCount',
        name: `kafka-${index}`,
        format: 'operator',
        properties: own,
      },
      ...{ image, assigned: { mode: 'zookeeper', roles: ['broker'] } },
    }),
  );
}

/** What is set for both roles and for one; what takes the place of everything else comes first. */
function propertiesOf(document: Located, part: Located): PropertyTable {
  const names = ['config', 'overrideConfiguration', 'extraConfig', 'extraConfigYaml'];
  const tables = names.flatMap(name => [child(document, name), child(part, name)]).map(configOf);
  return new Map([
    ...tables.flatMap(table => [...table]),
    ...variablesOf(document),
    ...variablesOf(part),
  ]);
}

/** Properties as text or as a mapping. */
function configOf(at: Located): PropertyTable {
  if (typeof at.value === 'string') {
    const { properties } = parseProperties(at.file, at.value);
    return new Map(
      [...properties].map(([name, found]) => [name, { ...found, place: `${at.place}: ${name}` }]),
    );
  }
  const result = new Map<string, FoundProperty>();
  for (const key of optionalMap(at).keys()) {
    if (typeof key !== 'string') continue;
    const found = child(at, key);
    result.set(key, { file: found.file, place: found.place, text: expectScalarText(found) });
  }
  return result;
}

/** `extraEnvVars` with Bitnami's prefix; they count where no server.properties is mounted, as in older charts. */
function variablesOf(at: Located): PropertyTable {
  return new Map(
    itemsOf(child(at, 'extraEnvVars')).flatMap((item): [string, FoundProperty][] => {
      const name = optionalText(child(item, 'name')) ?? '';
      const value = child(item, 'value');
      const text = optionalText(value);
      const property = /^KAFKA_CFG_(\w+)$/.exec(name)?.[1]?.toLowerCase().replaceAll('_', '.');
      if (property === undefined || text === undefined) return [];
      return [[property, { file: value.file, place: value.place, text }]];
    }),
  );
}

/** The image, where the values name its tag. */
function imageIn(document: Located): FoundProperty | undefined {
  const at = child(child(document, 'image'), 'tag');
  const tag = optionalText(at);
  const text = `bitnami/kafka:${tag}`;
  if (tag === undefined || versionOfImage(text) === undefined) return undefined;
  return { file: at.file, place: at.place, text };
}

/** The topics that the chart's job creates. */
function topicsIn(document: Located): readonly TopicSource[] {
  const provisioning = child(document, 'provisioning');
  if (child(provisioning, 'enabled').value === false) return [];
  const common = child(provisioning, 'replicationFactor');
  return itemsOf(child(provisioning, 'topics')).map(item => {
    const name = optionalText(child(item, 'name')) ?? '';
    const { file, place } = item;
    if (!LEGAL_TOPIC.test(name) || name === AUTO_CREATED_TOPICS) {
      throw new ConfigError({ file, place, expected: 'the name of a topic', found: quoted(name) });
    }
    const own = child(item, 'replicationFactor');
    const at = own.value === undefined ? common : own;
    const text = optionalText(at);
    const found = { file, place: at.place, text: text ?? '' };
    const replicas =
      text === undefined
        ? { value: 1, origin: 'default' as const, where: "not set; the chart's is 1" }
        : settingFrom(found, integerOf(found, { least: 1, most: MOST_REPLICAS }));
    return { file, place, name, replicas, properties: configOf(child(item, 'config')) };
  });
}

function existingWarnings(document: Located): readonly string[] {
  const places = [document, child(document, 'controller'), child(document, 'broker')];
  return places.flatMap(at => {
    const found = child(at, 'existingConfigmap');
    if (typeof found.value !== 'string' || found.value === '') return [];
    return [
      `${found.file}: ${found.place}: the server.properties of the ConfigMap ${quoted(found.value)} takes ` +
        'the place of what is read here; give that.',
    ];
  });
}
