import type { ClusterDescription, ClusterNode } from './clusterDescription.ts';
import { effectiveMinIsr, metadataArithmetic, usableTopics } from './quorumArithmetic.ts';

/** What the failure of a whole rack takes from one topic. */
export interface RackTopic {
  readonly topic: string;
  readonly replicationFactor: number;
  readonly minIsr: number;
  /** The fewest replicas that a partition has elsewhere, placed as Kafka places them over racks. */
  readonly replicasLeft: number;
}

/** What the failure of a whole rack, zone or data centre takes. */
export interface RackFailure {
  readonly rack: string;
  readonly brokers: number;
  /** Voters that are known to be there; those of nodes without a rack are not. */
  readonly voters: number;
  /** Whether a majority of voters is elsewhere; undefined where that is not known. */
  readonly metadataSurvives: boolean | undefined;
  readonly topics: readonly RackTopic[];
}

/**
 * What a cluster is left with when all nodes of one rack fail together, for each rack; nothing where not
 * all brokers have a rack, for then Kafka spreads no replicas over racks.
 *
 * Source: `StripedReplicaPlacer` (KRaft) and `AdminUtils.assignReplicasToBrokers` take brokers of the
 * racks in turn; both need a rack of every broker.
 */
export function rackFailures(cluster: ClusterDescription): readonly RackFailure[] {
  const brokers = cluster.nodes.filter(node => node.roles.includes('broker'));
  const racks = [...new Set(brokers.map(({ rack }) => rack))];
  if (racks.length < 2 || racks.includes(undefined)) return [];
  return racks.flatMap(rack => (rack === undefined ? [] : [failureOf(rack, cluster)]));
}

/**
 * What a cluster is left with when a machine fails that several nodes share, for each such machine. Kafka knows nothing
 * of machines: at worst a partition has as many replicas on one as it has brokers there, and as its placement over
 * racks allows.
 */
export function hostFailures(cluster: ClusterDescription): readonly RackFailure[] {
  const hosts = new Map<string, ClusterNode[]>();
  for (const node of cluster.nodes) {
    if (node.host !== undefined) hosts.set(node.host, [...(hosts.get(node.host) ?? []), node]);
  }
  const shared = [...hosts].filter(([, nodes]) => nodes.length > 1);
  return shared.map(([host, nodes]) => takenWith(host, nodes, cluster));
}

function failureOf(rack: string, cluster: ClusterDescription): RackFailure {
  const voting = cluster.nodes.filter(node => node.roles.includes('controller'));
  const isKnown = cluster.mode === 'kraft' && voting.every(node => node.rack !== undefined);
  const nodes = cluster.nodes.filter(node => node.rack === rack);
  const failure = takenWith(rack, nodes, cluster);
  return isKnown ? failure : { ...failure, metadataSurvives: undefined };
}

/** What these nodes take when they fail together. */
function takenWith(
  rack: string,
  nodes: readonly ClusterNode[],
  cluster: ClusterDescription,
): RackFailure {
  const brokers = nodes.filter(node => node.roles.includes('broker'));
  const voters = nodes.filter(node => node.roles.includes('controller')).length;
  const metadata = cluster.mode === 'kraft' ? metadataArithmetic(cluster) : undefined;
  return {
    rack,
    brokers: brokers.length,
    voters,
    metadataSurvives: metadata ? voters <= metadata.survives : undefined,
    topics: usableTopics(cluster).map(topic => {
      const replicationFactor = topic.replicationFactor.value;
      const taken = mostOn(replicationFactor, brokers, cluster);
      const minIsr = effectiveMinIsr(topic);
      return {
        topic: topic.topic,
        replicationFactor,
        minIsr,
        replicasLeft: replicationFactor - taken,
      };
    }),
  };
}

/** The most replicas of one partition on these brokers. */
function mostOn(
  replicas: number,
  brokers: readonly ClusterNode[],
  cluster: ClusterDescription,
): number {
  const all = cluster.nodes.filter(node => node.roles.includes('broker'));
  const racks = new Set(all.map(({ rack }) => rack));
  if (racks.size < 2 || racks.has(undefined)) return Math.min(replicas, brokers.length);
  const sizes = sizesOf(all);
  const taken = [...sizesOf(brokers)].map(([rack, here]) =>
    Math.min(here, most(replicas, rack, sizes)),
  );
  return Math.min(
    replicas,
    taken.reduce((sum, each) => sum + each, 0),
  );
}

function sizesOf(brokers: readonly ClusterNode[]): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>();
  for (const { rack } of brokers) {
    if (rack !== undefined) sizes.set(rack, (sizes.get(rack) ?? 0) + 1);
  }
  return sizes;
}

/** The most replicas of one partition in a rack: racks take turns, beginning with this one. */
function most(replicas: number, rack: string, sizes: ReadonlyMap<string, number>): number {
  const order = [rack, ...[...sizes.keys()].filter(other => other !== rack)];
  const placed = new Map<string, number>();
  let left = replicas;
  while (left > 0) {
    const open = order.filter(each => (placed.get(each) ?? 0) < (sizes.get(each) ?? 0));
    if (open.length === 0) break;
    for (const each of open.slice(0, left)) placed.set(each, (placed.get(each) ?? 0) + 1);
    left -= Math.min(open.length, left);
  }
  return placed.get(rack) ?? 0;
}
