import type { AnyAction } from '../../../checker/model/model.ts';
import { anyInt, anyNode } from '../../../checker/model/params.ts';
import { failOver as moveLeadership, uncommitted } from '../../partitionLog/partitionLog.ts';
import { idOf, type TransactionsContext } from '../context.ts';
import { isCompleting, unload } from '../coordinator.ts';
import { stopWaiting } from '../decision.ts';
import type { PartitionId, Protocol, TransactionalId } from '../schema.ts';

/**
 * failOver: another replica of the ISR leads a partition, which may lack what was not committed.
 *
 * Who: the controller. Limited by `failovers`. Changes: who leads, in which epoch; what the new leader lacks is gone.
 * Batches and markers that wait at the old leader are answered NOT_LEADER_OR_FOLLOWER, and sent again; what was
 * verified was so in its memory.
 *
 * Source: Partition.makeLeader, ReplicaManager.completeDelayedOperationsWhenNotPartitionLeader.
 */
export function failOver(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'failOver',
    kind: 'fault',
    actor: 'controller',
    phrase: '{to} leads {partition}, without the last {lost} entries',
    params: {
      partition: anyNode(context.partition),
      to: anyNode(context.broker),
      lost: anyInt(0, context.limits.logLength),
    },
    spends: 'failovers',
    weight: 0.2,
    enabled({ protocol }, { partition, to, lost }) {
      const view = protocol.partitions.get(partition);
      if (lost > uncommitted(view)) return 'these are committed';
      return view.leader !== to || 'it leads already';
    },
    step({ protocol }, { partition, to, lost }) {
      moveLeadership(protocol.partitions.get(partition), to, lost);
      forgetHeld(context, protocol, partition);
      for (const id of context.transactionalId.all) {
        protocol.coordinator.ids.get(id).marking.delete(partition);
      }
    },
  });
}

function forgetHeld(
  context: TransactionsContext,
  protocol: Protocol,
  partition: PartitionId,
): void {
  for (const producer of context.producer.all) {
    const batch = protocol.producers.get(producer).batches.get(partition);
    if (batch.phase !== 'none' && batch.phase !== 'queued') batch.phase = 'again';
  }
  for (const late of protocol.lateRequests) if (late.partition === partition) late.phase = 'sent';
}

/**
 * failOverCoordinator: another replica leads the partition of the coordinator, and reads it.
 *
 * Who: the controller. Limited by `coordinatorFailovers`. Changes: what the old coordinator had in memory and had not
 * committed is gone, or is found in the log. Whoever waits for it asks again. Markers that it has sent may come late:
 * see `leaveMarker`.
 *
 * Source: TransactionCoordinator.onElection, TransactionCoordinator.onResignation.
 */
export function failOverCoordinator(context: TransactionsContext): AnyAction {
  const { log } = context.schema.protocol.fields.coordinator.fields;
  return context.action({
    name: 'failOverCoordinator',
    kind: 'fault',
    actor: 'controller',
    phrase: '{to} coordinates, without the last {lost} entries',
    params: { to: anyNode(context.broker), lost: anyInt(0, log.capacity) },
    spends: 'coordinatorFailovers',
    weight: 0.2,
    enabled({ protocol }, { to, lost }) {
      if (lost > uncommitted(protocol.coordinator)) return 'these are committed';
      return protocol.coordinator.leader !== to || 'it leads already';
    },
    step({ protocol }, { to, lost }) {
      moveLeadership(protocol.coordinator, to, lost);
      unload(context, protocol);
      for (const id of context.transactionalId.all) answerFailed(context, protocol, id);
    },
  });
}

/**
 * timeOutDecision: the coordinator gives up waiting for what it has written, which may be committed all the same.
 *
 * Who: the coordinator, after `transaction.state.log` has too few replicas in sync, or by a time-out. Limited by
 * `appendTimeouts`. Enabled: it waits for a change of an id; that a transaction is complete it writes again by itself.
 * Changes: the change does not take effect in its memory, and whoever waits asks again. Who takes over may find it.
 *
 * Source: TransactionStateManager.appendTransactionToLog (NOT_ENOUGH_REPLICAS_AFTER_APPEND, REQUEST_TIMED_OUT).
 */
export function timeOutDecision(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'timeOutDecision',
    kind: 'fault',
    actor: 'coordinator',
    phrase: 'the coordinator gives up waiting for its last change of {id}',
    params: { id: anyNode(context.transactionalId) },
    spends: 'appendTimeouts',
    weight: 0.2,
    enabled({ protocol }, { id }) {
      const view = protocol.coordinator.ids.get(id);
      if (!view.pending) return 'it waits for nothing';
      return !isCompleting(view) || 'it writes again that the transaction is complete';
    },
    step({ protocol, record }, { id }) {
      stopWaiting({ context, protocol, record }, id);
      answerFailed(context, protocol, id);
    },
  });
}

/** What waits at the coordinator for an id is answered with an error, and asks again. */
function answerFailed(context: TransactionsContext, protocol: Protocol, id: TransactionalId): void {
  for (const producer of context.producer.all) {
    if (idOf(context, producer) !== id) continue;
    const view = protocol.producers.get(producer);
    view.asking = false;
    for (const partition of context.partition.all) {
      const batch = view.batches.get(partition);
      if (batch.phase === 'adding') batch.phase = 'again';
    }
  }
  for (const late of protocol.lateRequests) {
    if (late.id === id && late.phase === 'adding') late.phase = 'sent';
  }
}
