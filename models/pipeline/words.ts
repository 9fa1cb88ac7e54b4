import { counted } from '../../checker/results/numbers.ts';
import { settingWords as clientsSettings } from '../clients/words.ts';
import type { BoundTable, SettingTable } from '../description/settings.ts';
import { boundWords as groupsBounds, settingWords as groupsSettings } from '../groups/words.ts';
import {
  boundWords as transactionsBounds,
  settingWords as transactionsSettings,
} from '../transactions/words.ts';
import {
  isPipelineRelease,
  type PipelineBounds,
  type PipelineConfig,
  pipelineExpected,
  repairNames,
} from './config.ts';

/** What is said about each setting of a pipeline. */
export const settingWords: SettingTable<PipelineConfig> = {
  brokers: {
    meaning: 'brokers that may lead every partition (2 to 3)',
    inWords: brokers => counted(brokers, 'broker'),
  },
  members: {
    meaning: 'processes of the application, each a member of the group with a producer (1 to 2)',
    inWords: members => (members === 1 ? '1 process' : `${members} processes`),
  },
  outputs: {
    meaning: 'partitions of the topic that the application writes (1 to 3)',
    inWords: outputs => counted(outputs, 'output partition'),
  },
  kafka: {
    meaning: 'the release of clients and brokers, 2.5 to 4.4',
    inWords: kafka => `Kafka ${kafka}`,
    accepts: isPipelineRelease,
    expected: pipelineExpected,
  },
  acks: { ...clientsSettings.acks, meaning: 'acks of the producer of the topic that is read: all' },
  idempotence: {
    ...clientsSettings.idempotence,
    meaning: 'enable.idempotence of the producer of the topic that is read',
  },
  maxInFlight: clientsSettings.maxInFlight,
  protocol: groupsSettings.protocol,
  transactionVersion: transactionsSettings.transactionVersion,
  repairs: {
    meaning: `known bugs of the release that are repaired, to look for others: ${repairNames.join(', ')}`,
    inWords: repairs => (repairs.length === 0 ? 'nothing repaired' : `with ${repairs.join(', ')}`),
    choices: repairNames,
  },
};

/** What each bound of the model limits. */
export const boundWords: BoundTable<PipelineBounds> = {
  records: {
    meaning: 'records that are sent to the topic which the group reads',
    one: 'record',
    several: 'records',
  },
  outputs: {
    meaning: 'records that the application sends, one each time that it processes one',
    one: 'output',
    several: 'outputs',
  },
  epochBumps: {
    meaning: 'epochs that the producer of the topic which is read may go on to',
    one: 'epoch bump',
    several: 'epoch bumps',
  },
  brokerCrashes: {
    meaning: 'brokers that die, with all that they lead',
    one: 'broker crash',
    several: 'broker crashes',
  },
  failovers: {
    meaning: 'failovers of one partition that lose nothing committed',
    one: 'failover',
    several: 'failovers',
  },
  crashes: {
    meaning: 'processes of the application that die',
    one: 'crash of a process',
    several: 'crashes of processes',
  },
  leaves: {
    meaning: 'processes of the application that are closed',
    one: 'closed process',
    several: 'closed processes',
  },
  missedSessions: groupsBounds.missedSessions,
  disconnects: {
    meaning: 'connections and answers that are lost',
    one: 'lost connection or answer',
    several: 'lost connections or answers',
  },
  lateRequests: {
    meaning: 'requests that are given up and may still arrive',
    one: 'late request',
    several: 'late requests',
  },
  requestTimeouts: {
    meaning: 'requests to the topic that is read which wait for replication until they time out',
    one: 'request time-out',
    several: 'request time-outs',
  },
  expiries: transactionsBounds.expiries,
  aborts: transactionsBounds.aborts,
  timeouts: transactionsBounds.timeouts,
  lateMarkers: transactionsBounds.lateMarkers,
  appendTimeouts: transactionsBounds.appendTimeouts,
};
