import type { Limits } from '../replication/limits.ts';
import type { ZooKeeperBounds, ZooKeeperConfig } from './config.ts';

/** How large the numbers of a scope can become. */
export interface ZooKeeperLimits {
  readonly partition: Limits;
  readonly controllerEpoch: number;
  /** The most requests that wait for one broker. */
  readonly queue: number;
}

/** @returns upper limits; a state that went beyond one would be an error that names the field. */
export function limitsOf({ brokers }: ZooKeeperConfig, bounds: ZooKeeperBounds): ZooKeeperLimits {
  const { crashes, powerLosses, sessionExpiries, shutdowns, controllerMoves } = bounds;
  const { preferredElections } = bounds;
  const starts = crashes + powerLosses + shutdowns;
  // Whoever goes may take the leadership along, and a place in the ISR; whoever comes gets them back.
  const comings = starts + sessionExpiries;
  const written = 5 * comings + 2 * controllerMoves + 2 * bounds.isrShrinks * brokers;
  const versions = Math.min(250, 2 + written + preferredElections + 3 * bounds.topicDeletions);
  return {
    partition: {
      logLength: bounds.records,
      leaderEpoch: versions,
      brokerEpoch: comings + 1,
      partitionEpoch: versions,
      metadataOffset: versions,
    },
    controllerEpoch: 1 + comings + controllerMoves,
    queue: Math.min(
      40,
      8 +
        6 * (comings + controllerMoves) +
        5 * bounds.topicDeletions +
        2 * (bounds.isrShrinks + preferredElections),
    ),
  };
}
