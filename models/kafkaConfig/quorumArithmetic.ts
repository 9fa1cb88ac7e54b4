import type { ClusterDescription, Role, TopicDurability } from './clusterDescription.ts';

/** What the metadata plane survives: KRaft's voters, or ZooKeeper's servers. */
export interface MetadataArithmetic {
  readonly members: number;
  /** How many members must be alive and connected to elect, fence, or change an ISR. */
  readonly majority: number;
  /** How many members may fail, whichever they are. */
  readonly survives: number;
}

/** What the data plane survives for one topic: detected failures, every other replica in sync. */
export interface DataArithmetic {
  readonly topic: string;
  readonly replicationFactor: number;
  /** `min(min.insync.replicas, replication factor)`. */
  readonly effectiveMinInsyncReplicas: number;
  /** Failed brokers with which `acks=all` writes are still accepted. */
  readonly writesSurvive: number;
  /** Failed brokers with which the partition still has a leader to read from. */
  readonly readsSurvive: number;
  /** Fewest copies that a record can have at the moment `acks=all` acknowledges it. */
  readonly copiesWhenAcknowledged: number;
}

/** What the failure of one node of a kind takes from both planes. */
export interface NodeFailure {
  readonly roles: readonly Role[];
  /** How many nodes of this kind there are. */
  readonly nodes: number;
  readonly takesVoter: boolean;
  readonly takesReplicas: boolean;
  /** Whether a majority of voters is left; undefined when their number is not known. */
  readonly metadataSurvives: boolean | undefined;
  /** Topics whose `acks=all` writes stop where the node held a replica. */
  readonly writesStop: readonly string[];
  /** Topics that have no live replica left where the node held one. */
  readonly readsStop: readonly string[];
}

/** The smallest majority: `floor(members / 2) + 1` (Raft, section 5.2; ZooKeeper's majority quorum). */
export function majorityOf(members: number): number {
  return Math.floor(members / 2) + 1;
}

/**
 * The metadata plane of a cluster; undefined when no file describes its members.
 *
 * Source: KIP-595 for KRaft; ZooKeeper's administrator guide ("Clustered (Multi-Server) Setup").
 */
export function metadataArithmetic(cluster: ClusterDescription): MetadataArithmetic | undefined {
  const members = cluster.controllers;
  if (members === undefined) return undefined;
  const majority = majorityOf(members);
  return { members, majority, survives: members - majority };
}

/** Whether a topic can be created and written to. */
export function isUsable({ unusable }: TopicDurability): boolean {
  return unusable === undefined;
}

/** The topics of a cluster that can be used, Kafka's own last. */
export function usableTopics(
  cluster: Pick<ClusterDescription, 'topics' | 'internalTopics'>,
): readonly TopicDurability[] {
  return [...cluster.topics, ...cluster.internalTopics].filter(isUsable);
}

/** `min(min.insync.replicas, replication factor)`, as `Partition.effectiveMinIsr` since 3.7. */
export function effectiveMinIsr(topic: TopicDurability): number {
  return Math.min(topic.minInsyncReplicas.value, topic.replicationFactor.value);
}

/**
 * The data plane for one topic, assuming that the metadata quorum is alive to elect leaders and shrink
 * the ISR. Where that fails too, writes hang and are not refused.
 *
 * Source: `ReplicaManager.appendRecords` (NOT_ENOUGH_REPLICAS below the effective minimum),
 * `Partition.checkEnoughReplicasReachOffset`. "Survive" is about availability: with an effective
 * minimum of one, a record may be on a single broker when it is acknowledged.
 */
export function dataArithmetic(topic: TopicDurability): DataArithmetic {
  const replicationFactor = topic.replicationFactor.value;
  const effectiveMinInsyncReplicas = effectiveMinIsr(topic);
  return {
    topic: topic.topic,
    replicationFactor,
    effectiveMinInsyncReplicas,
    writesSurvive: replicationFactor - effectiveMinInsyncReplicas,
    readsSurvive: replicationFactor - 1,
    copiesWhenAcknowledged: effectiveMinInsyncReplicas,
  };
}

/**
 * What one failed node takes from both planes, one entry for each kind of node. In combined placement
 * the two losses come together: the node is a voter and holds replicas. Topics are asked as in the
 * worst case, a partition with a replica on that node.
 */
export function oneNodeFailure(cluster: ClusterDescription): readonly NodeFailure[] {
  const kinds = new Map<string, NodeFailure>();
  for (const { roles } of cluster.nodes) {
    const key = [...roles].sort().join(',');
    const known = kinds.get(key);
    const failure = known ?? failureOf(cluster, [...roles].sort());
    kinds.set(key, { ...failure, nodes: failure.nodes + 1 });
  }
  return [...kinds.values()];
}

function failureOf(cluster: ClusterDescription, roles: readonly Role[]): NodeFailure {
  const takesVoter = roles.includes('controller');
  const takesReplicas = roles.includes('broker');
  const metadata = metadataArithmetic(cluster);
  const topics = takesReplicas ? usableTopics(cluster).map(dataArithmetic) : [];
  return {
    roles,
    nodes: 0,
    takesVoter,
    takesReplicas,
    metadataSurvives: takesVoter ? metadata && metadata.survives >= 1 : metadata && true,
    writesStop: topics.filter(topic => topic.writesSurvive < 1).map(topic => topic.topic),
    readsStop: topics.filter(topic => topic.readsSurvive < 1).map(topic => topic.topic),
  };
}
