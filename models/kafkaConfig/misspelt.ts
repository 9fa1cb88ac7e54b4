import { nearestName } from '../../checker/model/nearestName.ts';
import type { ClusterSource } from './clusterSource.ts';
import { type PropertyTable, whereOf } from './foundProperty.ts';

/** The settings of a node that a verdict depends on; no other setting of Kafka is as near to one as a slip is. */
const nodeSettings: readonly string[] = [
  'process.roles',
  'node.id',
  'broker.id',
  'broker.rack',
  'controller.quorum.voters',
  'controller.quorum.bootstrap.servers',
  'zookeeper.connect',
  'inter.broker.protocol.version',
  'default.replication.factor',
  'min.insync.replicas',
  'unclean.leader.election.enable',
  'log.flush.interval.messages',
  'auto.create.topics.enable',
  'offsets.topic.replication.factor',
  'transaction.state.log.replication.factor',
  'transaction.state.log.min.isr',
  'share.coordinator.state.topic.replication.factor',
  'share.coordinator.state.topic.min.isr',
  'broker.heartbeat.interval.ms',
  'broker.session.timeout.ms',
  'controller.quorum.fetch.timeout.ms',
  'controller.quorum.election.timeout.ms',
  'controller.quorum.election.backoff.max.ms',
  'zookeeper.session.timeout.ms',
];

/** Those of a topic. */
const topicSettings: readonly string[] = [
  'min.insync.replicas',
  'unclean.leader.election.enable',
  'flush.messages',
];

/** In a name this short a second slip may make another word of it. */
const SHORT = 12;

/** Names that nearly are those of settings that count, each with the one that may be meant. */
export function misspeltWarnings({
  nodes,
  settings,
  topics,
  dynamicDefaults,
}: ClusterSource): readonly string[] {
  return [
    ...misspeltIn(
      [...nodes, ...settings].map(({ properties }) => properties),
      nodeSettings,
    ),
    ...misspeltIn([dynamicDefaults], nodeSettings),
    ...misspeltIn(
      topics.map(({ properties }) => properties),
      topicSettings,
    ),
  ];
}

/** A warning for each name, whichever of the tables have it. */
function misspeltIn(tables: readonly PropertyTable[], known: readonly string[]): string[] {
  const places = new Map<string, string[]>();
  for (const [name, found] of tables.flatMap(table => [...table])) {
    if (found.shippedIn !== undefined) continue;
    const where = places.get(name) ?? [];
    places.set(name, [...where, whereOf(found)]);
  }
  return [...places].flatMap(([name, [first = '', ...others]]) => {
    const meant = known.includes(name) ? undefined : nearestName(name, known, slipsIn(name));
    if (meant === undefined) return [];
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
    return [`${first}${more}: Kafka has no setting of this name; ${meant} may be meant.`];
  });
}

function slipsIn(name: string): number {
  return name.length < SHORT ? 1 : 2;
}
