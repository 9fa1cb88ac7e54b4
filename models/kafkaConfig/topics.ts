import { agreedFlush, factorNamed, minIsrNamed, uncleanElection } from './brokerSettings.ts';
import {
  type Assumption,
  AUTO_CREATED_TOPICS,
  type Setting,
  type TopicDurability,
} from './clusterDescription.ts';
import type { TopicSource } from './clusterSource.ts';
import { booleanOf, integerOf, isEveryRecord, settingFrom } from './foundProperty.ts';
import { internalTopicsOf } from './internalTopics.ts';
import { joinedTopics } from './runningTopics.ts';
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
  const joined = joinedTopics(sources);
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
  const own = joined.topics.filter(
    ({ name }) => !internal.topics.some(({ topic }) => topic === name),
  );
  const needsFactor = joined.topics.some(source => source.replicas === undefined);
  const settings = [automatic, ...(needsFactor ? [created] : []), minIsr, unclean];
  const warned = [...settings, flush, internal, joined, notInForce(base, joined.topics)];
  return {
    topics: [base, ...own.map(source => withOverrides(base, source, created.setting))],
    internalTopics: internal.topics.map(each => {
      const source = joined.topics.find(({ name }) => name === each.topic);
      return source === undefined ? each : withOverrides(each, source, each.replicationFactor);
    }),
    assumptions: settings.flatMap(({ assumptions }) => assumptions),
    warnings: [...new Set(warned.flatMap(({ warnings }) => warnings))],
  };
}

/** Where the running cluster tells that the minimum of the files is not in force. */
function notInForce(base: Kept, sources: readonly TopicSource[]): { readonly warnings: string[] } {
  const { value, origin, where } = base.minInsyncReplicas;
  const topics = sources.filter(
    ({ told, properties }) => told === 'everything' && !properties.has('min.insync.replicas'),
  );
  if (origin !== 'file' || value === 1 || topics.length === 0) return { warnings: [] };
  const names = topics.map(({ name }) => name).join(', ');
  return {
    warnings: [
      `min.insync.replicas: ${value} at ${where} is not in force for ${names}: the running cluster names no ` +
        'min.insync.replicas of it, so it has 1.',
    ],
  };
}

/** A topic with its own settings; what it has none of is that of every topic, or what the running cluster tells. */
function withOverrides(everywhere: Kept, source: TopicSource, created: Setting<number>): Kept {
  const minIsr = source.properties.get('min.insync.replicas');
  const unclean = source.properties.get('unclean.leader.election.enable');
  const flush = source.properties.get('flush.messages');
  const base = source.told === 'everything' ? { ...everywhere, ...untold } : everywhere;
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

/**
 * What is in force where the running cluster names every setting that is not Kafka's default, and not this one.
 *
 * Source: TopicCommand.TopicDescription.printDescription leaves out what `ConfigEntry.isDefault`.
 */
const untold = {
  minInsyncReplicas: untoldSetting(1),
  uncleanLeaderElection: untoldSetting(false),
  flushEveryRecord: untoldSetting(false),
};

function untoldSetting<T>(value: T): Setting<T> {
  const where = `not among the Configs that the running cluster tells, so Kafka's default is in force`;
  return { value, origin: 'default', where };
}
