import { expecting, LARGEST_BOUND } from '../description/expectations.ts';
import { newestRelease } from '../description/release.ts';
import { mayHaveElr, type ProtocolSettings, validateProtocol } from './protocol.ts';

/** What a producer waits for before it takes a record as stored. */
export type Acks = 'all' | '1' | '0';

/** The configuration of a topic and its producer, as far as durability depends on it. */
export interface ReplicationConfig extends ProtocolSettings {
  /** Replicas of a partition, each on a broker of its own: the replication factor. 1 to 7. */
  readonly brokers: number;
  /** Further brokers, which hold no replica until a reassignment gives them one. */
  readonly spareBrokers: number;
  /** Partitions of the topic, all on the same brokers; each prefers another of them as its leader. */
  readonly partitions: number;
  /** `min.insync.replicas`. */
  readonly minInsyncReplicas: number;
  /** `unclean.leader.election.enable`; Kafka's default is false since 0.11 (KIP-106). */
  readonly uncleanLeaderElection: boolean;
  /** The acks settings that producers use; with acks=0 nothing is ever promised. */
  readonly acks: readonly Acks[];
  /** Whether every record is flushed to disk before it is answered (`flush.messages=1`). */
  readonly flushEveryRecord: boolean;
  /** Whether a fetch request travels on its own and may arrive late, or is handled when sent. */
  readonly requestsInFlight: boolean;
  /** Whether a leader hears of its ISR by the answer to AlterPartition too, or by the metadata alone. */
  readonly isrAnswers: boolean;
}

/** How much of each bounded event the search may use. Recovery is never bounded. */
export interface ReplicationBounds {
  /** Records the producer sends. */
  readonly records: number;
  /** Times the producer sends a record again whose fate it does not know. */
  readonly retries: number;
  /** Process crashes: memory is lost, the page cache survives. */
  readonly crashes: number;
  /** Power losses: an arbitrary unflushed tail of the log is lost as well. */
  readonly powerLosses: number;
  /** Disks replaced: everything that a broker had is gone, its id is not. */
  readonly diskLosses: number;
  /** Processes that stand still (SIGSTOP, a long garbage collection) and later go on. */
  readonly pauses: number;
  /** Live brokers whose heartbeats the controller misses until their session is over. */
  readonly missedHeartbeats: number;
  /** Controlled shutdowns. */
  readonly shutdowns: number;
  /** Network cuts, not partitions of a topic: a broker from the controller or the others, or one link. */
  readonly partitions: number;
  /** Messages lost with their connection. */
  readonly lostMessages: number;
  /** Controller failovers. */
  readonly controllerFailovers: number;
  /** Leader changes that an operator makes with no fault: reordering and preferred election. */
  readonly preferredElections: number;
  /** Unclean elections that an operator asks for (ElectLeaders UNCLEAN). */
  readonly uncleanElections: number;
  /** Times a leader finds followers lagging and asks to remove them from the ISR. */
  readonly isrShrinks: number;
  /** Reassignments, their cancellations included. */
  readonly reassignments: number;
  /** Changes of min.insync.replicas. */
  readonly minIsrChanges: number;
  /** High watermark checkpoints written. */
  readonly checkpoints: number;
  /** DeleteRecords requests: the log start offset moves. */
  readonly deletions: number;
  /** Deletions of the topic; it may be created again after each. */
  readonly topicDeletions: number;
  /** Times an operator switches eligible leader replicas on: once, where they are off at the start. */
  readonly elrEnablings: number;
  /** Brokers that an operator unregisters. */
  readonly unregistrations: number;
  /** Reassignments that are replaced by another one while they are under way. */
  readonly replacedReassignments: number;
  /** Changes of unclean.leader.election.enable. */
  readonly uncleanSettingChanges: number;
}

/** A scope in which one record is sent and nothing else happens. */
export const quietScope: ReplicationBounds = {
  records: 1,
  retries: 0,
  crashes: 0,
  powerLosses: 0,
  diskLosses: 0,
  pauses: 0,
  missedHeartbeats: 0,
  shutdowns: 0,
  partitions: 0,
  lostMessages: 0,
  controllerFailovers: 0,
  preferredElections: 0,
  uncleanElections: 0,
  isrShrinks: 0,
  reassignments: 0,
  minIsrChanges: 0,
  checkpoints: 0,
  deletions: 0,
  topicDeletions: 0,
  elrEnablings: 0,
  unregistrations: 0,
  replacedReassignments: 0,
  uncleanSettingChanges: 0,
};

/** Kafka's own defaults where they matter, on the replication factor that production uses. */
export const defaultConfig: ReplicationConfig = {
  brokers: 3,
  spareBrokers: 0,
  partitions: 1,
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

/** The scope that `explore replication` covers completely. */
export const smallScope: ReplicationBounds = { ...quietScope, records: 2, crashes: 1 };

/** The scope that `liveness replication` covers completely. */
export const livenessScope: ReplicationBounds = { ...quietScope, crashes: 1 };

/** The scope of random interleavings: too large to cover, large enough to meet rare events. */
export const largeScope: ReplicationBounds = {
  ...quietScope,
  records: 8,
  retries: 2,
  crashes: 3,
  pauses: 1,
  missedHeartbeats: 1,
  shutdowns: 1,
  partitions: 2,
  controllerFailovers: 1,
  preferredElections: 2,
  isrShrinks: 3,
  checkpoints: 2,
};

/** The most brokers of a model: a set of nodes is one byte. */
const MOST_BROKERS = 8;
const MOST_PARTITIONS = 4;

/** A configuration or bound that the model cannot take; the message says what was expected. */
export class ReplicationConfigError extends Error {
  override readonly name = 'ReplicationConfigError';
}

const expect = expecting(ReplicationConfigError);

/** @throws ReplicationConfigError when a value is outside what the model is meant for. */
export function validateReplication(config: ReplicationConfig, bounds: ReplicationBounds): void {
  expect.within('brokers', config.brokers, 1, 7);
  expect.within('spareBrokers', config.spareBrokers, 0, MOST_BROKERS - config.brokers);
  expect.within('partitions', config.partitions, 1, MOST_PARTITIONS);
  expect.within('minInsyncReplicas', config.minInsyncReplicas, 1, 255);
  expect.within('records', bounds.records, 1, LARGEST_BOUND);
  validateProtocol(config, expect);
  const { elrEnablings } = bounds;
  expect.valid(
    'elrEnablings',
    elrEnablings,
    elrEnablings === 0 || mayHaveElr(config),
    'none before Kafka 4.0, which has the first eligible leader replicas (KIP-966)',
  );
  expect.eachOnce('acks', config.acks, 'all, 1 or 0');
  expect.upTo(bounds, LARGEST_BOUND);
}
