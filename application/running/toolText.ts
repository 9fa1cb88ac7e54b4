/** One partition as a running cluster tells it; -1 leads where nobody does. */
export interface ToldPartition {
  readonly partitionIndex: number;
  readonly leaderId: number;
  readonly replicaNodes: readonly number[];
  readonly isrNodes: readonly number[];
  readonly offlineReplicas: readonly number[];
  /** Eligible leader replicas (KIP-966); undefined where the cluster does not know of them. */
  readonly eligibleLeaderReplicas?: readonly number[];
  readonly lastKnownElr?: readonly number[];
}

/** One setting of a topic or broker; the first of its synonyms is in force. */
export interface ToldConfig {
  readonly name: string;
  readonly value: string | null | undefined;
  readonly configSource: number;
  readonly synonyms: readonly { readonly name: string; readonly source: number }[];
}

/** A voter or observer of the metadata quorum; times in ms, -1 if never. */
export interface ToldReplica {
  readonly replicaId: number;
  readonly lastFetchTimestamp: bigint;
  readonly lastCaughtUpTimestamp: bigint;
  readonly logEndOffset: bigint;
}

/** Where a value comes from: the numbers of DescribeConfigs with the names of Kafka's tools (`ConfigSource`). */
const SOURCES: ReadonlyMap<number, string> = new Map([
  [1, 'DYNAMIC_TOPIC_CONFIG'],
  [2, 'DYNAMIC_BROKER_CONFIG'],
  [3, 'DYNAMIC_DEFAULT_BROKER_CONFIG'],
  [4, 'STATIC_BROKER_CONFIG'],
  [5, 'DEFAULT_CONFIG'],
]);
const DEFAULT = 5;

/** A topic as `kafka-topics --describe` prints it: with all of its settings that are not Kafka's default. */
export function topicText(
  name: string,
  id: string,
  partitions: readonly ToldPartition[],
  configs: readonly ToldConfig[],
): string {
  const own = configs.filter(
    ({ configSource, value }) => configSource !== DEFAULT && value !== null,
  );
  const settings = own.map(each => `${each.name}=${each.value}`).join(',');
  const factor = partitions[0]?.replicaNodes.length ?? 0;
  const head =
    `Topic: ${name}\tTopicId: ${id}\tPartitionCount: ${partitions.length}\t` +
    `ReplicationFactor: ${factor}\tConfigs: ${settings}`;
  const sorted = [...partitions].sort((a, b) => a.partitionIndex - b.partitionIndex);
  return [head, ...sorted.map(each => partitionLine(name, each))].join('\n');
}

function partitionLine(name: string, partition: ToldPartition): string {
  const { leaderId, eligibleLeaderReplicas: elr, lastKnownElr, offlineReplicas } = partition;
  return [
    '',
    `Topic: ${name}`,
    `Partition: ${partition.partitionIndex}`,
    `Leader: ${leaderId < 0 ? 'none' : leaderId}`,
    `Replicas: ${partition.replicaNodes.join(',')}`,
    `Isr: ${partition.isrNodes.join(',')}`,
    ...(elr === undefined
      ? []
      : [`Elr: ${elr.join(',')}`, `LastKnownElr: ${(lastKnownElr ?? []).join(',')}`]),
    ...(offlineReplicas.length === 0 ? [] : [`Offline: ${offlineReplicas.join(',')}`]),
  ].join('\t');
}

/** A broker as `kafka-configs --describe --all` prints it, without what has Kafka's default. */
export function brokerText(id: number, configs: readonly ToldConfig[]): string {
  const own = configs.filter(
    ({ name, configSource }) =>
      configSource !== DEFAULT || name === 'inter.broker.protocol.version',
  );
  const lines = own.map(({ name, value, synonyms, configSource }) => {
    const named = synonyms.length === 0 ? [{ name, source: configSource }] : synonyms;
    const from = named.map(each => `${SOURCES.get(each.source) ?? 'UNKNOWN'}:${each.name}=`);
    const one = String(value).replace(/[\r\n]+/g, ' ');
    return `  ${name}=${one} sensitive=false synonyms={${from.join(', ')}}`;
  });
  return [`All configs for broker ${id} are:`, ...lines].join('\n');
}

/** The quorum as `kafka-metadata-quorum describe --replication` prints it. */
export function quorumText(
  leaderId: number,
  voters: readonly ToldReplica[],
  observers: readonly ToldReplica[],
): string {
  const head = 'NodeId\tLogEndOffset\tLag\tLastFetchTimestamp\tLastCaughtUpTimestamp\tStatus';
  const row = (each: ToldReplica, status: string): string =>
    `${each.replicaId}\t${each.logEndOffset}\t0\t${each.lastFetchTimestamp}\t${each.lastCaughtUpTimestamp}\t${status}`;
  return [
    head,
    ...voters.map(each => row(each, each.replicaId === leaderId ? 'Leader' : 'Follower')),
    ...observers.map(each => row(each, 'Observer')),
  ].join('\n');
}
