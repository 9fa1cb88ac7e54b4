import {
  enumeration,
  flag,
  int,
  lifecycle,
  list,
  node,
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
import { batchLifecycle } from '../lifecycle/batch.ts';
import { consumerLifecycle } from '../lifecycle/consumer.ts';
import { positionLifecycle } from '../lifecycle/position.ts';
import { producerLifecycle } from '../lifecycle/producer.ts';
import { partitionLogFields } from '../partitionLog/partitionLog.ts';
import { acksNames, type ClientsBounds, type ClientsConfig } from './config.ts';
import { type Limits, limitsOf } from './limits.ts';

/** A broker that may lead partitions. */
export type Broker = Node<'broker'>;
/** A partition of the topic. */
export type PartitionId = Node<'partition'>;
/** A producer: what one process has of it, and those that take its place after it. */
export type ProducerNode = Node<'producer'>;
/** A consumer, the only one of its group: one process after the other. */
export type ConsumerNode = Node<'consumer'>;

/** Who there is in a model of clients. */
export interface ClientsNodes {
  readonly broker: NodeType<'broker'>;
  readonly partition: NodeType<'partition'>;
  readonly producer: NodeType<'producer'>;
  readonly consumer: NodeType<'consumer'>;
}

/** Commits that a consumer has on their way at most; more wait to be sent. */
const MOST_COMMITS = 2;

/** What a request for one batch came to, as its answer says. */
const resultNames = [
  'none',
  'success',
  'notLeader',
  'timedOut',
  'notEnoughReplicas',
  'outOfOrderSequence',
  'unknownProducerId',
  'invalidProducerEpoch',
  'rejected',
] as const;
export type Result = (typeof resultNames)[number];

/**
 * The state of clients and of the partitions that they use. A record is known by its number, in the order in which
 * the application sent it first; a batch is of one record.
 */
export function clientsSchema(nodes: ClientsNodes, config: ClientsConfig, bounds: ClientsBounds) {
  const { broker, partition, producer, consumer } = nodes;
  const numbers = numbersOf(bounds, limitsOf(config, bounds));
  return defineSchema({
    protocol: {
      partitions: perNode(partition, partitionRecord(broker, numbers)),
      producers: perNode(producer, producerRecord(nodes, config, numbers)),
      consumers: perNode(consumer, consumerRecord(nodes, numbers)),
      /** Requests of connections that are lost, which brokers may still handle; oldest first. */
      lateRequests: list(
        lateRequestRecord(nodes, numbers),
        Math.max(1, bounds.lateRequests * config.maxInFlight),
      ),
      /** Records that applications have sent so far. */
      sent: numbers.record,
      /** Producer ids that brokers have given out so far. */
      producerIds: numbers.producerId,
    },
    ghost: {
      partitions: perNode(partition, partitionGhost(numbers)),
      /** By record, less one: the producer that sent it, and to which partition. */
      sends: list(
        record({
          producer: node(producer),
          partition: node(partition),
          /** How often the application has processed it; 2 stands for more. */
          processed: int(0, 2),
        }),
        bounds.records,
      ),
    },
    budget: budgetsFor(bounds),
  });
}

type Numbers = ReturnType<typeof numbersOf>;

/** The numbers of a scope, each with the largest value that it can come to. */
function numbersOf(bounds: ClientsBounds, limits: Limits) {
  return {
    record: int(0, bounds.records),
    /** The place of a batch among those of its producer. */
    batch: int(0, limits.batches - 1),
    batches: limits.batches,
    /** A defect numbers a batch at each attempt. */
    sequence: int(0, limits.logLength),
    offset: int(0, limits.logLength),
    leaderEpoch: int(0, limits.leaderEpoch),
    producerEpoch: int(0, limits.producerEpoch),
    /** 0 stands for none. */
    producerId: int(0, limits.producerId),
  };
}

/** A partition as its leader has it. */
function partitionRecord(broker: NodeType<'broker'>, numbers: Numbers) {
  const { record: recordId, producerId, producerEpoch, sequence, offset, leaderEpoch } = numbers;
  const entry = { record: recordId, producerId, producerEpoch, sequence: optional(sequence) };
  return record({
    ...partitionLogFields(broker, entry, { offset: offset.max, leaderEpoch: leaderEpoch.max }),
    logStartOffset: offset,
    /** The leader has read what it remembers of producers from a snapshot at this offset: see `producerMemory.ts`. */
    snapshotOffset: offset,
    /** The leader has forgotten whatever producers did below this offset. */
    forgottenBefore: offset,
  });
}

/** A producer: its batches, its numbering, and its connections. */
function producerRecord(
  { broker, partition }: ClientsNodes,
  { maxInFlight }: ClientsConfig,
  numbers: Numbers,
) {
  const { record: recordId, batch, batches, producerId, producerEpoch, sequence, offset } = numbers;
  return record({
    state: lifecycle(producerLifecycle),
    producerId,
    producerEpoch,
    /** In the order in which the application sent them. */
    batches: list(
      record({
        state: lifecycle(batchLifecycle),
        record: recordId,
        partition: node(partition),
        sequence: optional(sequence),
        producerId,
        producerEpoch,
        /** It was in flight before, and came back. */
        inRetry: flag(),
        /** It was numbered anew since it was sent last. */
        renumbered: flag(),
      }),
      batches,
    ),
    partitions: perNode(
      partition,
      record({
        /** The leader by the producer's metadata. */
        leader: node(broker),
        /** Batches that wait to be sent, the next one first. */
        queue: list(batch, batches),
        nextSequence: sequence,
        lastAckedSequence: optional(sequence),
        lastAckedOffset: optional(offset),
        /** The producer id and epoch by which batches are numbered here. */
        producerId,
        producerEpoch,
        /** The sequence number behind an expired batch of which it is not known whether it was appended. */
        unresolvedBefore: optional(sequence),
        /** The number of a batch that is missing, because of which the producer wants another epoch. */
        gapAt: optional(sequence),
      }),
    ),
    connections: perNode(broker, record({ requests: list(requestRecord(numbers), maxInFlight) })),
  });
}

/** A consumer: its positions, what it has in hand, and what its group has committed, which stays when it dies. */
function consumerRecord({ partition }: ClientsNodes, numbers: Numbers) {
  const { record: recordId, offset, leaderEpoch } = numbers;
  const position = { offset, epoch: optional(leaderEpoch) };
  return record({
    state: lifecycle(consumerLifecycle),
    partitions: perNode(
      partition,
      record({
        state: lifecycle(positionLifecycle),
        /** The next record to fetch, and the epoch of the one before it. */
        ...position,
        /** The epoch of the leader by the consumer's metadata. */
        leaderEpoch,
        /** What polls have returned and the application has not processed. */
        inHand: list(recordId, offset.max),
        /** The application has not committed yet what the last poll has returned. */
        owesCommit: flag(),
        /** Where the group goes on, by the coordinator. */
        committedOffset: optional(offset),
        committedEpoch: optional(leaderEpoch),
      }),
    ),
    /** Commits on their way to the coordinator. */
    commits: list(record({ partition: node(partition), ...position }), MOST_COMMITS),
  });
}

/** A request on its way to a broker, in its hands, or on its way back as an answer. */
function requestRecord({
  batch,
  producerId,
  producerEpoch,
  sequence,
  offset,
  leaderEpoch,
}: Numbers) {
  return record({
    phase: enumeration('sent', 'waiting', 'answered'),
    batch,
    producerId,
    producerEpoch,
    sequence: optional(sequence),
    result: enumeration(...resultNames),
    /** Where the batch is in the log. */
    offset,
    /** The epoch of the leader that has appended it, or found it there. */
    leaderEpoch,
  });
}

function lateRequestRecord({ broker, partition, producer }: ClientsNodes, numbers: Numbers) {
  const { record: recordId, producerId, producerEpoch, sequence } = numbers;
  return record({
    producer: node(producer),
    broker: node(broker),
    partition: node(partition),
    record: recordId,
    producerId,
    producerEpoch,
    sequence: optional(sequence),
  });
}

/** What the clients of a partition were told. */
function partitionGhost({ record: recordId, offset, batches }: Numbers) {
  return record({
    /** Every record for which its producer was told success, with the offset in the answer. */
    acknowledged: list(
      record({ record: recordId, offset: optional(offset), acks: enumeration(...acksNames) }),
      batches,
    ),
    /** By offset, the record that the group has read there; 0 where it has read none. */
    read: list(recordId, offset.max),
  });
}

export type ClientsSchema = ReturnType<typeof clientsSchema>;
export type ProtocolFields = ClientsSchema['protocol']['fields'];
export type GhostFields = ClientsSchema['ghost']['fields'];

/** The protocol state, to change. */
export type Protocol = RecordView<ProtocolFields>;
/** The protocol state, to read. */
export type ReadonlyProtocol = ReadonlyRecordView<ProtocolFields>;

type PartitionFields = ProtocolFields['partitions']['element']['fields'];
export type ReadonlyPartitionView = ReadonlyRecordView<PartitionFields>;
type EntryFields = PartitionFields['log']['element']['fields'];
/** An entry of a log, to read. */
export type EntryView = ReadonlyRecordView<EntryFields>;
export type LogView = ReadonlyListView<EntryView>;

type ProducerFields = ProtocolFields['producers']['element']['fields'];
export type ProducerView = RecordView<ProducerFields>;
export type ReadonlyProducerView = ReadonlyRecordView<ProducerFields>;
type BatchFields = ProducerFields['batches']['element']['fields'];
export type BatchView = RecordView<BatchFields>;
export type ReadonlyBatchView = ReadonlyRecordView<BatchFields>;

type RequestFields =
  ProducerFields['connections']['element']['fields']['requests']['element']['fields'];
export type RequestView = RecordView<RequestFields>;
export type ReadonlyRequestView = ReadonlyRecordView<RequestFields>;

type ConsumerFields = ProtocolFields['consumers']['element']['fields'];
export type ConsumerView = RecordView<ConsumerFields>;
type PositionFields = ConsumerFields['partitions']['element']['fields'];
/** What a consumer has of one partition. */
export type PositionView = RecordView<PositionFields>;
export type ReadonlyPositionView = ReadonlyRecordView<PositionFields>;
