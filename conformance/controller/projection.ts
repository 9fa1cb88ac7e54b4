import type { JsonValue } from '../../checker/state/json.ts';
import type { Projection } from '../lockstep/counterpart.ts';

/** Of the state of `replication` what the controller decides by, and what it has decided. */
export interface ControllerState {
  readonly protocol: {
    readonly brokers: Readonly<Record<string, ModelProcess>>;
    readonly registrations: Readonly<Record<string, ModelRegistration>>;
    readonly metadata: { readonly firstOffset: number; readonly history: readonly ModelMetadata[] };
    readonly partitions: Readonly<Record<string, ModelPartition>>;
  };
}

interface ModelProcess {
  readonly incarnation: number;
  readonly previousBrokerEpoch: number | null;
}

interface ModelRegistration {
  readonly state: string;
  readonly brokerEpoch: number;
  readonly incarnation: number;
}

interface ModelMetadata {
  readonly minInsyncReplicas: number;
  readonly uncleanElectionChanged: number;
  readonly partitions: Readonly<Record<string, ModelRegisteredPartition>>;
}

interface ModelRegisteredPartition {
  /** Counts the topics that have had the name. */
  readonly topicId: number;
  readonly leader: string | null;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly isr: readonly string[];
  readonly elr: readonly string[];
  readonly staleInElrIndex: readonly string[];
  readonly lastKnownLeader: string | null;
  readonly recovering: boolean;
  readonly replicas: readonly string[];
  readonly adding: readonly string[];
  readonly removing: readonly string[];
}

interface ModelPartition {
  readonly alterPartition: Readonly<Record<string, ModelAlterPartition>>;
}

interface ModelAlterPartition {
  readonly topicId: number;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly senderBrokerEpoch: number;
  readonly isr: readonly string[];
  readonly added: string | null;
  readonly addedBrokerEpoch: number;
}

/** What the driver of the controller tells. */
export interface KafkaController {
  /** The error that a request was answered with, or NONE. */
  readonly result: string;
  /** Absent if the topic is deleted. */
  readonly partition?: KafkaPartition;
  /** By broker, from 1 on. */
  readonly registrations: readonly { readonly epoch: number; readonly state: string }[];
  /** What the last command has written to the metadata log. */
  readonly records: readonly KafkaRecord[];
  /** To the request that was handled last. */
  readonly response?: JsonValue;
}

interface KafkaPartition {
  /** -1 where there is none. */
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly isr: readonly number[];
  readonly elr: readonly number[];
  readonly lastKnownElr: readonly number[];
  readonly replicas: readonly number[];
  readonly adding: readonly number[];
  readonly removing: readonly number[];
  readonly isRecovering: boolean;
}

/** A record of the metadata log, as Kafka's own converters write it. */
export interface KafkaRecord {
  readonly type: number;
  readonly version: number;
  readonly data: JsonValue;
}

/** The number in the name of a broker. */
export function idOf(broker: string): number {
  return Number(broker.slice('broker-'.length));
}

/** The newest metadata: what the controller has itself. */
export function newestMetadata({ protocol }: ControllerState): ModelMetadata {
  const newest = protocol.metadata.history.at(-1);
  if (newest === undefined) throw new Error('the metadata log is empty');
  return newest;
}

/** The only partition, as the controller has it. */
export function partitionOf(state: ControllerState): ModelRegisteredPartition {
  const [partition] = Object.values(newestMetadata(state).partitions);
  if (partition === undefined) throw new Error('there is no partition');
  return partition;
}

/** What the controller of the model has. Partition epochs are told apart, and not compared: see the counterpart. */
export function ofModel(state: ControllerState): Projection {
  const registrations = Object.values(state.protocol.registrations).map(
    ({ state: name, brokerEpoch }) => `${name} ${brokerEpoch}`,
  );
  const partition = partitionOf(state);
  if (partition.replicas.length === 0) return { registrations };
  const { leader, lastKnownLeader } = partition;
  return {
    registrations,
    leader: leader === null ? -1 : idOf(leader),
    'leader epoch': partition.leaderEpoch,
    ISR: sorted(partition.isr.map(idOf)),
    ELR: sorted(partition.elr.map(idOf)),
    'last known leader': lastKnownLeader === null ? [] : [idOf(lastKnownLeader)],
    recovering: partition.recovering,
    assignment: partition.replicas.map(idOf),
    'to be added': sorted(partition.adding.map(idOf)),
    'to be removed': sorted(partition.removing.map(idOf)),
  };
}

/** What Kafka's has. */
export function ofKafka({ partition, registrations: known }: KafkaController): Projection {
  const registrations = known.map(({ epoch, state }) => `${state} ${epoch}`);
  if (partition === undefined) return { registrations };
  return {
    registrations,
    leader: partition.leader,
    'leader epoch': partition.leaderEpoch,
    ISR: sorted(partition.isr),
    ELR: sorted(partition.elr),
    'last known leader': [...partition.lastKnownElr],
    recovering: partition.isRecovering,
    assignment: [...partition.replicas],
    'to be added': sorted(partition.adding),
    'to be removed': sorted(partition.removing),
  };
}

function sorted(ids: readonly number[]): number[] {
  return [...ids].sort((a, b) => a - b);
}
