import {
  agreedFlush,
  agreedMinIsr,
  agreedReplicationFactor,
  agreedUncleanElection,
  defaultSetting,
} from './brokerSettings.ts';
import { AUTO_CREATED_TOPICS, type TopicDurability } from './clusterDescription.ts';
import type { NodeSource, TopicSource } from './clusterSource.ts';
import { ConfigError } from './configError.ts';
import { booleanOf, integerOf, isEveryRecord, settingFrom } from './foundProperty.ts';
import type { KafkaVersion } from './kafkaVersion.ts';

/** All topics of a cluster, and where the nodes disagree about them. */
export interface Topics {
  readonly topics: readonly TopicDurability[];
  readonly internalTopics: readonly TopicDurability[];
  readonly warnings: readonly string[];
}

/** The described nodes, by what they decide about topics. */
export interface TopicNodes {
  /** Brokers: they create topics, accept writes and flush. */
  readonly storing: readonly NodeSource[];
  /** Every node that may elect leaders: KRaft controllers by their own settings, not the brokers'. */
  readonly electing: readonly NodeSource[];
}

/**
 * The durability of every topic: what the brokers give to topics without settings of their own, what
 * the described topics override, and Kafka's own two topics.
 *
 * @throws ConfigError if a setting is not what Kafka accepts, or a topic is described twice.
 */
export function topicsOf(
  { storing, electing }: TopicNodes,
  sources: readonly TopicSource[],
  version: KafkaVersion | undefined,
): Topics {
  refuseRepeatedTopics(sources);
  const replication = agreedReplicationFactor(storing, 'default.replication.factor', 1);
  const minIsr = agreedMinIsr(storing, 'min.insync.replicas', 1);
  const unclean = agreedUncleanElection(electing, version);
  const flush = agreedFlush(storing);
  const base: TopicDurability = {
    topic: AUTO_CREATED_TOPICS,
    replicationFactor: replication.setting,
    minInsyncReplicas: minIsr.setting,
    uncleanLeaderElection: unclean.setting,
    flushEveryRecord: flush.setting,
  };
  const internal = internalTopics(storing, base);
  return {
    topics: [base, ...sources.map(source => withOverrides(base, source))],
    internalTopics: internal.topics,
    warnings: [replication, minIsr, unclean, flush]
      .flatMap(agreed => agreed.warnings)
      .concat(internal.warnings),
  };
}

function withOverrides(base: TopicDurability, source: TopicSource): TopicDurability {
  const minIsr = source.properties.get('min.insync.replicas');
  const unclean = source.properties.get('unclean.leader.election.enable');
  const flush = source.properties.get('flush.messages');
  return {
    topic: source.name,
    replicationFactor: source.replicas ?? base.replicationFactor,
    minInsyncReplicas:
      minIsr === undefined
        ? base.minInsyncReplicas
        : settingFrom(minIsr, integerOf(minIsr, { least: 1, most: 2 ** 31 - 1 })),
    uncleanLeaderElection:
      unclean === undefined ? base.uncleanLeaderElection : settingFrom(unclean, booleanOf(unclean)),
    flushEveryRecord:
      flush === undefined ? base.flushEveryRecord : settingFrom(flush, isEveryRecord(flush)),
  };
}

function internalTopics(
  nodes: readonly NodeSource[],
  base: TopicDurability,
): { readonly topics: readonly TopicDurability[]; readonly warnings: readonly string[] } {
  const offsets = agreedReplicationFactor(nodes, 'offsets.topic.replication.factor', 3);
  const replication = agreedReplicationFactor(nodes, 'transaction.state.log.replication.factor', 3);
  const minIsr = agreedMinIsr(nodes, 'transaction.state.log.min.isr', 2);
  const neverUnclean = 'Kafka creates __transaction_state that way (TransactionStateManager)';
  return {
    topics: [
      { ...base, topic: '__consumer_offsets', replicationFactor: offsets.setting },
      {
        ...base,
        topic: '__transaction_state',
        replicationFactor: replication.setting,
        minInsyncReplicas: minIsr.setting,
        uncleanLeaderElection: defaultSetting(false, neverUnclean),
      },
    ],
    warnings: [offsets, replication, minIsr].flatMap(agreed => agreed.warnings),
  };
}

function refuseRepeatedTopics(sources: readonly TopicSource[]): void {
  const byName = new Map<string, TopicSource>();
  for (const source of sources) {
    const other = byName.get(source.name);
    if (other !== undefined) {
      throw new ConfigError({
        file: source.file,
        place: source.place,
        expected: 'every topic once',
        found: `the topic "${source.name}", which ${other.file}: ${other.place} describes too`,
      });
    }
    byName.set(source.name, source);
  }
}
