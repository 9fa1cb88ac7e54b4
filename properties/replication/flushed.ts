import type { Broker } from '../../models/replication/schema.ts';
import type { PartitionScope, PartitionStepProperty } from './partitionScope.ts';
import type { ScopeFacts } from './scopeFacts.ts';

/**
 * What survives a power loss is not for the protocol to say: a log counts as on disk only when its broker stops
 * cleanly, which flushes it. Below the log start there is nothing to be flushed.
 */
export function flushedOnlyByCleanStop({ broker }: ScopeFacts): PartitionStepProperty {
  return {
    name: 'flushed-only-by-clean-stop',
    kind: 'step',
    statement: 'A record counts as flushed only after a clean stop of its broker.',
    loss: 'A verdict on power losses says that a record survives that is not on disk.',
    source: 'LogManager.shutdown, UnifiedLog.flush; log.flush.interval.messages',
    needs: 'shutdowns',
    when: (before, after) => broker.all.some(each => isFlushed(before, after, each)),
    holds(before, after) {
      for (const each of broker.all) {
        if (!isFlushed(before, after, each) || stopsCleanly(before, after, each)) continue;
        const { flushedOffset } = after.protocol.replicas.get(each);
        return `the log of ${broker.nameOf(each)} counts as flushed up to ${flushedOffset}, without a clean stop`;
      }
      return true;
    },
  };
}

/** Whether records count as flushed that did not before. */
function isFlushed(before: PartitionScope, after: PartitionScope, broker: Broker): boolean {
  const was = before.protocol.replicas.get(broker);
  const is = after.protocol.replicas.get(broker);
  return is.flushedOffset > was.flushedOffset && is.flushedOffset > is.logStartOffset;
}

function stopsCleanly(before: PartitionScope, after: PartitionScope, broker: Broker): boolean {
  const was = before.protocol.brokers.get(broker);
  const is = after.protocol.brokers.get(broker);
  if (was.process.state !== 'pendingControlledShutdown' || is.process.state !== 'notRunning')
    return false;
  return is.cleanShutdownFile !== undefined;
}
