import type { AnyAction } from '../../../checker/model/model.ts';
import { anyIndex, anyNode } from '../../../checker/model/params.ts';
import { uncommitted } from '../../partitionLog/partitionLog.ts';
import type { TransactionsContext } from '../context.ts';
import { busyWith, isCompleting, load, write } from '../coordinator.ts';
import { decide, fence, isOpen } from '../decision.ts';
import { appendMarker, type Marker, takesMarker } from '../markers.ts';
import type { PartitionId, ReadonlyProtocol, TransactionalId } from '../schema.ts';

/**
 * writeMarker: the coordinator has the leader of a partition write the marker of a transaction that is decided.
 *
 * Who: the coordinator, and the leader, which handles the request in the same step. Enabled: the partition has none
 * yet, as far as the coordinator knows. Changes: the marker is in the log, and the coordinator is told when it is
 * committed. A marker that is refused makes the coordinator give up, since another has taken over.
 *
 * Source: TransactionMarkerChannelManager.addTxnMarkersToSend, KafkaApis.handleWriteTxnMarkersRequest,
 * TransactionMarkerRequestCompletionHandler.
 */
export function writeMarker(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'writeMarker',
    kind: 'protocol',
    actor: 'coordinator',
    phrase: 'the coordinator has the marker of {id} written to {partition}',
    params: { partition: anyNode(context.partition), id: anyNode(context.transactionalId) },
    enabled: ({ protocol }, { id, partition }) => mayMark(context, protocol, id, partition),
    step({ protocol }, { id, partition }) {
      const marker = markerFor(protocol, id, partition);
      const view = protocol.coordinator.ids.get(id);
      if (!takesMarker(context, protocol, marker)) {
        view.gaveUp = true;
        return;
      }
      appendMarker({ context, protocol }, marker);
      view.marking.add(partition);
    },
  });
}

/** Whether the coordinator sends a marker to a partition. */
export function mayMark(
  context: TransactionsContext,
  protocol: ReadonlyProtocol,
  id: TransactionalId,
  partition: PartitionId,
): true | string {
  const { coordinator } = protocol;
  const view = coordinator.ids.get(id);
  if (!isCompleting(view)) return 'nothing is decided';
  if (view.pending && context.rules.decidesCommitted) return 'its last change is not committed';
  if (view.gaveUp) return 'a marker was refused';
  if (!view.partitions.has(partition)) return 'the partition has its marker, or is not in it';
  return !view.marking.has(partition) || 'the marker is not committed';
}

/** The marker of a transaction that is decided. */
export function markerFor(
  { coordinator }: ReadonlyProtocol,
  id: TransactionalId,
  partition: PartitionId,
): Marker {
  const { state, epoch } = coordinator.ids.get(id);
  const commits = state.state === 'prepareCommit';
  return { partition, id, epoch, coordinatorEpoch: coordinator.leaderEpoch, commits };
}

/**
 * handleLateMarker: a request to write a marker arrives that nobody waits for, of the coordinator, or of one that was
 * deposed.
 *
 * Who: the leader, which handles it as any other. It need not ever happen.
 *
 * Source: KafkaApis.handleWriteTxnMarkersRequest; KAFKA-19446.
 */
export function handleLateMarker(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'handleLateMarker',
    kind: 'protocol',
    actor: 'network',
    phrase: 'late marker {late} is handled',
    params: { late: anyIndex(context.schema.protocol.fields.lateMarkers) },
    weight: 0.2,
    fair: false,
    enabled: () => true,
    step({ protocol }, { late }) {
      const { partition, id, epoch, coordinatorEpoch, commits } = protocol.lateMarkers.get(late);
      const marker = { partition, id, epoch, coordinatorEpoch, commits };
      if (takesMarker(context, protocol, marker)) appendMarker({ context, protocol }, marker);
      protocol.lateMarkers.removeAt(late);
    },
  });
}

/**
 * completeTransaction: the coordinator writes that a transaction is complete.
 *
 * Who: the coordinator. Enabled: every partition has its marker. Changes: once it is committed the next transaction may
 * begin.
 *
 * Source: TransactionMarkerChannelManager.maybeWriteTxnCompletion, TransactionMetadata.prepareComplete.
 */
export function completeTransaction(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'completeTransaction',
    kind: 'protocol',
    actor: 'coordinator',
    phrase: 'the coordinator notes that the transaction of {id} is complete',
    params: { id: anyNode(context.transactionalId) },
    enabled({ protocol }, { id }) {
      const busy = busyWith(protocol, id);
      if (busy !== undefined) return busy;
      const view = protocol.coordinator.ids.get(id);
      if (!isCompleting(view)) return 'nothing is decided';
      if (view.gaveUp) return 'a marker was refused';
      const isMarked = view.partitions.isEmpty || !context.rules.waitsForMarkers;
      return isMarked || 'a partition has no marker';
    },
    step({ protocol, record }, { id }) {
      const view = protocol.coordinator.ids.get(id);
      view.partitions.clear();
      const { state, epoch, ownBump, partitions } = view;
      const is = state.state === 'prepareCommit' ? 'completeCommit' : 'completeAbort';
      write({ context, protocol, record }, id, { state: is, epoch, ownBump, partitions });
    },
  });
}

/**
 * abortTimedOut: a transaction has taken longer than `transaction.timeout.ms`.
 *
 * Who: the coordinator. Limited by `timeouts`. Enabled: it is open, and the coordinator is not busy with it. Changes:
 * the abort is written with an epoch that is told to nobody, so that the producer is fenced.
 *
 * Source: TransactionCoordinator.abortTimedOutTransactions; KAFKA-6119.
 */
export function abortTimedOut(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'abortTimedOut',
    kind: 'protocol',
    actor: 'coordinator',
    phrase: 'the coordinator aborts the transaction of {id}, which has timed out',
    params: { id: anyNode(context.transactionalId) },
    spends: 'timeouts',
    weight: 0.2,
    enabled({ protocol }, { id }) {
      const busy = busyWith(protocol, id);
      if (busy !== undefined) return busy;
      return isOpen(protocol.coordinator.ids.get(id)) || 'nothing is open';
    },
    step({ protocol, record }, { id }) {
      const step = { context, protocol, record };
      if (context.rules.bumpsOnTimeout) fence(step, id);
      else decide(step, { id, commits: false });
    },
  });
}

/**
 * loadDecisions: who leads the partition of the coordinator has read it, and serves.
 *
 * Who: the coordinator. Changes: it has the last entry of each id in memory, and goes on with what is decided.
 *
 * Source: TransactionStateManager.loadTransactionsForTxnTopicPartition.
 */
export function loadDecisions(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'loadDecisions',
    kind: 'protocol',
    actor: 'coordinator',
    phrase: 'the coordinator has read its partition',
    params: {},
    enabled({ protocol }) {
      if (protocol.coordinator.isLoaded) return 'it has read it';
      const waits = context.rules.loadsCommitted && uncommitted(protocol.coordinator) > 0;
      return !waits || 'what it has read is not committed';
    },
    step: ({ protocol, record }) => load({ context, protocol, record }),
  });
}
