import type { Assumption, ClusterNode, Placement } from './clusterDescription.ts';
import { type ClusterSource, MOST_NODES } from './clusterSource.ts';
import { ConfigError } from './configError.ts';
import { type MetadataQuorum, metadataQuorum } from './metadataQuorum.ts';
import {
  type IdentifiedNode,
  identifyNode,
  refuseEqualIds,
  refuseMixedModes,
} from './nodeIdentity.ts';
import { zooKeeperEnsemble } from './zooKeeperEnsemble.ts';

/** Which nodes there are, and what each of them takes part in. */
export interface Topology {
  readonly mode: 'kraft' | 'zookeeper';
  readonly nodes: readonly ClusterNode[];
  readonly brokers: number;
  readonly controllers: number | undefined;
  readonly placement: Placement;
  readonly assumptions: readonly Assumption[];
  readonly warnings: readonly string[];
}

/**
 * Works out the nodes of a cluster of which at least one node is described.
 *
 * @throws ConfigError if nodes contradict each other, or none of them is a broker.
 */
export function topologyOf(source: ClusterSource): Topology {
  refuseTooMany(source);
  const described = source.nodes.map(identifyNode);
  refuseMixedModes(described);
  refuseEqualIds(described);
  const mode = described[0]?.mode ?? 'kraft';
  const quorum = mode === 'kraft' ? metadataQuorum(described) : ensemble(described, source);
  const nodes = [...described.map(publicPart), ...quorum.inferred];
  const brokers = nodes.filter(node => node.roles.includes('broker')).length;
  if (brokers === 0) throw noBroker(described);
  return {
    mode,
    nodes,
    brokers,
    controllers: quorum.controllers,
    placement: placementOf(mode, nodes),
    assumptions: [...quorum.assumptions, ...unseenBrokers(described, brokers)],
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

type Quorum = Omit<MetadataQuorum, 'controllers'> & { readonly controllers: number | undefined };

function ensemble(nodes: readonly IdentifiedNode[], source: ClusterSource): Quorum {
  const { servers, assumptions, warnings } = zooKeeperEnsemble(nodes, source.zooKeeper);
  return { controllers: servers, inferred: [], assumptions, warnings };
}

function publicPart(node: IdentifiedNode): ClusterNode {
  const { id, name, roles, described, where } = node;
  return { id, name, roles, described, where };
}

function noBroker(nodes: readonly IdentifiedNode[]): ConfigError {
  const source = nodes[0]?.source;
  return new ConfigError({
    file: source?.file ?? '',
    place: source?.place ?? '',
    expected: 'at least one broker',
    found: 'controllers only',
  });
}

function placementOf(mode: Topology['mode'], nodes: readonly ClusterNode[]): Placement {
  if (mode === 'zookeeper') return 'zookeeper';
  const combined = nodes.filter(node => node.roles.length > 1).length;
  if (combined === 0) return 'separate';
  return combined === nodes.length ? 'combined' : 'mixed';
}

/** A properties file knows nothing of brokers other than itself; voters are all that it names. */
function unseenBrokers(nodes: readonly IdentifiedNode[], brokers: number): readonly Assumption[] {
  if (nodes.some(node => node.source.format !== 'properties')) return [];
  const why = 'a properties file describes one node and names no broker that is not also a voter';
  return [{ setting: 'number of brokers', value: String(brokers), why }];
}
