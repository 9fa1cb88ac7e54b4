import { alteredSettings } from './alteredSettings.ts';
import { type ClusterSource, EMPTY_SOURCE } from './clusterSource.ts';
import { composeClients } from './composeClients.ts';
import { standingOf } from './composeNode.ts';
import type { ComposeService } from './composeService.ts';
import { createdTopics } from './createdTopics.ts';
import { composeZooKeeper } from './readComposeZooKeeper.ts';

/**
 * What containers say together, whoever starts them: those with a Kafka broker's or controller's environment or image
 * are nodes, ZooKeeper servers are counted, topics that commands create are described; what has settings of Kafka and
 * is no node is named.
 *
 * @param tasks containers that run and end; they are never nodes
 * @throws ConfigError if a setting is not what Kafka accepts.
 */
export function sourceOfServices(
  services: readonly ComposeService[],
  tasks: readonly ComposeService[] = [],
): ClusterSource {
  const standings = services.map(standingOf);
  const others = services.filter((_, index) => standings[index]?.kind === 'other');
  const created = createdTopics([...services, ...tasks]);
  const altered = alteredSettings([...services, ...tasks]);
  const clients = composeClients(others);
  const warnings = [
    ...standings.flatMap(standing => standing.warnings),
    ...created.warnings,
    ...altered.warnings,
  ];
  return {
    ...EMPTY_SOURCE,
    clients: clients.clients,
    nodes: standings.flatMap(standing => (standing.kind === 'node' ? [standing.node] : [])),
    zooKeeper: composeZooKeeper(others),
    topics: [...created.topics, ...clients.topics].map(topic => {
      const changed = altered.topics.get(topic.name) ?? [];
      return { ...topic, properties: new Map([...topic.properties, ...changed]) };
    }),
    dynamicDefaults: altered.defaults,
    unread: standings.flatMap(({ unread }) => unread),
    // Copies of one container say the same.
    warnings: [...new Set(warnings)],
  };
}
