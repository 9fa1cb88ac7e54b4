import type { JsonValue } from '../../checker/state/json.ts';
import { idOf } from '../controller/projection.ts';
import type { Projection } from '../lockstep/counterpart.ts';

/** Of the state of `replication` what brokers have, and what they know of the controller's decisions. */
export interface BrokerState {
  readonly protocol: {
    readonly brokers: Readonly<Record<string, ModelProcess>>;
    readonly registrations: Readonly<Record<string, { state: string; brokerEpoch: number }>>;
    readonly metadata: { readonly firstOffset: number; readonly history: readonly ModelMetadata[] };
    readonly partitions: Readonly<Record<string, ModelPartition>>;
  };
  readonly ghost: {
    readonly partitions: Readonly<Record<string, { readonly acknowledged: readonly ModelAck[] }>>;
  };
}

interface ModelProcess {
  readonly process: string;
  readonly brokerEpoch: number;
  readonly metadataOffset: number;
  readonly minInsyncReplicas: number;
}

interface ModelMetadata {
  readonly partitions: Readonly<Record<string, ModelRegisteredPartition>>;
}

interface ModelRegisteredPartition {
  readonly leader: string | null;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly isr: readonly string[];
  readonly recovering: boolean;
  readonly replicas: readonly string[];
}

interface ModelPartition {
  readonly replicas: Readonly<Record<string, ModelReplica>>;
  readonly alterPartition: Readonly<Record<string, ModelAlterPartition>>;
  readonly producer: { readonly sent: number };
}

interface ModelReplica {
  readonly role: string;
  readonly log: readonly { readonly epoch: number; readonly record: number }[];
  readonly epochCache: readonly { readonly epoch: number; readonly startOffset: number }[];
  readonly logStartOffset: number;
  readonly highWatermark: number;
  readonly flushedOffset: number;
  readonly epochStartOffset: number;
  readonly waitingProduce: readonly number[];
  readonly followers: Readonly<
    Record<string, { readonly logEndOffset: number | null; readonly brokerEpoch: number }>
  >;
  readonly pendingIsr: { readonly change: string; readonly isr: readonly string[] };
  readonly answeredIsr: { readonly partitionEpoch: number | null; readonly isr: readonly string[] };
}

interface ModelAlterPartition {
  readonly inFlight: string;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly senderBrokerEpoch: number;
  readonly isr: readonly string[];
  readonly added: string | null;
  readonly addedBrokerEpoch: number;
}

interface ModelAck {
  readonly offset: number;
  readonly record: number;
}

/** What the driver of the brokers tells. */
export interface KafkaCluster {
  /** What became of the command: NONE, the error of a request, or why Kafka does not do it. */
  readonly result: string;
  /** Those that are up. */
  readonly brokers: Readonly<Record<string, KafkaBroker>>;
  readonly acknowledged: readonly string[];
}

interface KafkaBroker {
  readonly role: string;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly start: number;
  readonly end: number;
  readonly highWatermark: number;
  readonly flushed: number;
  /** From the log start on: epoch and value. */
  readonly log: readonly (readonly [number, number])[];
  /** Epoch and start offset. */
  readonly epochs: readonly (readonly [number, number])[];
  readonly waiting: readonly number[];
  readonly request?: KafkaAlterPartition;
  /** The controller has decided on the request, and the answer is on its way. */
  readonly isAnswered?: boolean;
  // Of a leader alone.
  readonly epochStart?: number;
  readonly isr?: readonly number[];
  readonly proposed?: readonly number[];
  readonly change?: string;
  readonly followers?: readonly { broker: number; end: number; epoch: number }[];
}

interface KafkaAlterPartition {
  readonly brokerEpoch: number;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly isr: readonly number[];
  /** Who is to enter the ISR. */
  readonly added?: number;
  readonly addedEpoch?: number;
}

/** The only partition. */
export function partitionOf({ protocol }: BrokerState): ModelPartition {
  return only(protocol.partitions);
}

/** The partition as a broker that is up knows it. */
export function viewOf({ protocol }: BrokerState, broker: string): ModelRegisteredPartition {
  const offset = processOf(protocol.brokers, broker).metadataOffset;
  const known = protocol.metadata.history[offset - protocol.metadata.firstOffset];
  if (known === undefined) throw new Error(`there is no metadata at ${offset}`);
  return only(known.partitions);
}

/** The ISR that a leader takes for committed, and its partition epoch: by the metadata, or by an answer since. */
export function isrKnownTo(
  state: BrokerState,
  leader: string,
): { readonly isr: readonly string[]; readonly partitionEpoch: number } {
  const { partitionEpoch, isr } = replicaOf(state, leader).answeredIsr;
  return partitionEpoch === null ? viewOf(state, leader) : { partitionEpoch, isr };
}

export function replicaOf(state: BrokerState, broker: string): ModelReplica {
  const replica = partitionOf(state).replicas[broker];
  if (replica === undefined) throw new Error(`${broker} has no replica`);
  return replica;
}

/** Whether the broker's process has loaded its log. */
export function isUp({ protocol }: BrokerState, broker: string): boolean {
  const { process } = processOf(protocol.brokers, broker);
  return process !== 'notRunning' && process !== 'starting';
}

export function processOf(
  brokers: BrokerState['protocol']['brokers'],
  broker: string,
): ModelProcess {
  const process = brokers[broker];
  if (process === undefined) throw new Error(`there is no ${broker}`);
  return process;
}

function only<Value>(values: Readonly<Record<string, Value>>): Value {
  const [first] = Object.values(values);
  if (first === undefined) throw new Error('there is no partition');
  return first;
}

/** What the brokers of the model have. */
export function ofModel(state: BrokerState): Projection {
  const places: Record<string, JsonValue> = {};
  for (const broker of Object.keys(state.protocol.brokers))
    addPlaces(places, broker, isUp(state, broker) ? modelBroker(state, broker) : offline);
  const [{ acknowledged } = { acknowledged: [] }] = Object.values(state.ghost.partitions);
  const told = new Set(acknowledged.map(({ offset, record }) => `${record} at ${offset}`));
  return { ...places, acknowledged: [...told].sort() };
}

/** What Kafka's have. */
export function ofKafka(cluster: KafkaCluster, brokers: readonly string[]): Projection {
  const places: Record<string, JsonValue> = {};
  for (const broker of brokers) {
    const up = cluster.brokers[broker];
    addPlaces(places, broker, up === undefined ? offline : kafkaBroker(up));
  }
  return { ...places, acknowledged: [...cluster.acknowledged].sort() };
}

const offline = { role: 'offline' };

function addPlaces(places: Record<string, JsonValue>, broker: string, has: Projection): void {
  for (const [place, value] of Object.entries(has)) places[`${broker} ${place}`] = value;
}

function modelBroker(state: BrokerState, broker: string): Projection {
  const replica = replicaOf(state, broker);
  const { role, log, logStartOffset } = replica;
  return {
    role,
    'leader epoch': viewOf(state, broker).leaderEpoch,
    'partition epoch': isrKnownTo(state, broker).partitionEpoch,
    log: log.slice(logStartOffset).map(({ epoch, record }) => `${epoch}: ${record}`),
    'log start': logStartOffset,
    'log end': log.length,
    'high watermark': replica.highWatermark,
    flushed: replica.flushedOffset,
    epochs: replica.epochCache.map(({ epoch, startOffset }) => `${epoch} from ${startOffset}`),
    waiting: replica.waitingProduce.map(offset => log[offset]?.record ?? 0),
    request: modelRequest(partitionOf(state).alterPartition[broker]),
    ...(role === 'leading' ? modelLeader(state, broker) : {}),
  };
}

function modelLeader(state: BrokerState, broker: string): Projection {
  const { epochStartOffset, pendingIsr, followers } = replicaOf(state, broker);
  const { replicas } = viewOf(state, broker);
  return {
    'epoch start': epochStartOffset,
    ISR: sorted(isrKnownTo(state, broker).isr.map(idOf)),
    'pending change': pendingIsr.change,
    'pending ISR': sorted(pendingIsr.isr.map(idOf)),
    followers: replicas
      .filter(other => other !== broker)
      .map(other => [idOf(other), followers[other]] as const)
      .sort(([one], [other]) => one - other)
      .map(([id, known]) =>
        known === undefined || known.logEndOffset === null
          ? `${id} unknown`
          : `${id} at ${known.logEndOffset}, epoch ${known.brokerEpoch}`,
      ),
  };
}

function modelRequest(request: ModelAlterPartition | undefined): JsonValue {
  if (request === undefined || request.inFlight === 'none') return null;
  if (request.inFlight !== 'request') return 'answered';
  const { senderBrokerEpoch: brokerEpoch, leaderEpoch, partitionEpoch, isr, added } = request;
  return requestOf({
    ...{ brokerEpoch, leaderEpoch, partitionEpoch, isr: isr.map(idOf) },
    ...(added === null ? {} : { added: idOf(added), addedEpoch: request.addedBrokerEpoch }),
  });
}

function kafkaBroker(broker: KafkaBroker): Projection {
  return {
    role: broker.role,
    'leader epoch': broker.leaderEpoch,
    'partition epoch': broker.partitionEpoch,
    log: broker.log.map(([epoch, value]) => `${epoch}: ${value}`),
    'log start': broker.start,
    'log end': broker.end,
    'high watermark': broker.highWatermark,
    flushed: broker.flushed,
    epochs: broker.epochs.map(([epoch, start]) => `${epoch} from ${start}`),
    waiting: [...broker.waiting],
    request: kafkaRequest(broker),
    ...(broker.role === 'leading' ? kafkaLeader(broker) : {}),
  };
}

function kafkaLeader({ epochStart, isr, change, proposed, followers }: KafkaBroker): Projection {
  return {
    'epoch start': epochStart ?? -1,
    ISR: sorted(isr ?? []),
    'pending change': change ?? 'none',
    'pending ISR': sorted(proposed ?? []),
    followers: [...(followers ?? [])]
      .sort((one, other) => one.broker - other.broker)
      .map(({ broker, end, epoch }) =>
        end < 0 ? `${broker} unknown` : `${broker} at ${end}, epoch ${epoch}`,
      ),
  };
}

function kafkaRequest({ request, isAnswered }: KafkaBroker): JsonValue {
  if (isAnswered === true) return 'answered';
  return request === undefined ? null : requestOf(request);
}

function requestOf(request: KafkaAlterPartition): JsonValue {
  const { brokerEpoch, leaderEpoch, partitionEpoch, isr, added, addedEpoch } = request;
  return {
    ...{ brokerEpoch, leaderEpoch, partitionEpoch, isr: sorted(isr) },
    ...{ added: added ?? null, addedEpoch: addedEpoch ?? null },
  };
}

function sorted(ids: readonly number[]): number[] {
  return [...ids].sort((a, b) => a - b);
}
