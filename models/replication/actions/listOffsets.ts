import type { AnyAction } from '../../../checker/model/model.ts';
import { anyInt, anyNode } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { servesAsLeader } from '../metadata.ts';
import { onPartition } from '../partitionAction.ts';

/**
 * listOffsets: a client asks a broker where the readable part of the log ends.
 *
 * Who: any client. Enabled: the broker serves as leader in its own view, `offset` is its high
 * watermark, and that has reached the start of the leader's epoch (OFFSET_NOT_AVAILABLE otherwise: a
 * new leader may not know yet how far its predecessor came). Changes: nothing; the properties look
 * at what is reported.
 *
 * Source: Partition.fetchOffsetForTimestamp; KIP-207.
 */
export function listOffsets(context: ReplicationContext): AnyAction {
  const { logLength } = context.limits;
  return onPartition(context, {
    name: 'listOffsets',
    kind: 'client',
    actor: 'consumer',
    phrase: 'consumer asks {leader} where the log ends: at offset {offset}',
    params: { leader: anyNode(context.broker), offset: anyInt(0, logLength) },
    weight: 0.1,
    enabled(partition, { leader, offset }) {
      if (!servesAsLeader(partition, leader)) return 'the broker does not act as leader';
      const { highWatermark, epochStartOffset } = partition.replicas.get(leader);
      if (highWatermark !== offset) return 'it is not the high watermark';
      const { endOffsetNeedsEpochStart } = context.rules;
      return (
        highWatermark >= epochStartOffset || !endOffsetNeedsEpochStart || 'OFFSET_NOT_AVAILABLE'
      );
    },
    step() {
      // A client learns something; nothing changes.
    },
  });
}
