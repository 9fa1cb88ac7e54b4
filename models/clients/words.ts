import { counted } from '../../checker/results/numbers.ts';
import type { BoundTable, SettingTable } from '../description/settings.ts';
import {
  acksNames,
  type ClientsBounds,
  type ClientsConfig,
  clientsExpected,
  commitNames,
  isClientsRelease,
  repairNames,
  resetNames,
} from './config.ts';

/** What is said about each setting of clients. */
export const settingWords: SettingTable<ClientsConfig> = {
  brokers: {
    meaning: 'brokers that may lead a partition (2 to 4)',
    inWords: brokers => counted(brokers, 'broker'),
  },
  partitions: {
    meaning: 'partitions of the topic (1 to 4)',
    inWords: partitions => counted(partitions, 'partition'),
  },
  producers: {
    meaning: 'producers of the application (1 to 4)',
    inWords: producers => counted(producers, 'producer'),
  },
  kafka: {
    meaning: 'the release of clients and brokers, 1.0 to 4.4',
    inWords: kafka => `Kafka ${kafka}`,
    accepts: isClientsRelease,
    expected: clientsExpected,
  },
  acks: {
    meaning: 'acks of the producers',
    inWords: acks => `acks=${acks}`,
    choices: acksNames,
  },
  idempotence: {
    meaning: 'enable.idempotence of the producers',
    inWords: isOn => `${isOn ? 'with' : 'without'} idempotence`,
  },
  maxInFlight: {
    meaning: 'max.in.flight.requests.per.connection of the producers (1 to 5)',
    inWords: most => `at most ${counted(most, 'request')} in flight`,
  },
  retries: {
    meaning: 'a batch is sent again after an error that may pass (retries is not 0)',
    inWords: isOn => `${isOn ? 'with' : 'without'} retries`,
  },
  repairs: {
    meaning: `known bugs of the release that are repaired, to look for others: ${repairNames.join(', ')}`,
    inWords: repairs => (repairs.length === 0 ? 'nothing repaired' : `with ${repairs.join(', ')}`),
    choices: repairNames,
  },
  consumers: {
    meaning: 'consumers, each the only one of its group (0 or 1)',
    inWords: consumers => counted(consumers, 'consumer'),
  },
  commit: {
    meaning:
      'auto: enable.auto.commit; handedOver: the same, while other threads process; before, after: commitSync ' +
      'before or after what a poll returned is processed; async: commitAsync after it',
    inWords: commit => `offsets committed: ${commit}`,
    choices: commitNames,
  },
  reset: {
    meaning: 'auto.offset.reset of the consumers',
    inWords: reset => `auto.offset.reset=${reset}`,
    choices: resetNames,
  },
};

/** What each bound of the model limits. */
export const boundWords: BoundTable<ClientsBounds> = {
  records: {
    meaning: 'records that applications send',
    one: 'record',
    several: 'records',
  },
  resends: {
    meaning: 'records that an application sends again, after it was told failure or nothing',
    one: 'record sent again',
    several: 'records sent again',
  },
  epochBumps: {
    meaning: 'epochs that a producer goes on to, and further producer ids',
    one: 'epoch bump',
    several: 'epoch bumps',
  },
  failovers: {
    meaning: 'failovers of a partition that lose nothing committed',
    one: 'failover',
    several: 'failovers',
  },
  uncleanFailovers: {
    meaning: 'failovers that lose committed records',
    one: 'unclean failover',
    several: 'unclean failovers',
  },
  snapshotLoads: {
    meaning: 'failovers to a replica that knows producers from a snapshot',
    one: 'failover to a restarted replica',
    several: 'failovers to restarted replicas',
  },
  disconnects: {
    meaning: 'connections lost, with what was sent over them',
    one: 'lost connection',
    several: 'lost connections',
  },
  lateRequests: {
    meaning: 'connections given up whose requests may still be handled',
    one: 'connection given up',
    several: 'connections given up',
  },
  timeouts: {
    meaning: 'requests that wait for replication until they time out',
    one: 'timed out request',
    several: 'timed out requests',
  },
  refusals: {
    meaning: 'requests refused for now, with nothing appended',
    one: 'refusal',
    several: 'refusals',
  },
  rejections: {
    meaning: 'requests refused for good',
    one: 'rejection',
    several: 'rejections',
  },
  expiries: {
    meaning: 'batches that a producer gives up (delivery.timeout.ms)',
    one: 'expired batch',
    several: 'expired batches',
  },
  forgottenProducers: {
    meaning: 'times that a partition forgets its producers (producer.id.expiration.ms)',
    one: 'forgotten producer',
    several: 'forgotten producers',
  },
  deletions: {
    meaning: 'times that the committed records of a partition are deleted',
    one: 'deletion',
    several: 'deletions',
  },
  producerRestarts: {
    meaning: 'producers whose process ends and starts again',
    one: 'producer restart',
    several: 'producer restarts',
  },
  consumerCrashes: {
    meaning: 'consumers whose process dies',
    one: 'consumer crash',
    several: 'consumer crashes',
  },
  consumerCloses: {
    meaning: 'consumers that are closed, whatever they have not processed',
    one: 'closed consumer',
    several: 'closed consumers',
  },
};
