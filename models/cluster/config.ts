import { expecting, LARGEST_BOUND } from '../description/expectations.ts';
import { newestRelease } from '../description/release.ts';
import {
  defaultConfig as defaultQuorum,
  type KraftBounds,
  type KraftConfig,
  quietScope as quietQuorum,
  transports,
} from '../kraft/config.ts';
import { isQuorumName, oldestKraft } from '../kraft/release.ts';
import {
  quietScope as quietPartition,
  type ReplicationBounds,
  type ReplicationConfig,
} from '../replication/config.ts';
import {
  type ProtocolSettings,
  resolveProtocol,
  validateProtocol,
} from '../replication/protocol.ts';

/** Whether brokers and controllers are processes of their own. */
export const modes = ['separate', 'combined'] as const;
/**
 * `separate`: each controller and each broker is a node of its own (`process.roles` is one of the
 * two). `combined`: a node is a broker, and the first of them are controllers as well, in one process.
 */
export type Mode = (typeof modes)[number];

type QuorumSettings = Pick<KraftConfig, 'transport' | 'lateFlush' | 'slowListeners'>;

/** The configuration of a cluster with one topic; controllers and brokers run the same release. */
export interface ClusterConfig extends QuorumSettings, ReplicationConfig {
  readonly mode: Mode;
  /** Controllers, the voters of the metadata quorum. */
  readonly controllers: number;
}

type QuorumEvents = Omit<KraftBounds, 'records' | 'voterChanges'>;
type PartitionEvents = Omit<ReplicationBounds, 'controllerFailovers'>;

/**
 * How much of each bounded event the search may use. Recovery is never bounded. What happens to a
 * machine happens to the controller and to the broker on it.
 */
export interface ClusterBounds extends QuorumEvents, PartitionEvents {
  /** Decisions of controllers, each an entry of the metadata log; what comes after them is out of
   * the scope, as is what comes after the last epoch. */
  readonly decisions: number;
}

/** Three controllers and three brokers, as most clusters have them. */
export const defaultConfig: ClusterConfig = {
  mode: 'separate',
  controllers: 3,
  brokers: 3,
  spareBrokers: 0,
  partitions: 1,
  transport: 'inFlight',
  lateFlush: false,
  slowListeners: false,
  kafka: newestRelease,
  eligibleLeaderReplicas: false,
  zooKeeper: false,
  repairs: [],
  minInsyncReplicas: 2,
  uncleanLeaderElection: false,
  acks: ['all'],
  flushEveryRecord: false,
  requestsInFlight: false,
  isrAnswers: false,
};

/** A scope in which a controller is elected, one record is sent and nothing else happens. */
export const quietScope: ClusterBounds = clusterBoundsOf(quietQuorum, quietPartition);

/** The scope that `explore cluster` covers completely where the cluster is small. */
export const smallScope: ClusterBounds = { ...quietScope, decisions: 2, crashes: 1 };

/** The scope of random interleavings: too large to cover, large enough to meet rare events. */
export const largeScope: ClusterBounds = {
  ...quietScope,
  epochs: 16,
  decisions: 48,
  records: 8,
  retries: 2,
  crashes: 4,
  pauses: 1,
  missedHeartbeats: 1,
  shutdowns: 1,
  resignations: 1,
  partitions: 3,
  lostMessages: 2,
  delayedMessages: 1,
  preferredElections: 2,
  isrShrinks: 3,
  checkpoints: 2,
  snapshots: 1,
};

function clusterBoundsOf(
  { records: decisions, voterChanges: _, ...quorum }: KraftBounds,
  { controllerFailovers: _played, ...partition }: ReplicationBounds,
): ClusterBounds {
  return { ...quorum, decisions: Math.max(4, decisions), ...partition };
}

/** What the configuration makes of the metadata quorum: every broker observes it. */
export function quorumConfigOf(config: ClusterConfig): KraftConfig {
  const { mode, controllers, transport, lateFlush, slowListeners } = config;
  const { kafka, repairs } = resolveProtocol(config);
  const hosts = brokerCount(config);
  return {
    ...defaultQuorum,
    voters: controllers,
    observers: mode === 'separate' ? hosts : hosts - controllers,
    kafka,
    // Other names are of mistakes that a partition shows.
    repairs: repairs.includes('all') ? ['all'] : [],
    transport,
    lateFlush,
    slowListeners,
    // Observers learn of a leader in no other way.
    bootstrapFetch: true,
  };
}

/** What can happen to the metadata quorum: its records are the controllers' decisions. */
export function quorumBoundsOf(bounds: ClusterBounds): KraftBounds {
  const { decisions, crashes, powerLosses, shutdowns } = bounds;
  return {
    epochs: bounds.epochs,
    records: decisions,
    crashes: crashes + powerLosses + shutdowns,
    quorumStateLosses: bounds.quorumStateLosses,
    diskLosses: bounds.diskLosses,
    resignations: bounds.resignations,
    partitions: bounds.partitions,
    lostMessages: bounds.lostMessages,
    delayedMessages: bounds.delayedMessages,
    duplicatedMessages: bounds.duplicatedMessages,
    snapshots: bounds.snapshots,
    voterChanges: 0,
  };
}

/** What the configuration makes of the partition. */
export function partitionConfigOf(config: ClusterConfig): ReplicationConfig {
  const {
    brokers,
    spareBrokers,
    partitions,
    kafka,
    eligibleLeaderReplicas,
    zooKeeper,
    repairs,
    minInsyncReplicas,
    uncleanLeaderElection,
  } = config;
  const { acks, flushEveryRecord, requestsInFlight, isrAnswers } = config;
  return {
    brokers,
    spareBrokers,
    partitions,
    kafka,
    eligibleLeaderReplicas,
    zooKeeper,
    repairs,
    minInsyncReplicas,
    uncleanLeaderElection,
    acks,
    flushEveryRecord,
    requestsInFlight,
    isrAnswers,
  };
}

/**
 * What can happen to the partition. Controllers fail over as often as the quorum elects another, and
 * a live broker may be fenced by each controller that it has left or does not reach.
 */
export function partitionBoundsOf(bounds: ClusterBounds): ReplicationBounds {
  const { epochs, decisions, partitions } = bounds;
  const lost = epochs > 1 || partitions > 0 ? decisions : 0;
  return {
    records: bounds.records,
    retries: bounds.retries,
    crashes: bounds.crashes,
    powerLosses: bounds.powerLosses,
    diskLosses: bounds.diskLosses,
    pauses: bounds.pauses,
    missedHeartbeats: bounds.missedHeartbeats + lost,
    shutdowns: bounds.shutdowns,
    partitions,
    lostMessages: bounds.lostMessages,
    controllerFailovers: epochs - 1,
    preferredElections: bounds.preferredElections,
    uncleanElections: bounds.uncleanElections,
    isrShrinks: bounds.isrShrinks,
    reassignments: bounds.reassignments,
    minIsrChanges: bounds.minIsrChanges,
    checkpoints: bounds.checkpoints,
    deletions: bounds.deletions,
    topicDeletions: bounds.topicDeletions,
    elrEnablings: bounds.elrEnablings,
    unregistrations: bounds.unregistrations,
    replacedReassignments: bounds.replacedReassignments,
    uncleanSettingChanges: bounds.uncleanSettingChanges,
  };
}

/** Brokers with and without a replica. */
export function brokerCount({ brokers, spareBrokers }: ReplicationConfig): number {
  return brokers + spareBrokers;
}

/** Whether the controller may be a quorum: there is no ZooKeeper, and the release is known of a quorum. */
export function hasQuorum(settings: ProtocolSettings): boolean {
  const { kafka, zooKeeper } = resolveProtocol(settings);
  return !zooKeeper && isQuorumName(kafka);
}

const MOST_DECISIONS = 128;
/** The most nodes of a model: a set of nodes is one byte. */
const MOST_NODES = 8;

/** A configuration or bound that the model cannot take; the message says what was expected. */
export class ClusterConfigError extends Error {
  override readonly name = 'ClusterConfigError';
}

const expect = expecting(ClusterConfigError);

/** @throws ClusterConfigError when a value is outside what the model is meant for. */
export function validateCluster(config: ClusterConfig, bounds: ClusterBounds): void {
  const { controllers, acks } = config;
  const hosts = brokerCount(config);
  expect.oneOf('mode', config.mode, modes);
  expect.oneOf('transport', config.transport, transports);
  validateProtocol(config, expect);
  const { kafka } = config;
  expect.valid(
    'kafka',
    kafka,
    hasQuorum(config),
    `a release with KRaft, ${oldestKraft} or newer, without ZooKeeper`,
  );
  expect.within('brokers', config.brokers, 1, 7);
  expect.within('spareBrokers', config.spareBrokers, 0, MOST_NODES - config.brokers);
  const most = config.mode === 'separate' ? MOST_NODES - hosts : hosts;
  expect.within('controllers', controllers, 1, most);
  expect.within('partitions', config.partitions, 1, 4);
  expect.within('minInsyncReplicas', config.minInsyncReplicas, 1, 255);
  expect.eachOnce('acks', acks, 'all, 1 or 0');
  const { decisions, ...events } = bounds;
  expect.within('decisions', decisions, 1, MOST_DECISIONS);
  expect.within('epochs', bounds.epochs, 1, LARGEST_BOUND);
  expect.within('records', bounds.records, 1, LARGEST_BOUND);
  expect.upTo(events, LARGEST_BOUND);
}
