import type { ReadonlyPartition } from '../../models/replication/partitionScope.ts';
import type { Broker, LogView } from '../../models/replication/schema.ts';
import {
  brokerViewOf,
  controllerView,
  isUp,
  knowsNewest,
} from '../../properties/replication/view.ts';

/** What of a state is told alike in both modes: the partition, and what clients were told. */
export interface Seen {
  readonly all: readonly Broker[];
  readonly partition: ReadonlyPartition;
  readonly acknowledged: Acknowledged;
  /** Whether the process knows anything of its replica. */
  readonly isTold: (broker: Broker) => boolean;
  /** Whether nothing is under way in what the mode has of its own. */
  readonly isSettled: boolean;
}

interface Acknowledged {
  readonly length: number;
  get(index: number): { readonly offset: number; readonly record: number };
}

/** What each broker takes itself for. It is the same whoever of them is called the first. */
export function beliefs(seen: Seen): string {
  return inAnyOrder(seen.all.map(each => belief(seen, each)));
}

function belief({ partition, isTold }: Seen, broker: Broker): string {
  if (!isUp(partition, broker)) return 'is down';
  const { role } = partition.replicas.get(broker);
  if (role.state !== 'leading' && role.state !== 'following') return 'has no leader';
  const [now, known] = [controllerView(partition), brokerViewOf(partition, broker)];
  const isNow = known.leader === now.leader && known.leaderEpoch === now.leaderEpoch;
  const does = role.state === 'leading' ? 'leads' : 'follows';
  return isTold(broker) && isNow ? does : `${does} by what is over`;
}

/** What it comes to: what each takes itself for, whether it is in the ISR, and what became of records. */
export function ending(seen: Seen): string {
  const { partition, all } = seen;
  const { isr, leader } = controllerView(partition);
  const place = (broker: Broker): string => (isr.has(broker) ? 'in the ISR' : 'outside the ISR');
  const parts = [inAnyOrder(all.map(each => `${belief(seen, each)}, ${place(each)}`))];
  if (leader !== undefined && isLost(seen, partition.replicas.get(leader).log)) {
    parts.push('an acknowledged record is gone');
  }
  return parts.join('; ');
}

function inAnyOrder(words: readonly string[]): string {
  return [...words]
    .sort()
    .map((word, index) => `${index === 0 ? 'one' : 'the other'} ${word}`)
    .join('; ');
}

function isLost({ acknowledged }: Seen, log: LogView): boolean {
  for (let index = 0; index < acknowledged.length; index++) {
    const { offset, record } = acknowledged.get(index);
    if (offset >= log.length || log.get(offset).record !== record) return true;
  }
  return false;
}

/**
 * Whether nothing is under way: every broker runs, is registered and knows everything, or is down and given up, and
 * nobody waits for an ISR.
 */
export function isAtRest({ all, partition, isSettled }: Seen): boolean {
  return isSettled && all.every(each => !isAsking(partition, each));
}

/** Whether an ISR that the broker has proposed is not decided yet. */
function isAsking(partition: ReadonlyPartition, broker: Broker): boolean {
  const { inFlight } = partition.alterPartition.get(broker);
  return inFlight !== 'none' || partition.replicas.get(broker).pendingIsr.change !== 'none';
}

/** With a metadata log: whether every broker runs and knows all of it, or is down and fenced. */
export function knowsItsLog(partition: ReadonlyPartition, broker: Broker): boolean {
  const { process, paused, brokerEpoch } = partition.brokers.get(broker);
  const registration = partition.registrations.get(broker);
  if (process.state === 'notRunning') return registration.state.state === 'fenced';
  if (process.state !== 'running' || paused) return false;
  if (registration.state.state !== 'unfenced' || brokerEpoch !== registration.brokerEpoch) {
    return false;
  }
  return knowsNewest(partition, broker);
}
