import type {
  ClusterDescription,
  TopicDurability,
} from '../../models/kafkaConfig/clusterDescription.ts';
import { isBefore, versionOf } from '../../models/kafkaConfig/kafkaVersion.ts';
import { effectiveMinIsr, isUsable } from '../../models/kafkaConfig/quorumArithmetic.ts';
import { defaultConfig, type ReplicationConfig } from '../../models/replication/config.ts';
import { electsUncleanly } from '../../models/replication/protocol.ts';
import { mistakeText, releaseMistakes } from './knownMistakes.ts';
import { protocolOf } from './protocolOf.ts';

/** The most replicas that the model is meant for. */
const MOST_REPLICAS = 7;

/** Topics whose records are kept in the same way, and the model of one of their partitions. */
export interface Profile {
  readonly topics: readonly string[];
  /** Whether only Kafka's own topics are kept like this. */
  readonly isInternal: boolean;
  readonly config: ReplicationConfig;
  /** Where the model had to differ from what was described, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * Every way in which the cluster keeps records, each once, in the order of the topics; none of topics that
 * cannot be used.
 */
export function profilesOf(cluster: ClusterDescription): Profile[] {
  const profiles = new Map<string, Profile>();
  const add = (topic: TopicDurability, isInternal: boolean): void => {
    const own = profileOf(topic, cluster);
    // What is not in force makes no difference: a minimum above the factor, an unclean election that nobody makes.
    const key = JSON.stringify([topic.replicationFactor.value, own.config]);
    const known = profiles.get(key) ?? own;
    const topics = [...known.topics, topic.topic];
    const notes = [...new Set([...known.notes, ...own.notes])];
    profiles.set(key, {
      ...known,
      topics,
      notes,
      isInternal: known.isInternal && isInternal,
    });
  };
  for (const topic of cluster.topics.filter(isUsable)) add(topic, false);
  for (const topic of cluster.internalTopics.filter(isUsable)) add(topic, true);
  return [...profiles.values()];
}

function profileOf(topic: TopicDurability, cluster: ClusterDescription): Profile {
  const replicas = topic.replicationFactor.value;
  const protocol = protocolOf(cluster);
  const config: ReplicationConfig = {
    ...defaultConfig,
    brokers: Math.min(replicas, MOST_REPLICAS),
    ...protocol.settings,
    minInsyncReplicas: Math.min(effectiveMinIsr(topic), MOST_REPLICAS),
    uncleanLeaderElection: topic.uncleanLeaderElection.value && electsUncleanly(protocol.settings),
    flushEveryRecord: topic.flushEveryRecord.value,
  };
  const notes = [
    ...protocol.notes,
    ...releaseMistakes(config).map(mistakeText),
    ...replicaNotes(topic),
    ...minIsrNotes(topic, cluster),
    ...uncleanNotes(topic, cluster),
  ];
  return { topics: [], isInternal: true, config, notes };
}

function replicaNotes(topic: TopicDurability): string[] {
  const replicas = topic.replicationFactor.value;
  const notes: string[] = [];
  if (replicas > MOST_REPLICAS) {
    notes.push(
      `The model has ${MOST_REPLICAS} replicas, not ${replicas}: the most it is meant for.`,
    );
  }
  return notes;
}

function minIsrNotes(topic: TopicDurability, cluster: ClusterDescription): string[] {
  const version = versionOf(cluster.version);
  const notes: string[] = [];
  if (effectiveMinIsr(topic) < 2) return notes;
  if (version === undefined) {
    notes.push(
      'The version is not known. Assumed: the high watermark waits for min.insync.replicas, as it ' +
        'does since 3.7 (KAFKA-15583).',
    );
  } else if (isBefore(version, 3, 7)) {
    notes.push(
      'Before 3.7 the high watermark does not wait for min.insync.replicas (KAFKA-15583): so it is ' +
        'in the model.',
    );
  }
  return notes;
}

function uncleanNotes(topic: TopicDurability, cluster: ClusterDescription): string[] {
  if (!topic.uncleanLeaderElection.value) return [];
  if (!electsUncleanly(protocolOf(cluster).settings)) {
    return [
      'unclean.leader.election.enable=true has no effect in KRaft before 3.9 (KAFKA-12670): it is ' +
        'off in the model.',
    ];
  }
  if (cluster.mode === 'zookeeper' || versionOf(cluster.version) !== undefined) return [];
  return ['The version is not known. Assumed: unclean leader election is honoured (since 3.9).'];
}
