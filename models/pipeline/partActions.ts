import type { ClientsContext } from '../clients/context.ts';
import { loseConnection } from '../clients/faults/connections.ts';
import { failOver as failOverInput } from '../clients/faults/failOver.ts';
import { replicate as replicateGroup } from '../groups/actions/coordinate.ts';
import { fetchOffset, processRecord } from '../groups/actions/processing.ts';
import type { GroupsContext } from '../groups/context.ts';
import { failOver as failOverGroup } from '../groups/faults/failOver.ts';
import { crash as crashMember, leave as leaveGroup } from '../groups/faults/members.ts';
import { appendVerified, handleProduce } from '../transactions/actions/handleProduce.ts';
import { processInput } from '../transactions/actions/processInput.ts';
import { replicate as replicatePartition } from '../transactions/actions/replicate.ts';
import type { TransactionsContext } from '../transactions/context.ts';
import {
  failOverCoordinator,
  failOver as failOverPartition,
} from '../transactions/faults/failOver.ts';
import { restart } from '../transactions/faults/processes.ts';

/** The actions of the parts of which actions of the pipeline are made. */
export function partActionsOf(
  clients: ClientsContext,
  groups: GroupsContext,
  transactions: TransactionsContext,
) {
  return {
    clients: { failOver: failOverInput(clients), loseConnection: loseConnection(clients) },
    groups: {
      fetchOffset: fetchOffset(groups),
      processRecord: processRecord(groups),
      replicate: replicateGroup(groups),
      failOver: failOverGroup(groups),
      crash: crashMember(groups),
      leave: leaveGroup(groups),
    },
    transactions: {
      processInput: processInput(transactions),
      handleProduce: handleProduce(transactions),
      appendVerified: appendVerified(transactions),
      replicate: replicatePartition(transactions),
      failOver: failOverPartition(transactions),
      failOverCoordinator: failOverCoordinator(transactions),
      restart: restart(transactions),
    },
  };
}

export type PartActions = ReturnType<typeof partActionsOf>;
