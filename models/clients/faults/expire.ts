import type { AnyAction } from '../../../checker/model/model.ts';
import { anyInt, anyNode } from '../../../checker/model/params.ts';
import type { ClientsContext } from '../context.ts';
import { isOpen, markUnresolved } from '../numbering.ts';
import { failBatch, resolveSequences } from '../outcome.ts';
import { isOldestOpen, unqueue } from '../queue.ts';

/**
 * expire: a producer gives a batch up.
 *
 * Who: the sender thread. Limited by `expiries`. Enabled: the application was told of every earlier batch of the
 * partition, which was given at least as much time. Changes: the application is told failure. A request with the batch
 * may be out, and be handled. If the batch was sent before, nothing new is sent to the partition until it shows whether
 * it was appended.
 *
 * Source: Sender.sendProducerData (getExpiredInflightBatches, RecordAccumulator.expiredBatches); `delivery.timeout.ms`.
 */
export function expire(context: ClientsContext): AnyAction {
  return context.action({
    name: 'expire',
    kind: 'fault',
    actor: 'producer',
    phrase: '{producer} gives its batch {batch} up',
    params: {
      producer: anyNode(context.producer),
      batch: anyInt(0, context.limits.batches - 1),
    },
    spends: 'expiries',
    weight: 0.2,
    enabled({ protocol }, { producer, batch }) {
      const view = protocol.producers.get(producer);
      if (batch >= view.batches.length) return 'there is no such batch';
      if (!isOpen(view.batches.get(batch))) return 'the application was told what became of it';
      const isSent = view.batches.get(batch).state.state === 'inFlight';
      if (isSent && !context.rules.expiresInFlight) return 'only batches that wait are given up';
      return isOldestOpen(view, batch) || 'earlier batches have had more time';
    },
    step({ protocol, record }, { producer, batch }) {
      const step = { context, protocol, record, producer };
      const view = protocol.producers.get(producer);
      unqueue(view, batch);
      failBatch(step, batch, 'expired');
      const expired = view.batches.get(batch);
      if (context.config.idempotence && expired.inRetry) markUnresolved(view, expired);
      resolveSequences(step);
    },
  });
}
