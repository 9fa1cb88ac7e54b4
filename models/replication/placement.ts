import type { ReplicationContext } from './context.ts';
import { isActive } from './election.ts';
import type { Broker, PartitionId, ReadonlyProtocol } from './schema.ts';

/**
 * The assignment of a partition: each begins with another broker and goes on in one order, so that
 * leaderships are spread. Source: StripedReplicaPlacer, without racks and from the first broker on.
 */
export function placement(brokers: readonly Broker[], partition: PartitionId): readonly Broker[] {
  if (brokers.length === 0) return brokers;
  const first = partition % brokers.length;
  return [...brokers.slice(first), ...brokers.slice(0, first)];
}

/** Where the replicas of a partition go, and who of them is in the ISR. */
export interface Placed {
  readonly replicas: readonly Broker[];
  readonly isr: readonly Broker[];
}

/**
 * Where the replicas of a topic go that is created while brokers may be down: on the brokers that are
 * not fenced, in the order of their ids from `first` on, and then on fenced ones. Who is active is in the
 * ISR. Too few brokers or an empty ISR are refused (INVALID_REPLICATION_FACTOR).
 *
 * Source: ReplicationControlManager.createTopic, StripedReplicaPlacer, which begins at a broker that it
 * draws; AdminUtils.assignReplicasToBrokers before KRaft.
 *
 * @returns one entry for each partition, or undefined if the topic cannot be created so.
 */
export function placedFrom(
  { broker, partition, config, rules }: ReplicationContext,
  protocol: ReadonlyProtocol,
  first: Broker,
): Placed[] | undefined {
  if (isFenced(protocol, first)) return undefined;
  const inOrder = [...broker.all.slice(first), ...broker.all.slice(0, first)];
  const unfenced = inOrder.filter(each => !isFenced(protocol, each));
  const fenced = rules.placesOnFencedBrokers
    ? broker.all.filter(each => isFenced(protocol, each))
    : [];
  if (unfenced.length + fenced.length < config.brokers) return undefined;
  const placed = partition.all.map(id => {
    const replicas = [...placement(unfenced, id), ...placement(fenced, id)].slice(
      0,
      config.brokers,
    );
    return { replicas, isr: replicas.filter(each => isActive(protocol, each)) };
  });
  return placed.every(({ isr }) => isr.length > 0) ? placed : undefined;
}

/** A broker in controlled shutdown is not fenced, and not active either. */
function isFenced({ registrations }: ReadonlyProtocol, broker: Broker): boolean {
  const { state } = registrations.get(broker).state;
  return state === 'fenced' || state === 'unregistered';
}
