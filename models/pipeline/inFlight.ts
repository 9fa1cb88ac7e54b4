import type { InFlight } from '../../checker/model/model.ts';
import { inFlight as inClients } from '../clients/inFlight.ts';
import { inFlight as inGroups } from '../groups/inFlight.ts';
import { inFlight as inTransactions } from '../transactions/inFlight.ts';
import type { PipelineContext } from './context.ts';
import type { ReadonlyProtocol } from './schema.ts';

/** Every message that is in flight, in each part. */
export function inFlight(context: PipelineContext, protocol: ReadonlyProtocol): InFlight[] {
  return [
    ...inClients(context.clients, protocol.clients),
    ...inGroups(context.groups, protocol.groups),
    ...inTransactions(context.transactions, protocol.transactions),
  ];
}
