import type { InFlight } from '../../checker/model/model.ts';
import { inFlight as inFlightInQuorum } from '../kraft/inFlight.ts';
import { inFlight as inFlightInPartition } from '../replication/inFlight.ts';
import type { ClusterContext } from './context.ts';
import type { ReadonlyProtocol } from './schema.ts';

/**
 * Every message that is in flight: those of the metadata quorum, between nodes, and those of the
 * partition, between brokers and with whichever controller is active.
 */
export function inFlight(context: ClusterContext, protocol: ReadonlyProtocol): InFlight[] {
  const { quorum, partition } = protocol;
  return [
    ...inFlightInQuorum(context.quorum, quorum),
    ...inFlightInPartition(context.partition, partition),
  ];
}
