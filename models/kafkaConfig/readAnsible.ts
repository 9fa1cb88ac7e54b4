import {
  hostsOfGroup,
  type Inventory,
  type InventoryHost,
  iniInventory,
  scalarVariable,
  yamlInventory,
} from './ansibleInventory.ts';
import { type ClusterSource, EMPTY_SOURCE, type NodeSource } from './clusterSource.ts';
import type { FoundProperty, PropertyTable } from './foundProperty.ts';
import { kafkaOfConfluent } from './imageVersion.ts';
import { oneLine } from './oneLine.ts';
import { configProperties } from './strimziResources.ts';
import type { TextFormat } from './textFormat.ts';
import type { YamlFormat } from './yamlFormat.ts';
import { child, isYamlMap, type Located } from './yamlShape.ts';

/** The groups of cp-ansible whose hosts decide here. */
const GROUPS = ['kafka_broker', 'kafka_controller'];

/** The id of the first controller of an inventory that sets none. */
const FIRST_CONTROLLER = 9991;

/** What cp-ansible takes for the factor of internal topics, if there are so many brokers. */
const INTERNAL_FACTOR = 3;

/**
 * An inventory of cp-ansible in YAML: each host of `kafka_broker` and `kafka_controller` is a node.
 *
 * Source: cp-ansible, roles/variables: `kafka_broker_properties`, `kafka_controller_properties`,
 * `kafka_controller_quorum_voters`, `default_internal_replication_factor`.
 */
export const ansibleInventory: YamlFormat = {
  isIn: document => {
    const all = child(child(document, 'all'), 'children');
    return GROUPS.some(
      name => isYamlMap(child(document, name).value) || isYamlMap(child(all, name).value),
    );
  },
  read: document => sourceOf(yamlInventory(document), document.file),
};

/** The same in the form of an INI file. */
export const iniAnsible: TextFormat = {
  isIn: text => /^\s*\[kafka_(broker|controller)(:\w+)?\]\s*$/m.test(text),
  read: (file, text) => sourceOf(iniInventory(file, text), file),
};

function sourceOf(inventory: Inventory, file: string): ClusterSource {
  const brokers = hostsOfGroup(inventory, 'kafka_broker');
  const controllers = hostsOfGroup(inventory, 'kafka_controller');
  const zooKeeper = hostsOfGroup(inventory, 'zookeeper');
  const ids = controllers.map((host, index) => idOf(host, ['node_id'], FIRST_CONTROLLER + index));
  const voters = ids.map((id, index) => `${id.text}@${controllers[index]?.name}:9093`).join(',');
  const quorum = property(file, 'kafka_controller', voters);
  const shared: [string, FoundProperty][] =
    controllers.length > 0
      ? [['controller.quorum.voters', quorum]]
      : [['zookeeper.connect', connectOf(zooKeeper, file)]];
  const internal = internalFactors([...brokers, ...controllers][0], brokers.length);
  const nodeOf = (host: InventoryHost, own: readonly [string, FoundProperty][], group: string) =>
    node(host, group, new Map([...internal, ...shared, ...own, ...customOf(host, group)]), file);
  const version = [...brokers, ...controllers].flatMap(versionOf)[0];
  return {
    ...EMPTY_SOURCE,
    version,
    nodes: [
      ...brokers.map((host, index) => {
        const id = idOf(host, ['node_id', 'broker_id'], index + 1);
        const isKraft = controllers.length > 0;
        const role = property(file, 'kafka_broker', 'broker');
        const own: [string, FoundProperty][] = isKraft
          ? [
              ['process.roles', role],
              ['node.id', id],
            ]
          : [['broker.id', id]];
        return nodeOf(host, own, 'kafka_broker');
      }),
      ...controllers.map((host, index) => {
        const id = ids[index] ?? property(file, 'kafka_controller', '');
        const role = property(file, 'kafka_controller', 'controller');
        return nodeOf(
          host,
          [
            ['process.roles', role],
            ['node.id', id],
          ],
          'kafka_controller',
        );
      }),
    ],
    zooKeeper:
      controllers.length > 0 || zooKeeper.length === 0
        ? []
        : [{ servers: zooKeeper.length, where: `${file}: zookeeper` }],
  };
}

function property(file: string, place: string, text: string): FoundProperty {
  return { file, place, text };
}

function node(
  host: InventoryHost,
  group: string,
  properties: PropertyTable,
  file: string,
): NodeSource {
  const name = oneLine(host.name, 60);
  const place = `${group}.hosts.${name}`;
  return {
    ...{ file, place, name, format: 'operator', properties },
    ...{ image: undefined, assigned: undefined, hosts: [host.name] },
  };
}

/** The id that a host is given by a variable, or that it has by its place in the group. */
function idOf(host: InventoryHost, names: readonly string[], fallback: number): FoundProperty {
  const found = names.flatMap(name => {
    const at = host.variables.get(name);
    return at === undefined ? [] : (scalarVariable(at) ?? []);
  })[0];
  return found ?? { file: 'cp-ansible', place: `the id of ${host.name}`, text: String(fallback) };
}

function connectOf(servers: readonly InventoryHost[], file: string): FoundProperty {
  const chroot = servers[0]?.variables.get('zookeeper_chroot');
  const path = chroot === undefined ? '' : (scalarVariable(chroot)?.text ?? '');
  const hosts = servers.map(({ name }) => `${name}:2181`).join(',') || 'localhost:2181';
  return property(file, 'zookeeper', hosts + path);
}

/** What the playbook sets of internal topics: no more copies than there are brokers. */
function internalFactors(
  host: InventoryHost | undefined,
  brokers: number,
): readonly [string, FoundProperty][] {
  const at = host?.variables.get('default_internal_replication_factor');
  const wanted = at === undefined ? undefined : scalarVariable(at);
  const asked = wanted === undefined ? INTERNAL_FACTOR : Number(wanted.text);
  const factor = Math.min(brokers, Number.isInteger(asked) && asked > 0 ? asked : INTERNAL_FACTOR);
  if (factor === 0) return [];
  const shippedIn =
    'cp-ansible (default_internal_replication_factor, the number of brokers at most)';
  const lines: readonly (readonly [string, number])[] = [
    ['offsets.topic.replication.factor', factor],
    ['transaction.state.log.replication.factor', factor],
    ['transaction.state.log.min.isr', Math.min(2, factor)],
  ];
  return lines.map(([name, value]): [string, FoundProperty] => {
    const text = String(value);
    if (wanted !== undefined && value === asked) return [name, { ...wanted, text }];
    return [name, { file: shippedIn, place: name, text, shippedIn }];
  });
}

/** `kafka_broker_custom_properties` and the like, which are above what the playbook sets. */
function customOf(host: InventoryHost, group: string): PropertyTable {
  const at: Located | undefined = host.variables.get(`${group}_custom_properties`);
  return at !== undefined && isYamlMap(at.value) ? configProperties(at) : new Map();
}

function versionOf({ variables }: InventoryHost): readonly FoundProperty[] {
  const at = variables.get('confluent_package_version');
  const found = at === undefined ? undefined : scalarVariable(at);
  const kafka = found === undefined ? undefined : kafkaOfConfluent(found.text.trim());
  return found === undefined || kafka === undefined ? [] : [{ ...found, text: kafka }];
}
