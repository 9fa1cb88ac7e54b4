import { expecting, LARGEST_BOUND } from '../description/expectations.ts';
import { isEarlier, oldestRelease, parseRelease, releaseNamed } from '../description/release.ts';
import {
  quietScope as quietPartition,
  type ReplicationBounds,
  type ReplicationConfig,
} from '../replication/config.ts';

/** The last release line with ZooKeeper. */
export const newestZooKeeper = '3.9';
/** The first release in which controllers write the ISR at the request of leaders (KIP-497). */
const firstAlterPartition = '2.7';

/** What is read as the release of the brokers. */
export const zooKeeperExpected = `a Kafka release from ${oldestRelease} to ${newestZooKeeper}`;

/** What of a release is repaired: these known mistakes, or all of them. */
export const repairNames = [
  'deposed-controller-writes',
  'restart-unnoticed',
  'request-to-earlier-incarnation',
  'late-stop-replica',
  'epoch-begun-when-replaced',
  'newer-broker-epoch-refused',
  'all',
] as const;
type RepairName = (typeof repairNames)[number];

/** The settings of brokers that are controlled through ZooKeeper. */
export interface ZooKeeperConfig {
  /** Brokers, each with a replica of the one partition. 1 to 4. */
  readonly brokers: number;
  /** The release of all of them. */
  readonly kafka: string;
  /** `min.insync.replicas`. */
  readonly minInsyncReplicas: number;
  /** `unclean.leader.election.enable`. */
  readonly uncleanLeaderElection: boolean;
  /** Known mistakes of the release that are mended here, so that a search goes on to others. */
  readonly repairs: readonly RepairName[];
}

/** How much of each bounded event the search may use. Recovery is never bounded. */
export interface ZooKeeperBounds {
  /** Records that the producer sends. */
  readonly records: number;
  /** Process crashes: memory is lost, the page cache survives, and the session lasts until it expires. */
  readonly crashes: number;
  /** Power losses: an arbitrary unflushed tail of the log is lost as well. */
  readonly powerLosses: number;
  /** Sessions that expire although the process lives: a long pause, or ZooKeeper out of reach. */
  readonly sessionExpiries: number;
  /** Controlled shutdowns. */
  readonly shutdowns: number;
  /** Times that somebody deletes `/controller`, to have another controller elected. */
  readonly controllerMoves: number;
  /** Answers to requests of a controller that are lost: the request is sent again. */
  readonly lostAnswers: number;
  /** Times that a leader finds followers lagging, and removes them from the ISR. */
  readonly isrShrinks: number;
  /** Times that the controller has the preferred leader elected where another one leads. */
  readonly preferredElections: number;
  /** Deletions of the topic. */
  readonly topicDeletions: number;
}

/** A scope with one record and nothing else. */
export const quietScope: ZooKeeperBounds = {
  records: 1,
  crashes: 0,
  powerLosses: 0,
  sessionExpiries: 0,
  shutdowns: 0,
  controllerMoves: 0,
  lostAnswers: 0,
  isrShrinks: 0,
  preferredElections: 0,
  topicDeletions: 0,
};

/** Two brokers of the last release. */
export const defaultConfig: ZooKeeperConfig = {
  brokers: 2,
  kafka: newestZooKeeper,
  minInsyncReplicas: 1,
  uncleanLeaderElection: false,
  repairs: [],
};

/** The scope that `explore zookeeper` covers completely: a session expires. */
export const smallScope: ZooKeeperBounds = { ...quietScope, sessionExpiries: 1 };

/** The scope that `liveness zookeeper` covers completely. */
export const livenessScope: ZooKeeperBounds = { ...quietScope, sessionExpiries: 1 };

/** The scope of random interleavings: too large to cover, large enough to meet rare events. */
export const largeScope: ZooKeeperBounds = {
  ...quietScope,
  records: 4,
  crashes: 2,
  sessionExpiries: 2,
  shutdowns: 1,
  controllerMoves: 1,
  lostAnswers: 1,
  isrShrinks: 2,
  preferredElections: 1,
  topicDeletions: 1,
};

/** A setting or bound that the model cannot take; the message says what was expected. */
export class ZooKeeperConfigError extends Error {
  override readonly name = 'ZooKeeperConfigError';
}

const expect = expecting(ZooKeeperConfigError);

/** Whether a word is a release with ZooKeeper. */
export function isZooKeeperRelease(word: string): boolean {
  if (parseRelease(word) === undefined) return false;
  return isEarlier(releaseNamed(word), releaseNamed('4.0'));
}

/** @throws ZooKeeperConfigError when a value is outside what the model is meant for. */
export function validateZooKeeper(config: ZooKeeperConfig, bounds: ZooKeeperBounds): void {
  const { kafka } = config;
  expect.within('brokers', config.brokers, 1, 4);
  expect.valid('kafka', kafka, isZooKeeperRelease(kafka), zooKeeperExpected);
  expect.within('minInsyncReplicas', config.minInsyncReplicas, 1, 255);
  for (const repair of config.repairs) expect.oneOf('repairs', repair, repairNames);
  expect.within('records', bounds.records, 1, LARGEST_BOUND);
  expect.upTo(bounds, LARGEST_BOUND);
}

/** What the configuration makes of the partition. Leaders learn of their ISR by the answer, and by nothing else. */
export function partitionConfigOf(config: ZooKeeperConfig): ReplicationConfig {
  const { brokers, kafka, minInsyncReplicas, uncleanLeaderElection, repairs } = config;
  return {
    brokers,
    spareBrokers: 0,
    partitions: 1,
    kafka,
    eligibleLeaderReplicas: false,
    zooKeeper: true,
    repairs: repairs.includes('all') ? ['all'] : [],
    minInsyncReplicas,
    uncleanLeaderElection,
    acks: ['all'],
    flushEveryRecord: false,
    requestsInFlight: false,
    isrAnswers: !isEarlier(releaseNamed(kafka), releaseNamed(firstAlterPartition)),
  };
}

/** What can happen to the partition. */
export function partitionBoundsOf(bounds: ZooKeeperBounds): ReplicationBounds {
  const { records, crashes, powerLosses, shutdowns, isrShrinks, topicDeletions } = bounds;
  return {
    ...quietPartition,
    records,
    crashes,
    powerLosses,
    missedHeartbeats: bounds.sessionExpiries,
    shutdowns,
    // A controller that goes takes the requests along that it has not answered.
    controllerFailovers: crashes + powerLosses + bounds.sessionExpiries + bounds.controllerMoves,
    isrShrinks,
    topicDeletions,
  };
}
