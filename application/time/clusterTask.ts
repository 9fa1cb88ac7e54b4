import { UsageError } from '../../catalogue/usageError.ts';
import type { Settings } from '../../models/description/settings.ts';
import type {
  ClusterDescription,
  TopicDurability,
} from '../../models/kafkaConfig/clusterDescription.ts';
import { protocolOf } from '../check/protocolOf.ts';

/** What is measured of a cluster that is described: settings and timers of a model, and where it differs. */
export interface TimedCluster {
  readonly model: 'cluster' | 'zookeeper';
  readonly config: Settings;
  readonly timers: Readonly<Record<string, number>>;
  /** One sentence each. */
  readonly notes: readonly string[];
}

/** The timers of the model by the names of Kafka's settings. */
const timerOf: Readonly<Record<string, string>> = {
  'broker.heartbeat.interval.ms': 'heartbeatInterval',
  'broker.session.timeout.ms': 'sessionTimeout',
  'controller.quorum.fetch.timeout.ms': 'fetchTimeout',
  'controller.quorum.election.timeout.ms': 'electionTimeout',
  'controller.quorum.election.backoff.max.ms': 'electionBackoffMax',
  'controller.quorum.append.linger.ms': 'appendLinger',
  'metadata.max.idle.interval.ms': 'idleInterval',
  'zookeeper.session.timeout.ms': 'sessionTimeout',
};

/**
 * The cluster of a description, as that model has it which plays its kind.
 *
 * @throws UsageError where it is one that no model can be.
 */
export function timedCluster(described: ClusterDescription, fault: string): TimedCluster {
  return described.mode === 'zookeeper'
    ? timedWithZooKeeper(described, fault)
    : timedWithQuorum(described, fault);
}

/** How many copies of a partition are played of a cluster with ZooKeeper: as many as its model takes. */
const MOST_WITH_ZOOKEEPER = 4;

function timedWithZooKeeper(described: ClusterDescription, fault: string): TimedCluster {
  const topic = failedOver(described, fault);
  const copies = topic?.replicationFactor.value ?? 2;
  const brokers = Math.min(copies, MOST_WITH_ZOOKEEPER);
  const { settings } = protocolOf(described);
  const minInsyncReplicas = Math.min(topic?.minInsyncReplicas.value ?? 1, brokers);
  return {
    model: 'zookeeper',
    config: { kafka: settings.kafka, brokers, minInsyncReplicas },
    timers: timersOf(described),
    notes: [
      `The model has the rules of Kafka ${settings.kafka}.`,
      'The ensemble of ZooKeeper is taken for one that does not fail.',
      lookedAt(topic, brokers),
    ],
  };
}

function timedWithQuorum(described: ClusterDescription, fault: string): TimedCluster {
  const { placement, controllers } = described;
  if (controllers === undefined) throw refused('how many controllers it has is not known');
  if (controllers < 3)
    throw refused(`without one of its ${controllers} controllers nothing is decided`);
  const topic = failedOver(described, fault);
  const copies = topic?.replicationFactor.value ?? 1;
  const combined = placement === 'combined' || placement === 'mixed';
  const voters = Math.min(controllers, combined ? 3 : 5);
  const replicas = combined ? Math.max(voters, Math.min(copies, 7)) : Math.min(copies, 7);
  const { settings, notes } = protocolOf(described);
  const minInsyncReplicas = Math.min(topic?.minInsyncReplicas.value ?? 1, replicas);
  return {
    model: 'cluster',
    config: {
      ...settings,
      mode: combined ? 'combined' : 'separate',
      controllers: voters,
      brokers: replicas,
      minInsyncReplicas,
    },
    timers: timersOf(described),
    notes: [
      ...notes,
      lookedAt(topic, replicas),
      ...(voters === controllers
        ? []
        : [`${voters} of the ${controllers} controllers are played.`]),
      ...(placement === 'mixed' ? ['Every controller is taken for a broker as well.'] : []),
    ],
  };
}

/** A topic with a second copy. @throws UsageError where there must be one, and is none. */
function failedOver(
  { topics, internalTopics }: ClusterDescription,
  fault: string,
): TopicDurability | undefined {
  const topic = [...topics, ...internalTopics].find(isFailedOver);
  if (topic === undefined && fault !== 'controller-crash')
    throw refused('of no topic there is a second copy that could lead; a controller-crash can be');
  return topic;
}

function timersOf({ timers }: ClusterDescription): TimedCluster['timers'] {
  return Object.fromEntries(
    timers.flatMap(({ name, setting }) => {
      const timer = timerOf[name];
      return timer === undefined ? [] : [[timer, setting.value] as const];
    }),
  );
}

function lookedAt(topic: TopicDurability | undefined, copies: number): string {
  return topic === undefined
    ? 'No topic has a second copy: what a broker leads is away until that broker is back.'
    : `One partition of ${topic.topic} with ${copies} copies is looked at.`;
}

/** Whether another broker can lead when one is gone. */
function isFailedOver({ replicationFactor, unusable }: TopicDurability): boolean {
  return unusable === undefined && replicationFactor.value > 1;
}

function refused(why: string): UsageError {
  return new UsageError(`this cluster's failovers cannot be measured: ${why}`, 'unclear-cluster');
}
