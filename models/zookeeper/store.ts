import type { EffectHandlers } from '../../checker/state/viewTypes.ts';
import { newestMetadata, newestMetadataOffset } from '../replication/learning.ts';
import { isUp } from '../replication/metadata.ts';
import type { Broker, PartitionId, PartitionView } from '../replication/schema.ts';
import type { ZooKeeperContext } from './context.ts';
import type { Protocol, ReadonlyProtocol } from './schema.ts';

/*
 * The znodes: one linearizable store. A znode that changes fires the watches on it, each once; who watched learns that
 * something has changed, and reads what.
 */

/** Whoever registers decides nothing: that is for a controller that reads of it. */
const nothingDecided: EffectHandlers<
  'cleanUpPredecessor' | 'electWhereLeaderless' | 'leavePartition' | 'giveUp',
  undefined
> = {
  cleanUpPredecessor: () => undefined,
  electWhereLeaderless: () => undefined,
  leavePartition: () => undefined,
  giveUp: () => undefined,
};

/** The one partition of the model. */
export function onlyPartition({ partition }: ZooKeeperContext): PartitionId {
  const [only] = partition.partition.all as [PartitionId];
  return only;
}

/** The state znode of the partition as it is now. */
export function stateNow(context: ZooKeeperContext, protocol: ReadonlyProtocol): PartitionView {
  return newestMetadata(protocol.partition).partitions.get(onlyPartition(context));
}

/** The state znode as it was in an earlier version, which somebody still has or is told. */
export function stateAt(
  context: ZooKeeperContext,
  { partition: { metadata } }: ReadonlyProtocol,
  version: number,
): PartitionView {
  const { history, firstOffset } = metadata;
  return history.get(version - firstOffset).partitions.get(onlyPartition(context));
}

/** The version of the state znode as it is now. */
export function versionNow({ partition }: ReadonlyProtocol): number {
  return newestMetadataOffset(partition);
}

/** Whether the broker has a node in `/brokers/ids`. */
export function isRegistered({ partition }: ReadonlyProtocol, broker: Broker): boolean {
  return partition.registrations.get(broker).state.state === 'unfenced';
}

/** The node of a broker in `/brokers/ids`: its zxid is the broker epoch. One that was there is deleted before. */
export function createBrokerNode(
  context: ZooKeeperContext,
  protocol: Protocol,
  broker: Broker,
): void {
  const registration = protocol.partition.registrations.get(broker);
  registration.state.send('register', nothingDecided, undefined);
  registration.state.send('unfence', nothingDecided, undefined);
  registration.brokerEpoch++;
  protocol.sessions.get(broker).ownsNode = true;
  fireBrokersWatches(context, protocol);
}

/** The node of a broker in `/brokers/ids` is gone. */
function removeBrokerNode(context: ZooKeeperContext, protocol: Protocol, broker: Broker): void {
  if (!isRegistered(protocol, broker)) return;
  protocol.partition.registrations.get(broker).state.send('fence', nothingDecided, undefined);
  protocol.sessions.get(broker).ownsNode = false;
  fireBrokersWatches(context, protocol);
}

/** A broker hears the answer to its registration, and so its epoch. */
export function learnBrokerEpoch({ partition }: Protocol, broker: Broker): void {
  partition.brokers.get(broker).brokerEpoch = partition.registrations.get(broker).brokerEpoch;
}

function fireBrokersWatches({ broker }: ZooKeeperContext, { controllers }: Protocol): void {
  for (const each of broker.all) {
    const controller = controllers.get(each);
    if (controller.brokersWatch === 'armed') controller.brokersWatch = 'fired';
  }
}

/** `/controller` is gone: everybody who watches it is told. */
export function removeControllerNode(
  { broker, rules }: ZooKeeperContext,
  protocol: Protocol,
): void {
  const { zooKeeper, sessions } = protocol;
  zooKeeper.controller = undefined;
  zooKeeper.controllerIsOrphaned = false;
  if (!rules.hearsOfController) return;
  for (const each of broker.all) {
    const session = sessions.get(each);
    if (session.controllerWatch === 'armed') session.controllerWatch = 'fired';
  }
}

/** Whether `/controller` is of the present session of a broker. */
export function ownsController({ zooKeeper }: ReadonlyProtocol, broker: Broker): boolean {
  return zooKeeper.controller === broker && !zooKeeper.controllerIsOrphaned;
}

/** The ensemble ends the session of a process, or the process closes it: its ephemeral nodes vanish at once. */
export function removeEphemeral(
  context: ZooKeeperContext,
  protocol: Protocol,
  broker: Broker,
): void {
  if (protocol.sessions.get(broker).ownsNode) removeBrokerNode(context, protocol, broker);
  if (ownsController(protocol, broker)) removeControllerNode(context, protocol);
}

/** The same of a session whose process is gone. */
export function removeOrphaned(
  context: ZooKeeperContext,
  protocol: Protocol,
  broker: Broker,
): void {
  const session = protocol.sessions.get(broker);
  session.isOrphaned = false;
  if (!session.ownsNode) removeBrokerNode(context, protocol, broker);
  const { controller, controllerIsOrphaned } = protocol.zooKeeper;
  if (controller === broker && controllerIsOrphaned) removeControllerNode(context, protocol);
}

/**
 * Drops the versions of the state znode that nobody knows any more: no live broker, no controller, no request. A
 * process that was told nothing yet knows none.
 */
export function forgetVersions(context: ZooKeeperContext, protocol: Protocol): void {
  const { brokers, metadata } = protocol.partition;
  const newest = versionNow(protocol);
  let oldest = newest;
  const isKnown = (version: number): void => {
    oldest = Math.min(oldest, version);
  };
  for (const each of context.broker.all) {
    const known = brokers.get(each);
    if (isUp(protocol.partition, each)) {
      if (protocol.heard.get(each).isTold) isKnown(known.metadataOffset);
      else known.metadataOffset = newest;
    }
    const controller = protocol.controllers.get(each);
    if (controller.state.state === 'loaded' || controller.state.state === 'active') {
      isKnown(controller.version);
    }
    for (const other of context.broker.all) {
      for (const { version } of protocol.queues.get(each).get(other)) isKnown(version);
      for (const { version } of protocol.late.get(each).get(other)) isKnown(version);
    }
  }
  metadata.history.removeFirst(oldest - metadata.firstOffset);
  metadata.firstOffset = oldest;
}
