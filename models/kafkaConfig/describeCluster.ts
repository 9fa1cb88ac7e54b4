import { settingAssumptions } from './assumptions.ts';
import type { Assumption, ClusterDescription } from './clusterDescription.ts';
import type { ClusterSource, NodeSource } from './clusterSource.ts';
import { clusterVersion, eligibleLeaderReplicas } from './clusterVersion.ts';
import { ConfigError } from './configError.ts';
import type { ConfigFile } from './configFile.ts';
import { versionOf } from './kafkaVersion.ts';
import { oneLine } from './oneLine.ts';
import { readFiles } from './readFiles.ts';
import { topicsOf } from './topics.ts';
import { topologyForTopics } from './topicsAlone.ts';
import { type Topology, topologyOf } from './topology.ts';
import { clusterWarnings } from './warnings.ts';

/**
 * Turns what an operator wrote into a description of one cluster: docker-compose files,
 * `server.properties` files and Strimzi resources, in any number and order.
 *
 * A pure function of its argument. What no file says is Kafka's documented default or an assumption,
 * and is listed as such in `assumptions`.
 *
 * @throws ConfigError, and nothing else, whatever the texts are.
 */
export function describeCluster(files: readonly ConfigFile[]): ClusterDescription {
  const source = readFiles(files);
  const topology = topologyFrom(source, files);
  const version = clusterVersion(source);
  const { topics, internalTopics, ...about } = topicsOf(
    { storing: storingNodes(source.nodes, topology), electing: source.nodes },
    source.topics,
    versionOf(version.setting),
  );
  const settings = {
    version: version.setting,
    eligibleLeaderReplicas: eligibleLeaderReplicas({
      mode: topology.mode,
      version: versionOf(version.setting),
      metadataVersion: source.metadataVersion,
    }),
    topics,
    internalTopics,
  };
  const cluster = { ...topology, ...settings };
  const warnings = [
    ...source.warnings,
    ...topology.warnings,
    ...version.warnings,
    ...about.warnings,
    ...clusterWarnings(cluster),
  ];
  return {
    ...cluster,
    assumptions: [...topology.assumptions, ...settingAssumptions(settings)].map(printable),
    warnings: warnings.map(warning => oneLine(warning, 400)),
  };
}

function printable({ setting, value, why }: Assumption): Assumption {
  return { setting: oneLine(setting), value: oneLine(value), why: oneLine(why, 400) };
}

function topologyFrom(source: ClusterSource, files: readonly ConfigFile[]): Topology {
  if (source.nodes.length > 0) return topologyOf(source);
  if (source.topics.length > 0) return topologyForTopics(source);
  throw new ConfigError({
    file: files.map(file => file.name).join(', '),
    place: '',
    expected:
      'at least one Kafka broker (a service with KAFKA_PROCESS_ROLES or KAFKA_ZOOKEEPER_CONNECT, ' +
      'a server.properties file, a Kafka resource)',
    found: 'none',
  });
}

/** The nodes whose topic settings count: brokers. Controllers alone need not set any. */
function storingNodes(nodes: readonly NodeSource[], topology: Topology): readonly NodeSource[] {
  // Described nodes come first in a topology, in the order of their sources.
  return nodes.filter((_, index) => topology.nodes[index]?.roles.includes('broker') ?? false);
}
