import {
  type ClientsBounds,
  type ClientsConfig,
  repairNames as clientsRepairs,
  defaultConfig as defaultClients,
  quietScope as quietClients,
} from '../clients/config.ts';
import { limitsOf as clientsLimits } from '../clients/limits.ts';
import { expecting } from '../description/expectations.ts';
import { isEarlier, newestRelease, parseRelease, releaseNamed } from '../description/release.ts';
import {
  defaultConfig as defaultGroups,
  type GroupsBounds,
  type GroupsConfig,
  repairNames as groupsRepairs,
  protocolNames,
  quietScope as quietGroups,
} from '../groups/config.ts';
import { limitsOf as groupsLimits } from '../groups/limits.ts';
import {
  defaultConfig as defaultTransactions,
  quietScope as quietTransactions,
  type TransactionsBounds,
  type TransactionsConfig,
  repairNames as transactionsRepairs,
  versionNames,
} from '../transactions/config.ts';

/** Known bugs that may be repaired: those of each part, or all of them. */
export const repairNames = [
  ...clientsRepairs.filter(name => name !== 'all'),
  ...groupsRepairs.filter(name => name !== 'all'),
  ...transactionsRepairs,
] as const;
type RepairName = (typeof repairNames)[number];

/** The first release in which a group fences the offsets of a transaction (KIP-447). */
const oldestPipeline = '2.5';
/** The first one with the consumer protocol (KIP-848). */
const oldestConsumer = '4.0';

/** What is read as the release of clients and brokers. */
export const pipelineExpected = `a Kafka release from ${oldestPipeline} to ${newestRelease}`;

/** A topic, the group of an application that reads it, and the topic that it writes. */
export interface PipelineConfig
  extends Pick<ClientsConfig, 'brokers' | 'acks' | 'idempotence' | 'maxInFlight'>,
    Pick<GroupsConfig, 'members' | 'protocol'>,
    Pick<TransactionsConfig, 'transactionVersion'> {
  /** Partitions of the topic that the application writes. 1 to 3. */
  readonly outputs: number;
  /** The release of clients and brokers. */
  readonly kafka: string;
  /** Known bugs of the release that are mended here, so that a search goes on to others. */
  readonly repairs: readonly RepairName[];
}

/** How much of each bounded event the search may use. */
export interface PipelineBounds {
  /** Records that are sent to the topic which the group reads. */
  readonly records: number;
  /** Records that the application sends: one for each that it reads, each time that it does. */
  readonly outputs: number;
  /** Epoch bumps of the producer of the topic. */
  readonly epochBumps: number;
  /** Brokers that die: everything that they lead goes over to another. */
  readonly brokerCrashes: number;
  /** Clean failovers of one partition. */
  readonly failovers: number;
  /** Processes of the application that die: its member and its producer. */
  readonly crashes: number;
  /** Processes of the application that are closed. */
  readonly leaves: number;
  /** Members that are given up although they live. */
  readonly missedSessions: number;
  /** Connections and answers that are lost. */
  readonly disconnects: number;
  /** Requests that are given up and may still arrive. */
  readonly lateRequests: number;
  /** Requests that wait at a leader of the topic that is read until they time out. */
  readonly requestTimeouts: number;
  /** Batches that are given up: `delivery.timeout.ms`. */
  readonly expiries: number;
  /** Transactions that the application aborts by itself. */
  readonly aborts: number;
  /** Transactions that run out of time. */
  readonly timeouts: number;
  /** Markers of which a copy may still arrive. */
  readonly lateMarkers: number;
  /** Changes that the coordinator of transactions gives up waiting for. */
  readonly appendTimeouts: number;
}

/** A scope with one record and nothing else. */
export const quietScope: PipelineBounds = {
  records: 1,
  outputs: 1,
  epochBumps: 0,
  brokerCrashes: 0,
  failovers: 0,
  crashes: 0,
  leaves: 0,
  missedSessions: 0,
  disconnects: 0,
  lateRequests: 0,
  requestTimeouts: 0,
  expiries: 0,
  aborts: 0,
  timeouts: 0,
  lateMarkers: 0,
  appendTimeouts: 0,
};

/** Two processes of an application, with the defaults of a current release. */
export const defaultConfig: PipelineConfig = {
  brokers: 3,
  members: 2,
  outputs: 1,
  kafka: newestRelease,
  acks: 'all',
  idempotence: true,
  maxInFlight: 5,
  protocol: 'classic',
  transactionVersion: '2',
  repairs: [],
};

/** The scope that `explore pipeline` covers completely completely. */
export const smallScope: PipelineBounds = { ...quietScope };

/** The scope of random interleavings: too large to cover, large enough to meet rare events. */
export const largeScope: PipelineBounds = {
  ...quietScope,
  records: 3,
  outputs: 8,
  epochBumps: 2,
  brokerCrashes: 2,
  failovers: 2,
  crashes: 1,
  leaves: 1,
  missedSessions: 1,
  disconnects: 2,
  lateRequests: 1,
  requestTimeouts: 1,
  aborts: 1,
  timeouts: 1,
  lateMarkers: 1,
  appendTimeouts: 1,
};

/** What the topic that is read and its producer are, as their own model has it. */
export function clientsConfigOf(config: PipelineConfig): ClientsConfig {
  const { brokers, kafka, acks, idempotence, maxInFlight } = config;
  const own = { brokers, kafka, acks, idempotence, maxInFlight };
  return { ...defaultClients, ...own, repairs: known(clientsRepairs, config) };
}

/** What can happen to them. A leader changes with a partition, or with its broker. */
export function clientsBoundsOf(bounds: PipelineBounds): ClientsBounds {
  const { records, epochBumps, disconnects, lateRequests, expiries } = bounds;
  return {
    ...quietClients,
    records,
    epochBumps,
    failovers: bounds.failovers + bounds.brokerCrashes,
    disconnects: disconnects + bounds.brokerCrashes,
    lateRequests,
    timeouts: bounds.requestTimeouts,
    expiries,
  };
}

/** What the group is. Its members commit nothing by themselves: what they have read is in their transactions. */
export function groupsConfigOf(config: PipelineConfig): GroupsConfig {
  const { brokers, members, kafka, protocol } = config;
  const own = { brokers, members, kafka, protocol, commit: 'async' } as const;
  return { ...defaultGroups, ...own, repairs: known(groupsRepairs, config) };
}

/** What can happen to it. It may read whatever the log of the topic can have. */
export function groupsBoundsOf(config: PipelineConfig, bounds: PipelineBounds): GroupsBounds {
  const { crashes, leaves, missedSessions } = bounds;
  return {
    ...quietGroups,
    records: inputsOf(config, bounds),
    crashes,
    leaves,
    missedSessions,
    failovers: bounds.failovers + bounds.brokerCrashes,
  };
}

/** The most records that the topic which is read can have. */
function inputsOf(config: PipelineConfig, bounds: PipelineBounds): number {
  return clientsLimits(clientsConfigOf(config), clientsBoundsOf(bounds)).logLength;
}

/** What the application sends, as the model of transactions has it: each process has an id of its own (KIP-447). */
export function transactionsConfigOf(config: PipelineConfig): TransactionsConfig {
  const { brokers, outputs, members, kafka, transactionVersion } = config;
  return {
    ...defaultTransactions,
    brokers,
    partitions: outputs,
    producers: members,
    transactionalIds: members,
    kafka,
    transactionVersion,
    pattern: 'process',
    repairs: known(transactionsRepairs, config),
  };
}

/** What can happen to it. The input goes over to another process whenever the group begins a generation. */
export function transactionsBoundsOf(
  config: PipelineConfig,
  bounds: PipelineBounds,
): TransactionsBounds {
  const { aborts, timeouts, disconnects, lateRequests, lateMarkers, expiries } = bounds;
  const failovers = bounds.failovers + bounds.brokerCrashes;
  const counts = { member: { count: config.members }, partition: { count: 1 } };
  return {
    ...quietTransactions,
    records: bounds.outputs,
    inputs: inputsOf(config, bounds),
    aborts,
    restarts: bounds.crashes + bounds.leaves,
    timeouts,
    coordinatorFailovers: failovers,
    failovers,
    disconnects,
    lateRequests,
    lateMarkers,
    expiries,
    rebalances: groupsLimits(counts, groupsBoundsOf(config, bounds)).generation,
    appendTimeouts: bounds.appendTimeouts,
  };
}

/** The repairs that a part knows. */
function known<Name extends RepairName>(
  names: readonly Name[],
  { repairs }: Pick<PipelineConfig, 'repairs'>,
): Name[] {
  return names.filter(name => repairs.some(repair => repair === name));
}

/** The largest bound of each kind that the state is meant for. */
const LARGEST = 8;

/** A setting or bound that the model cannot take; the message says what was expected. */
export class PipelineConfigError extends Error {
  override readonly name = 'PipelineConfigError';
}

const expect = expecting(PipelineConfigError);

/** Whether a word is a release that the model plays. */
export function isPipelineRelease(word: string): boolean {
  return parseRelease(word) !== undefined && !isBefore(word, oldestPipeline);
}

function isBefore(release: string, first: string): boolean {
  return isEarlier(releaseNamed(release), releaseNamed(first));
}

/** @throws PipelineConfigError when a value is outside what the model is meant for. */
export function validatePipeline(config: PipelineConfig, bounds: PipelineBounds): void {
  const { kafka, protocol, transactionVersion } = config;
  expect.within('brokers', config.brokers, 2, 3);
  expect.within('members', config.members, 1, 2);
  expect.within('outputs', config.outputs, 1, 3);
  expect.valid('kafka', kafka, isPipelineRelease(kafka), pipelineExpected);
  expect.valid(
    'acks',
    config.acks,
    config.acks === 'all',
    'all: what else loses is told by clients',
  );
  expect.within('maxInFlight', config.maxInFlight, 1, 5);
  expect.oneOf('protocol', protocol, protocolNames);
  expect.oneOf('transactionVersion', transactionVersion, versionNames);
  const hasConsumer = protocol === 'classic' || !isBefore(kafka, oldestConsumer);
  expect.valid('protocol', protocol, hasConsumer, `classic before ${oldestConsumer}`);
  for (const repair of config.repairs) expect.oneOf('repairs', repair, repairNames);
  expect.within('records', bounds.records, 1, LARGEST);
  expect.within('outputs', bounds.outputs, 1, 3 * LARGEST);
  expect.upTo({ ...bounds, outputs: 1 }, LARGEST);
}
