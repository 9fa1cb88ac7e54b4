import { MOST_ELEMENTS } from '../../checker/limits.ts';
import type { ClientsBounds, ClientsConfig } from './config.ts';

/** How large the numbers of a scope can become. */
export interface Limits {
  /** Batches that one producer can have; each is of one record. */
  readonly batches: number;
  /** The most entries that a log can have. */
  readonly logLength: number;
  readonly leaderEpoch: number;
  readonly producerEpoch: number;
  readonly producerId: number;
}

/** @returns upper limits; a state that went beyond one would be an error that names the field. */
export function limitsOf(config: ClientsConfig, bounds: ClientsBounds): Limits {
  const { failovers, uncleanFailovers, snapshotLoads } = bounds;
  const batches = bounds.records + bounds.resends;
  const leaderEpoch = failovers + uncleanFailovers + snapshotLoads;
  // A batch is appended once more only after an attempt of which the producer does not know the outcome.
  const doubts = leaderEpoch + bounds.disconnects + bounds.lateRequests + bounds.timeouts;
  return {
    batches,
    logLength: Math.min(MOST_ELEMENTS, batches * (1 + doubts)),
    leaderEpoch,
    producerEpoch: bounds.epochBumps,
    producerId: config.producers + bounds.producerRestarts + bounds.epochBumps,
  };
}
