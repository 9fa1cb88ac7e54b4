import type { NodeType } from '../../checker/state/nodeType.ts';
import type { Broker, PartitionView, Protocol, ReadonlyProtocol } from './schema.ts';

/** The partition as the controller has it: the newest record of the metadata history. */
export function controllerView(protocol: ReadonlyProtocol): PartitionView {
  const { history } = protocol.metadata;
  return history.get(history.length - 1);
}

/** The offset of the newest metadata record, which is the controller's partition epoch. */
export function controllerPartitionEpoch(protocol: ReadonlyProtocol): number {
  const { firstOffset, history } = protocol.metadata;
  return firstOffset + history.length - 1;
}

/**
 * The partition as a live broker knows it: the fold of the metadata records that it has replayed.
 * Every record here carries the whole partition, so the fold is the last of them.
 */
export function brokerViewOf(protocol: ReadonlyProtocol, broker: Broker): PartitionView {
  const { firstOffset, history } = protocol.metadata;
  return history.get(protocol.brokers.get(broker).metadataOffset - firstOffset);
}

/** Whether the broker's process is up: in recovery or running. */
export function isUp(protocol: ReadonlyProtocol, broker: Broker): boolean {
  return protocol.brokers.get(broker).process.state !== 'notRunning';
}

/** Whether the broker serves clients and acts as a leader in its own view. */
export function actsAsLeader(protocol: ReadonlyProtocol, broker: Broker): boolean {
  const { process, replica } = protocol.brokers.get(broker);
  return process.state === 'running' && replica.state === 'leading';
}

/**
 * Whether the broker acts as the leader that the controller has now, in the same leader epoch. Of
 * all brokers that believe to lead, this is the one whose log the others will follow.
 */
export function isCurrentLeader(protocol: ReadonlyProtocol, broker: Broker): boolean {
  if (!actsAsLeader(protocol, broker)) return false;
  const [now, view] = [controllerView(protocol), brokerViewOf(protocol, broker)];
  return now.leader === broker && view.leaderEpoch === now.leaderEpoch;
}

/**
 * Drops metadata records that are no live broker's view any more. A stopped broker needs none: it
 * catches up with the newest record before it takes part again. This bounds the history without
 * changing what any broker can do.
 */
export function forgetReplayedMetadata(protocol: Protocol, brokers: NodeType<'broker'>): void {
  const { metadata } = protocol;
  let oldest = controllerPartitionEpoch(protocol);
  for (const broker of brokers.all) {
    if (!isUp(protocol, broker)) continue;
    oldest = Math.min(oldest, protocol.brokers.get(broker).metadataOffset);
  }
  metadata.history.removeFirst(oldest - metadata.firstOffset);
  metadata.firstOffset = oldest;
}
