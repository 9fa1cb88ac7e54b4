import type { TakenAction } from '../../../checker/model/property.ts';
import {
  defaultConfig,
  quietScope,
  type TransactionsBounds,
  type TransactionsConfig,
} from '../../../models/transactions/config.ts';
import { transactionsContext } from '../../../models/transactions/context.ts';
import { transactionsRules } from '../../../models/transactions/releaseRules.ts';
import type {
  BatchPhase,
  EntryKind,
  PartitionId,
  ProducerNode,
  StoredState,
  TransactionalId,
} from '../../../models/transactions/schema.ts';
import type { CasesOf } from '../judge.ts';

/** What a hand-built state is asked in. */
interface HandBuiltScope {
  readonly config: TransactionsConfig;
  readonly bounds: TransactionsBounds;
}

const room: TransactionsBounds = {
  ...quietScope,
  records: 4,
  inputs: 2,
  coordinatorFailovers: 1,
  lateRequests: 1,
  lateMarkers: 1,
  rebalances: 1,
};

/** Two processes with a transactional id each, two partitions of records, and one of offsets. */
export const handBuiltScope: HandBuiltScope = {
  config: { ...defaultConfig, producers: 2, transactionalIds: 2, pattern: 'process' },
  bounds: room,
};

/** The same in version 1, with nothing that is late. */
export const firstScope: HandBuiltScope = {
  config: { ...handBuiltScope.config, transactionVersion: '1' },
  bounds: { ...room, lateRequests: 0, lateMarkers: 0 },
};

/** The same without transactions. */
export const plainScope: HandBuiltScope = {
  ...handBuiltScope,
  config: { ...handBuiltScope.config, transactions: false },
  bounds: { ...room, coordinatorFailovers: 0 },
};

/** The same with an outbox. */
export const outboxScope: HandBuiltScope = {
  ...plainScope,
  config: { ...plainScope.config, pattern: 'outbox' },
};

const { config, bounds } = handBuiltScope;
const { partition, producer, transactionalId, broker, schema } = transactionsContext(
  config,
  bounds,
  transactionsRules,
);
export const [p1, p2, offsets] = partition.all as readonly [PartitionId, PartitionId, PartitionId];
const [first, second] = producer.all as readonly [ProducerNode, ProducerNode];

export { second };

const [id, otherId] = transactionalId.all as readonly [TransactionalId, TransactionalId];

export { otherId };

export type HandBuilt = ReturnType<typeof schema.create>;
/** A change of a hand-built state. */
export type Edit = (state: HandBuilt) => void;
/** A state, or a step. */
export type Place =
  | HandBuilt
  | { readonly before: HandBuilt; readonly after: HandBuilt; readonly action: TakenAction };
export type Cases = CasesOf<Place>;

/**
 * The first broker leads everything, and the first process has the input. It has sent records 1 and 2 in a
 * transaction, one to each partition, and record 3 in the next; the other process has sent record 4. Then the edits.
 */
export function transactions(...edits: readonly Edit[]): HandBuilt {
  const state = schema.create();
  const { protocol, ghost } = state;
  const [leader] = broker.all;
  if (leader === undefined) throw new Error('there is no broker');
  for (const each of partition.all) protocol.partitions.get(each).leader = leader;
  protocol.coordinator.leader = leader;
  protocol.group.owner = first;
  for (const [of, epoch] of [
    [id, 0],
    [id, 1],
    [otherId, 0],
  ] as const) {
    ghost.transactions.push({
      id: of,
      epoch,
      asked: 'nothing',
      decided: 'nothing',
      told: 'nothing',
    });
  }
  for (const [transaction, to] of [
    [1, p1],
    [1, p2],
    [2, p1],
    [3, p1],
  ] as const) {
    ghost.sends.push({ transaction, partition: to, reads: 0 });
  }
  for (let key = 0; key < ghost.effects.capacity; key++) ghost.effects.push(0);
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
  return {
    before: transactions(...before),
    after: transactions(...before, ...after),
    action: taken,
  };
}

/** An entry of a log, in short. */
interface Written {
  readonly kind?: EntryKind;
  readonly of?: TransactionalId;
  readonly epoch?: number;
  readonly input?: number;
  readonly to?: PartitionId;
  readonly coordinatorEpoch?: number;
}

/** The next entry of a log is this record. */
export const wrote =
  (record: number, written: Written = {}): Edit =>
  ({ protocol }) => {
    const { kind = 'data', of = id, epoch = 0, input = 0, to = p1, coordinatorEpoch = 0 } = written;
    const { log } = protocol.partitions.get(to);
    log.push({ leaderEpoch: 0, kind, id: of, epoch, record, input, coordinatorEpoch });
  };

/** The next entry is a marker. */
export const marked = (kind: 'commit' | 'abort', written: Omit<Written, 'kind'> = {}): Edit =>
  wrote(0, { epoch: 1, ...written, kind });

/** So much of a log is committed: all of it unless it is said. */
export const committed =
  (to: PartitionId = p1, offset?: number): Edit =>
  ({ protocol }) => {
    const view = protocol.partitions.get(to);
    view.highWatermark = offset ?? view.log.length;
  };

/** The log ends here. */
export const cut =
  (length: number, to: PartitionId = p1): Edit =>
  ({ protocol }) =>
    protocol.partitions.get(to).log.truncate(length);

/** What applications asked for a transaction, and were told of it. */
export const transaction =
  (
    number: number,
    fields: {
      readonly asked?: 'commit' | 'abort';
      readonly decided?: 'nothing' | 'commit' | 'abort';
      readonly told?: 'committed' | 'aborted' | 'failure';
    },
  ): Edit =>
  ({ ghost }) =>
    void Object.assign(ghost.transactions.get(number - 1), fields);

/** The reader was given a record so often. */
export const read =
  (record: number, reads = 1): Edit =>
  ({ ghost }) => {
    ghost.sends.get(record - 1).reads = reads;
  };

/** A record is in no transaction. */
export const outside =
  (record: number): Edit =>
  ({ ghost }) => {
    ghost.sends.get(record - 1).transaction = 0;
  };

/** The reader has made something of a key so often. */
export const handled =
  (key: number, times: number): Edit =>
  ({ ghost }) =>
    ghost.effects.set(key - 1, times);

/** The reader is here. */
export const reads =
  (position: number, of: PartitionId = p1): Edit =>
  ({ protocol }) => {
    protocol.reader.get(of).position = position;
  };

/** The coordinator has written this of an id. */
export const stored =
  (
    state: StoredState,
    partitions: readonly PartitionId[] = [],
    { of = id, leaderEpoch = 0 } = {},
  ): Edit =>
  ({ protocol }) => {
    const view = protocol.coordinator.ids.get(of);
    view.partitions.clear();
    for (const each of partitions) view.partitions.add(each);
    const { partitions: added } = view;
    const entry = { id: of, state, epoch: 0, ownBump: false, partitions: added, leaderEpoch };
    protocol.coordinator.log.push(entry);
  };

/** The coordinator leads in this epoch. */
export const coordinates =
  (epoch: number): Edit =>
  ({ protocol }) => {
    protocol.coordinator.leaderEpoch = epoch;
  };

/** The producer of an id was told this epoch. */
export const toldEpoch =
  (epoch: number, of: TransactionalId = id): Edit =>
  ({ ghost }) =>
    ghost.toldEpochs.set(of, epoch + 1);

type ProducerEvent =
  | 'fail'
  | 'start'
  | 'initialized'
  | 'begin'
  | 'commit'
  | 'abort'
  | 'ended'
  | 'bump';

/** A process takes these steps of its lifecycle. */
export const goes =
  (events: readonly ProducerEvent[], by: ProducerNode = first): Edit =>
  ({ protocol }) => {
    for (const event of events) protocol.producers.get(by).state.send(event, {}, undefined);
  };

/** A process has its epoch, and nothing else. */
export const isReady = (by: ProducerNode = first): Edit => goes(['start', 'initialized'], by);

/** Fields of a process. */
export const producerHas =
  (
    fields: {
      readonly epoch?: number;
      readonly isReading?: boolean;
      readonly generation?: number;
      readonly position?: number;
      readonly owesOffset?: boolean;
      readonly needsBump?: boolean;
    },
    by: ProducerNode = first,
  ): Edit =>
  ({ protocol }) =>
    void Object.assign(protocol.producers.get(by), fields);

/** The batch of the first process for a partition is so far. */
export const batch =
  (phase: BatchPhase, to: PartitionId = p1): Edit =>
  ({ protocol }) => {
    protocol.producers.get(first).batches.get(to).phase = phase;
  };

/** The group is in this generation. */
export const generation =
  (number: number): Edit =>
  ({ protocol }) => {
    protocol.group.generation = number;
  };

/** So much of the outbox is marked. */
export const outboxMarked =
  (input: number): Edit =>
  ({ protocol }) => {
    protocol.marked = input;
  };

/** A produce request is late. */
export const lateRequest =
  (record = 1, phase: 'sent' | 'unguarded' = 'sent'): Edit =>
  ({ protocol }) =>
    protocol.lateRequests.push({ id, epoch: 0, partition: p1, phase, record, input: 0 });

/** No request is late any more. */
export const requestHandled: Edit = ({ protocol }) => protocol.lateRequests.truncate(0);

/** A marker is late. */
export const lateMarkerSent: Edit = ({ protocol }) =>
  protocol.lateMarkers.push({ id, epoch: 0, partition: p1, coordinatorEpoch: 0, commits: true });

/** No marker is late any more. */
export const markerHandled: Edit = ({ protocol }) => protocol.lateMarkers.truncate(0);
