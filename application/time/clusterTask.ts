import { UsageError } from '../../catalogue/usageError.ts';
import type { Settings } from '../../models/description/settings.ts';
import type {
  ClusterDescription,
  TopicDurability,
} from '../../models/kafkaConfig/clusterDescription.ts';
import { protocolOf } from '../check/protocolOf.ts';

/** What is measured of a cluster that is described: settings and timers of the model, and where it differs. */
export interface TimedCluster {
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
};

/**
 * The cluster of a description as the model `cluster` has it.
 *
 * @throws UsageError where it is one that the model cannot be.
 */
export function timedCluster(described: ClusterDescription, fault: string): TimedCluster {
  const { mode, placement, controllers, topics, internalTopics } = described;
  if (mode === 'zookeeper') throw refused('it has ZooKeeper, of which no timers are known here');
  if (controllers === undefined) throw refused('how many controllers it has is not known');
  if (controllers < 3)
    throw refused(`without one of its ${controllers} controllers nothing is decided`);
  const topic = [...topics, ...internalTopics].find(isFailedOver);
  if (topic === undefined && fault !== 'controller-crash')
    throw refused('of no topic there is a second copy that could lead; a controller-crash can be');
  const copies = topic?.replicationFactor.value ?? 1;
  const combined = placement === 'combined' || placement === 'mixed';
  const voters = Math.min(controllers, combined ? 3 : 5);
  const replicas = combined ? Math.max(voters, Math.min(copies, 7)) : Math.min(copies, 7);
  const { settings, notes } = protocolOf(described);
  const minInsyncReplicas = Math.min(topic?.minInsyncReplicas.value ?? 1, replicas);
  return {
    config: {
      ...settings,
      mode: combined ? 'combined' : 'separate',
      controllers: voters,
      brokers: replicas,
      minInsyncReplicas,
    },
    timers: Object.fromEntries(
      described.timers.flatMap(({ name, setting }) => {
        const timer = timerOf[name];
        return timer === undefined ? [] : [[timer, setting.value] as const];
      }),
    ),
    notes: [
      ...notes,
      topic === undefined
        ? 'No topic has a second copy: what a broker leads is away until that broker is back.'
        : `One partition of ${topic.topic} with ${replicas} copies is looked at.`,
      ...(voters === controllers
        ? []
        : [`${voters} of the ${controllers} controllers are played.`]),
      ...(placement === 'mixed' ? ['Every controller is taken for a broker as well.'] : []),
    ],
  };
}

/** Whether another broker can lead when one is gone. */
function isFailedOver({ replicationFactor, unusable }: TopicDurability): boolean {
  return unusable === undefined && replicationFactor.value > 1;
}

function refused(why: string): UsageError {
  return new UsageError(`this cluster's failovers cannot be measured: ${why}`, 'unclear-cluster');
}
