import type { ClusterNode } from './clusterDescription.ts';
import { type ClusterSource, MOST_NODES } from './clusterSource.ts';
import { ConfigError } from './configError.ts';
import type { Topology } from './topology.ts';

/**
 * The cluster that described topics need, when no file describes the cluster itself: as many brokers
 * as the topic with the most replicas has, and a metadata quorum about which nothing is known.
 *
 * @throws ConfigError if a topic has more replicas than a description may have nodes.
 */
export function topologyForTopics(source: ClusterSource): Topology {
  let largest = source.topics[0];
  for (const topic of source.topics) {
    if ((topic.replicas?.value ?? 1) > (largest?.replicas?.value ?? 1)) largest = topic;
  }
  const brokers = largest?.replicas?.value ?? 1;
  if (brokers > MOST_NODES) {
    throw new ConfigError({
      file: largest?.file ?? '',
      place: `${largest?.place ?? ''}.replicas`,
      expected: `at most ${MOST_NODES}, where no file describes the cluster`,
      found: String(brokers),
    });
  }
  const why = 'only topics are described; the file with the Kafka resource would say';
  const reason = `as many as the replicas of topic ${largest?.name ?? ''}; ${why}`;
  return {
    mode: 'kraft',
    nodes: Array.from({ length: brokers }, (_, index) => assumedBroker(index, reason)),
    brokers,
    controllers: undefined,
    placement: 'separate',
    assumptions: [
      { setting: 'number of brokers', value: String(brokers), why: reason },
      { setting: 'mode', value: 'kraft', why },
      { setting: 'controllers', value: 'unknown, on nodes of their own', why },
    ],
    warnings: [],
  };
}

function assumedBroker(index: number, where: string): ClusterNode {
  return {
    id: undefined,
    name: `broker ${index}`,
    roles: ['broker'],
    described: false,
    rack: undefined,
    where,
  };
}
