import { expecting, LARGEST_BOUND } from '../description/expectations.ts';
import { isEarlier, newestRelease, parseRelease, releaseNamed } from '../description/release.ts';

/** What a producer waits for: `acks` of its settings. */
export const acksNames = ['all', '1', '0'] as const;
export type Acks = (typeof acksNames)[number];

/** What an application does about its offsets, and when. */
export const commitNames = ['auto', 'handedOver', 'before', 'after', 'async'] as const;
/**
 * `auto`: `enable.auto.commit`, with records processed before the next poll. `handedOver`: the same, and records are
 * given to other threads. `before` and `after`: commitSync before and after what a poll returned is processed.
 * `async`: commitAsync after.
 */
type CommitPattern = (typeof commitNames)[number];

/** Where a consumer goes on that has no position: `auto.offset.reset`. */
export const resetNames = ['earliest', 'latest', 'none'] as const;
type ResetPolicy = (typeof resetNames)[number];

/** What of a release is repaired: these known bugs, or all of them. */
export const repairNames = [
  'first-number-not-checked',
  'renumbered-while-undecided',
  'positions-not-validated',
  'all',
] as const;
type RepairName = (typeof repairNames)[number];

/** The first release in which several batches of an idempotent producer may be in flight (KAFKA-5494). */
const oldestClients = '1.0';

/** What is read as the release of clients and brokers. */
export const clientsExpected = `a Kafka release from ${oldestClients} to ${newestRelease}`;

/** The settings of clients, and of the topic that they use. */
export interface ClientsConfig {
  /** Brokers that may lead a partition. 2 to 4. */
  readonly brokers: number;
  /** Partitions of the topic. 1 to 4. */
  readonly partitions: number;
  /** Producers of the application. 1 to 4. */
  readonly producers: number;
  /** The release of clients and brokers. */
  readonly kafka: string;
  /** `acks`. */
  readonly acks: Acks;
  /** `enable.idempotence`. */
  readonly idempotence: boolean;
  /** `max.in.flight.requests.per.connection`. */
  readonly maxInFlight: number;
  /** Whether a batch is sent again after an error that may pass: `retries` is not 0. */
  readonly retries: boolean;
  /** Known bugs of the release that are mended here, so that a search goes on to others. */
  readonly repairs: readonly RepairName[];
  /** Consumers, each the only one of its group. 0 or 1. */
  readonly consumers: number;
  /** What a consumer does about its offsets. */
  readonly commit: CommitPattern;
  /** `auto.offset.reset`. */
  readonly reset: ResetPolicy;
}

/** How much of each bounded event the search may use. */
export interface ClientsBounds {
  /** Records that applications send. */
  readonly records: number;
  /** Records that an application sends again, after it was told failure or nothing. */
  readonly resends: number;
  /** Epoch bumps of a producer, and further producer ids that it may ask for. */
  readonly epochBumps: number;
  /** Clean failovers of a partition: nothing that is committed is lost. */
  readonly failovers: number;
  /** Failovers that lose committed records: unclean election, or all replicas lose power. */
  readonly uncleanFailovers: number;
  /** Failovers to a replica that has read its memory of producers from a snapshot. */
  readonly snapshotLoads: number;
  /** Connections lost, with what was sent over them and not handled. */
  readonly disconnects: number;
  /** Connections lost of which the broker handles what was sent later. */
  readonly lateRequests: number;
  /** Requests that wait at the leader for replication until they time out. */
  readonly timeouts: number;
  /** Requests refused for now, with nothing appended. */
  readonly refusals: number;
  /** Requests refused for good. */
  readonly rejections: number;
  /** Batches that are given up: `delivery.timeout.ms`. */
  readonly expiries: number;
  /** Times that a partition forgets its producers: `producer.id.expiration.ms`. */
  readonly forgottenProducers: number;
  /** Times that all committed records of a partition are deleted: retention, or on request. */
  readonly deletions: number;
  /** Producers whose process ends and starts again. */
  readonly producerRestarts: number;
  /** Consumers whose process dies. */
  readonly consumerCrashes: number;
  /** Consumers that the application closes, whatever it has not processed. */
  readonly consumerCloses: number;
}

/** A scope with one record and nothing else. */
export const quietScope: ClientsBounds = {
  records: 1,
  resends: 0,
  epochBumps: 0,
  failovers: 0,
  uncleanFailovers: 0,
  snapshotLoads: 0,
  disconnects: 0,
  lateRequests: 0,
  timeouts: 0,
  refusals: 0,
  rejections: 0,
  expiries: 0,
  forgottenProducers: 0,
  deletions: 0,
  producerRestarts: 0,
  consumerCrashes: 0,
  consumerCloses: 0,
};

/** A producer with the defaults of a current release, and a topic of one partition. */
export const defaultConfig: ClientsConfig = {
  brokers: 2,
  partitions: 1,
  producers: 1,
  kafka: newestRelease,
  acks: 'all',
  idempotence: true,
  maxInFlight: 5,
  retries: true,
  repairs: [],
  consumers: 0,
  commit: 'auto',
  reset: 'earliest',
};

/** The scope that `explore clients` covers completely: an idempotent producer over a failover. */
export const smallScope: ClientsBounds = {
  ...quietScope,
  records: 2,
  failovers: 1,
  disconnects: 1,
};

/** The scope that `liveness clients` covers completely. */
export const livenessScope: ClientsBounds = { ...quietScope, records: 2, failovers: 1 };

/** The scope of random interleavings: too large to cover, large enough to meet rare events. */
export const largeScope: ClientsBounds = {
  ...quietScope,
  records: 6,
  epochBumps: 4,
  failovers: 3,
  disconnects: 2,
  lateRequests: 1,
  timeouts: 2,
  refusals: 2,
};

/** A setting or bound that the model cannot take; the message says what was expected. */
export class ClientsConfigError extends Error {
  override readonly name = 'ClientsConfigError';
}

const expect = expecting(ClientsConfigError);

/** Whether a word is a release that the model plays. */
export function isClientsRelease(word: string): boolean {
  const release = parseRelease(word);
  return release !== undefined && !isEarlier(release, releaseNamed(oldestClients));
}

/** @throws ClientsConfigError when a value is outside what the model is meant for. */
export function validateClients(config: ClientsConfig, bounds: ClientsBounds): void {
  expect.within('brokers', config.brokers, 2, 4);
  expect.within('partitions', config.partitions, 1, 4);
  expect.within('producers', config.producers, 1, 4);
  expect.valid('kafka', config.kafka, isClientsRelease(config.kafka), clientsExpected);
  expect.oneOf('acks', config.acks, acksNames);
  expect.within('maxInFlight', config.maxInFlight, 1, 5);
  expect.within('consumers', config.consumers, 0, 1);
  expect.oneOf('commit', config.commit, commitNames);
  expect.oneOf('reset', config.reset, resetNames);
  for (const repair of config.repairs) expect.oneOf('repairs', repair, repairNames);
  if (config.idempotence) expectIdempotence(config);
  expect.within('records', bounds.records, 1, LARGEST_BOUND);
  expect.upTo(bounds, LARGEST_BOUND);
}

/** As the client does by itself where these are set together with idempotence (ProducerConfig). */
function expectIdempotence({ acks, retries }: ClientsConfig): void {
  expect.valid('acks', acks, acks === 'all', 'all with idempotence');
  expect.valid('retries', retries, retries, 'true with idempotence');
}
