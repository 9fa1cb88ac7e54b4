import { agreedFlush, factorNamed, minIsrNamed, uncleanElection } from './brokerSettings.ts';
import {
  type Assumption,
  AUTO_CREATED_TOPICS,
  type Setting,
  type TopicDurability,
} from './clusterDescription.ts';
import type { TopicSource } from './clusterSource.ts';
import { ConfigError } from './configError.ts';
import { booleanOf, integerOf, isEveryRecord, settingFrom } from './foundProperty.ts';
import { internalTopicsOf } from './internalTopics.ts';
import { inForce, type SettingNodes } from './settingInForce.ts';
import { type ClusterFacts, CREATED_FACTOR } from './settingSources.ts';

/** A topic before it is known whether it can be used at all. */
export type Kept = Omit<TopicDurability, 'unusable'>;

/** All topics of a cluster, and where the nodes disagree about them. */
export interface Topics {
  readonly topics: readonly Kept[];
  readonly internalTopics: readonly Kept[];
  readonly assumptions: readonly Assumption[];
  readonly warnings: readonly string[];
}

/**
 * How records are kept in every topic: what holds for topics without settings of their own, what the
 * described topics override, and Kafka's own topics.
 *
 * @throws ConfigError if a setting is not what Kafka accepts, or a topic is described twice.
 */
export function topicsOf(
  nodes: SettingNodes,
  sources: readonly TopicSource[],
  facts: ClusterFacts,
): Topics {
  refuseRepeatedTopics(sources);
  const factor = factorNamed('default.replication.factor', 1);
  const automatic = inForce(factor.name, factor, nodes, facts);
  const created = inForce(CREATED_FACTOR, factor, nodes, facts);
  const minimum = minIsrNamed('min.insync.replicas', 1);
  const minIsr = inForce(minimum.name, minimum, nodes, facts);
  const election = uncleanElection(facts.version);
  const unclean = inForce(election.name, election, nodes, facts);
  const flush = agreedFlush(nodes.brokers);
  const base: Kept = {
    topic: AUTO_CREATED_TOPICS,
    replicationFactor: automatic.setting,
    minInsyncReplicas: minIsr.setting,
    uncleanLeaderElection: unclean.setting,
    flushEveryRecord: flush.setting,
  };
  const internal = internalTopicsOf(nodes.brokers, base, facts.version);
  const needsFactor = sources.some(source => source.replicas === undefined);
  const settings = [automatic, ...(needsFactor ? [created] : []), minIsr, unclean];
  return {
    topics: [base, ...sources.map(source => withOverrides(base, source, created.setting))],
    internalTopics: internal.topics,
    assumptions: settings.flatMap(({ assumptions }) => assumptions),
    warnings: [...new Set([...settings, flush, internal].flatMap(({ warnings }) => warnings))],
  };
}

function withOverrides(base: Kept, source: TopicSource, created: Setting<number>): Kept {
  const minIsr = source.properties.get('min.insync.replicas');
  const unclean = source.properties.get('unclean.leader.election.enable');
  const flush = source.properties.get('flush.messages');
  return {
    topic: source.name,
    replicationFactor: source.replicas ?? created,
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
