import { DirectedRun } from '../../../checker/replay/directedRun.ts';
import type { ClientsBounds, ClientsConfig } from '../../../models/clients/config.ts';
import type {
  ConsumerNode,
  GhostFields,
  PartitionId,
  ProducerNode,
  ProtocolFields,
} from '../../../models/clients/schema.ts';
import { clientsIn } from '../../models/clients/scope.ts';

const producer = 'producer-1';
const partition = 'partition-1';
export const [B1, B2] = ['broker-1', 'broker-2'] as const;
type BrokerName = typeof B1 | typeof B2;

/* Steps of a story with one producer and one partition. */
export const obtainId = `obtainProducerId(producer=${producer})`;
export const bumpEpoch = `bumpEpoch(producer=${producer})`;
export const send = `send(partition=${partition}, producer=${producer})`;
export const drain = `drain(partition=${partition}, producer=${producer})`;
export const refresh = `refreshMetadata(partition=${partition}, producer=${producer})`;
export const replicate = `replicate(partition=${partition})`;
const between = (name: string, broker: BrokerName): string =>
  `${name}(broker=${broker}, producer=${producer})`;
export const handle = (broker: BrokerName = B1): string => between('handleProduce', broker);
export const receive = (broker: BrokerName = B1): string => between('receiveAnswer', broker);
export const disconnect = (broker: BrokerName = B1): string => between('loseConnection', broker);
export const giveUp = (broker: BrokerName = B1): string => between('loseConnectionLate', broker);
export const refuse = (broker: BrokerName = B1): string => between('refuse', broker);
export const reject = (broker: BrokerName = B1): string => between('reject', broker);
export const timeOut = (broker: BrokerName = B1): string => between('timeOut', broker);
export const arriveLate = 'handleLateRequest(late=0)';
export const expire = (batch: number): string => `expire(batch=${batch}, producer=${producer})`;
export const failOver = (to: BrokerName, lost = 0): string =>
  `failOver(lost=${lost}, partition=${partition}, to=${to})`;

const consumer = 'consumer-1';
/* Steps of its only consumer. */
export const start = `startConsumer(consumer=${consumer})`;
export const crash = `crashConsumer(consumer=${consumer})`;
export const close = `closeConsumer(consumer=${consumer})`;
export const storeCommit = `handleCommit(consumer=${consumer})`;
const reading = (name: string): string => `${name}(consumer=${consumer}, partition=${partition})`;
export const find = reading('findPosition');
export const reset = reading('resetPosition');
export const learnEpoch = reading('learnEpoch');
export const validate = reading('validatePosition');
export const process = reading('processRecord');
export const commit = reading('commitOffsets');
export const poll = (count: number): string =>
  `poll(consumer=${consumer}, count=${count}, partition=${partition})`;
export const failOverUncleanly = (to: BrokerName, lost: number): string =>
  `failOverUncleanly(lost=${lost}, partition=${partition}, to=${to})`;
/** A record is sent, stored and acknowledged. */
export const store = (broker: BrokerName = B1): readonly string[] => [
  send,
  drain,
  handle(broker),
  replicate,
  receive(broker),
];

/** Room enough for every story. */
const storyBounds: Partial<ClientsBounds> = {
  records: 4,
  resends: 1,
  epochBumps: 3,
  failovers: 3,
  disconnects: 2,
  lateRequests: 2,
  timeouts: 2,
  refusals: 2,
  rejections: 1,
  expiries: 2,
  consumerCrashes: 2,
  consumerCloses: 1,
};

/** A story of one producer, watched by every property and question. */
export class ClientsStory extends DirectedRun<ProtocolFields, GhostFields> {
  /** The log of the partition: records, and with idempotence their epochs and numbers. */
  get log(): string {
    const entries = [...this.protocol.partitions.get(0 as PartitionId).log];
    return entries
      .map(({ record, sequence, producerEpoch }) =>
        sequence === undefined ? `${record}` : `${record}@${producerEpoch}.${sequence}`,
      )
      .join(' ');
  }

  /** What became of each batch. */
  get batches(): string {
    const { batches } = this.protocol.producers.get(0 as ProducerNode);
    return [...batches].map(({ record, state }) => `${record} ${state.state}`).join(', ');
  }

  /** How often each record was processed. */
  get processed(): string {
    const { sends } = this.ghost;
    return [...sends].map(({ processed }) => processed).join(' ');
  }

  /** Where the consumer is, and where its group goes on. */
  get position(): string {
    const { consumers } = this.protocol;
    const position = consumers.get(0 as ConsumerNode).partitions.get(0 as PartitionId);
    const { state, offset, committedOffset } = position;
    return `${state.state} at ${offset}, committed ${committedOffset ?? 'nowhere'}`;
  }
}

/** Stories of one configuration, in which known mistakes are repaired unless it says otherwise. */
export function clientsStory(
  config: Partial<ClientsConfig> = {},
  without: Partial<ClientsBounds> = {},
): ClientsStory {
  const bounds = { ...storyBounds, ...without };
  const { model, properties, questions } = clientsIn({
    config: { repairs: ['all'], ...config },
    bounds,
  });
  return new ClientsStory(model, [...properties, ...questions]);
}
