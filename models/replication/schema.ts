import {
  enumeration,
  flag,
  int,
  lifecycle,
  links,
  list,
  node,
  nodeSet,
  optional,
  perNode,
  record,
} from '../../checker/state/fields.ts';
import type { Node, NodeType } from '../../checker/state/nodeType.ts';
import { defineSchema } from '../../checker/state/schema.ts';
import type { ReadonlyRecordView, RecordView } from '../../checker/state/viewTypes.ts';
import { brokerLifecycle } from '../lifecycle/broker.ts';
import { replicaLifecycle } from '../lifecycle/replica.ts';
import type { ReplicationBounds, ReplicationConfig } from './config.ts';

/** A broker, and the one replica of the partition that it holds. */
export type Broker = Node<'broker'>;

/** How large the numbers of a scope can become. */
export function limitsOf(config: ReplicationConfig, bounds: ReplicationBounds) {
  // A broker is fenced at most once per fault, and unfenced at most once per fencing.
  const fencings = bounds.crashes + bounds.powerLosses + bounds.partitions;
  const leaderChanges = 2 * fencings + bounds.preferredElections;
  // A replica can be added to the ISR only after something removed it.
  const removals =
    fencings +
    bounds.isrShrinks +
    (config.uncleanLeaderElection ? 2 * fencings * (config.brokers - 1) : 0);
  return {
    leaderEpoch: leaderChanges,
    brokerEpoch: bounds.crashes + bounds.powerLosses,
    partitionEpoch: leaderChanges + fencings + bounds.isrShrinks + removals,
  };
}

/**
 * The state of one topic partition: its replicas, the controller that decides about it, the
 * metadata history through which brokers learn the decisions, and what is in flight.
 *
 * Offsets start at 0; the log end offset and the high watermark are exclusive.
 */
export function replicationSchema(
  broker: NodeType<'broker'>,
  config: ReplicationConfig,
  bounds: ReplicationBounds,
) {
  const numbers = numbersOf(config, bounds);
  const { offset, leaderEpoch, brokerEpoch, recordId } = numbers;
  return defineSchema({
    protocol: {
      brokers: perNode(broker, brokerRecord(broker, numbers, bounds)),
      /** Broker registrations, as the controller has them. */
      registrations: record({
        fenced: nodeSet(broker),
        brokerEpochs: perNode(broker, brokerEpoch),
      }),
      metadata: metadataRecord(broker, numbers),
      /** AlterPartition requests on their way to the controller: at most one per broker. */
      alterPartition: perNode(broker, alterPartitionRecord(broker, numbers)),
      /** Fetch answers on their way from a leader to a follower: at most one per link. */
      fetchResponses: links(broker, fetchResponseRecord(numbers)),
      network: record({
        cutFromController: nodeSet(broker),
        cutFromBrokers: nodeSet(broker),
      }),
      producer: record({ sent: offset }),
      consumer: record({ position: offset }),
    },
    ghost: {
      /** Every record that was acknowledged with acks=all, with the offset it had then. */
      acknowledged: list(record({ offset, record: recordId }), bounds.records),
      /** Every record that a consumer has read, by offset. */
      exposed: list(record({ epoch: leaderEpoch, record: recordId }), bounds.records),
    },
    budget: {
      records: int(0, bounds.records),
      crashes: int(0, bounds.crashes),
      powerLosses: int(0, bounds.powerLosses),
      partitions: int(0, bounds.partitions),
      preferredElections: int(0, bounds.preferredElections),
      isrShrinks: int(0, bounds.isrShrinks),
    },
  });
}

type Numbers = ReturnType<typeof numbersOf>;

/** The numbers of a scope, each with the largest value that it can come to. */
function numbersOf(config: ReplicationConfig, bounds: ReplicationBounds) {
  const limits = limitsOf(config, bounds);
  return {
    offset: int(0, bounds.records),
    recordId: int(1, bounds.records),
    leaderEpoch: int(0, limits.leaderEpoch),
    partitionEpoch: int(0, limits.partitionEpoch),
    brokerEpoch: int(0, limits.brokerEpoch),
  };
}

/** One broker: its process, and the one replica of the partition that it holds. */
function brokerRecord(broker: NodeType<'broker'>, numbers: Numbers, bounds: ReplicationBounds) {
  const { offset, recordId, leaderEpoch, partitionEpoch, brokerEpoch } = numbers;
  return record({
    process: lifecycle(brokerLifecycle),
    replica: lifecycle(replicaLifecycle),
    /** The metadata record up to which this broker has replayed; its view is that prefix. */
    metadataOffset: partitionEpoch,
    log: list(record({ epoch: leaderEpoch, record: recordId }), bounds.records),
    highWatermark: offset,
    /** Leader only: where the log ended when this leader epoch began. */
    epochStartOffset: offset,
    /** Leader only: offsets of acks=all records whose producers wait for the answer. */
    waitingProduce: list(offset, bounds.records),
    /** Leader only: what the last fetch of each other replica said. */
    followers: perNode(broker, record({ logEndOffset: optional(offset), brokerEpoch })),
    /** Leader only: the ISR change that was proposed and is not yet known to be decided. */
    pendingIsr: record({
      change: enumeration('none', 'expand', 'shrink'),
      replica: optional(node(broker)),
    }),
  });
}

/**
 * The partition's records in the metadata log, from the oldest that some live broker may still
 * have as its view to the newest, which is the controller's own state. A record's offset here is
 * also the partition epoch that it makes.
 */
function metadataRecord(broker: NodeType<'broker'>, { leaderEpoch, partitionEpoch }: Numbers) {
  return record({
    firstOffset: partitionEpoch,
    history: list(
      record({ leader: optional(node(broker)), leaderEpoch, isr: nodeSet(broker) }),
      partitionEpoch.max + 1,
    ),
  });
}

function alterPartitionRecord(broker: NodeType<'broker'>, numbers: Numbers) {
  const { leaderEpoch, partitionEpoch, brokerEpoch } = numbers;
  return record({
    inFlight: flag(),
    leaderEpoch,
    partitionEpoch,
    senderBrokerEpoch: brokerEpoch,
    isr: nodeSet(broker),
    added: optional(node(broker)),
    addedBrokerEpoch: brokerEpoch,
  });
}

function fetchResponseRecord({ offset, recordId, leaderEpoch }: Numbers) {
  return record({
    kind: enumeration('none', 'records', 'diverging'),
    leaderEpoch,
    fetchOffset: offset,
    recordEpoch: leaderEpoch,
    record: optional(recordId),
    highWatermark: offset,
    divergingEpoch: leaderEpoch,
    divergingEndOffset: offset,
  });
}

export type ReplicationSchema = ReturnType<typeof replicationSchema>;
export type ProtocolFields = ReplicationSchema['protocol']['fields'];
export type GhostFields = ReplicationSchema['ghost']['fields'];

/** The protocol state, to change. */
export type Protocol = RecordView<ProtocolFields>;
/** The protocol state, to read. */
export type ReadonlyProtocol = ReadonlyRecordView<ProtocolFields>;
/** The ghost state, to read. */
export type ReadonlyGhost = ReadonlyRecordView<GhostFields>;

type BrokerFields = ProtocolFields['brokers']['element']['fields'];
/** One broker's part of the protocol state. */
export type BrokerView = RecordView<BrokerFields>;
export type ReadonlyBrokerView = ReadonlyRecordView<BrokerFields>;

type MetadataFields = ProtocolFields['metadata']['fields']['history']['element']['fields'];
/** The partition as one metadata record leaves it. */
export type PartitionView = ReadonlyRecordView<MetadataFields>;
