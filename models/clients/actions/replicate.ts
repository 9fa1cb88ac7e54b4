import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { commit, uncommitted } from '../../partitionLog/partitionLog.ts';
import { answerWaiting } from '../connections.ts';
import type { ClientsContext } from '../context.ts';

/**
 * replicate: the in-sync replicas have fetched all of the log, and the high watermark follows.
 *
 * Who: the partition. Enabled: something is not committed. Changes: all of it is, and requests that waited for it are
 * answered. That less of it is committed needs no step: it is so before the rest is appended.
 *
 * Source: Partition.maybeIncrementLeaderHW, DelayedProduce.tryComplete.
 */
export function replicate(context: ClientsContext): AnyAction {
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
      const view = protocol.partitions.get(partition);
      commit(view);
      answerWaiting({ context, protocol }, partition, ({ offset }) =>
        offset < view.highWatermark ? 'success' : undefined,
      );
    },
  });
}
