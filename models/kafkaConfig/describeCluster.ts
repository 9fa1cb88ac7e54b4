import type { Release } from '../description/release.ts';
import { settingAssumptions } from './assumptions.ts';
import { describeClient } from './clientDescription.ts';
import type { Assumption, ClusterDescription } from './clusterDescription.ts';
import type { ClusterSource, NodeSource } from './clusterSource.ts';
import { clusterVersion, eligibleLeaderReplicas } from './clusterVersion.ts';
import { ConfigError } from './configError.ts';
import type { ConfigFile, FindFile } from './configFile.ts';
import { type SaidHosts, withHosts } from './hosts.ts';
import { versionOf } from './kafkaVersion.ts';
import { misspeltWarnings } from './misspelt.ts';
import { oneLine } from './oneLine.ts';
import { withToldSettings } from './readConfigsDescribe.ts';
import { readFiles } from './readFiles.ts';
import type { SettingNodes } from './settingInForce.ts';
import type { ClusterFacts } from './settingSources.ts';
import { topologyForSettings } from './settingsAlone.ts';
import { timerSettings } from './timerSettings.ts';
import { toldBrokerIds } from './toldBrokers.ts';
import { withToldQuorum } from './toldQuorum.ts';
import { topicsOf } from './topics.ts';
import { topologyForTopics, topologyOfNothing } from './topicsAlone.ts';
import { type Topology, topologyOf } from './topology.ts';
import { withUsability } from './usability.ts';
import { clusterWarnings } from './warnings.ts';

/** What an operator says besides the files. */
export interface DescribeOptions {
  /** Kafka's version, where no file tells it. */
  readonly kafkaVersion?: string | undefined;
  /** How many brokers there are, where the files do not describe all of them. */
  readonly brokers?: number | undefined;
  /** On which machine nodes are, by their name or id, where they share one or not as the files have it. */
  readonly hosts?: SaidHosts | undefined;
  /** Finds files that the given ones name (`extends`, `env_file`, `.env`); none if absent. */
  readonly beside?: FindFile | undefined;
}

/**
 * Turns what an operator wrote into a description of one cluster: docker-compose files,
 * `server.properties` files and Strimzi resources, in any number; of compose files of one project a later
 * one adds to an earlier one.
 *
 * A pure function of its arguments. What no file says is Kafka's documented default or an assumption,
 * and is listed as such in `assumptions`.
 *
 * @throws ConfigError, and nothing else, whatever the texts are.
 */
export function describeCluster(
  files: readonly ConfigFile[],
  options: DescribeOptions = {},
): ClusterDescription {
  const source = withToldSettings(readFiles(files, options.beside ?? (() => undefined)));
  const version = clusterVersion(source, options.kafkaVersion);
  const kafka = versionOf(version.setting);
  const placed = withToldQuorum(topologyFrom(source, files, { ...options, kafka }), source.quorum);
  const topology = { ...placed, nodes: withHosts(placed.nodes, source.nodes, options.hosts) };
  const elr = eligibleLeaderReplicas({
    mode: topology.mode,
    version: kafka,
    metadataVersion: source.metadataVersion,
    partitions: source.partitions,
    told: source,
  });
  const facts = { mode: topology.mode, version: kafka, eligibleLeaderReplicas: elr.value };
  const kept = keptTopics(source, topology, facts);
  const settings = { version: version.setting, eligibleLeaderReplicas: elr, ...kept.topics };
  const clients = source.clients.map(client => describeClient(client, kafka));
  const { partitions, quorum: quorumState } = source;
  const unread = [...new Set(source.unread)].map(path => oneLine(path));
  const timers = timerSettings(settingNodes(source, topology), facts);
  const cluster = { ...topology, ...settings, timers, clients, partitions, quorumState, unread };
  const warnings = [
    ...source.warnings,
    ...topology.warnings,
    ...version.warnings,
    ...kept.warnings,
    ...misspeltWarnings(source),
    ...clusterWarnings(cluster),
  ];
  const assumptions = [
    ...topology.assumptions,
    ...kept.assumptions,
    ...settingAssumptions(settings),
  ];
  return {
    ...cluster,
    assumptions: assumptions.map(printable),
    warnings: warnings.map(warning => oneLine(warning, 600)),
  };
}

/** The topics of a cluster; none where no broker keeps any. */
function keptTopics(
  source: ClusterSource,
  topology: Topology,
  facts: ClusterFacts,
): {
  readonly topics: Pick<ClusterDescription, 'topics' | 'internalTopics'>;
  readonly assumptions: readonly Assumption[];
  readonly warnings: readonly string[];
} {
  if (topology.brokers === 0) {
    return { topics: { topics: [], internalTopics: [] }, assumptions: [], warnings: [] };
  }
  const { assumptions, warnings, ...all } = topicsOf(
    settingNodes(source, topology),
    source.topics,
    facts,
  );
  // Where no file describes any node, and nobody says how many there are, their number is a guess.
  const isAlone = source.nodes.length === 0 && source.settings.length === 0;
  const usability = { brokers: isAlone ? undefined : topology.brokers, version: facts.version };
  const isTold = isAlone ? isToldOf(source) : () => true;
  const topics = {
    topics: all.topics.filter(isTold).map(topic => withUsability(topic, usability)),
    internalTopics: all.internalTopics.filter(isTold).map(topic => withUsability(topic, usability)),
  };
  return { topics, assumptions, warnings };
}

/**
 * Whether anything is known of a topic: where a running cluster or a client tells of topics alone, nothing is of all
 * others.
 */
function isToldOf({ topics }: ClusterSource): (topic: { readonly topic: string }) => boolean {
  const isWritten = topics.some(({ told, byClient }) => told === undefined && byClient !== true);
  if (isWritten) return () => true;
  return ({ topic }) => topics.some(({ name }) => name === topic);
}

function printable({ setting, value, why }: Assumption): Assumption {
  return { setting: oneLine(setting), value: oneLine(value), why: oneLine(why, 600) };
}

function topologyFrom(
  source: ClusterSource,
  files: readonly ConfigFile[],
  { brokers, kafka }: Pick<DescribeOptions, 'brokers'> & { kafka: Release | undefined },
): Topology {
  if (source.nodes.length > 0) return topologyOf(source, brokers);
  if (source.settings.length > 0) {
    const told = toldBrokerIds(source.partitions).length;
    const known = source.managed?.brokers ?? (told === 0 ? undefined : told);
    return topologyForSettings(source, brokers ?? known, kafka);
  }
  if (source.topics.length > 0) return topologyForTopics(source, { brokers, version: kafka });
  if (source.clients.length > 0 || source.quorum !== undefined) return topologyOfNothing;
  const [named] = source.warnings;
  throw new ConfigError({
    file: files.map(file => file.name).join(', '),
    place: '',
    expected:
      'at least one Kafka broker (a service with KAFKA_PROCESS_ROLES or KAFKA_ZOOKEEPER_CONNECT, ' +
      'a server.properties file, a Kafka resource)',
    found: named === undefined ? 'none' : `none (${named.replace(/\.$/, '')})`,
  });
}

/**
 * The nodes by what they decide: brokers keep topics, controllers elect. A file of settings alone is of
 * all of them.
 */
function settingNodes(source: ClusterSource, topology: Topology): SettingNodes {
  const everywhere = source.settings.map(({ file, properties }): NodeSource => {
    return {
      file,
      place: '',
      name: file,
      format: 'properties',
      properties,
      image: undefined,
      assigned: undefined,
    };
  });
  // Described nodes come first in a topology, in the order of their sources.
  const withRole = (role: 'broker' | 'controller') =>
    source.nodes.filter((_, index) => topology.nodes[index]?.roles.includes(role) ?? false);
  return {
    brokers: [...withRole('broker'), ...everywhere],
    dynamic: source.dynamicDefaults,
    controllers: topology.mode === 'kraft' ? [...withRole('controller'), ...everywhere] : [],
  };
}
