import type { AnyAction } from '../../../checker/model/model.ts';
import { anyInt, anyNode } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { servesAsLeader } from '../metadata.ts';
import { onPartition } from '../partitionAction.ts';
import { tellExposed } from '../told.ts';

/**
 * consume: a consumer reads up to the last record that a broker lets it read.
 *
 * Who: any consumer. Enabled: the broker serves as leader in its own view, and there is a readable
 * record. Changes: nothing in the protocol; what has been read is noted for the properties.
 *
 * Left out: reading from followers as a step (KIP-392; `readers-agree` looks at what a follower would
 * serve, up to its own high watermark), position validation after a leader change (KIP-320), offset resets,
 * transactions.
 *
 * Source: ReplicaManager.fetchMessages, UnifiedLog.read.
 */
export function consume(context: ReplicationContext): AnyAction {
  const { logLength } = context.limits;
  return onPartition(context, {
    name: 'consume',
    kind: 'client',
    actor: 'consumer',
    phrase: 'consumer reads from {leader} up to offset {offset}',
    params: { leader: anyNode(context.broker), offset: anyInt(0, logLength - 1) },
    weight: 0.3,
    enabled(partition, { leader, offset }) {
      if (!servesAsLeader(partition, leader)) return 'the broker does not act as leader';
      const replica = partition.replicas.get(leader);
      const limit = context.rules.readLimit(replica);
      if (limit <= replica.logStartOffset) return 'there is nothing below the read limit';
      return offset === limit - 1 || 'it is not the last readable record';
    },
    step(partition, { leader, offset }) {
      tellExposed(partition, leader, offset + 1);
    },
  });
}
