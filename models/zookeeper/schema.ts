import {
  enumeration,
  flag,
  type IntField,
  int,
  lifecycle,
  list,
  node,
  nodeSet,
  optional,
  perNode,
  record,
} from '../../checker/state/fields.ts';
import type { NodeType } from '../../checker/state/nodeType.ts';
import { defineSchema } from '../../checker/state/schema.ts';
import type { ReadonlyRecordView, RecordView } from '../../checker/state/viewTypes.ts';
import { budgetsFor } from '../description/budgets.ts';
import { partitionStateLifecycle } from '../lifecycle/partitionState.ts';
import { replicaStateLifecycle } from '../lifecycle/replicaState.ts';
import { zooKeeperControllerLifecycle } from '../lifecycle/zooKeeperController.ts';
import { zooKeeperSessionLifecycle } from '../lifecycle/zooKeeperSession.ts';
import type { ReplicationSchema } from '../replication/schema.ts';
import type { ZooKeeperBounds } from './config.ts';
import type { ZooKeeperLimits } from './limits.ts';

/**
 * The state of a cluster with ZooKeeper: the partition as its own model has it, in which the newest metadata record is
 * the state znode and a registration is the node in `/brokers/ids`; the other znodes; sessions, controllers, what they
 * have sent, and what brokers have heard.
 */
export function zooKeeperSchema(
  broker: NodeType<'broker'>,
  partition: ReplicationSchema,
  bounds: ZooKeeperBounds,
  limits: ZooKeeperLimits,
) {
  const { protocol } = partition;
  const { brokerEpoch, metadataOffset } = protocol.fields.brokers.element.fields;
  const { leaderEpoch } = protocol.fields.partitions.element.fields.alterPartition.element.fields;
  const controllerEpoch = int(0, limits.controllerEpoch);
  const numbers = { brokerEpoch, metadataOffset, controllerEpoch };
  const request = requestRecord(broker, numbers);
  return defineSchema({
    protocol: {
      partition: protocol,
      zooKeeper: record({
        /** `/controller_epoch`: its version is the same number. */
        controllerEpoch,
        /** `/controller`. */
        controller: optional(node(broker)),
        /** Whether its session is one of an earlier process of this broker. */
        controllerIsOrphaned: flag(),
        /** In the state znode: the epoch of the controller that has written it last. */
        stateControllerEpoch: controllerEpoch,
        /** `/isr_change_notification`: there is one. */
        isrChanged: flag(),
        /** `/admin/delete_topics`: the topic is in it. */
        isDeleting: flag(),
      }),
      sessions: perNode(broker, sessionRecord()),
      controllers: perNode(broker, controllerRecord(broker, numbers)),
      /** What a controller has to send to each broker, in order: only the first is on its way. */
      queues: perNode(broker, perNode(broker, list(request, limits.queue))),
      /** What is on its way from a controller that has resigned or is gone. */
      late: perNode(broker, perNode(broker, list(request, 1))),
      heard: perNode(
        broker,
        record({
          /** The newest controller that the process has heard of. */
          controllerEpoch,
          /** Whether somebody has told the process what its replica is. */
          isTold: flag(),
          /** Its metadata cache, which clients ask. */
          leader: optional(node(broker)),
          leaderEpoch,
          live: nodeSet(broker),
        }),
      ),
    },
    ghost: { partition: partition.ghost },
    budget: budgetsFor(bounds),
  });
}

/** The numbers of a scope, each with the largest value that it can come to. */
interface Numbers {
  readonly brokerEpoch: IntField;
  readonly metadataOffset: IntField;
  readonly controllerEpoch: IntField;
}

function requestRecord(
  broker: NodeType<'broker'>,
  { brokerEpoch, metadataOffset, controllerEpoch }: Numbers,
) {
  return record({
    kind: enumeration('leaderAndIsr', 'updateMetadata', 'stopReplica', 'deleteReplica'),
    controllerEpoch,
    /** The epoch of the broker when the request was made; what the broker is told of it since 2.2. */
    brokerEpoch,
    /** The version of the state znode that it tells. */
    version: metadataOffset,
    /** UpdateMetadata: the live brokers. */
    live: nodeSet(broker),
  });
}

function sessionRecord() {
  return record({
    state: lifecycle(zooKeeperSessionLifecycle),
    /** The session of a process that is gone, which has not expired yet. */
    isOrphaned: flag(),
    /** Whether the node in `/brokers/ids` is of the present session. */
    ownsNode: flag(),
    /** The watch on `/controller`: whether it will tell of a change, or has told. */
    controllerWatch: enumeration('none', 'armed', 'fired'),
  });
}

function controllerRecord(
  broker: NodeType<'broker'>,
  { brokerEpoch, metadataOffset, controllerEpoch }: Numbers,
) {
  return record({
    state: lifecycle(zooKeeperControllerLifecycle),
    /** The controller epoch in which it acts. */
    epoch: controllerEpoch,
    /** The watch on `/brokers/ids`. */
    brokersWatch: enumeration('none', 'armed', 'fired'),
    /** The brokers that it takes for alive, each with the epoch that it had. */
    live: nodeSet(broker),
    epochs: perNode(broker, brokerEpoch),
    /** Brokers in controlled shutdown: no other controller knows of them. */
    leaving: nodeSet(broker),
    /** The version of the state znode in its cache. */
    version: metadataOffset,
    partition: lifecycle(partitionStateLifecycle),
    replicas: perNode(broker, lifecycle(replicaStateLifecycle)),
    /** Brokers that have deleted their replica, by answers on their way. */
    deleted: nodeSet(broker),
  });
}

export type ZooKeeperSchema = ReturnType<typeof zooKeeperSchema>;
export type ProtocolFields = ZooKeeperSchema['protocol']['fields'];
export type GhostFields = ZooKeeperSchema['ghost']['fields'];

/** The protocol state, to change. */
export type Protocol = RecordView<ProtocolFields>;
/** The protocol state, to read. */
export type ReadonlyProtocol = ReadonlyRecordView<ProtocolFields>;

type ControllerFields = ProtocolFields['controllers']['element']['fields'];
/** A controller, to change. */
export type ControllerView = RecordView<ControllerFields>;

type RequestFields = ProtocolFields['late']['element']['element']['element']['fields'];
/** A request of a controller to a broker. */
export type RequestView = ReadonlyRecordView<RequestFields>;
/** Which of them it is. */
export type RequestKind = RequestView['kind'];
