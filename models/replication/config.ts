/** What a producer waits for before it takes a record as stored. */
export type Acks = 'all' | '1' | '0';

/** The configuration of one topic partition and its producer, as far as durability depends on it. */
export interface ReplicationConfig {
  /** Replicas of the partition, each on a broker of its own: the replication factor. 1 to 7. */
  readonly brokers: number;
  /** `min.insync.replicas`. */
  readonly minInsyncReplicas: number;
  /** `unclean.leader.election.enable`; Kafka's default is false since 0.11 (KIP-106). */
  readonly uncleanLeaderElection: boolean;
  /** The acks settings that producers use; a record lost after acks 0 or 1 breaks no promise. */
  readonly acks: readonly Acks[];
  /** Whether the high watermark waits for min.insync.replicas: since 3.7 (KAFKA-15583). */
  readonly highWatermarkNeedsMinIsr: boolean;
  /** Whether every record is flushed to disk before it is answered (`flush.messages=1`). */
  readonly flushEveryRecord: boolean;
}

/** How much of each bounded event the search may use. Recovery is never bounded. */
export interface ReplicationBounds {
  /** Records the producer sends. */
  readonly records: number;
  /** Process crashes: memory is lost, the page cache survives. */
  readonly crashes: number;
  /** Power losses: an arbitrary unflushed tail of the log is lost as well. */
  readonly powerLosses: number;
  /** Times a broker is cut off from the controller, the other brokers, or both. */
  readonly partitions: number;
  /** Leader changes that the controller makes with no fault, as preferred leader election does. */
  readonly preferredElections: number;
  /** Followers that the leader finds lagging and asks to remove from the ISR. */
  readonly isrShrinks: number;
}

/** Kafka's own defaults where they matter, on the replication factor that production uses. */
export const defaultConfig: ReplicationConfig = {
  brokers: 3,
  minInsyncReplicas: 2,
  uncleanLeaderElection: false,
  acks: ['all'],
  highWatermarkNeedsMinIsr: true,
  flushEveryRecord: false,
};

/** The scope that `explore replication` covers completely. */
export const smallScope: ReplicationBounds = {
  records: 2,
  crashes: 1,
  powerLosses: 0,
  partitions: 0,
  preferredElections: 0,
  isrShrinks: 0,
};

/** The scope of random interleavings: too large to cover, large enough to meet rare events. */
export const largeScope: ReplicationBounds = {
  records: 8,
  crashes: 3,
  powerLosses: 0,
  partitions: 3,
  preferredElections: 3,
  isrShrinks: 3,
};

/** The largest bound of each kind that the state schema is meant for. */
const LARGEST_BOUND = 64;

/** A configuration or bound that the model cannot take; the message says what was expected. */
export class ReplicationConfigError extends Error {
  override readonly name = 'ReplicationConfigError';
}

/** @throws ReplicationConfigError when a value is outside what the model is meant for. */
export function validateReplication(config: ReplicationConfig, bounds: ReplicationBounds): void {
  expectWithin('brokers', config.brokers, 1, 7);
  expectWithin('minInsyncReplicas', config.minInsyncReplicas, 1, 255);
  expectWithin('records', bounds.records, 1, LARGEST_BOUND);
  if (config.acks.length === 0 || new Set(config.acks).size < config.acks.length) {
    throw new ReplicationConfigError('acks: expected all, 1 or 0, each at most once');
  }
  for (const [name, value] of Object.entries(bounds)) expectWithin(name, value, 0, LARGEST_BOUND);
}

function expectWithin(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new ReplicationConfigError(
      `${name}: expected a whole number from ${least} to ${most}, found ${value}`,
    );
  }
}

/** `min.insync.replicas`, but never more than there are replicas (3.7 and newer). */
export function effectiveMinIsr(config: ReplicationConfig): number {
  return Math.min(config.minInsyncReplicas, config.brokers);
}
