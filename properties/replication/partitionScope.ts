import type { Holds, PropertyText, TakenAction } from '../../checker/model/property.ts';
import type { ReadonlyPartition } from '../../models/replication/partitionScope.ts';
import type { Broker, LogView, ReadonlyPartitionGhost } from '../../models/replication/schema.ts';
import { controllerView, firstComparable, isCurrentLeader } from './view.ts';

/** What a property of one partition may look at: the partition and its brokers, and what clients were told. */
export interface PartitionScope {
  readonly protocol: ReadonlyPartition;
  readonly ghost: ReadonlyPartitionGhost;
}

/** Must hold of every partition in every state. */
export interface PartitionInvariant extends PropertyText {
  readonly kind: 'invariant';
  when?(state: PartitionScope): boolean;
  holds(state: PartitionScope): Holds;
}

/** Must hold of every partition across every step. */
export interface PartitionStepProperty extends PropertyText {
  readonly kind: 'step';
  when?(before: PartitionScope, after: PartitionScope, action: TakenAction): boolean;
  holds(before: PartitionScope, after: PartitionScope, action: TakenAction): Holds;
}

/** Must be reachable for some partition. */
export interface PartitionGoal extends PropertyText {
  readonly kind: 'sometimes';
  reaches(before: PartitionScope, after: PartitionScope, action: TakenAction): boolean;
}

/** Must come about for every partition, whenever it is due. */
export interface PartitionProgress extends PropertyText {
  readonly kind: 'leadsTo';
  when(state: PartitionScope): boolean;
  goal(state: PartitionScope): boolean;
}

/** The broker that acts as the controller's current leader, in its leader epoch, if one does. */
export function currentLeaderOf({ protocol }: PartitionScope): Broker | undefined {
  const { leader } = controllerView(protocol);
  return leader !== undefined && isCurrentLeader(protocol, leader) ? leader : undefined;
}

/**
 * The broker that the step made leader, if it made one: another than before, or the same in a new
 * leader epoch.
 */
export function electedIn(before: PartitionScope, after: PartitionScope): Broker | undefined {
  const was = controllerView(before.protocol);
  const is = controllerView(after.protocol);
  if (is.leader === was.leader && is.leaderEpoch === was.leaderEpoch) return undefined;
  // The first leader of a topic that is created is not elected.
  return is.topicId === was.topicId ? is.leader : undefined;
}

const registrationInWords = {
  unregistered: 'not registered',
  fenced: 'fenced',
  unfenced: 'active',
  controlledShutdown: 'in controlled shutdown',
} as const;

/** What the controller has a broker for, in words. */
export function registeredAs({ protocol }: PartitionScope, broker: Broker): string {
  return registrationInWords[protocol.registrations.get(broker).state.state];
}

/**
 * The first offset from `start` and below `end` at which two logs do not have the same record of
 * the same epoch; a log that has ended has nothing there.
 */
export function firstDifference(
  a: LogView,
  b: LogView,
  start: number,
  end: number,
): number | undefined {
  for (let offset = start; offset < end; offset++) {
    if (offset >= a.length || offset >= b.length) return offset;
    const left = a.get(offset);
    const right = b.get(offset);
    if (left.record !== right.record || left.epoch !== right.epoch) return offset;
  }
  return undefined;
}

/**
 * The first offset below `end` at which a replica does not have what the leader has, as far as both
 * logs go back. A replica of another topic of the name has nothing of it.
 */
export function firstMissing(
  replicas: ReadonlyPartition['replicas'],
  leader: Broker,
  other: Broker,
  end: number,
): number | undefined {
  const [from, to] = [replicas.get(leader), replicas.get(other)];
  if (from.topicId !== to.topicId)
    return from.logStartOffset < end ? from.logStartOffset : undefined;
  return firstDifference(from.log, to.log, firstComparable(replicas, leader, other), end);
}

/** What a log has at an offset, in words. */
export function heldAt(log: LogView, offset: number): string {
  if (offset >= log.length) return 'nothing';
  const { record, epoch } = log.get(offset);
  return `record ${record} of epoch ${epoch}`;
}
