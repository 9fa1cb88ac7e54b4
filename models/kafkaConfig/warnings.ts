import type { ClusterDescription, TopicDurability } from './clusterDescription.ts';
import { isBefore, versionOf } from './kafkaVersion.ts';
import { dataArithmetic, metadataArithmetic } from './quorumArithmetic.ts';

/** What is known of a description before its warnings are. */
export type Unwarned = Omit<ClusterDescription, 'warnings' | 'assumptions'>;

/** What looks like a mistake or a trap in a cluster, as sentences. */
export function clusterWarnings(cluster: Unwarned): readonly string[] {
  const topics = [...cluster.topics, ...cluster.internalTopics];
  const usable = topics.filter(({ unusable }) => unusable === undefined);
  return [
    ...topics.flatMap(unusableWarnings),
    ...metadataWarnings(cluster),
    ...usable.flatMap(replicationWarnings),
    ...usable.flatMap(writeWarnings),
    ...cluster.topics.flatMap(topic => uncleanWarnings(topic, cluster)),
  ];
}

function metadataWarnings(cluster: Unwarned): readonly string[] {
  const members = cluster.mode === 'kraft' ? 'metadata voters' : 'ZooKeeper servers';
  const metadata = metadataArithmetic({ ...cluster, assumptions: [], warnings: [] });
  const warnings: string[] = [];
  if (metadata !== undefined && metadata.members % 2 === 0) {
    warnings.push(
      `${metadata.members} ${members} survive ${failures(metadata.survives)}, ` +
        `no more than ${metadata.members - 1} would: an even number adds nothing.`,
    );
  }
  if (metadata?.members === 1) {
    const members = cluster.mode === 'kraft' ? 'metadata voter' : 'ZooKeeper server';
    warnings.push(`With a single ${members}, one failure stops every election and ISR change.`);
  }
  if (cluster.placement === 'combined' || cluster.placement === 'mixed') {
    warnings.push(
      'Nodes are broker and controller in one process: one failure takes a replica and a vote; ' +
        'Kafka does not recommend it for production.',
    );
  }
  return warnings;
}

function unusableWarnings({ topic, unusable }: TopicDurability): readonly string[] {
  if (unusable === undefined) return [];
  const stops = unusable.stops === undefined ? '' : `; no ${unusable.stops} works`;
  return [`${topic} ${unusable.why}${stops}.`];
}

function replicationWarnings({ topic, replicationFactor }: TopicDurability): readonly string[] {
  if (replicationFactor.value !== 1) return [];
  return [`${topic}: replication factor 1 means a single copy of every record.`];
}

function writeWarnings(topic: TopicDurability): readonly string[] {
  const { replicationFactor, effectiveMinInsyncReplicas } = dataArithmetic(topic);
  const configured = topic.minInsyncReplicas.value;
  const warnings: string[] = [];
  if (configured > replicationFactor) {
    warnings.push(
      `${topic.topic}: min.insync.replicas ${configured} is larger than the replication factor ` +
        `${replicationFactor}; Kafka counts it as ${replicationFactor} since 3.7, and refused ` +
        'every acks=all write before.',
    );
  }
  if (replicationFactor < 2) return warnings;
  if (effectiveMinInsyncReplicas === replicationFactor) {
    warnings.push(
      `${topic.topic}: min.insync.replicas equals the replication factor ${replicationFactor}; ` +
        `one broker failure stops ${stopped(topic.topic)}.`,
    );
  }
  if (effectiveMinInsyncReplicas === 1) {
    warnings.push(
      `${topic.topic}: replication factor ${replicationFactor} with min.insync.replicas 1; ` +
        'an acknowledged record may be on one broker only.',
    );
  }
  return warnings;
}

function stopped(topic: string): string {
  return topic === '__transaction_state' ? 'every transaction on it' : 'acks=all writes';
}

function uncleanWarnings(topic: TopicDurability, cluster: Unwarned): readonly string[] {
  if (!topic.uncleanLeaderElection.value) return [];
  const isIgnored = cluster.mode === 'kraft' && isBefore(versionOf(cluster.version), 3, 9);
  return [
    isIgnored
      ? `${topic.topic}: unclean.leader.election.enable=true is not honoured in KRaft before 3.9 ` +
        '(KAFKA-12670).'
      : `${topic.topic}: unclean.leader.election.enable=true lets a replica without the latest ` +
        'acknowledged records become leader, which loses them.',
  ];
}

function failures(count: number): string {
  return count === 1 ? '1 failure' : `${count} failures`;
}
