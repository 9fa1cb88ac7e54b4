import {
  enumeration,
  flag,
  int,
  lifecycle,
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
import { classicGroupLifecycle } from '../lifecycle/classicGroup.ts';
import { classicMemberLifecycle } from '../lifecycle/classicMember.ts';
import { consumerMemberLifecycle } from '../lifecycle/consumerMember.ts';
import { coordinatorLifecycle } from '../lifecycle/coordinator.ts';
import { partitionLogFields } from '../partitionLog/partitionLog.ts';
import type { GroupsBounds } from './config.ts';
import { type Limits, limitsOf } from './limits.ts';

/** A broker that may be the coordinator of the group. */
export type Broker = Node<'broker'>;
/** A consumer of the group: one process, and those that take its place after it. */
export type MemberNode = Node<'member'>;
/** A partition of the topic that the group reads. */
export type PartitionId = Node<'partition'>;

/** Who there is in a model of groups. */
export interface GroupsNodes {
  readonly broker: NodeType<'broker'>;
  readonly member: NodeType<'member'>;
  readonly partition: NodeType<'partition'>;
}

/**
 * The state of one group, of those that may be its coordinator, and of its members. Each partition of the topic has
 * the same number of records from the start, all committed.
 */
export function groupsSchema(nodes: GroupsNodes, bounds: GroupsBounds) {
  const { broker, member, partition } = nodes;
  const limits = limitsOf(nodes, bounds);
  const numbers = numbersOf(bounds, limits);
  return defineSchema({
    protocol: {
      /** The partition of `__consumer_offsets` that the group is in. */
      offsets: record(
        partitionLogFields(broker, entryFields(nodes, numbers), {
          offset: limits.logIndex,
          leaderEpoch: limits.leaderEpoch,
        }),
      ),
      coordinators: perNode(broker, coordinatorRecord(nodes, numbers)),
      members: perNode(member, memberRecord(nodes, numbers)),
    },
    ghost: {
      partitions: perNode(
        partition,
        record({
          /** By offset, how often some application has processed the record; 2 stands for more. */
          processed: list(int(0, 2), bounds.records),
          /** What a member was told last to be committed, until another commit is. */
          acknowledged: optional(numbers.offset),
        }),
      ),
    },
    budget: budgetsFor(bounds),
  });
}

type Numbers = ReturnType<typeof numbersOf>;

/** The numbers of a scope, each with the largest value that it can come to. */
function numbersOf({ records }: GroupsBounds, limits: Limits) {
  return {
    offset: int(0, records),
    generation: int(0, limits.generation),
    leaderEpoch: int(0, limits.leaderEpoch),
    logIndex: int(0, limits.logIndex),
  };
}

/** A batch of records that the coordinator writes at once: offsets, or the group. */
function entryFields({ member, partition }: GroupsNodes, { offset, generation }: Numbers) {
  return {
    kind: enumeration('offsets', 'deleted', 'group'),
    /** The partitions of which something is committed, or deleted. */
    offsets: perNode(partition, optional(offset)),
    /** The group: its generation, its members and what they have. */
    generation,
    members: perNode(member, flag()),
    owners: perNode(partition, optional(node(member))),
    /** Of the consumer protocol: what is to be given up, who is to have it, and since which epoch it is held. */
    isPending: perNode(partition, flag()),
    targets: perNode(partition, optional(node(member))),
    assignedAt: perNode(partition, generation),
    assignmentEpoch: generation,
    epochs: perNode(member, generation),
    previousEpochs: perNode(member, generation),
  };
}

/** What a broker is to the group, and what it knows of it. */
function coordinatorRecord(
  { member, partition }: GroupsNodes,
  { generation, leaderEpoch, logIndex }: Numbers,
) {
  return record({
    state: lifecycle(coordinatorLifecycle),
    /** The epoch in which it was elected. */
    leaderEpoch,
    /** Of one that was deposed: up to where it knows the log to be committed. */
    highWatermark: logIndex,
    group: record({
      state: lifecycle(classicGroupLifecycle),
      /** The generation, or the group epoch. */
      generation,
      /** The group epoch that the target assignment is of. */
      assignmentEpoch: generation,
      /** The assignment that is not committed yet: where it is in the log. */
      pendingAt: optional(logIndex),
      members: perNode(
        member,
        record({
          isIn: flag(),
          /** It has joined again, and waits for the others. */
          hasJoined: flag(),
          /** What it said that it owns when it joined, and since which generation. */
          claims: nodeSet(partition),
          claimedIn: generation,
          /** What the assignment of this generation, or of its epoch, gives it. */
          assigned: nodeSet(partition),
          /** What it is to give up, and what it is to have by the target assignment. */
          pending: nodeSet(partition),
          target: nodeSet(partition),
          /** The epoch that it was told last, and the one before. */
          epoch: generation,
          previousEpoch: generation,
          /** The epoch at which it was given each partition (KIP-1251). */
          assignedAt: perNode(partition, generation),
        }),
      ),
    }),
  });
}

/** A consumer of the group. */
function memberRecord(
  { broker, partition }: GroupsNodes,
  { offset, generation, logIndex }: Numbers,
) {
  return record({
    classic: lifecycle(classicMemberLifecycle),
    consumer: lifecycle(consumerMemberLifecycle),
    /** Whom it takes for the coordinator. */
    coordinator: node(broker),
    /** Its generation, or its member epoch. */
    generation,
    /** What it was told to own, and does not yet. */
    target: nodeSet(partition),
    /**
     * The broker at which a heartbeat waits, or a static member that is back, and where that is in the log if this
     * broker led.
     */
    heartbeat: optional(record({ broker: node(broker), at: optional(logIndex) })),
    /** It prepares a rebalance: what it commits before it gives up partitions is sent. */
    isRevoking: flag(),
    /** It has given up partitions for others, and joins again so that they get them. */
    owesRejoin: flag(),
    partitions: perNode(
      partition,
      record({
        isOwned: flag(),
        /** The next record that a poll returns; none until the member knows where the group goes on. */
        position: optional(offset),
        /** The first record that its application has not processed. */
        done: offset,
        /** Where, as far as the member knows, the group goes on after it. */
        committed: offset,
        /** The offset of the commit that is on its way. */
        committing: optional(offset),
      }),
    ),
    /** The broker at which a commit waits, and where it is in the log if that broker led. */
    commit: optional(record({ broker: node(broker), at: optional(logIndex) })),
  });
}

export type GroupsSchema = ReturnType<typeof groupsSchema>;
export type ProtocolFields = GroupsSchema['protocol']['fields'];
export type GhostFields = GroupsSchema['ghost']['fields'];

/** The protocol state, to change. */
export type Protocol = RecordView<ProtocolFields>;
/** The protocol state, to read. */
export type ReadonlyProtocol = ReadonlyRecordView<ProtocolFields>;

type OffsetsFields = ProtocolFields['offsets']['fields'];
export type OffsetsView = RecordView<OffsetsFields>;
export type EntryView = ReadonlyRecordView<OffsetsFields['log']['element']['fields']>;
export type LogView = ReadonlyListView<EntryView>;

type CoordinatorFields = ProtocolFields['coordinators']['element']['fields'];
export type CoordinatorView = RecordView<CoordinatorFields>;
export type ReadonlyCoordinatorView = ReadonlyRecordView<CoordinatorFields>;
type GroupFields = CoordinatorFields['group']['fields'];
export type GroupView = RecordView<GroupFields>;
export type ReadonlyGroupView = ReadonlyRecordView<GroupFields>;

type MemberFields = ProtocolFields['members']['element']['fields'];
export type MemberView = RecordView<MemberFields>;
export type ReadonlyMemberView = ReadonlyRecordView<MemberFields>;
type ReadingFields = MemberFields['partitions']['element']['fields'];
/** What a member has of one partition. */
export type ReadonlyReadingView = ReadonlyRecordView<ReadingFields>;
