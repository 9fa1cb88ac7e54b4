import type {
  Broker,
  MetadataView,
  PartitionId,
  PartitionView,
  Protocol,
  ReadonlyProtocol,
} from './schema.ts';

/**
 * How a broker learns what the controller decides: what it knows now, and what a process that starts
 * or ends makes of that. The rules ask this and nothing else about what a broker knows; which steps
 * make it know more is the business of whoever implements it.
 *
 * What is known of a partition and what is known of the topic's configuration are told apart, for
 * they need not be learned together.
 */
export interface Learning {
  /**
   * Whether each broker is told of its role by requests (ZooKeeper), and not by a log that it reads (KRaft). Then a
   * process that starts has no role until somebody tells it, the leader writes the ISR of a partition whoever its
   * controller is, and what is on its way decides which metadata records are still needed.
   */
  readonly isPushed: boolean;
  /** The partition as a live broker knows it. */
  partitionKnownTo(
    protocol: ReadonlyProtocol,
    partition: PartitionId,
    broker: Broker,
  ): PartitionView;
  /** The topic's `min.insync.replicas` as a live broker knows it. */
  minInsyncReplicasKnownTo(protocol: ReadonlyProtocol, broker: Broker): number;
  /** Whether a live broker has applied the configuration that came with the metadata it knows. */
  hasConfiguration(protocol: ReadonlyProtocol, broker: Broker): boolean;
  /** A live broker applies the configuration that came with the metadata it knows. */
  applyConfiguration(protocol: Protocol, broker: Broker): void;
  /** Whether a live broker knows all that the controller has decided. */
  knowsNewest(protocol: ReadonlyProtocol, broker: Broker): boolean;
  /** Whether a live broker knows what the controller had decided up to this metadata record. */
  knowsUpTo(protocol: ReadonlyProtocol, broker: Broker, metadataOffset: number): boolean;
  /** A process starts, and knows what the controller had decided up to this metadata record. */
  start(protocol: Protocol, broker: Broker, metadataOffset: number): void;
  /** A process ends, and what it knew with it. */
  end(protocol: Protocol, broker: Broker): void;
}

/**
 * KRaft: brokers replay one metadata log, each at its own pace. What a broker knows is the fold of the
 * records that it has replayed; every record here stands with all that was decided before, so the fold
 * is the last of them. Its partitions act on a record before its configuration does: the publisher goes
 * through the topics first, and then tells the logs of their new configuration.
 *
 * Source: MetadataLoader, BrokerMetadataPublisher.onMetadataUpdate, DynamicConfigPublisher; KIP-631.
 */
export const prefixOfMetadataLog: Learning = {
  isPushed: false,
  partitionKnownTo: (protocol, partition, broker) =>
    lastReplayed(protocol, broker).partitions.get(partition),
  minInsyncReplicasKnownTo: ({ brokers }, broker) => brokers.get(broker).minInsyncReplicas,
  hasConfiguration(protocol, broker) {
    const { minInsyncReplicas } = protocol.brokers.get(broker);
    return minInsyncReplicas === lastReplayed(protocol, broker).minInsyncReplicas;
  },
  applyConfiguration(protocol, broker) {
    const { minInsyncReplicas } = lastReplayed(protocol, broker);
    protocol.brokers.get(broker).minInsyncReplicas = minInsyncReplicas;
  },
  knowsNewest: (protocol, broker) =>
    protocol.brokers.get(broker).metadataOffset === newestMetadataOffset(protocol),
  knowsUpTo: (protocol, broker, metadataOffset) =>
    protocol.brokers.get(broker).metadataOffset >= metadataOffset,
  start(protocol, broker, metadataOffset) {
    protocol.brokers.get(broker).metadataOffset = metadataOffset;
    prefixOfMetadataLog.applyConfiguration(protocol, broker);
  },
  end(protocol, broker) {
    Object.assign(protocol.brokers.get(broker), { metadataOffset: 0, minInsyncReplicas: 1 });
  },
};

/**
 * ZooKeeper: a controller pushes to each broker a version of the partition's state znode, which is then all that this
 * broker knows, whatever others know. Versions are counted as metadata records are. For one partition only: of several
 * each has its own version.
 *
 * Source: ReplicaManager.becomeLeaderOrFollower (before 4.0).
 */
export const pushedVersions: Learning = { ...prefixOfMetadataLog, isPushed: true };

function lastReplayed(protocol: ReadonlyProtocol, broker: Broker): MetadataView {
  const { firstOffset, history } = protocol.metadata;
  return history.get(protocol.brokers.get(broker).metadataOffset - firstOffset);
}

/** All that the controller has decided: the newest record of the metadata log. */
export function newestMetadata({ metadata: { history } }: ReadonlyProtocol): MetadataView {
  return history.get(history.length - 1);
}

/** The offset of the newest record of the metadata log. */
export function newestMetadataOffset({ metadata }: ReadonlyProtocol): number {
  return metadata.firstOffset + metadata.history.length - 1;
}
