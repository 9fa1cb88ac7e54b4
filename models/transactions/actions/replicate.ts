import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { commit, uncommitted } from '../../partitionLog/partitionLog.ts';
import type { TransactionsContext } from '../context.ts';
import { commitWritten } from '../coordinator.ts';
import { acknowledge } from '../producing.ts';

/**
 * replicate: the in-sync replicas have fetched all of the log of a partition.
 *
 * Who: the partition. Enabled: something is not committed. Changes: batches are acknowledged, and the coordinator is
 * told of markers that it has written.
 *
 * Source: Partition.maybeIncrementLeaderHW, DelayedProduce.tryComplete, TransactionMarkerRequestCompletionHandler.
 */
export function replicate(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'replicate',
    kind: 'protocol',
    actor: 'partition',
    phrase: 'what is in the log of {partition} is committed',
    params: { partition: anyNode(context.partition) },
    enabled({ protocol }, { partition }) {
      return uncommitted(protocol.partitions.get(partition)) > 0 || 'everything is committed';
    },
    step({ protocol }, { partition }) {
      commit(protocol.partitions.get(partition));
      acknowledge({ context, protocol }, partition);
      for (const id of context.transactionalId.all) {
        const { marking, partitions } = protocol.coordinator.ids.get(id);
        if (marking.has(partition)) partitions.delete(partition);
        marking.delete(partition);
      }
    },
  });
}

/**
 * replicateDecisions: the in-sync replicas have fetched all of the log of the coordinator.
 *
 * Who: the partition of the coordinator. Enabled: something is not committed. Changes: what was written takes effect,
 * and requests that waited for it are answered.
 *
 * Source: TransactionStateManager.appendTransactionToLog (acks=all, updateCacheCallback).
 */
export function replicateDecisions(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'replicateDecisions',
    kind: 'protocol',
    actor: 'coordinator',
    phrase: 'what the coordinator has written is committed',
    params: {},
    enabled({ protocol }) {
      return uncommitted(protocol.coordinator) > 0 || 'everything is committed';
    },
    step({ protocol, record }) {
      commitWritten({ context, protocol, record });
    },
  });
}
