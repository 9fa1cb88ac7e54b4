import { counted } from '../../checker/results/numbers.ts';
import type { BoundTable, SettingTable } from '../description/settings.ts';
import {
  isolationNames,
  isTransactionsRelease,
  patternNames,
  repairNames,
  type TransactionsBounds,
  type TransactionsConfig,
  transactionsExpected,
  versionNames,
} from './config.ts';

/** What is said about each setting of transactions. */
export const settingWords: SettingTable<TransactionsConfig> = {
  brokers: {
    meaning: 'brokers that may lead a partition, and coordinate (2 to 3)',
    inWords: brokers => counted(brokers, 'broker'),
  },
  partitions: {
    meaning: 'partitions that records are sent to (1 to 3)',
    inWords: partitions => counted(partitions, 'partition'),
  },
  producers: {
    meaning: 'processes of the application, each with a producer (1 to 2)',
    inWords: producers => (producers === 1 ? '1 process' : `${producers} processes`),
  },
  transactionalIds: {
    meaning: 'transactional ids: 1 that all processes share, or one for each',
    inWords: ids => counted(ids, 'transactional id'),
  },
  kafka: {
    meaning: 'the release of clients and brokers, 0.11 to 4.4',
    inWords: kafka => `Kafka ${kafka}`,
    accepts: isTransactionsRelease,
    expected: transactionsExpected,
  },
  transactionVersion: {
    meaning:
      'the newest protocol that is switched on (transaction.version); 1 in every release before 4.0',
    inWords: version => `transaction.version=${version}`,
    choices: versionNames,
  },
  pattern: {
    meaning:
      'send: records of its own; process: an output for each record of an input, whose offset it commits; ' +
      'outbox: the input is a table of its database, which notes what was sent',
    inWords: pattern => `pattern ${pattern}`,
    choices: patternNames,
  },
  transactions: {
    meaning: 'the application sends in transactions',
    inWords: isOn => `${isOn ? 'with' : 'without'} transactions`,
  },
  isolation: {
    meaning: 'isolation.level of the reader',
    inWords: isolation => isolation,
    choices: isolationNames,
  },
  deduplicates: {
    meaning:
      'the reader keeps what it has handled with what it makes of it (an idempotent consumer)',
    inWords: isOn => `${isOn ? 'an idempotent' : 'a plain'} consumer`,
  },
  repairs: {
    meaning: `known bugs of the release that are repaired, to look for others: ${repairNames.join(', ')}`,
    inWords: repairs => (repairs.length === 0 ? 'nothing repaired' : `with ${repairs.join(', ')}`),
    choices: repairNames,
  },
};

/** What each bound of the model limits. */
export const boundWords: BoundTable<TransactionsBounds> = {
  records: {
    meaning: 'records that applications send',
    one: 'record',
    several: 'records',
  },
  inputs: {
    meaning: 'records of the input, where there is one',
    one: 'input record',
    several: 'input records',
  },
  aborts: {
    meaning: 'transactions that the application aborts by itself',
    one: 'abort',
    several: 'aborts',
  },
  restarts: {
    meaning: 'processes that end and start again',
    one: 'restart',
    several: 'restarts',
  },
  timeouts: {
    meaning: 'transactions that run out of time (transaction.timeout.ms)',
    one: 'time-out',
    several: 'time-outs',
  },
  coordinatorFailovers: {
    meaning: 'failovers of the partition of the coordinator',
    one: 'coordinator failover',
    several: 'coordinator failovers',
  },
  failovers: {
    meaning: 'failovers of partitions with records',
    one: 'failover',
    several: 'failovers',
  },
  disconnects: {
    meaning: 'answers that are lost',
    one: 'lost answer',
    several: 'lost answers',
  },
  lateRequests: {
    meaning: 'produce requests that are given up and may still arrive',
    one: 'late request',
    several: 'late requests',
  },
  lateEnds: {
    meaning: 'requests to end a transaction that are given up and may still arrive',
    one: 'late end',
    several: 'late ends',
  },
  lateMarkers: {
    meaning:
      'markers that are given up and may still arrive, also of a coordinator that was deposed',
    one: 'late marker',
    several: 'late markers',
  },
  expiries: {
    meaning: 'batches that a producer gives up (delivery.timeout.ms)',
    one: 'expired batch',
    several: 'expired batches',
  },
  rebalances: {
    meaning: 'times that the input goes over to the other process',
    one: 'rebalance',
    several: 'rebalances',
  },
  readerCrashes: {
    meaning: 'times that the reader ends and starts again where it has committed',
    one: 'crash of the reader',
    several: 'crashes of the reader',
  },
  appendTimeouts: {
    meaning:
      'changes that the coordinator gives up waiting for, and that may be committed all the same',
    one: 'change given up',
    several: 'changes given up',
  },
};
