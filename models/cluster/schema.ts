import {
  enumeration,
  int,
  list,
  node,
  optional,
  perNode,
  record,
} from '../../checker/state/fields.ts';
import { defineSchema } from '../../checker/state/schema.ts';
import type { ReadonlyRecordView, RecordView } from '../../checker/state/viewTypes.ts';
import { budgetsFor } from '../description/budgets.ts';
import type { KraftSchema } from '../kraft/schema.ts';
import type { ReplicationSchema } from '../replication/schema.ts';
import type { ClusterBounds, ClusterConfig } from './config.ts';
import type { Hosts } from './nodes.ts';

/** What controllers decide, by the names of the partition's actions. */
export const commandNames = [
  'fence',
  'missHeartbeats',
  'unfence',
  'register',
  'handleAlterPartition',
  'enterControlledShutdown',
  'stopCleanly',
  'electPreferred',
  'electUncleanly',
  'reassign',
  'cancelReassignment',
  'changeMinIsr',
  'deleteTopic',
  'recreateTopic',
  'enableEligibleLeaderReplicas',
  'unregister',
  'replaceReassignment',
  'changeUncleanSetting',
  'electUncleanlyAsSet',
] as const;

export type CommandName = (typeof commandNames)[number];

/**
 * The state of a cluster: the metadata quorum and the partition, each as its own model has it, and
 * between them what the entries of the metadata log mean and how far they have taken effect.
 */
export function clusterSchema(
  hosts: Hosts,
  quorum: KraftSchema,
  partition: ReplicationSchema,
  config: ClusterConfig,
  bounds: ClusterBounds,
) {
  const { offset, epoch, value } = numbersOf(quorum);
  const { metadataOffset } = partition.protocol.fields.brokers.element.fields;
  return defineSchema({
    protocol: {
      quorum: quorum.protocol,
      partition: partition.protocol,
      /** The controller that is active and knows all that is committed, if there is one. */
      controller: optional(node(hosts.node)),
      /** What the entries of the metadata log stand for: an entry's value is its place here, from 1. */
      decisions: list(
        record(decisionFields(hosts, partition, config)),
        Math.max(1, bounds.decisions),
      ),
      /** The committed entries below this offset have taken effect. */
      appliedOffset: offset,
      /** By offset, for each of them: the newest metadata record of the topic when it had. */
      metadataOffsetAt: list(metadataOffset, offset.max),
      /** The end of the metadata log once the present registration of a broker was in it. */
      registeredAt: perNode(hosts.broker, offset),
    },
    ghost: {
      quorum: quorum.ghost,
      partition: partition.ghost,
      /** By offset, the entries that took effect, in the order in which they did. */
      applied: list(record({ epoch, value }), offset.max),
    },
    budget: budgetsFor(bounds),
  });
}

function numbersOf({ protocol }: KraftSchema) {
  const { flushedOffset: offset, epoch } = protocol.fields.nodes.element.fields;
  return { offset, epoch, value: protocol.fields.client.fields.sent };
}

/** A decision of a controller; the fields that one kind does not use stay zero. */
function decisionFields({ broker }: Hosts, { protocol }: ReplicationSchema, config: ClusterConfig) {
  const { brokers, partitions } = protocol.fields;
  const { incarnation, brokerEpoch, previousBrokerEpoch } = brokers.element.fields;
  return {
    command: enumeration(...commandNames),
    /** The broker that it is about, or that has asked for it. */
    broker: optional(node(broker)),
    /** The partition that it is about, where there are several. */
    partition: optional(node(partitions.type)),
    /** Of a reassignment. */
    add: optional(node(broker)),
    remove: optional(node(broker)),
    minInsyncReplicas: int(0, config.brokers),
    /** The broker epoch under which the controller knew the broker. */
    brokerEpoch,
    /** Of a registration: what the process said of itself. */
    incarnation,
    previousBrokerEpoch,
    /** Of an ISR change: the leader's request. */
    request: partitions.element.fields.alterPartition.element,
  };
}

export type ClusterSchema = ReturnType<typeof clusterSchema>;
export type ProtocolFields = ClusterSchema['protocol']['fields'];
export type GhostFields = ClusterSchema['ghost']['fields'];

/** The protocol state, to change. */
export type Protocol = RecordView<ProtocolFields>;
/** The protocol state, to read. */
export type ReadonlyProtocol = ReadonlyRecordView<ProtocolFields>;
/** The ghost state, to read. */
export type ReadonlyGhost = ReadonlyRecordView<GhostFields>;

type DecisionFields = ProtocolFields['decisions']['element']['fields'];
/** A decision of a controller, to read. */
export type DecisionView = ReadonlyRecordView<DecisionFields>;
