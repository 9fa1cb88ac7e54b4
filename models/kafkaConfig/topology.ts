import type { Assumption, ClusterNode, Placement } from './clusterDescription.ts';
import { refuseTwoClusters } from './clusterIds.ts';
import { type ClusterSource, MOST_NODES } from './clusterSource.ts';
import { ConfigError } from './configError.ts';
import { type MetadataQuorum, metadataQuorum } from './metadataQuorum.ts';
import {
  type IdentifiedNode,
  identifyNode,
  refuseEqualIds,
  refuseMixedModes,
} from './nodeIdentity.ts';
import { undescribedBrokers } from './toldBrokers.ts';
import { zooKeeperEnsemble } from './zooKeeperEnsemble.ts';

/** Which nodes there are, and what each of them takes part in. */
export interface Topology {
  readonly mode: 'kraft' | 'zookeeper';
  readonly nodes: readonly ClusterNode[];
  readonly brokers: number;
  readonly controllers: number | undefined;
  readonly dynamicVoters: boolean | undefined;
  readonly placement: Placement;
  readonly assumptions: readonly Assumption[];
  readonly warnings: readonly string[];
}

/**
 * Works out the nodes of a cluster of which at least one node is described; brokers besides those that
 * files describe are taken to be like them.
 *
 * @param brokersAsked how many brokers there are, where somebody says so
 * @throws ConfigError if nodes contradict each other, or there are more brokers than somebody says.
 */
export function topologyOf(source: ClusterSource, brokersAsked: number | undefined): Topology {
  refuseTooMany(source);
  refuseTwoClusters(source.nodes, source.zooKeeper);
  const described = source.nodes.map(identifyNode);
  refuseMixedModes(described);
  refuseEqualIds(described);
  const mode = described[0]?.mode ?? 'kraft';
  const quorum = mode === 'kraft' ? metadataQuorum(described) : ensemble(described, source);
  const known = [...described.map(publicPart), ...quorum.inferred];
  const told = undescribedBrokers(known, source.partitions);
  const nodes = [...known, ...told];
  const more = moreBrokers(nodes, brokersAsked);
  const brokers = nodes.filter(isBroker).length + more.length;
  if (brokers === 0) refuseLeftOut(described);
  return {
    mode,
    nodes: [...nodes, ...more],
    brokers,
    controllers: quorum.controllers,
    dynamicVoters: quorum.dynamicVoters,
    placement: placementOf(mode, nodes),
    assumptions: [
      ...quorum.assumptions,
      ...toldAssumptions(told),
      ...(brokersAsked === undefined ? unseenBrokers(described, brokers) : asked(more)),
    ],
    warnings: quorum.warnings,
  };
}

function refuseTooMany(source: ClusterSource): void {
  const beyond = source.nodes[MOST_NODES];
  if (beyond === undefined) return;
  throw new ConfigError({
    file: beyond.file,
    place: beyond.place,
    expected: `at most ${MOST_NODES} nodes`,
    found: `${source.nodes.length}`,
  });
}

function ensemble(nodes: readonly IdentifiedNode[], source: ClusterSource): MetadataQuorum {
  const { servers, assumptions, warnings } = zooKeeperEnsemble(nodes, source.zooKeeper);
  return { controllers: servers, dynamicVoters: false, inferred: [], assumptions, warnings };
}

function publicPart(node: IdentifiedNode): ClusterNode {
  const { id, name, roles, described, rack, where } = node;
  return { id, name, roles, described, rack, where };
}

function isBroker(node: ClusterNode): boolean {
  return node.roles.includes('broker');
}

/** An operator starts no cluster without brokers: those that it has are left out, or not given. */
function refuseLeftOut(nodes: readonly IdentifiedNode[]): void {
  const assigned = nodes.find(({ source }) => source.assigned !== undefined)?.source;
  if (assigned === undefined) return;
  const { file, place } = assigned;
  throw new ConfigError({
    file,
    place,
    expected: 'at least one broker',
    found: 'controllers only',
  });
}

const SAID = 'said by --brokers; no file describes it';

/** The brokers that no file describes, where somebody says how many there are. */
function moreBrokers(
  nodes: readonly ClusterNode[],
  wanted: number | undefined,
): readonly ClusterNode[] {
  const known = nodes.filter(isBroker).length;
  if (wanted === undefined || wanted === known) return [];
  if (wanted < known) {
    const expected = `at least the ${known} brokers that the files describe`;
    throw new ConfigError({ file: '--brokers', place: '', expected, found: String(wanted) });
  }
  return Array.from({ length: wanted - known }, (_, index) => sayBroker(known + index + 1));
}

function sayBroker(number: number): ClusterNode {
  const [name, roles] = [`broker ${number}`, ['broker' as const]];
  return { id: undefined, name, roles, described: false, rack: undefined, where: SAID };
}

function asked(more: readonly ClusterNode[]): readonly Assumption[] {
  if (more.length === 0) return [];
  const setting = `roles and settings of ${more.length} more brokers`;
  return [{ setting, value: 'broker', why: `${SAID}; taken to be like the described nodes` }];
}

function toldAssumptions(told: readonly ClusterNode[]): readonly Assumption[] {
  const [first] = told;
  if (first === undefined) return [];
  const why = `no file describes them; taken to be like the described nodes, from ${first.where}`;
  const setting = `settings of ${told.map(({ name }) => name).join(', ')}`;
  return [{ setting, value: 'broker', why }];
}

function placementOf(mode: Topology['mode'], nodes: readonly ClusterNode[]): Placement {
  if (mode === 'zookeeper') return 'zookeeper';
  const combined = nodes.filter(node => node.roles.length > 1).length;
  if (combined === 0) return 'separate';
  return combined === nodes.length ? 'combined' : 'mixed';
}

/** A properties file knows nothing of brokers other than itself; voters are all that it names. */
function unseenBrokers(nodes: readonly IdentifiedNode[], brokers: number): readonly Assumption[] {
  if (brokers === 0 || nodes.some(node => node.source.format !== 'properties')) return [];
  const why =
    'a properties file describes one node and names no broker that is not also a voter; give the ' +
    'other files, or say --brokers';
  return [{ setting: 'number of brokers', value: String(brokers), why }];
}
