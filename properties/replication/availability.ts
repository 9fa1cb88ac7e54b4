import type { NodeType } from '../../checker/state/nodeType.ts';
import type { ReadonlyPartition } from '../../models/replication/partitionScope.ts';
import type { Broker } from '../../models/replication/schema.ts';
import { currentLeaderOf, type PartitionInvariant, type PartitionScope } from './partitionScope.ts';
import {
  actsAsLeader,
  controllerView,
  isAssigned,
  isCreated,
  isrKnownTo,
  knowsNewest,
  minIsrKnownTo,
} from './view.ts';

/**
 * Once the failures have been noticed and what is left has settled, the partition takes acks=all
 * records. Not a claim about Kafka: what failures a configuration can take is a question, and the
 * guarantee matrix asks it.
 */
export function partitionWritableWhenSettled(broker: NodeType<'broker'>): PartitionInvariant {
  return {
    name: 'partition-writable-when-settled',
    kind: 'invariant',
    statement: 'When failed brokers are fenced and the others in sync, acks=all is accepted.',
    loss: 'Producers get NOT_ENOUGH_REPLICAS or no leader until a failed broker returns.',
    source: 'min.insync.replicas; ReplicaManager.appendRecords',
    when: state => isSettled(state, broker),
    holds(state) {
      const leader = currentLeaderOf(state);
      if (leader === undefined || !servesAsLeader(state.protocol, leader)) {
        return 'the partition has no leader';
      }
      const isr = isrKnownTo(state.protocol, leader);
      const needed = minIsrKnownTo(state.protocol, leader);
      return isr.size >= needed || `NOT_ENOUGH_REPLICAS: the ISR has ${isr.size} of ${needed}`;
    },
  };
}

/** Whether the broker acts as leader and does not stand still. */
export function servesAsLeader(partition: ReadonlyPartition, broker: Broker): boolean {
  return !partition.brokers.get(broker).paused && actsAsLeader(partition, broker);
}

/** Whether nothing happens any more until a broker fails or returns. */
function isSettled(state: PartitionScope, broker: NodeType<'broker'>): boolean {
  const { protocol } = state;
  const now = controllerView(protocol);
  if (!isCreated(now)) return false;
  for (const member of broker.all) {
    if (!isDownAndFenced(state, member) && !isUpAndKnowing(state, member)) return false;
    if (protocol.alterPartition.get(member).inFlight !== 'none') return false;
    const awaited = isAssigned(now, member) && isUpAndKnowing(state, member);
    if (awaited && now.leader !== undefined && !now.isr.has(member)) return false;
  }
  return true;
}

function isDownAndFenced({ protocol }: PartitionScope, broker: Broker): boolean {
  const { process } = protocol.brokers.get(broker);
  return (
    process.state === 'notRunning' && protocol.registrations.get(broker).state.state === 'fenced'
  );
}

/** Running, unfenced, awake, and up to date with the metadata. */
function isUpAndKnowing({ protocol }: PartitionScope, broker: Broker): boolean {
  const { process, paused } = protocol.brokers.get(broker);
  return (
    process.state === 'running' &&
    !paused &&
    protocol.registrations.get(broker).state.state === 'unfenced' &&
    knowsNewest(protocol, broker)
  );
}
