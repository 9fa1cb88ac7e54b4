import { DirectedRun } from '../../../checker/replay/directedRun.ts';
import type {
  TransactionsBounds,
  TransactionsConfig,
} from '../../../models/transactions/config.ts';
import type {
  GhostFields,
  PartitionId,
  ProducerNode,
  ProtocolFields,
} from '../../../models/transactions/schema.ts';
import { transactionsIn } from '../../models/transactions/scope.ts';

/* Steps of a story: `p` is the number of a partition, `by` the number of a process. */
const of = (name: string, by: number): string => `${name}(producer=producer-${by})`;
const at = (name: string, p: number, by: number): string =>
  `${name}(partition=partition-${p}, producer=producer-${by})`;
const marking = (name: string, p: number): string =>
  `${name}(id=transactionalId-1, partition=partition-${p})`;

export const init = (by = 1): string => of('initProducerId', by);
export const send = (p = 1, by = 1): string => at('send', p, by);
export const add = (by = 1): string => of('addPartitions', by);
export const handle = (p = 1, by = 1): string => at('handleProduce', p, by);
export const append = (p = 1, by = 1): string => at('appendVerified', p, by);
export const replicate = (p = 1): string => `replicate(partition=partition-${p})`;
export const commit = (by = 1): string => of('commitTransaction', by);
export const abort = (by = 1): string => of('abortTransaction', by);
export const abortAfterError = (by = 1): string => of('abortAfterError', by);
export const end = (by = 1): string => of('endTransaction', by);
export const decided = 'replicateDecisions()';
export const mark = (p = 1): string => marking('writeMarker', p);
export const leaveMarker = (p = 1): string => marking('leaveMarker', p);
export const complete = 'completeTransaction(id=transactionalId-1)';
export const timeOut = 'abortTimedOut(id=transactionalId-1)';
export const giveUp = 'timeOutDecision(id=transactionalId-1)';
export const load = 'loadDecisions()';
export const poll = (p = 1): string => `poll(partition=partition-${p})`;
export const restart = (by = 1): string => of('restart', by);
export const failOverCoordinator = (to: number, lost = 0): string =>
  `failOverCoordinator(lost=${lost}, to=broker-${to})`;
export const leave = (p = 1, by = 1): string => at('leaveRequest', p, by);
export const leaveEnd = (by = 1): string => of('leaveEnd', by);
export const lateRecord = 'handleLateRequest(late=0)';
export const lateEnd = 'handleLateEnd(late=0)';
export const lateMarker = 'handleLateMarker(late=0)';
export const expire = (p = 1, by = 1): string => at('expire', p, by);
export const find = (by = 1): string => of('findInput', by);
export const process = (p = 1, by = 1): string => at('processInput', p, by);
export const note = (by = 1): string => of('noteInput', by);
export const rebalance = (to: number): string => `rebalance(to=producer-${to})`;

/** A process has its epoch. */
export const ready = (by = 1): readonly string[] => [init(by), decided];
/** A record is sent and stored, in version 2. */
export const store = (p = 1, by = 1): readonly string[] => [
  send(p, by),
  handle(p, by),
  decided,
  append(p, by),
  replicate(p),
];
/** What is decided gets its markers, and is complete. */
export const finish = (...partitions: readonly number[]): readonly string[] => [
  ...partitions.flatMap(p => [mark(p), replicate(p)]),
  complete,
  decided,
];

/** Room enough for every story. */
const storyBounds: Partial<TransactionsBounds> = {
  records: 3,
  inputs: 2,
  aborts: 1,
  restarts: 2,
  timeouts: 1,
  coordinatorFailovers: 2,
  failovers: 1,
  disconnects: 1,
  lateRequests: 1,
  expiries: 1,
  rebalances: 1,
  appendTimeouts: 1,
};

/** A story of transactions, watched by every property and question. */
export class TransactionsStory extends DirectedRun<ProtocolFields, GhostFields> {
  /** The log of a partition: records with the epoch of their producer, and markers. */
  log(p = 1): string {
    const entries = [...this.protocol.partitions.get((p - 1) as PartitionId).log];
    return entries
      .map(({ kind, record, input, epoch }) => {
        const what = record === 0 ? `offset ${input}` : `${record}`;
        return kind === 'data' || kind === 'plain' ? `${what}@${epoch}` : `${kind}@${epoch}`;
      })
      .join(' ');
  }

  /** What its coordinator has in memory of the transactional id. */
  get transaction(): string {
    const [id] = [0] as const;
    const { state, epoch } = this.protocol.coordinator.ids.get(id as never);
    return `${state.state}@${epoch}`;
  }

  /** What a process is at. */
  producer(by = 1): string {
    return this.protocol.producers.get((by - 1) as ProducerNode).state.state;
  }

  /** How each transaction ended, by what its application was told. */
  get told(): string {
    return [...this.ghost.transactions].map(({ told }) => told).join(', ');
  }

  /** The records that the reader was given. */
  get read(): string {
    return [...this.ghost.sends]
      .map(({ reads }, index) => (reads > 0 ? `${index + 1}` : ''))
      .filter(text => text !== '')
      .join(' ');
  }
}

/** Stories of one configuration, in which known mistakes are repaired unless it says otherwise. */
export function transactionsStory(
  config: Partial<TransactionsConfig> = {},
  bounds: Partial<TransactionsBounds> = {},
): TransactionsStory {
  const { model, properties, questions } = transactionsIn({
    config: { repairs: ['all'], ...config },
    bounds: {
      ...storyBounds,
      ...(config.transactions === false ? { coordinatorFailovers: 0 } : {}),
      ...bounds,
    },
  });
  return new TransactionsStory(model, [...properties, ...questions]);
}
