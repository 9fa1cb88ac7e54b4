import type { AnyAction } from '../../../checker/model/model.ts';
import { anyInt, anyNode, anyOf } from '../../../checker/model/params.ts';
import type { Acks } from '../config.ts';
import type { ReplicationContext } from '../context.ts';
import { maybeAdvanceHighWatermark } from '../highWatermark.ts';
import { appendRecord } from '../log.ts';
import {
  brokerViewOf,
  isOfTopicOfNow,
  isrKnownTo,
  minIsrKnownTo,
  servesAsLeader,
} from '../metadata.ts';
import { onPartition } from '../partitionAction.ts';
import type { Partition, PartitionStep, RuledPartition } from '../partitionScope.ts';
import { failWaitingProduce, leaveUnresolved } from '../producer.ts';
import type { Broker } from '../schema.ts';
import { tellAcknowledged } from '../told.ts';

/**
 * produce: a producer sends a new record to a broker that it takes for the leader.
 *
 * Who: the producer, whose metadata may be stale. Enabled: the broker acts as leader in its own
 * view (it may be deposed without knowing), and for acks=all its committed ISR is not below
 * min.insync.replicas (NOT_ENOUGH_REPLICAS otherwise: nothing is appended). Changes: the record is
 * appended with the leader's epoch; an acks=all request waits until the high watermark has passed
 * it, acks=1 is answered, acks=0 never is.
 *
 * Left out: idempotence and transactions (a model of their own), batches of several records.
 *
 * Source: ReplicaManager.appendRecords, Partition.appendRecordsToLeader, DelayedProduce.
 */
export function produce(context: ReplicationContext): AnyAction {
  const { broker, config } = context;
  return onPartition(context, {
    name: 'produce',
    kind: 'client',
    actor: 'producer',
    phrase: 'producer sends a record to {leader} with acks={acks}',
    params: { leader: anyNode(broker), acks: anyOf(...config.acks) },
    spends: 'records',
    enabled: (partition, { leader, acks }) => admits(partition, leader, acks),
    step(partition, { leader, acks }) {
      append(partition, { leader, acks, id: ++partition.producer.sent, isRetry: false });
    },
  });
}

/**
 * retryProduce: the producer sends a record again whose fate it does not know.
 *
 * Who: the producer. Enabled: an earlier attempt ended without an outcome (timeout, lost
 * connection, NOT_LEADER_OR_FOLLOWER, NOT_ENOUGH_REPLICAS_AFTER_APPEND). Changes: as produce; the
 * log may now have the record twice, for this producer is not idempotent.
 *
 * Source: Sender.reenqueueBatch; `retries`.
 */
export function retryProduce(context: ReplicationContext): AnyAction {
  const { broker, bounds, config } = context;
  return onPartition(context, {
    name: 'retryProduce',
    kind: 'client',
    actor: 'producer',
    phrase: 'producer sends record {record} again, to {leader} with acks={acks}',
    params: {
      leader: anyNode(broker),
      record: anyInt(1, bounds.records),
      acks: anyOf(...config.acks),
    },
    spends: 'retries',
    enabled(partition, { leader, record, acks }) {
      if (indexOfUnresolved(partition, record) < 0) return 'the producer knows its fate';
      return admits(partition, leader, acks);
    },
    step(partition, { leader, record, acks }) {
      resolve(partition, record);
      append(partition, { leader, acks, id: record, isRetry: true });
    },
  });
}

/**
 * timeOutProduce: the requests that wait at a leader time out (REQUEST_TIMED_OUT).
 *
 * Who: the leader. Enabled where the producer may retry: without a retry nothing follows from it.
 * Changes: the producer does not know what became of the records; they stay in the log.
 *
 * Source: DelayedProduce.onExpiration; `request.timeout.ms`.
 */
export function timeOutProduce(context: ReplicationContext): AnyAction {
  return onPartition(context, {
    name: 'timeOutProduce',
    kind: 'client',
    actor: 'producer',
    phrase: 'producer waits for {leader} in vain: its requests time out',
    params: { leader: anyNode(context.broker) },
    weight: 0.2,
    enabled(partition, { leader }) {
      if (context.bounds.retries === 0) return 'the producer does not retry';
      if (!servesAsLeader(partition, leader)) return 'the broker does not act as leader';
      return partition.replicas.get(leader).waitingProduce.length > 0 || 'no request waits';
    },
    step(partition, { leader }) {
      failWaitingProduce(partition, partition.replicas.get(leader));
    },
  });
}

function admits(partition: RuledPartition, leader: Broker, acks: Acks): true | string {
  if (!servesAsLeader(partition, leader)) return 'the broker does not act as leader';
  if (acks !== 'all' || !partition.context.rules.admissionNeedsMinIsr) return true;
  const isr = isrKnownTo(partition, leader);
  return isr.size >= minIsrKnownTo(partition, leader) || 'NOT_ENOUGH_REPLICAS';
}

interface Attempt {
  readonly leader: Broker;
  readonly acks: Acks;
  readonly id: number;
  readonly isRetry: boolean;
}

function append(partition: PartitionStep, attempt: Attempt): void {
  const { leader, acks, id } = attempt;
  const { context } = partition;
  const replica = partition.replicas.get(leader);
  const offset = replica.log.length;
  appendRecord(replica, brokerViewOf(partition, leader).leaderEpoch, id);
  noteTopic(partition, attempt);
  if (acks === '1') tellAcknowledged(partition, leader, { offset, acks });
  else if (acks === '0') leaveUnresolved(partition, id);
  else if (context.rules.answersAtAppend) tellAcknowledged(partition, leader, { offset, acks });
  else replica.waitingProduce.push(offset);
  maybeAdvanceHighWatermark(partition, leader);
}

/** What is sent again to a leader of the deleted topic may be in the one of now by rights. */
function noteTopic(partition: PartitionStep, { leader, id, isRetry }: Attempt): void {
  const { id: own, context, record } = partition;
  if (context.bounds.topicDeletions === 0) return;
  const ofTopicOfNow = isOfTopicOfNow(partition, leader);
  if (ofTopicOfNow || !isRetry) record.sent(own, id, ofTopicOfNow);
}

function indexOfUnresolved({ producer }: RuledPartition, record: number): number {
  for (let index = 0; index < producer.unresolved.length; index++) {
    if (producer.unresolved.get(index) === record) return index;
  }
  return -1;
}

function resolve({ producer }: Partition, record: number): void {
  const { unresolved } = producer;
  const others = Array.from({ length: unresolved.length }, (_, index) => unresolved.get(index));
  unresolved.truncate(0);
  for (const other of others) if (other !== record) unresolved.push(other);
}
