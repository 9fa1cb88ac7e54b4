import { PerState } from '../../checker/state/perState.ts';
import type { ReplicationContext } from './context.ts';
import { type Learning, prefixOfMetadataLog } from './learning.ts';
import type { ReplicationRecording } from './recorders.ts';
import type {
  PartitionId,
  PartitionState,
  Protocol,
  ReadonlyPartitionState,
  ReadonlyProtocol,
} from './schema.ts';

/** One partition and the brokers that it is on, to read: what properties look at. */
export interface ReadonlyPartition extends ReadonlyProtocol, ReadonlyPartitionState {
  readonly id: PartitionId;
  readonly protocol: ReadonlyProtocol;
  readonly learning: Learning;
}

/** The same with the rules that hold: what guards look at. */
export interface RuledPartition extends ReadonlyPartition {
  readonly context: ReplicationContext;
}

/** One partition and the brokers that it is on, to change by the rules that hold. */
export interface Partition extends Protocol, PartitionState {
  readonly id: PartitionId;
  readonly protocol: Protocol;
  readonly learning: Learning;
  readonly context: ReplicationContext;
}

/** The same where clients may be told something. */
export interface PartitionStep extends Partition {
  readonly record: ReplicationRecording;
}

/**
 * What all of these are made of. They have one shape, whoever they are for: code that meets objects of
 * several shapes is slow.
 */
class Scope implements PartitionStep {
  readonly id: PartitionId;
  readonly protocol: Protocol;
  readonly brokers: Protocol['brokers'];
  readonly registrations: Protocol['registrations'];
  readonly metadata: Protocol['metadata'];
  readonly registrationAnswers: Protocol['registrationAnswers'];
  readonly network: Protocol['network'];
  readonly partitions: Protocol['partitions'];
  readonly replicas: PartitionState['replicas'];
  readonly alterPartition: PartitionState['alterPartition'];
  readonly fetchRequests: PartitionState['fetchRequests'];
  readonly fetchResponses: PartitionState['fetchResponses'];
  readonly producer: PartitionState['producer'];
  readonly learning: Learning;
  readonly context: ReplicationContext;
  readonly record: ReplicationRecording;

  constructor(
    protocol: Protocol,
    id: PartitionId,
    { context, record }: Partial<Pick<PartitionStep, 'context' | 'record'>>,
  ) {
    const own = protocol.partitions.get(id);
    this.id = id;
    this.protocol = protocol;
    this.brokers = protocol.brokers;
    this.registrations = protocol.registrations;
    this.metadata = protocol.metadata;
    this.registrationAnswers = protocol.registrationAnswers;
    this.network = protocol.network;
    this.partitions = protocol.partitions;
    this.replicas = own.replicas;
    this.alterPartition = own.alterPartition;
    this.fetchRequests = own.fetchRequests;
    this.fetchResponses = own.fetchResponses;
    this.producer = own.producer;
    // Properties know no rules; all models that there are learn alike.
    this.learning = context?.learning ?? prefixOfMetadataLog;
    // Whoever is given one without them has it as a type without them.
    this.context = context as ReplicationContext;
    this.record = record as ReplicationRecording;
  }
}

const toRead = new PerState<ReadonlyProtocol, ReadonlyPartition[]>(() => []);
const byRules = new PerState<ReplicationContext, PerState<ReadonlyProtocol, Partition[]>>(
  () => new PerState(() => []),
);
const recorded = new WeakMap<Partition, PartitionStep>();

/** A partition of a state, to read. */
export function partitionOf(protocol: ReadonlyProtocol, id: PartitionId): ReadonlyPartition {
  const all = toRead.of(protocol);
  all[id] ??= new Scope(protocol as Protocol, id, {});
  return all[id];
}

/** A partition of a state with the rules that hold: to change, if the state is to be changed. */
export function partitionIn(
  context: ReplicationContext,
  protocol: Protocol,
  id: PartitionId,
): Partition;
export function partitionIn(
  context: ReplicationContext,
  protocol: ReadonlyProtocol,
  id: PartitionId,
): RuledPartition;
export function partitionIn(
  context: ReplicationContext,
  protocol: ReadonlyProtocol,
  id: PartitionId,
): RuledPartition {
  const all = byRules.of(context).of(protocol);
  // Whoever may change a state has a view of it that lets him.
  all[id] ??= new Scope(protocol as Protocol, id, { context });
  return all[id];
}

/** Every partition of a state. */
export function partitionsIn(context: ReplicationContext, protocol: Protocol): Partition[];
export function partitionsIn(
  context: ReplicationContext,
  protocol: ReadonlyProtocol,
): RuledPartition[];
export function partitionsIn(
  context: ReplicationContext,
  protocol: ReadonlyProtocol,
): RuledPartition[] {
  return context.partition.all.map(id => partitionIn(context, protocol, id));
}

/** A partition in a step that may tell clients something. */
export function recording(partition: Partition, record: ReplicationRecording): PartitionStep {
  const known = recorded.get(partition);
  if (known?.record === record) return known;
  const { context, protocol, id } = partition;
  const step = new Scope(protocol, id, { context, record });
  recorded.set(partition, step);
  return step;
}
