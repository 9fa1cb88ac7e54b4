import type {
  Invariant,
  PropertyScope,
  Sometimes,
  StepProperty,
  TakenAction,
} from '../../checker/model/property.ts';
import type { LeadsTo } from '../../checker/model/temporal.ts';
import type { NodeType } from '../../checker/state/nodeType.ts';
import { brokersOf, partitionsOf } from '../../models/replication/context.ts';
import type { Broker, PartitionId, PartitionView } from '../../models/replication/schema.ts';
import {
  partitionBoundsOf,
  partitionConfigOf,
  type ZooKeeperBounds,
  type ZooKeeperConfig,
} from '../../models/zookeeper/config.ts';
import type { GhostFields, ProtocolFields, RequestView } from '../../models/zookeeper/schema.ts';
import { isUp, newestMetadata } from '../replication/view.ts';

/** What a property of a cluster with ZooKeeper may look at. */
export type ZooKeeperScope = PropertyScope<ProtocolFields, GhostFields>;
export type ZooKeeperInvariant = Invariant<ProtocolFields, GhostFields>;
export type ZooKeeperStepProperty = StepProperty<ProtocolFields, GhostFields>;
export type ZooKeeperGoal = Sometimes<ProtocolFields, GhostFields>;
export type ZooKeeperProgress = LeadsTo<ProtocolFields, GhostFields>;

/** What a scope is, as far as the properties depend on it. */
export interface ZooKeeperFacts {
  readonly broker: NodeType<'broker'>;
  readonly partition: PartitionId;
  readonly config: ZooKeeperConfig;
  readonly bounds: ZooKeeperBounds;
}

/** The facts of a scope. */
export function zooKeeperFactsOf(config: ZooKeeperConfig, bounds: ZooKeeperBounds): ZooKeeperFacts {
  const partitionConfig = partitionConfigOf(config);
  const [partition] = partitionsOf(partitionConfig).all as [PartitionId];
  return {
    broker: brokersOf(partitionConfig, partitionBoundsOf(bounds)),
    partition,
    config,
    bounds,
  };
}

/** The state znode as it is. */
export function stateOf(
  { partition }: ZooKeeperFacts,
  { protocol }: ZooKeeperScope,
): PartitionView {
  return newestMetadata(protocol.partition).partitions.get(partition);
}

/** The version of the state znode. */
export function versionOf({ protocol }: ZooKeeperScope): number {
  const { firstOffset, history } = protocol.partition.metadata;
  return firstOffset + history.length - 1;
}

/** What a live broker was told of the partition last. */
export function toldTo(
  { partition }: ZooKeeperFacts,
  { protocol }: ZooKeeperScope,
  broker: Broker,
): PartitionView {
  const { brokers, metadata } = protocol.partition;
  const { metadataOffset } = brokers.get(broker);
  return metadata.history.get(metadataOffset - metadata.firstOffset).partitions.get(partition);
}

/** Whether a broker is there, for ZooKeeper. */
export function isRegistered({ protocol }: ZooKeeperScope, broker: Broker): boolean {
  return protocol.partition.registrations.get(broker).state.state === 'unfenced';
}

/** Whether a broker process runs, awake, in a session in which it is registered. */
export function isInOrder({ protocol }: ZooKeeperScope, broker: Broker): boolean {
  const { state, ownsNode } = protocol.sessions.get(broker);
  return isUp(protocol.partition, broker) && state.state === 'open' && ownsNode;
}

/** Whether a broker takes itself for the controller. */
export function isActing({ protocol }: ZooKeeperScope, broker: Broker): boolean {
  return protocol.controllers.get(broker).state.state !== 'standby';
}

/** The controller that acts and is named in `/controller`, by its present session. */
export function controllerOf({ protocol }: ZooKeeperScope): Broker | undefined {
  const { controller, controllerIsOrphaned } = protocol.zooKeeper;
  if (controller === undefined || controllerIsOrphaned) return undefined;
  return protocol.controllers.get(controller).state.state === 'active' ? controller : undefined;
}

/** The request that a step handles, and the broker that does, if it handles one. */
export function handledBy(
  { broker: brokers }: ZooKeeperFacts,
  { protocol }: ZooKeeperScope,
  { name, params }: TakenAction,
): { readonly broker: Broker; readonly request: RequestView } | undefined {
  const [controller, broker] = [params['controller'], params['broker']].map(each =>
    brokers.named(String(each)),
  );
  if (controller === undefined || broker === undefined) return undefined;
  if (name === 'deliverLate') {
    return { broker, request: protocol.late.get(controller).get(broker).get(0) };
  }
  if (name !== 'deliver' && name !== 'deliverTwice') return undefined;
  return { broker, request: protocol.queues.get(controller).get(broker).get(0) };
}

/**
 * Whether nothing is under way: nothing is to be told, read or heard of, a controller acts, and every broker is either
 * registered and in order, or down and given up.
 */
export function isSettled(facts: ZooKeeperFacts, state: ZooKeeperScope): boolean {
  const { protocol } = state;
  const controller = controllerOf(state);
  if (controller === undefined) return false;
  const { isrChanged, isDeleting } = protocol.zooKeeper;
  if (isrChanged || isDeleting || !protocol.controllers.get(controller).deleted.isEmpty)
    return false;
  return facts.broker.all.every(
    each =>
      isAtRest(state, each) &&
      facts.broker.all.every(
        other =>
          protocol.queues.get(each).get(other).length === 0 &&
          protocol.late.get(each).get(other).length === 0,
      ),
  );
}

function isAtRest(state: ZooKeeperScope, broker: Broker): boolean {
  const { protocol } = state;
  const { isOrphaned, controllerWatch } = protocol.sessions.get(broker);
  const { process } = protocol.partition.brokers.get(broker);
  if (isOrphaned || protocol.controllers.get(broker).brokersWatch === 'fired') return false;
  if (isActing(state, broker) && controllerOf(state) !== broker) return false;
  if (process.state === 'notRunning') return !isRegistered(state, broker);
  return process.state === 'running' && isInOrder(state, broker) && controllerWatch === 'armed';
}
