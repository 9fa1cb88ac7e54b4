import type { JsonValue } from '../../checker/state/json.ts';
import { idOf } from '../controller/projection.ts';
import type { Projection } from '../lockstep/counterpart.ts';

/** Of the state of `replication` what brokers have, and what they know of the controller's decisions. */
export interface BrokerState {
  readonly protocol: {
    readonly brokers: Readonly<Record<string, ModelProcess>>;
    readonly registrations: Readonly<Record<string, { state: string; brokerEpoch: number }>>;
    readonly metadata: { readonly firstOffset: number; readonly history: readonly ModelMetadata[] };
    readonly network: { readonly cutLinks: Readonly<Record<string, { readonly cut: boolean }>> };
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
  readonly adding: readonly string[];
  readonly removing: readonly string[];
}

interface ModelPartition {
  readonly replicas: Readonly<Record<string, ModelReplica>>;
  readonly alterPartition: Readonly<Record<string, ModelAlterPartition>>;
  /** By follower and leader. */
  readonly fetchRequests: Readonly<Record<string, ModelFetch>>;
  /** By leader and follower. */
  readonly fetchResponses: Readonly<Record<string, ModelAnswer>>;
  readonly producer: { readonly sent: number };
}

interface ModelFetch {
  readonly inFlight: boolean;
  readonly leaderEpoch: number;
  readonly fetchOffset: number;
  readonly lastFetchedEpoch: number | null;
}

interface ModelAnswer {
  readonly kind: string;
  readonly leaderEpoch: number;
  readonly fetchOffset: number;
  readonly recordEpoch: number;
  readonly record: number | null;
  readonly highWatermark: number;
  readonly logStartOffset: number;
  readonly divergingEpoch: number;
  readonly endOffset: number;
}

interface ModelReplica {
  readonly role: string;
  /** Of the topics of the name the replica is of this one, counted from 1; 0 where no topic is ever deleted. */
  readonly topicId: number;
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
  /** In flight, by follower and leader; with an error once the leader has handled it. */
  readonly fetches: Readonly<Record<string, KafkaFetch>>;
  readonly acknowledged: readonly string[];
}

interface KafkaFetch {
  readonly leaderEpoch: number;
  readonly offset: number;
  readonly lastEpoch: number | null;
  readonly error?: string;
  readonly highWatermark?: number;
  readonly start?: number;
  readonly end?: number;
  /** Epoch and end offset. */
  readonly diverging?: readonly [number, number];
  /** Epoch and value: none, or one. */
  readonly records?: readonly (readonly [number, number])[];
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
  /** The whole request. */
  readonly sent?: JsonValue;
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
  return { ...places, fetches: modelFetches(state), acknowledged: [...told].sort() };
}

/** What is in flight between followers and leaders; an answer to nobody is as good as none. */
function modelFetches(state: BrokerState): JsonValue {
  const { fetchRequests, fetchResponses } = partitionOf(state);
  const requests = Object.entries(fetchRequests).flatMap(([link, fetch]) =>
    fetch.inFlight
      ? [`${link} at ${fetch.fetchOffset}, epochs ${fetch.lastFetchedEpoch} ${fetch.leaderEpoch}`]
      : [],
  );
  const answers = Object.entries(fetchResponses).flatMap(([link, answer]) => {
    const [leader = '', follower = ''] = link.split('->');
    const to = `${follower}->${leader} at ${answer.fetchOffset}, epoch ${answer.leaderEpoch}`;
    return answer.kind === 'none' ? [] : [`${to}: ${modelAnswer(answer)}`];
  });
  return [...requests, ...answers].sort();
}

function modelAnswer(answer: ModelAnswer): string {
  const { kind, record, recordEpoch, highWatermark, logStartOffset, endOffset } = answer;
  if (kind === 'outOfRange') return `out of range to ${endOffset}`;
  const rest = `high watermark ${highWatermark}, log start ${logStartOffset}`;
  if (kind === 'diverging') return `epoch ${answer.divergingEpoch} ends at ${endOffset}; ${rest}`;
  return record === null ? rest : `${recordEpoch}: ${record}; ${rest}`;
}

function kafkaFetches({ fetches }: KafkaCluster): JsonValue {
  return Object.entries(fetches)
    .map(([link, { offset, leaderEpoch, lastEpoch, ...answer }]) =>
      answer.error === undefined
        ? `${link} at ${offset}, epochs ${lastEpoch} ${leaderEpoch}`
        : `${link} at ${offset}, epoch ${leaderEpoch}: ${kafkaAnswer(answer)}`,
    )
    .sort();
}

function kafkaAnswer(answer: Omit<KafkaFetch, 'offset' | 'leaderEpoch' | 'lastEpoch'>): string {
  const { error, highWatermark, start, end, diverging, records } = answer;
  // Such an answer says no more; the follower asks where the log begins and ends.
  if (error === 'OFFSET_OUT_OF_RANGE') return `out of range to ${end}`;
  if (error !== 'NONE') return String(error);
  const rest = `high watermark ${highWatermark}, log start ${start}`;
  if (diverging !== undefined) return `epoch ${diverging[0]} ends at ${diverging[1]}; ${rest}`;
  const [record] = records ?? [];
  return record === undefined ? rest : `${record[0]}: ${record[1]}; ${rest}`;
}

/**
 * What Kafka's have.
 *
 * @param epochOf - The partition epoch of the model at the time of one of Kafka.
 * @param replaced - Brokers in whose requests the model has noted a member that was replaced.
 */
export function ofKafka(
  cluster: KafkaCluster,
  brokers: readonly string[],
  epochOf: (partitionEpoch: number) => number,
  replaced: ReadonlySet<string>,
): Projection {
  const places: Record<string, JsonValue> = {};
  for (const broker of brokers) {
    const up = cluster.brokers[broker];
    const has = up === undefined ? offline : kafkaBroker(up, epochOf, replaced.has(broker));
    addPlaces(places, broker, has);
  }
  return {
    ...places,
    fetches: kafkaFetches(cluster),
    acknowledged: [...cluster.acknowledged].sort(),
  };
}

const offline = { role: 'offline' };

function addPlaces(places: Record<string, JsonValue>, broker: string, has: Projection): void {
  for (const [place, value] of Object.entries(has)) places[`${broker} ${place}`] = value;
}

function modelBroker(state: BrokerState, broker: string): Projection {
  const replica = replicaOf(state, broker);
  const { role, log, logStartOffset } = replica;
  if (role === 'absent') return { role };
  return {
    role,
    'leader epoch': viewOf(state, broker).leaderEpoch,
    'partition epoch': isrKnownTo(state, broker).partitionEpoch,
    log: log.slice(logStartOffset).map(({ epoch, record }) => `${epoch}: ${record}`),
    'log start': logStartOffset,
    'log end': log.length,
    'high watermark': replica.highWatermark,
    // What is deleted counts as flushed, or need not be.
    flushed: Math.max(replica.flushedOffset, logStartOffset),
    epochs: replica.epochCache.map(({ epoch, startOffset }) => `${epoch} from ${startOffset}`),
    waiting: replica.waitingProduce.map(offset => log[offset]?.record ?? 0),
    request: modelRequest(state, broker),
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

function modelRequest(state: BrokerState, broker: string): JsonValue {
  const request = partitionOf(state).alterPartition[broker];
  if (request === undefined || request.inFlight === 'none') return null;
  if (request.inFlight !== 'request') return 'answered';
  const { senderBrokerEpoch: brokerEpoch, leaderEpoch, partitionEpoch, isr, added } = request;
  // Of an earlier incarnation: it is on its way, and nobody waits for the answer.
  if (brokerEpoch !== processOf(state.protocol.brokers, broker).brokerEpoch) return null;
  const isAdded = added !== null && !namesReplaced(state, broker);
  return requestOf({
    ...{ brokerEpoch, leaderEpoch, partitionEpoch, isr: isr.map(idOf) },
    ...(isAdded ? { added: idOf(added), addedEpoch: request.addedBrokerEpoch } : {}),
  });
}

/**
 * Whether a request of the model names a broker under an epoch of the past. That may be a member that was replaced,
 * noted in place of the one that the request adds, of which it says nothing then.
 */
export function namesReplaced(state: BrokerState, broker: string): boolean {
  const request = partitionOf(state).alterPartition[broker];
  if (request === undefined || request.added === null) return false;
  const { registrations } = state.protocol;
  return registrations[request.added]?.brokerEpoch !== request.addedBrokerEpoch;
}

function kafkaBroker(
  broker: KafkaBroker,
  epochOf: (epoch: number) => number,
  namesOther: boolean,
): Projection {
  if (broker.role === 'absent') return { role: broker.role };
  return {
    role: broker.role,
    'leader epoch': broker.leaderEpoch,
    'partition epoch': epochOf(broker.partitionEpoch),
    log: broker.log.map(([epoch, value]) => `${epoch}: ${value}`),
    'log start': broker.start,
    'log end': broker.end,
    'high watermark': broker.highWatermark,
    flushed: Math.max(broker.flushed, broker.start),
    epochs: broker.epochs.map(([epoch, start]) => `${epoch} from ${start}`),
    waiting: [...broker.waiting],
    request: kafkaRequest(broker, epochOf, namesOther),
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

function kafkaRequest(
  { request, isAnswered }: KafkaBroker,
  epochOf: (epoch: number) => number,
  namesOther: boolean,
): JsonValue {
  if (isAnswered === true) return 'answered';
  if (request === undefined) return null;
  const { added: _, addedEpoch: __, ...others } = request;
  const partitionEpoch = epochOf(request.partitionEpoch);
  return requestOf({ ...(namesOther ? others : request), partitionEpoch });
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
