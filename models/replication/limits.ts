import type { ReplicationBounds, ReplicationConfig } from './config.ts';

/** How large the numbers of a scope can become. */
export interface Limits {
  /** The most records a log can have; a record that is sent again is one more. */
  readonly logLength: number;
  readonly leaderEpoch: number;
  readonly brokerEpoch: number;
  readonly partitionEpoch: number;
  /** The offset of the newest record in the metadata log. */
  readonly metadataOffset: number;
}

/** @returns upper limits; a state that went beyond one would be an error that names the field. */
export function limitsOf(config: ReplicationConfig, bounds: ReplicationBounds): Limits {
  const starts = bounds.crashes + bounds.powerLosses + bounds.diskLosses + bounds.shutdowns;
  // A broker is fenced or replaced at most once per fault, and unfenced at most once after that.
  const fencings =
    starts + bounds.unregistrations + bounds.pauses + bounds.missedHeartbeats + bounds.partitions;
  const settings = bounds.minIsrChanges + bounds.elrEnablings + bounds.uncleanSettingChanges;
  const moves = bounds.preferredElections + bounds.uncleanElections + settings;
  const reassigned = bounds.reassignments + bounds.replacedReassignments;
  const deleted = bounds.topicDeletions;
  // A replica can be added to the ISR only after something removed it.
  const loners = config.uncleanLeaderElection || bounds.uncleanElections > 0 || moves > 0;
  const emptied = loners ? config.brokers - 1 : 1;
  const removals = fencings + bounds.isrShrinks * config.brokers + reassigned;
  // Of a topic that is created again, whoever is fenced then is added to the ISR later.
  const missing = deleted * (config.brokers - 1);
  const additions =
    removals + reassigned + emptied * (fencings + bounds.uncleanElections) + missing;
  // A broker that is in the index of ELR members once too often is found up to three times when it starts.
  const again = bounds.minIsrChanges > 0 ? 2 * (starts + bounds.unregistrations) : 0;
  const leaderEpoch = 2 * fencings + moves + 3 * reassigned + bounds.isrShrinks + deleted + again;
  const partitionEpoch = leaderEpoch + removals + additions;
  return {
    logLength: bounds.records + bounds.retries,
    leaderEpoch,
    brokerEpoch: starts,
    partitionEpoch,
    // What is decided of a broker is decided of all partitions at once; replicas are added one by one.
    metadataOffset: partitionEpoch + deleted + (config.partitions - 1) * additions,
  };
}
