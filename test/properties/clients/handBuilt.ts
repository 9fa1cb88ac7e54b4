import type { TakenAction } from '../../../checker/model/property.ts';
import type { EffectHandlers } from '../../../checker/state/viewTypes.ts';
import {
  type ClientsBounds,
  type ClientsConfig,
  defaultConfig,
  quietScope,
} from '../../../models/clients/config.ts';
import { clientsContext } from '../../../models/clients/context.ts';
import { clientsRules } from '../../../models/clients/releaseRules.ts';
import type {
  Broker,
  ConsumerNode,
  PartitionId,
  ProducerNode,
  Result,
} from '../../../models/clients/schema.ts';
import type { CasesOf } from '../judge.ts';

/** The scope of every hand-built state: two partitions. A second producer is in the states and not in what is asked. */
export const handBuiltScope: { readonly config: ClientsConfig; readonly bounds: ClientsBounds } = {
  config: { ...defaultConfig, partitions: 2, consumers: 1 },
  bounds: { ...quietScope, records: 4, epochBumps: 2, failovers: 2, lateRequests: 1 },
};

/** The same of a producer without idempotence, and of one partition. */
export const plainScope: typeof handBuiltScope = {
  config: { ...handBuiltScope.config, partitions: 1, idempotence: false },
  bounds: { ...handBuiltScope.bounds, lateRequests: 0 },
};

/** The same of a consumer that commits before it processes, and of one that begins at the end. */
export const beforeScope: typeof handBuiltScope = {
  ...handBuiltScope,
  config: { ...handBuiltScope.config, commit: 'before' },
};
export const latestScope: typeof handBuiltScope = {
  ...handBuiltScope,
  config: { ...handBuiltScope.config, reset: 'latest' },
};

const { config, bounds } = handBuiltScope;
const { broker, partition, producer, consumer, schema } = clientsContext(
  { ...config, producers: 2 },
  bounds,
  clientsRules,
);
const [b1, b2] = broker.all as readonly [Broker, Broker];
const [p1, p2] = partition.all as readonly [PartitionId, PartitionId];

export { b2, p2 };

const [first, second] = producer.all as readonly [ProducerNode, ProducerNode];

export type HandBuilt = ReturnType<typeof schema.create>;
/** A change of a hand-built state. */
export type Edit = (state: HandBuilt) => void;
/** A state, or a step. */
export type Place =
  | HandBuilt
  | { readonly before: HandBuilt; readonly after: HandBuilt; readonly action: TakenAction };
export type Cases = CasesOf<Place>;

/** No effects: a hand-built state writes every field itself. */
const nothing: EffectHandlers<string, undefined> = new Proxy({}, { get: () => () => undefined });

/** Producer 1 has an id, broker 1 leads both partitions, three records were sent to the first, and one by the other producer. Then the edits. */
export function clients(...edits: readonly Edit[]): HandBuilt {
  const state = schema.create();
  const { protocol, ghost } = state;
  for (const each of partition.all) protocol.partitions.get(each).leader = b1;
  const view = protocol.producers.get(first);
  for (const each of partition.all) view.partitions.get(each).leader = b1;
  view.state.send('obtainId', nothing, undefined);
  view.producerId = 1;
  for (const sender of [first, first, first, second]) {
    ghost.sends.push({ producer: sender, partition: p1, processed: 0 });
  }
  for (const edit of edits) edit(state);
  return state;
}

/** A step by these edits. */
export function step(
  before: readonly Edit[],
  after: readonly Edit[],
  action: Partial<TakenAction> = {},
): Place {
  const taken = { name: 'replicate', actor: 'partition-1', params: {}, ...action };
  return { before: clients(...before), after: clients(...before, ...after), action: taken };
}

/** An entry of a log, in short. */
interface Written {
  readonly sequence?: number | undefined;
  readonly epoch?: number;
  readonly id?: number;
  readonly to?: PartitionId;
}

/** The next entry of a log is this record; its number is the next of all entries unless it is said. */
export const wrote =
  (record: number, written: Written = {}): Edit =>
  ({ protocol }) => {
    const { to = p1, epoch = 0, id = 1 } = written;
    const { log } = protocol.partitions.get(to);
    const sequence = 'sequence' in written ? written.sequence : log.length;
    log.push({ leaderEpoch: 0, record, producerId: id, producerEpoch: epoch, sequence });
  };

/** So much of a log is committed. */
export const committed =
  (offset: number, of: PartitionId = p1): Edit =>
  ({ protocol }) => {
    protocol.partitions.get(of).highWatermark = offset;
  };

/** What was below this offset is deleted. */
export const deleted =
  (offset: number): Edit =>
  ({ protocol }) => {
    protocol.partitions.get(p1).logStartOffset = offset;
  };

/** The log ends here. */
export const cut =
  (length: number, of: PartitionId = p1): Edit =>
  ({ protocol }) => {
    protocol.partitions.get(of).log.truncate(length);
  };

/** Success was told of a record. */
export const acknowledged =
  (record: number, offset: number | undefined, of: PartitionId = p1): Edit =>
  ({ ghost }) => {
    ghost.partitions.get(of).acknowledged.push({ record, offset, acks: 'all' });
  };

/** The producer has a batch of this record, in this state. */
export const batch =
  (record: number, state: 'queued' | 'inFlight' | 'succeeded' | 'failed' = 'inFlight'): Edit =>
  ({ protocol }) => {
    const { batches } = protocol.producers.get(first);
    const numbers = { sequence: undefined, producerId: 1, producerEpoch: 0 };
    batches.push({ record, partition: p1, ...numbers, inRetry: false, renumbered: false });
    const { state: view } = batches.get(batches.length - 1);
    if (state === 'failed') view.send('fail', {}, undefined);
    if (state === 'inFlight' || state === 'succeeded') view.send('drain', {}, undefined);
    if (state === 'succeeded') view.send('succeed', {}, undefined);
  };

/** A request with a batch is between the producer and broker 1. */
export const request =
  (place: number, phase: 'sent' | 'waiting' | 'answered', result: Result = 'none'): Edit =>
  ({ protocol }) => {
    const { requests } = protocol.producers.get(first).connections.get(b1);
    const numbers = { producerId: 1, producerEpoch: 0, sequence: 0 };
    requests.push({ phase, batch: place, ...numbers, result, offset: 0, leaderEpoch: 0 });
  };

/** The broker goes on with the oldest request. */
export const becomes =
  (phase: 'sent' | 'waiting' | 'answered', result: Result = 'none'): Edit =>
  ({ protocol }) => {
    Object.assign(protocol.producers.get(first).connections.get(b1).requests.get(0), {
      phase,
      result,
    });
  };

/** A request is late. */
export const late =
  (record: number, epoch = 0, at: Broker = b1, id = 1): Edit =>
  ({ protocol }) => {
    const numbers = { producerId: id, producerEpoch: epoch, sequence: 0 };
    protocol.lateRequests.push({ producer: first, broker: at, partition: p1, record, ...numbers });
  };

/** No request is late any more. */
export const arrived: Edit = ({ protocol }) => protocol.lateRequests.truncate(0);

/** Fields of the producer. */
export const producerHas =
  (fields: { readonly producerId?: number; readonly producerEpoch?: number }): Edit =>
  ({ protocol }) =>
    void Object.assign(protocol.producers.get(first), fields);

/** Fields of what the producer has of the first partition. */
export const numbering =
  (fields: {
    readonly unresolvedBefore?: number | undefined;
    readonly gapAt?: number | undefined;
    readonly leader?: Broker;
  }): Edit =>
  ({ protocol }) =>
    void Object.assign(protocol.producers.get(first).partitions.get(p1), fields);

const [reader] = consumer.all as readonly [ConsumerNode];

/** The consumer has this position. */
export const position =
  (
    fields: { readonly offset?: number; readonly committedOffset?: number },
    of: PartitionId = p1,
  ): Edit =>
  ({ protocol }) =>
    void Object.assign(protocol.consumers.get(reader).partitions.get(of), fields);

/** The application has these records in hand. */
export const inHand =
  (records: readonly number[], of: PartitionId = p1): Edit =>
  ({ protocol }) => {
    const { inHand: hand } = protocol.consumers.get(reader).partitions.get(of);
    for (const record of records) hand.push(record);
  };

/** The application has processed a record so often. */
export const processed =
  (record: number, times = 1): Edit =>
  ({ ghost }) => {
    ghost.sends.get(record - 1).processed = times;
  };

/** The group has read these records, from the start of the log; 0 where none was read. */
export const read =
  (records: readonly number[], of: PartitionId = p1): Edit =>
  ({ ghost }) => {
    for (const record of records) ghost.partitions.get(of).read.push(record);
  };

/** A commit is on its way. */
export const commitOnItsWay: Edit = ({ protocol }) =>
  protocol.consumers.get(reader).commits.push({ partition: p1, offset: 1, epoch: undefined });
