import type { NodeSource, ZooKeeperSource } from './clusterSource.ts';
import { ConfigError } from './configError.ts';
import { type FoundProperty, hasPlaceholder, listOf, whereOf } from './foundProperty.ts';
import { oneLine } from './oneLine.ts';

/** Variables by which images are told the id of the cluster that a node is formatted for. */
export const CLUSTER_ID_VARIABLES = ['CLUSTER_ID', 'KAFKA_CLUSTER_ID', 'KAFKA_KRAFT_CLUSTER_ID'];

/**
 * Refuses files of two clusters, where they tell: nodes that were formatted for different cluster ids,
 * have no voter in common, or register with different ZooKeepers.
 *
 * @throws ConfigError that names a node of each.
 */
export function refuseTwoClusters(
  nodes: readonly NodeSource[],
  zooKeeper: readonly ZooKeeperSource[],
): void {
  const clusterId = (node: NodeSource): FoundProperty | undefined => node.clusterId;
  refuseApart(
    nodes,
    'cluster id',
    clusterId,
    (one, other) => one.text.trim() !== other.text.trim(),
  );
  const voters = propertyOf('controller.quorum.voters');
  refuseApart(nodes, 'voters', voters, haveNoVoterInCommon);
  const connect = propertyOf('zookeeper.connect');
  const ensembles = zooKeeper.flatMap(source => source.ensembles ?? []);
  refuseApart(nodes, 'ZooKeeper', connect, (one, other) => isElsewhere(one, other, ensembles));
}

function propertyOf(name: string): (node: NodeSource) => FoundProperty | undefined {
  return node => node.properties.get(name);
}

function refuseApart(
  nodes: readonly NodeSource[],
  what: string,
  of: (node: NodeSource) => FoundProperty | undefined,
  isApart: (one: FoundProperty, other: FoundProperty) => boolean,
): void {
  const known = nodes.flatMap(node => {
    const found = of(node);
    const isGiven = found !== undefined && found.text.trim() !== '' && !hasPlaceholder(found.text);
    return isGiven ? [{ node, found }] : [];
  });
  const [first] = known;
  const other = known.find(({ found }) => first !== undefined && isApart(first.found, found));
  if (first === undefined || other === undefined) return;
  const said = ({ node, found }: typeof first): string =>
    `${whereOf(node)} (${what} ${oneLine(found.text.trim(), 60)})`;
  throw new ConfigError({
    file: '',
    place: '',
    expected: 'the nodes of one cluster',
    found: `two clusters: that of ${said(first)} and that of ${said(other)}; give the nodes of one alone`,
  });
}

/** Equal ids at addresses that are all different are of two clusters only where a node has several. */
function haveNoVoterInCommon(one: FoundProperty, other: FoundProperty): boolean {
  const idsOf = (found: FoundProperty) => listOf(found).map(entry => entry.split('@')[0] ?? '');
  const mine = idsOf(one);
  if (idsOf(other).every(id => !mine.includes(id))) return true;
  const entries = listOf(one);
  return entries.length > 1 && listOf(other).every(entry => !entries.includes(entry));
}

/** Another path in ZooKeeper, or servers of an ensemble that has none of the first one's. */
function isElsewhere(
  one: FoundProperty,
  other: FoundProperty,
  ensembles: readonly (readonly string[])[],
): boolean {
  const [mine, theirs] = [addressOf(one), addressOf(other)];
  if (mine.path !== theirs.path) return true;
  const ensembleOf = (hosts: readonly string[]) =>
    ensembles.filter(ensemble => hosts.some(host => ensemble.includes(host)));
  const [near, far] = [ensembleOf(mine.hosts), ensembleOf(theirs.hosts)];
  return near.length > 0 && far.length > 0 && far.every(ensemble => !near.includes(ensemble));
}

function addressOf(found: FoundProperty): { readonly hosts: string[]; readonly path: string } {
  const [servers = '', ...path] = found.text.trim().split('/');
  const hosts = servers.split(',').map(server => server.trim().split(':')[0] ?? '');
  return { hosts, path: path.join('/').replace(/\/$/, '') };
}
