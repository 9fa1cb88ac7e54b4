import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode, anyOf } from '../../../checker/model/params.ts';
import { effectiveMinIsr } from '../config.ts';
import type { ReplicationContext } from '../context.ts';
import { maybeAdvanceHighWatermark } from '../highWatermark.ts';
import { actsAsLeader, brokerViewOf } from '../metadata.ts';

/**
 * produce: a producer sends one record to a broker that it takes for the leader.
 *
 * Who: the producer. Enabled: the broker acts as leader in its own view (it may be deposed without
 * knowing), and for acks=all its committed ISR is not below min.insync.replicas
 * (NOT_ENOUGH_REPLICAS otherwise: nothing is appended). Changes: the record is appended with the
 * leader's epoch; an acks=all request waits until the high watermark has passed it.
 *
 * Left out: retries and idempotence (each record is sent once), batches, timeouts (a request that
 * is never answered has an unknown outcome either way).
 *
 * Source: ReplicaManager.appendRecords, Partition.appendRecordsToLeader, DelayedProduce.
 */
export function produce(context: ReplicationContext): AnyAction {
  const { broker, config, rules } = context;
  return context.action({
    name: 'produce',
    kind: 'client',
    actor: 'producer',
    params: { leader: anyNode(broker), acks: anyOf(...config.acks) },
    spends: 'records',
    enabled({ protocol }, { leader, acks }) {
      if (!actsAsLeader(protocol, leader)) return 'the broker does not act as leader';
      const inSync = brokerViewOf(protocol, leader).isr.size;
      if (acks === 'all' && inSync < effectiveMinIsr(config)) return 'NOT_ENOUGH_REPLICAS';
      return true;
    },
    step({ protocol, record }, { leader, acks }) {
      const replica = protocol.brokers.get(leader);
      const id = ++protocol.producer.sent;
      const offset = replica.log.length;
      replica.log.push({ epoch: brokerViewOf(protocol, leader).leaderEpoch, record: id });
      if (acks === 'all') {
        if (rules.answersAtAppend) record.acknowledged(offset, id);
        else replica.waitingProduce.push(offset);
      }
      maybeAdvanceHighWatermark(context, protocol, record, leader);
    },
  });
}
