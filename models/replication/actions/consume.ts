import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { actsAsLeader } from '../metadata.ts';

/**
 * consume: a consumer reads the record at its position.
 *
 * Who: the consumer. Enabled: the broker acts as leader in its own view, and the position is below
 * its high watermark. Changes: the position moves on by one.
 *
 * Left out: reading from followers (KIP-392), position validation after a leader change (KIP-320),
 * offset resets, transactions.
 *
 * Source: ReplicaManager.fetchMessages, UnifiedLog.read.
 */
export function consume(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'consume',
    kind: 'client',
    actor: 'consumer',
    params: { leader: anyNode(context.broker) },
    enabled({ protocol }, { leader }) {
      if (!actsAsLeader(protocol, leader)) return 'the broker does not act as leader';
      const limit = context.rules.readLimit(protocol.brokers.get(leader));
      if (protocol.consumer.position >= limit) return 'there is nothing below the read limit';
      return true;
    },
    step({ protocol, record }, { leader }) {
      const entry = protocol.brokers.get(leader).log.get(protocol.consumer.position);
      protocol.consumer.position++;
      record.exposed(entry.epoch, entry.record);
    },
  });
}
