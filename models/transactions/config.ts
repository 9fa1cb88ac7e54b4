import { expecting, LARGEST_BOUND } from '../description/expectations.ts';
import { isEarlier, newestRelease, parseRelease, releaseNamed } from '../description/release.ts';

/** What an application does with its records. */
export const patternNames = ['send', 'process', 'outbox'] as const;
/**
 * `send`: it sends records of its own. `process`: it reads an input, sends an output for each record of it, and commits
 * how far it has read. `outbox`: the input is a table of its database, and how far it has sent is noted there.
 */
type Pattern = (typeof patternNames)[number];

/** `isolation.level` of the reader. */
export const isolationNames = ['read_committed', 'read_uncommitted'] as const;
type Isolation = (typeof isolationNames)[number];

/** The newest protocol of transactions that is switched on: the feature `transaction.version`. */
export const versionNames = ['1', '2'] as const;
type TransactionVersion = (typeof versionNames)[number];

/** What of a release is repaired: these known bugs, or all of them. */
export const repairNames = [
  'not-fenced-on-timeout',
  'opened-by-late-record',
  'marker-of-last-transaction',
  'uncommitted-decision-loaded',
  'all',
] as const;
type RepairName = (typeof repairNames)[number];

/** The first release with transactions (KIP-98). */
const oldestTransactions = '0.11';
/** The first release with the second version of them (KIP-890). */
export const secondVersion = '4.0';

/** What is read as the release of clients and brokers. */
export const transactionsExpected = `a Kafka release from ${oldestTransactions} to ${newestRelease}`;

/** The settings of an application with transactions, and of its cluster. */
export interface TransactionsConfig {
  /** Brokers that may lead a partition, and so coordinate. 2 to 3. */
  readonly brokers: number;
  /** Partitions that records are sent to. 1 to 3. */
  readonly partitions: number;
  /** Processes of the application, each with a producer. 1 to 2. */
  readonly producers: number;
  /** Transactional ids: one that all processes share, or one for each. 1 to 2. */
  readonly transactionalIds: number;
  /** The release of clients and brokers. */
  readonly kafka: string;
  /** The newest protocol that is switched on; 1 in every release before 4.0. */
  readonly transactionVersion: TransactionVersion;
  /** What the application does. */
  readonly pattern: Pattern;
  /** Whether it sends in transactions. */
  readonly transactions: boolean;
  /** `isolation.level` of the reader. */
  readonly isolation: Isolation;
  /** Whether the reader keeps which records it has handled with what it makes of them: an idempotent consumer. */
  readonly deduplicates: boolean;
  /** Known bugs of the release that are mended here, so that a search goes on to others. */
  readonly repairs: readonly RepairName[];
}

/** How much of each bounded event the search may use. */
export interface TransactionsBounds {
  /** Records that applications send. */
  readonly records: number;
  /** Records of the input, where there is one. */
  readonly inputs: number;
  /** Transactions that the application aborts by itself. */
  readonly aborts: number;
  /** Processes of the application that end and start again. */
  readonly restarts: number;
  /** Transactions that run out of time (`transaction.timeout.ms`). */
  readonly timeouts: number;
  /** Failovers of the partition of the coordinator. */
  readonly coordinatorFailovers: number;
  /** Failovers of partitions with records. */
  readonly failovers: number;
  /** Answers that are lost. */
  readonly disconnects: number;
  /** Produce requests of which a copy may still arrive. */
  readonly lateRequests: number;
  /** Requests to end a transaction of which a copy may still arrive. */
  readonly lateEnds: number;
  /** Markers of which a copy may still arrive, also of a coordinator that is deposed. */
  readonly lateMarkers: number;
  /** Batches that are given up: `delivery.timeout.ms`. */
  readonly expiries: number;
  /** Times that the input goes over to the other process. */
  readonly rebalances: number;
  /** Times that the reader ends and starts again where it has committed. */
  readonly readerCrashes: number;
  /** Changes that the coordinator gives up waiting for, and that may be committed all the same. */
  readonly appendTimeouts: number;
}

/** A scope with one record and nothing else. */
export const quietScope: TransactionsBounds = {
  records: 1,
  inputs: 0,
  aborts: 0,
  restarts: 0,
  timeouts: 0,
  coordinatorFailovers: 0,
  failovers: 0,
  disconnects: 0,
  lateRequests: 0,
  lateEnds: 0,
  lateMarkers: 0,
  expiries: 0,
  rebalances: 0,
  readerCrashes: 0,
  appendTimeouts: 0,
};

/** One process with one transactional id, two partitions, and a reader of committed records. */
export const defaultConfig: TransactionsConfig = {
  brokers: 2,
  partitions: 2,
  producers: 1,
  transactionalIds: 1,
  kafka: newestRelease,
  transactionVersion: '2',
  pattern: 'send',
  transactions: true,
  isolation: 'read_committed',
  deduplicates: false,
  repairs: [],
};

/**
 * The scope that `explore transactions` covers completely: one transaction over two partitions, and another
 * coordinator.
 */
export const smallScope: TransactionsBounds = {
  ...quietScope,
  records: 2,
  coordinatorFailovers: 1,
};

/** The scope that `liveness transactions` covers completely. */
export const livenessScope: TransactionsBounds = { ...quietScope, timeouts: 2, restarts: 1 };

/** The scope of random interleavings: too large to cover, large enough to meet rare events. */
export const largeScope: TransactionsBounds = {
  ...quietScope,
  records: 6,
  inputs: 3,
  aborts: 2,
  restarts: 2,
  timeouts: 2,
  coordinatorFailovers: 2,
  failovers: 2,
  disconnects: 2,
  expiries: 1,
  appendTimeouts: 1,
};

/** A setting or bound that the model cannot take; the message says what was expected. */
export class TransactionsConfigError extends Error {
  override readonly name = 'TransactionsConfigError';
}

const expect = expecting(TransactionsConfigError);

/** Whether a word is a release that the model plays. */
export function isTransactionsRelease(word: string): boolean {
  const release = parseRelease(word);
  return release !== undefined && !isEarlier(release, releaseNamed(oldestTransactions));
}

/** @throws TransactionsConfigError when a value is outside what the model is meant for. */
export function validateTransactions(config: TransactionsConfig, bounds: TransactionsBounds): void {
  expect.within('brokers', config.brokers, 2, 3);
  expect.within('partitions', config.partitions, 1, 3);
  expect.within('producers', config.producers, 1, 2);
  expect.within('transactionalIds', config.transactionalIds, 1, config.producers);
  expect.valid('kafka', config.kafka, isTransactionsRelease(config.kafka), transactionsExpected);
  expect.oneOf('transactionVersion', config.transactionVersion, versionNames);
  expect.oneOf('pattern', config.pattern, patternNames);
  expect.oneOf('isolation', config.isolation, isolationNames);
  for (const repair of config.repairs) expect.oneOf('repairs', repair, repairNames);
  const isOutbox = config.pattern === 'outbox';
  // A database is in no transaction of Kafka.
  const mayHave = !isOutbox || !config.transactions;
  expect.valid('transactions', config.transactions, mayHave, 'false with an outbox');
  const coordinates = config.transactions || bounds.coordinatorFailovers === 0;
  expect.valid(
    'coordinatorFailovers',
    bounds.coordinatorFailovers,
    coordinates,
    '0 without transactions',
  );
  expect.within('records', bounds.records, 1, LARGEST_BOUND);
  expect.upTo(bounds, LARGEST_BOUND);
}
