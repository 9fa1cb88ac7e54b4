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
import type {
  ReadonlyListView,
  ReadonlyRecordView,
  RecordView,
} from '../../checker/state/viewTypes.ts';
import { budgetsFor } from '../description/budgets.ts';
import { brokerLifecycle } from '../lifecycle/broker.ts';
import { registrationLifecycle } from '../lifecycle/registration.ts';
import { replicaLifecycle } from '../lifecycle/replica.ts';
import type { ReplicationBounds, ReplicationConfig } from './config.ts';
import type { Limits } from './limits.ts';
import { lastTopicId } from './topicIds.ts';

/** A broker: a process, and the registration that the controller has of it. */
export type Broker = Node<'broker'>;
/** A partition of the topic. */
export type PartitionId = Node<'partition'>;

/** The nodes of a model: its brokers, and the partitions that they hold replicas of. */
export interface ReplicationNodes {
  readonly broker: NodeType<'broker'>;
  readonly partition: NodeType<'partition'>;
}

/**
 * The state of a topic: the brokers, which are there once; the metadata log through which they learn
 * what the controller decides; and of each partition its replicas and what is in flight for it.
 *
 * Offsets start at 0; the log end offset and the high watermark are exclusive.
 */
export function replicationSchema(
  { broker, partition }: ReplicationNodes,
  config: ReplicationConfig,
  bounds: ReplicationBounds,
  limits: Limits,
) {
  const numbers = numbersOf(config, bounds, limits);
  return defineSchema({
    protocol: {
      brokers: perNode(broker, brokerRecord(numbers)),
      registrations: perNode(broker, registrationRecord(numbers)),
      metadata: metadataRecord({ broker, partition }, numbers),
      /** Answers to registrations on their way to a broker. */
      registrationAnswers: perNode(broker, registrationAnswerRecord(numbers)),
      network: networkRecord(broker),
      partitions: perNode(partition, partitionRecord(broker, bounds, numbers)),
    },
    ghost: {
      partitions: perNode(partition, partitionGhost(numbers, bounds)),
    },
    budget: budgetsFor(bounds),
  });
}

type Numbers = ReturnType<typeof numbersOf>;

/** The numbers of a scope, each with the largest value that it can come to. */
function numbersOf(config: ReplicationConfig, bounds: ReplicationBounds, limits: Limits) {
  return {
    offset: int(0, limits.logLength),
    /** 0 stands for a record that was deleted. */
    recordId: int(0, bounds.records),
    leaderEpoch: int(0, limits.leaderEpoch),
    partitionEpoch: int(0, limits.partitionEpoch),
    metadataOffset: int(0, limits.metadataOffset),
    brokerEpoch: int(0, limits.brokerEpoch + 1),
    minIsr: int(1, Math.max(config.minInsyncReplicas, config.brokers)),
    topicId: int(0, lastTopicId(bounds)),
    /* What never changes in a scope is 0 there, and takes no space. */
    elrSwitchedOn: changing(bounds.elrEnablings),
    uncleanElectionChanged: changing(bounds.uncleanSettingChanges),
  };
}

/** 0 or 1 where so many changes are possible, and otherwise 0. */
function changing(times: number) {
  return int(0, Math.min(1, times));
}

/** A broker process, and how far it has learned what the controller decides. */
function brokerRecord({ brokerEpoch, metadataOffset, minIsr }: Numbers) {
  return record({
    process: lifecycle(brokerLifecycle),
    /** Alive and standing still: it neither answers nor acts. */
    paused: flag(),
    /** Which process this is; every start makes a new one (the incarnation id). */
    incarnation: brokerEpoch,
    /** The broker epoch under which this process is registered, once it knows. */
    brokerEpoch,
    /** On disk: the broker epoch in the clean shutdown file, if there is one. */
    cleanShutdownFile: optional(brokerEpoch),
    /** What the clean shutdown file said when this process started, for its registration. */
    previousBrokerEpoch: optional(brokerEpoch),
    /** The metadata record up to which this broker has replayed; its view is that prefix. */
    metadataOffset,
    /** The topic's min.insync.replicas as this process has it: see `applyConfiguration`. */
    minInsyncReplicas: minIsr,
  });
}

/** What there is of one partition, and of its producer. */
function partitionRecord(broker: NodeType<'broker'>, bounds: ReplicationBounds, numbers: Numbers) {
  return record({
    /** The replica of the partition that a broker may hold. */
    replicas: perNode(broker, replicaRecord(broker, numbers)),
    /** AlterPartition requests on their way to the controller: at most one per broker. */
    alterPartition: perNode(broker, alterPartitionRecord(broker, numbers)),
    /** Fetch requests on their way to a leader: at most one per link. */
    fetchRequests: links(broker, fetchRequestRecord(numbers)),
    /** Fetch answers on their way from a leader to a follower: at most one per link. */
    fetchResponses: links(broker, fetchResponseRecord(numbers)),
    producer: record({
      sent: int(0, bounds.records),
      /** Records whose fate the producer does not know; kept only where it may retry. */
      unresolved: list(numbers.recordId, bounds.records + bounds.retries),
    }),
  });
}

/** What clients of one partition were told. */
function partitionGhost(
  { offset, recordId, leaderEpoch }: Numbers,
  { records, topicDeletions }: ReplicationBounds,
) {
  const most = topicDeletions === 0 ? 0 : records;
  return record({
    /** Every record that was acknowledged, with the offset it had then. */
    acknowledged: list(
      record({ offset, record: recordId, acks: enumeration('all', '1') }),
      2 * offset.max,
    ),
    /** By offset, every record that a consumer may have read: some high watermark covered it. */
    exposed: list(record({ epoch: leaderEpoch, record: recordId }), offset.max),
    /** Records below this offset were deleted on request. */
    deletedBefore: offset,
    /** Records that were sent to a topic of the name that is deleted, and to no later one. */
    ofDeletedTopic: list(int(0, most), Math.max(1, most)),
  });
}

/** A replica: its log, and what its broker remembers for it. */
function replicaRecord(broker: NodeType<'broker'>, numbers: Numbers) {
  const { offset, recordId, leaderEpoch, brokerEpoch, partitionEpoch, topicId } = numbers;
  const length = offset.max;
  return record({
    role: lifecycle(replicaLifecycle),
    /** On disk: which topic of the name the replica is of (partition.metadata); see topicIds.ts. */
    topicId,
    log: list(record({ epoch: leaderEpoch, record: recordId }), length),
    /** Where each leader epoch starts in the log (leader-epoch-checkpoint). */
    epochCache: list(record({ epoch: leaderEpoch, startOffset: offset }), length + 1),
    logStartOffset: offset,
    highWatermark: offset,
    /** On disk: the high watermark as last written to replication-offset-checkpoint. */
    checkpointedHighWatermark: offset,
    /** Records below this offset are on disk, and survive a power loss. */
    flushedOffset: offset,
    /** Leader only: where the log ended when this leader epoch began. */
    epochStartOffset: offset,
    /** Leader only: offsets of acks=all records whose producers wait for the answer. */
    waitingProduce: list(offset, length),
    /** Leader only: what the last fetch of each other replica said. */
    followers: perNode(broker, record({ logEndOffset: optional(offset), brokerEpoch })),
    /** Leader only: the ISR that was proposed and is not yet known to be decided. */
    pendingIsr: record({ change: enumeration('none', 'expand', 'shrink'), isr: nodeSet(broker) }),
    /** Leader only: what the controller has answered of its ISR, until the metadata says it too. */
    answeredIsr: record({ partitionEpoch: optional(partitionEpoch), isr: nodeSet(broker) }),
  });
}

/** A broker as the controller has it registered. */
function registrationRecord({ brokerEpoch, metadataOffset }: Numbers) {
  return record({
    state: lifecycle(registrationLifecycle),
    brokerEpoch,
    incarnation: brokerEpoch,
    /** The metadata record by which the broker left, while it is in controlled shutdown. */
    shutdownOffset: metadataOffset,
  });
}

/**
 * The records of the metadata log, from the oldest that some live broker may still have as its view
 * to the newest, which is the controller's own state. A record here is all that one decision writes,
 * and stands with what was decided before: brokers see a decision as a whole or not at all.
 */
function metadataRecord({ broker, partition }: ReplicationNodes, numbers: Numbers) {
  const { metadataOffset, minIsr, elrSwitchedOn, uncleanElectionChanged } = numbers;
  return record({
    firstOffset: metadataOffset,
    history: list(
      record({
        /** The topic's min.insync.replicas. */
        minInsyncReplicas: minIsr,
        /** Eligible leader replicas were switched on: see `hasElr`. */
        elrSwitchedOn,
        /** unclean.leader.election.enable is not what it was at the start: see `isUncleanElectionOn`. */
        uncleanElectionChanged,
        partitions: perNode(partition, registeredPartition(broker, numbers)),
      }),
      // One more for a decision that turns out to change nothing.
      Math.min(255, metadataOffset.max + 2),
    ),
  });
}

/** A partition as the controller has it (PartitionRegistration). */
function registeredPartition(broker: NodeType<'broker'>, numbers: Numbers) {
  const { leaderEpoch, partitionEpoch, topicId, elrSwitchedOn } = numbers;
  return record({
    /** Which topic of the name this is, or was, if it is deleted and has no replicas. */
    topicId,
    leader: optional(node(broker)),
    leaderEpoch,
    /** Grows with every record about this partition. */
    partitionEpoch,
    isr: nodeSet(broker),
    /** Eligible leader replicas (KIP-966). */
    elr: nodeSet(broker),
    /** Who is in the controller's index of ELR members once more than the ELR says (see `clearElr`). */
    staleInElrIndex: nodeSet(broker),
    lastKnownLeader: optional(node(broker)),
    /** "Nobody" is noted as last known leader, as 4.0 and 4.1 do where ELR was switched on too late. */
    nobodyLedLast: elrSwitchedOn,
    /** LeaderRecoveryState is RECOVERING: the leader was elected uncleanly (KIP-704). */
    recovering: flag(),
    /** The assignment, in order: the first is the preferred leader. */
    replicas: list(node(broker), broker.count),
    adding: nodeSet(broker),
    removing: nodeSet(broker),
  });
}

function networkRecord(broker: NodeType<'broker'>) {
  return record({
    /** Brokers whose messages do not reach the controller. */
    cutToController: nodeSet(broker),
    /** Brokers that the controller's messages do not reach. */
    cutFromController: nodeSet(broker),
    /** Links over which no message of the first broker reaches the second. */
    cutLinks: links(broker, record({ cut: flag() })),
  });
}

function alterPartitionRecord(broker: NodeType<'broker'>, numbers: Numbers) {
  const { leaderEpoch, partitionEpoch, brokerEpoch, topicId } = numbers;
  return record({
    /** A request on its way, or on its way back the answer: a member is not eligible, or success. */
    inFlight: enumeration('none', 'request', 'ineligibleReplica', 'success'),
    topicId,
    leaderEpoch,
    partitionEpoch,
    senderBrokerEpoch: brokerEpoch,
    isr: nodeSet(broker),
    /** Who is to enter the ISR, or a member that was replaced since it has fetched (noteReplacedMembers). */
    added: optional(node(broker)),
    /** The broker epoch under which that one has fetched. */
    addedBrokerEpoch: brokerEpoch,
  });
}

function registrationAnswerRecord({ brokerEpoch }: Numbers) {
  return record({ inFlight: flag(), incarnation: brokerEpoch, brokerEpoch });
}

function fetchRequestRecord({ offset, leaderEpoch, brokerEpoch, topicId }: Numbers) {
  return record({
    inFlight: flag(),
    topicId,
    leaderEpoch,
    fetchOffset: offset,
    lastFetchedEpoch: optional(leaderEpoch),
    brokerEpoch,
  });
}

function fetchResponseRecord({ offset, recordId, leaderEpoch, topicId }: Numbers) {
  return record({
    kind: enumeration('none', 'records', 'diverging', 'outOfRange'),
    /** The topic id of the request. */
    topicId,
    /** The leader epoch of the request. */
    leaderEpoch,
    fetchOffset: offset,
    recordEpoch: leaderEpoch,
    record: optional(recordId),
    highWatermark: offset,
    logStartOffset: offset,
    divergingEpoch: leaderEpoch,
    /** Where that epoch ends at the leader; for `outOfRange`, where the leader's log ends. */
    endOffset: offset,
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

type PartitionFields = ProtocolFields['partitions']['element']['fields'];
/** What there is of one partition, to change. */
export type PartitionState = RecordView<PartitionFields>;
/** The same, to read. */
export type ReadonlyPartitionState = ReadonlyRecordView<PartitionFields>;

type PartitionGhostFields = GhostFields['partitions']['element']['fields'];
/** What clients of one partition were told, to read. */
export type ReadonlyPartitionGhost = ReadonlyRecordView<PartitionGhostFields>;

type ReplicaFields = PartitionFields['replicas']['element']['fields'];
/** A replica, to change. */
export type ReplicaView = RecordView<ReplicaFields>;
/** A replica, to read. */
export type ReadonlyReplicaView = ReadonlyRecordView<ReplicaFields>;
/** A replica's log, to read. */
export type LogView = ReadonlyListView<{ readonly epoch: number; readonly record: number }>;

type MetadataFields = ProtocolFields['metadata']['fields']['history']['element']['fields'];
/** All that the controller has decided up to one metadata record. */
export type MetadataView = ReadonlyRecordView<MetadataFields>;
/** The same, while the controller builds the record. */
export type MetadataDraft = RecordView<MetadataFields>;
type RegisteredPartitionFields = MetadataFields['partitions']['element']['fields'];
/** The partition as one metadata record leaves it. */
export type PartitionView = ReadonlyRecordView<RegisteredPartitionFields>;
/** The same, while the controller builds the record. */
export type PartitionDraft = RecordView<RegisteredPartitionFields>;

type AlterPartitionFields = PartitionFields['alterPartition']['element']['fields'];
/** An AlterPartition request, or the answer to it. */
export type AlterPartitionView = ReadonlyRecordView<AlterPartitionFields>;

type RegistrationFields = ProtocolFields['registrations']['element']['fields'];
/** A broker as the controller has it registered. */
export type RegistrationView = ReadonlyRecordView<RegistrationFields>;
