import type { ClientsConfig } from '../../models/clients/config.ts';

/** What a producer is set to, as far as it decides about its records. */
export type ProducerSettings = Pick<
  ClientsConfig,
  'acks' | 'idempotence' | 'maxInFlight' | 'retries'
>;

/** What a consumer is set to, and what its program does about offsets. */
export type ConsumerSettings = Pick<ClientsConfig, 'commit' | 'reset'>;

/** The settings of a program: those of its producer, or of its consumer. */
export type ClientSettings =
  | ({ readonly kind: 'producer' } & ProducerSettings)
  | ({ readonly kind: 'consumer' } & ConsumerSettings);

const idempotent: ProducerSettings = {
  acks: 'all',
  idempotence: true,
  maxInFlight: 5,
  retries: true,
};
const plain: ProducerSettings = { ...idempotent, idempotence: false };

/** The producers of the client matrix: what is promised grows from row to row. */
export const producerRows: readonly ProducerSettings[] = [
  { ...plain, acks: '0' },
  { ...plain, acks: '1' },
  { ...plain, retries: false },
  plain,
  { ...plain, maxInFlight: 1 },
  idempotent,
];

/** The consumers of the client matrix. */
export const consumerRows: readonly ConsumerSettings[] = (
  ['before', 'handedOver', 'auto', 'async', 'after'] as const
).flatMap(commit => (['latest', 'earliest'] as const).map(reset => ({ commit, reset })));

/** Settings in the words of Kafka's configuration, and of what the program does. */
export function settingsText(settings: ClientSettings): string {
  return settings.kind === 'producer' ? producerText(settings) : consumerText(settings);
}

function producerText({ acks, idempotence, maxInFlight, retries }: ProducerSettings): string {
  return [
    `acks=${acks}`,
    ...(idempotence ? ['idempotent'] : []),
    ...(retries ? [] : ['no retries']),
    `${maxInFlight === 1 ? 'one request' : `${maxInFlight} requests`} in flight`,
  ].join(', ');
}

/** What a program does about its offsets. */
const commitText: Readonly<Record<ConsumerSettings['commit'], string>> = {
  before: 'commitSync before processing',
  handedOver: 'auto commit, records handed to other threads',
  auto: 'auto commit, processed before the next poll',
  async: 'commitAsync after processing',
  after: 'commitSync after processing',
};

function consumerText({ commit, reset }: ConsumerSettings): string {
  return `${commitText[commit]}, auto.offset.reset=${reset}`;
}
