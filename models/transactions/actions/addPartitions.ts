import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { failProducer } from '../answers.ts';
import { idOf, type TransactionsContext } from '../context.ts';
import { busyWith, isCompleting } from '../coordinator.ts';
import { addPartitions as add } from '../producing.ts';
import type { PartitionId, ProducerNode, ReadonlyProtocol } from '../schema.ts';

/**
 * addPartitions: in version 1 a producer has partitions added to its transaction before it sends to them.
 *
 * Who: the producer, and the coordinator, which handles the request in the same step. Enabled: it has a batch for a
 * partition that it was not told is added; the coordinator is not busy with the id, and completes nothing. Changes: the
 * transaction with these partitions is written, and told once it is committed. Who is fenced fails for good.
 *
 * Left out: AddOffsetsToTxn, which does the same with the partition of the offsets.
 *
 * Source: TransactionManager.addPartitionsToTransactionHandler,
 * TransactionCoordinator.handleAddPartitionsToTransaction.
 */
export function addPartitions(context: TransactionsContext): AnyAction {
  return context.action({
    name: 'addPartitions',
    kind: 'protocol',
    actor: 'producer',
    phrase: '{producer} has partitions added to its transaction',
    params: { producer: anyNode(context.producer) },
    enabled({ protocol }, { producer }) {
      if (context.rules.version !== 1 || !context.config.transactions) return 'leaders add them';
      const view = protocol.producers.get(producer);
      if (view.asking) return 'it awaits an answer';
      const isLacking = lacking(context, protocol, producer).length > 0;
      if (!view.pendingAdd && !isLacking) return 'they are added';
      const id = idOf(context, producer);
      const busy = busyWith(protocol, id);
      if (busy !== undefined) return busy;
      const known = protocol.coordinator.ids.get(id);
      if (known.epoch !== view.epoch || !context.rules.refusesWhileCompleting) return true;
      return (
        !isCompleting(known) || 'the last transaction is completed first (CONCURRENT_TRANSACTIONS)'
      );
    },
    step({ protocol, record }, { producer }) {
      const step = { context, protocol, record };
      const id = idOf(context, producer);
      const view = protocol.producers.get(producer);
      const known = protocol.coordinator.ids.get(id);
      if (known.epoch !== view.epoch) return failProducer(step, producer, 'fatal');
      const added = lacking(context, protocol, producer);
      const isThere =
        known.state.state === 'ongoing' && added.every(each => known.partitions.has(each));
      // With a defect it is told so while the last transaction is completed, and nothing is written.
      if (isThere || isCompleting(known)) {
        for (const partition of added) view.added.add(partition);
        view.pendingAdd = false;
        return undefined;
      }
      add(step, id, added);
      view.asking = true;
      view.pendingAdd = true;
      return undefined;
    },
  });
}

/** The partitions for which a producer has a batch, and was not told that they are in the transaction. */
function lacking(
  context: TransactionsContext,
  protocol: ReadonlyProtocol,
  producer: ProducerNode,
): PartitionId[] {
  const { batches, added, state } = protocol.producers.get(producer);
  if (state.state !== 'inTransaction' && state.state !== 'committing') return [];
  return context.partition.all.filter(
    each => batches.get(each).phase === 'queued' && !added.has(each),
  );
}
