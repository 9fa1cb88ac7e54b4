import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { ClientsContext } from '../context.ts';

/**
 * forgetProducers: a partition forgets the producers that have written to it.
 *
 * Who: the leader, of producers that have not written for `producer.id.expiration.ms`, or longer by its clock than by
 * theirs. Limited by `forgottenProducers`.
 *
 * Source: ProducerStateManager.removeExpiredProducers.
 */
export function forgetProducers(context: ClientsContext): AnyAction {
  return context.action({
    name: 'forgetProducers',
    kind: 'fault',
    actor: 'partition',
    phrase: '{partition} forgets its producers',
    params: { partition: anyNode(context.partition) },
    spends: 'forgottenProducers',
    weight: 0.2,
    enabled({ protocol }, { partition }) {
      const { log, forgottenBefore } = protocol.partitions.get(partition);
      return forgottenBefore < log.length || 'it remembers none';
    },
    step({ protocol }, { partition }) {
      const view = protocol.partitions.get(partition);
      view.forgottenBefore = view.log.length;
    },
  });
}

/**
 * deleteRecords: the committed records of a partition are deleted.
 *
 * Who: the leader, by retention, or for an operator. Limited by `deletions`. Changes: the log starts at the high
 * watermark. Whether the partition forgets their producers depends on the release.
 *
 * Source: UnifiedLog.maybeIncrementLogStartOffset, ProducerStateManager.truncateHead.
 */
export function deleteRecords(context: ClientsContext): AnyAction {
  return context.action({
    name: 'deleteRecords',
    kind: 'fault',
    actor: 'partition',
    phrase: 'the committed records of {partition} are deleted',
    params: { partition: anyNode(context.partition) },
    spends: 'deletions',
    weight: 0.2,
    enabled({ protocol }, { partition }) {
      const { logStartOffset, highWatermark } = protocol.partitions.get(partition);
      return logStartOffset < highWatermark || 'there are none';
    },
    step({ protocol }, { partition }) {
      const view = protocol.partitions.get(partition);
      view.logStartOffset = view.highWatermark;
    },
  });
}
