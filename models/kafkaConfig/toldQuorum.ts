import type { Assumption, ClusterNode } from './clusterDescription.ts';
import { ConfigError } from './configError.ts';
import type { QuorumState } from './quorumState.ts';
import type { Topology } from './topology.ts';

/**
 * A topology with the voters that the running cluster tells: they are above what files say, which with a dynamic quorum
 * is nothing. Voters that no file describes are added.
 *
 * @throws ConfigError if the described voters are all of another cluster.
 */
export function withToldQuorum(topology: Topology, told: QuorumState | undefined): Topology {
  if (told === undefined) return topology;
  if (topology.mode === 'zookeeper') {
    throw new ConfigError({
      file: told.where,
      place: '',
      expected: 'the same cluster as the other files describe, with ZooKeeper',
      found: 'voters of a metadata quorum (KRaft)',
    });
  }
  const ids = told.voters.map(({ id }) => id);
  refuseStrangers(topology, ids, told);
  const known = topology.nodes.filter(node => !isPlaceholder(node)).map(node => asVoter(node, ids));
  const unnamed = known.filter(node => node.id === undefined && isController(node)).length;
  const missing = ids.filter(id => known.every(node => node.id !== id)).slice(unnamed);
  const added = missing.map((id): ClusterNode => voter(id, told));
  return {
    ...topology,
    nodes: [...known, ...added],
    controllers: ids.length,
    dynamicVoters: told.isDynamic ?? topology.dynamicVoters,
    placement: placementOf([...known, ...added], topology.placement),
    assumptions: topology.assumptions.filter(each => !isAboutVoters(each)),
    warnings: [...topology.warnings, ...noVoters(known, ids, told)],
  };
}

function isController({ roles }: ClusterNode): boolean {
  return roles.includes('controller');
}

/** A voter that stands for an address, of which the running cluster tells the id. */
function isPlaceholder(node: ClusterNode): boolean {
  return !node.described && node.id === undefined && !node.roles.includes('broker');
}

/** A broker that is only named may be a voter as well. */
function asVoter(node: ClusterNode, ids: readonly number[]): ClusterNode {
  const isNamed = !node.described && node.id !== undefined && ids.includes(node.id);
  return isNamed && !isController(node) ? { ...node, roles: [...node.roles, 'controller'] } : node;
}

function voter(id: number, { where }: QuorumState): ClusterNode {
  const roles = ['controller' as const];
  return {
    id,
    name: `controller ${id}`,
    roles,
    described: false,
    rack: undefined,
    where: `${where} (named there, described nowhere)`,
  };
}

function placementOf(
  nodes: readonly ClusterNode[],
  before: Topology['placement'],
): Topology['placement'] {
  const combined = nodes.filter(({ roles }) => roles.length > 1).length;
  if (nodes.length === 0) return before;
  if (combined === 0) return 'separate';
  return combined === nodes.length ? 'combined' : 'mixed';
}

function refuseStrangers(topology: Topology, ids: readonly number[], told: QuorumState): void {
  const named = topology.nodes.filter(node => isController(node) && node.id !== undefined);
  const [first] = named;
  if (first === undefined || named.some(({ id }) => id !== undefined && ids.includes(id))) return;
  throw new ConfigError({
    file: told.where,
    place: '',
    expected: `the same cluster as ${first.where}, where a controller has the id ${first.id}`,
    found: `the voters ${ids.join(', ')}, none of which is described`,
  });
}

function isAboutVoters({ setting }: Assumption): boolean {
  return setting === 'voters of the metadata quorum' || setting === 'controllers';
}

function noVoters(
  nodes: readonly ClusterNode[],
  ids: readonly number[],
  { where }: QuorumState,
): readonly string[] {
  return nodes.flatMap(node => {
    if (!isController(node) || node.id === undefined || ids.includes(node.id)) return [];
    return [
      `${node.where}: a controller that is not among the voters of ${where}; it has no vote.`,
    ];
  });
}
