import type { ClusterNode, Role } from './clusterDescription.ts';
import type { NodeSource } from './clusterSource.ts';
import { ConfigError } from './configError.ts';
import { hasPlaceholder, integerOf, listOf, mismatch, whereOf } from './foundProperty.ts';
import { oneLine } from './oneLine.ts';
import { LARGEST_ID } from './voters.ts';

/** A described node with its mode: what its properties, or its operator, say that it is. */
export interface IdentifiedNode extends ClusterNode {
  readonly mode: 'kraft' | 'zookeeper';
  readonly source: NodeSource;
}

/**
 * Works out mode, roles and id of one node.
 *
 * Source: `process.roles` decides the mode (KIP-500, `KafkaConfig`); `broker.id` is an accepted
 * synonym of `node.id`.
 *
 * @throws ConfigError if the node is neither KRaft nor ZooKeeper, or both, or has a wrong role or id.
 */
export function identifyNode(source: NodeSource): IdentifiedNode {
  const mode = source.assigned?.mode ?? modeOf(source);
  const roles = source.assigned?.roles ?? (mode === 'kraft' ? rolesOf(source) : ['broker']);
  const id = source.assigned === undefined ? idOf(source, mode) : undefined;
  const rack = source.properties.get('broker.rack')?.text.trim();
  const named = { id, name: source.name, roles, described: true, rack: rack || undefined };
  return { ...named, where: whereOf(source), mode, source };
}

/** @throws ConfigError if two nodes have the same id. */
export function refuseEqualIds(nodes: readonly IdentifiedNode[]): void {
  const byId = new Map<number, IdentifiedNode>();
  for (const node of nodes) {
    if (node.id === undefined) continue;
    const other = byId.get(node.id);
    if (other !== undefined) {
      throw problemOf(
        node.source,
        'every node id once',
        `${node.id}, the id of ${other.where} too`,
      );
    }
    byId.set(node.id, node);
  }
}

/** @throws ConfigError if some nodes use KRaft and others ZooKeeper. */
export function refuseMixedModes(nodes: readonly IdentifiedNode[]): void {
  const [first] = nodes;
  const other = nodes.find(node => node.mode !== first?.mode);
  if (first === undefined || other === undefined) return;
  const expected = `the mode of ${first.where}, ${nameOfMode(first.mode)}`;
  throw problemOf(other.source, expected, `a node in mode ${nameOfMode(other.mode)}`);
}

function nameOfMode(mode: IdentifiedNode['mode']): string {
  return mode === 'kraft' ? 'KRaft' : 'ZooKeeper';
}

function modeOf(source: NodeSource): IdentifiedNode['mode'] {
  const isKraft = source.properties.has('process.roles');
  const isZooKeeper = source.properties.has('zookeeper.connect');
  if (isKraft && isZooKeeper) {
    const found = 'both (a cluster in migration is not supported)';
    throw problemOf(source, 'either process.roles or zookeeper.connect', found);
  }
  if (!isKraft && !isZooKeeper) {
    const expected = 'process.roles (KRaft) or zookeeper.connect (ZooKeeper)';
    const image = source.image === undefined ? '' : ` (image ${oneLine(source.image.text, 80)})`;
    throw problemOf(source, expected, `neither; give its server.properties${image}`);
  }
  return isKraft ? 'kraft' : 'zookeeper';
}

function rolesOf(source: NodeSource): readonly Role[] {
  const found = source.properties.get('process.roles');
  const listed = found === undefined ? [] : listOf(found);
  const roles = listed.filter(role => role === 'broker' || role === 'controller');
  if (roles.length > 0 && roles.length === listed.length && new Set(roles).size === roles.length) {
    return roles;
  }
  const expected = '"broker", "controller" or both, separated by a comma';
  throw found === undefined ? problemOf(source, expected, 'nothing') : mismatch(found, expected);
}

function idOf(source: NodeSource, mode: IdentifiedNode['mode']): number | undefined {
  const nodeId = source.properties.get('node.id');
  const brokerId = source.properties.get('broker.id');
  if (
    nodeId !== undefined &&
    brokerId !== undefined &&
    nodeId.text.trim() !== brokerId.text.trim()
  ) {
    throw mismatch(brokerId, `the value of ${whereOf(nodeId)}`);
  }
  const found = nodeId ?? brokerId;
  if (found === undefined) {
    // In ZooKeeper mode Kafka generates an id; KRaft refuses to start without one.
    if (mode === 'zookeeper') return undefined;
    throw problemOf(source, 'node.id', 'nothing');
  }
  if (hasPlaceholder(found.text)) return undefined;
  const id = integerOf(found, { least: mode === 'zookeeper' ? -1 : 0, most: LARGEST_ID });
  return id === -1 ? undefined : id;
}

function problemOf(source: NodeSource, expected: string, found: string): ConfigError {
  return new ConfigError({ file: source.file, place: source.place, expected, found });
}
