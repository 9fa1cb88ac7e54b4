import {
  enumeration,
  flag,
  int,
  lifecycle,
  list,
  node,
  nodeSet,
  perNode,
  record,
  set,
} from '../../checker/state/fields.ts';
import type { Node, NodeType } from '../../checker/state/nodeType.ts';
import { defineSchema } from '../../checker/state/schema.ts';
import type {
  ReadonlyListView,
  ReadonlyRecordView,
  RecordView,
} from '../../checker/state/viewTypes.ts';
import { budgetsFor } from '../description/budgets.ts';
import { transactionLifecycle } from '../lifecycle/transaction.ts';
import { transactionalProducerLifecycle } from '../lifecycle/transactionalProducer.ts';
import { partitionLogFields } from '../partitionLog/partitionLog.ts';
import type { TransactionsBounds, TransactionsConfig } from './config.ts';
import { type Limits, limitsOf } from './limits.ts';

export type PartitionId = Node<'partition'>;
/** A process of the application with its producer, and those that take its place after it. */
export type ProducerNode = Node<'producer'>;
/** A transactional id, which stands for its producer id too: it keeps the one that it was given. */
export type TransactionalId = Node<'transactionalId'>;

/** Who there is in a model of transactions. */
export interface TransactionsNodes {
  readonly broker: NodeType<'broker'>;
  readonly partition: NodeType<'partition'>;
  readonly producer: NodeType<'producer'>;
  readonly transactionalId: NodeType<'transactionalId'>;
}

/** What an entry of the log of a partition is; `plain` is a record outside of transactions. */
const entryKinds = ['data', 'plain', 'commit', 'abort'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** The states of a transaction that are written to the log of the coordinator. */
const storedStates = [
  'empty',
  'ongoing',
  'prepareCommit',
  'prepareAbort',
  'completeCommit',
  'completeAbort',
] as const;
export type StoredState = (typeof storedStates)[number];

/**
 * How far a batch is on its way into the log. `queued`: it was never sent. `again`: it was, and what became of it is
 * not known. `adding`: the leader asks the coordinator to add the partition (version 2). `verified`: the coordinator
 * knows of the partition, and the leader may append the batch. `unguarded`: a marker came between. `appended`: it is
 * in the log.
 */
const batchPhases = [
  ...(['none', 'queued', 'again', 'adding', 'verified', 'unguarded', 'appended'] as const),
];
export type BatchPhase = 'none' | LatePhase | 'queued' | 'again' | 'appended';
/** The same of a request that nobody waits for. */
const latePhases = ['sent', 'adding', 'verified', 'unguarded'] as const;
type LatePhase = 'adding' | 'verified' | 'unguarded';

/** The state of producers with transactions, of their coordinator, and of the partitions that they write to. */
export function transactionsSchema(
  nodes: TransactionsNodes,
  config: TransactionsConfig,
  bounds: TransactionsBounds,
) {
  const numbers = numbersOf(bounds, limitsOf(config, bounds));
  const { partition, producer } = nodes;
  return defineSchema({
    protocol: {
      partitions: perNode(partition, partitionRecord(nodes, numbers)),
      coordinator: coordinatorRecord(nodes, numbers),
      producers: perNode(producer, producerRecord(nodes, numbers)),
      ...lateFields(nodes, bounds, numbers),
      /** Who reads the input, by the coordinator of the group. */
      group: record({ generation: numbers.generation, owner: node(producer) }),
      /** How far the outbox has been sent, by the database. */
      marked: numbers.input,
      reader: perNode(
        partition,
        record({
          /** Where it reads next, and where it goes on after a crash. */
          position: numbers.offset,
          stored: numbers.offset,
        }),
      ),
      /** What an idempotent consumer has handled, by its own database. */
      handled: set(int(1, numbers.keys)),
      /** Records that applications have sent so far. */
      sent: numbers.record,
    },
    ghost: ghostFields(nodes, bounds, numbers),
    budget: budgetsFor(bounds),
  });
}

type Numbers = ReturnType<typeof numbersOf>;

/** The numbers of a scope, each with the largest value that it can come to. */
function numbersOf(bounds: TransactionsBounds, limits: Limits) {
  return {
    record: int(0, bounds.records),
    input: int(0, bounds.inputs),
    /** What the reader tells records apart by: inputs, or records where there are none. */
    keys: Math.max(1, bounds.records, bounds.inputs),
    offset: int(0, limits.logLength),
    epoch: int(0, limits.producerEpoch),
    coordinatorEpoch: int(0, limits.coordinatorEpoch),
    leaderEpoch: limits.leaderEpoch,
    generation: int(0, limits.generation),
    appendTimeouts: bounds.appendTimeouts,
    transaction: int(0, limits.transactions),
    transactions: limits.transactions,
  };
}

/** A partition as its leader has it. What it knows of producers is a fold of its log: see `producerState.ts`. */
function partitionRecord({ broker, transactionalId }: TransactionsNodes, numbers: Numbers) {
  const { record: recordId, input, epoch, coordinatorEpoch, offset, leaderEpoch } = numbers;
  const entry = {
    kind: enumeration(...entryKinds),
    id: node(transactionalId),
    epoch,
    /** 0 of a marker. */
    record: recordId,
    /** The record of the input that it is an output of, or how far the input is processed; 0 if there is none. */
    input,
    /** Of a marker, the epoch of the coordinator that wrote it. */
    coordinatorEpoch,
  };
  return record(partitionLogFields(broker, entry, { offset: offset.max, leaderEpoch }));
}

/** The partition of the coordinator, and what its leader has in memory of it. */
function coordinatorRecord(nodes: TransactionsNodes, numbers: Numbers) {
  const { broker, partition, transactionalId } = nodes;
  // What is committed of an id, what is appended, and what was appended and not waited for.
  const most = 3 + numbers.coordinatorEpoch.max + numbers.appendTimeouts;
  const stored = {
    epoch: numbers.epoch,
    /** The epoch follows one that its own producer had: it may ask again (`lastProducerEpoch`). */
    ownBump: flag(),
    partitions: nodeSet(partition),
  };
  const entry = { id: node(transactionalId), state: enumeration(...storedStates), ...stored };
  return record({
    ...partitionLogFields(broker, entry, {
      offset: most * transactionalId.count,
      leaderEpoch: numbers.coordinatorEpoch.max,
    }),
    /** Its leader has read it, and serves. */
    isLoaded: flag(),
    ids: perNode(
      transactionalId,
      record({
        state: lifecycle(transactionLifecycle),
        ...stored,
        /** The last entry of the id was appended and is not committed: nothing else is done meanwhile. */
        pending: flag(),
        /** Partitions with a marker that is written and not committed. */
        marking: nodeSet(partition),
        /** A marker was refused as one of an earlier epoch: no more are sent. */
        gaveUp: flag(),
      }),
    ),
  });
}

/** A process of the application, with its producer. */
function producerRecord({ partition }: TransactionsNodes, numbers: Numbers) {
  return record({
    state: lifecycle(transactionalProducerLifecycle),
    epoch: numbers.epoch,
    /** Its request is at the coordinator, which answers when what it wrote is committed. */
    asking: flag(),
    /** The request to add partitions must be answered before anything else. */
    pendingAdd: flag(),
    /** Its partitions that are in the transaction, as far as it was told. */
    added: nodeSet(partition),
    /** It asks for its next epoch once the transaction is aborted. */
    needsBump: flag(),
    batches: perNode(
      partition,
      record({ phase: enumeration(...batchPhases), record: numbers.record, input: numbers.input }),
    ),
    /** It has asked where to go on in the input, and in which generation of the group. */
    isReading: flag(),
    generation: numbers.generation,
    /** The next record of its input, less one. */
    position: numbers.input,
    /** It has sent the output of a record, and not how far it is. */
    owesOffset: flag(),
  });
}

/** Requests that their senders do not wait for any more. */
function lateFields(
  { partition, transactionalId }: TransactionsNodes,
  bounds: TransactionsBounds,
  numbers: Numbers,
) {
  const from = { id: node(transactionalId), epoch: numbers.epoch };
  const to = { partition: node(partition) };
  return {
    lateRequests: list(
      record({
        ...from,
        ...to,
        phase: enumeration(...latePhases),
        record: numbers.record,
        input: numbers.input,
      }),
      Math.max(1, bounds.lateRequests),
    ),
    lateEnds: list(record({ ...from, commits: flag() }), Math.max(1, bounds.lateEnds)),
    lateMarkers: list(
      record({ ...from, ...to, coordinatorEpoch: numbers.coordinatorEpoch, commits: flag() }),
      Math.max(1, bounds.lateMarkers),
    ),
  };
}

/** What applications asked for and were told. */
function ghostFields(
  { partition, transactionalId }: TransactionsNodes,
  { records }: TransactionsBounds,
  numbers: Numbers,
) {
  return {
    /** In the order in which they began. */
    transactions: list(
      record({
        id: node(transactionalId),
        epoch: numbers.epoch,
        asked: enumeration('nothing', 'commit', 'abort'),
        /** By the coordinator. */
        decided: enumeration('nothing', 'commit', 'abort'),
        told: enumeration('nothing', 'committed', 'aborted', 'failure'),
      }),
      numbers.transactions,
    ),
    /** By record, less one. */
    sends: list(
      record({
        /** Which transaction, from 1; 0 if it is in none. */
        transaction: numbers.transaction,
        partition: node(partition),
        /** How often the reader was given it; 2 stands for more. */
        reads: int(0, 2),
      }),
      records,
    ),
    /** By key, less one: how often the reader has made something of it. */
    effects: list(int(0, 2), numbers.keys),
    /** One more than the epoch that a producer was told last. */
    toldEpochs: perNode(transactionalId, int(0, numbers.epoch.max + 1)),
  };
}

export type TransactionsSchema = ReturnType<typeof transactionsSchema>;
export type ProtocolFields = TransactionsSchema['protocol']['fields'];
export type GhostFields = TransactionsSchema['ghost']['fields'];

/** The protocol state, to change. */
export type Protocol = RecordView<ProtocolFields>;
/** The protocol state, to read. */
export type ReadonlyProtocol = ReadonlyRecordView<ProtocolFields>;

type PartitionFields = ProtocolFields['partitions']['element']['fields'];
export type ReadonlyPartitionView = ReadonlyRecordView<PartitionFields>;
/** An entry of a log, to read. */
type EntryView = ReadonlyRecordView<PartitionFields['log']['element']['fields']>;
export type LogView = ReadonlyListView<EntryView>;

type CoordinatorFields = ProtocolFields['coordinator']['fields'];
export type ReadonlyCoordinatorView = ReadonlyRecordView<CoordinatorFields>;
type IdFields = CoordinatorFields['ids']['element']['fields'];
/** What the coordinator has in memory of a transactional id. */
export type IdView = RecordView<IdFields>;
export type ReadonlyIdView = ReadonlyRecordView<IdFields>;

type ProducerFields = ProtocolFields['producers']['element']['fields'];
export type ProducerView = RecordView<ProducerFields>;
export type ReadonlyProducerView = ReadonlyRecordView<ProducerFields>;
