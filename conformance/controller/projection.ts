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
  /** By broker, from 1 on. */
  readonly registrations: readonly { readonly epoch: number; readonly state: string }[];
  /** The id of the topic. */
  readonly topic: string;
  /** What the last command has written to the metadata log. */
  readonly records: readonly KafkaRecord[];
  /** To the request that was handled last. */
  readonly response?: JsonValue;
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
  const partition = partitionOf(state);
  const { leader, lastKnownLeader } = partition;
  return {
    leader: leader === null ? -1 : idOf(leader),
    'leader epoch': partition.leaderEpoch,
    ISR: sorted(partition.isr.map(idOf)),
    ELR: sorted(partition.elr.map(idOf)),
    'last known leader': lastKnownLeader === null ? [] : [idOf(lastKnownLeader)],
    recovering: partition.recovering,
    assignment: partition.replicas.map(idOf),
    'to be added': sorted(partition.adding.map(idOf)),
    'to be removed': sorted(partition.removing.map(idOf)),
    registrations: Object.values(state.protocol.registrations).map(
      ({ state: name, brokerEpoch }) => `${name} ${brokerEpoch}`,
    ),
  };
}

/** What Kafka's has. */
export function ofKafka(controller: KafkaController): Projection {
  return {
    leader: controller.leader,
    'leader epoch': controller.leaderEpoch,
    ISR: sorted(controller.isr),
    ELR: sorted(controller.elr),
    'last known leader': [...controller.lastKnownElr],
    recovering: controller.isRecovering,
    assignment: [...controller.replicas],
    'to be added': sorted(controller.adding),
    'to be removed': sorted(controller.removing),
    registrations: controller.registrations.map(({ epoch, state }) => `${state} ${epoch}`),
  };
}

function sorted(ids: readonly number[]): number[] {
  return [...ids].sort((a, b) => a - b);
}
