import { type AnyProperty, anyProperties } from '../checker/model/property.ts';
import { nodeType } from '../checker/state/nodeType.ts';
import type { ReplicationBounds, ReplicationConfig } from '../models/replication/config.ts';
import { acknowledgedRecordsSurvive, exposedRecordsSurvive } from './durability.ts';
import {
  highWatermarkMonotonic,
  logsAgreeBelowHighWatermark,
  readsBelowHighWatermark,
} from './highWatermark.ts';
import { cleanElectionFromIsr, oneLeaderPerEpoch } from './leadership.ts';
import { replicationGoals } from './reachability.ts';

/**
 * The properties of the replication model for one configuration and scope. A property that says
 * nothing there is still listed, with the reason why.
 */
export function replicationProperties(
  config: ReplicationConfig,
  bounds: ReplicationBounds,
): readonly AnyProperty[] {
  const broker = nodeType('broker', config.brokers);
  const uncleanElectionAllowed = config.uncleanLeaderElection;
  const faults = bounds.crashes + bounds.powerLosses + bounds.partitions;
  const leaderChanges = faults + bounds.preferredElections > 0;
  return anyProperties([
    acknowledgedRecordsSurvive(broker),
    exposedRecordsSurvive(broker),
    oneLeaderPerEpoch(broker),
    cleanElectionFromIsr(broker, { uncleanElectionAllowed, leaderChanges }),
    logsAgreeBelowHighWatermark(broker, {
      uncleanElectionAllowed,
      powerLosses: bounds.powerLosses,
      brokers: config.brokers,
    }),
    highWatermarkMonotonic(broker),
    readsBelowHighWatermark(broker),
    ...replicationGoals(broker, {
      isrShrinks: faults + bounds.isrShrinks > 0,
      leaderChanges,
      truncations: leaderChanges,
    }),
  ]);
}
