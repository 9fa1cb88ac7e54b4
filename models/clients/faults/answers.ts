import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import {
  answer,
  type ClientsEnd,
  nextToHandle,
  partitionOf,
  requestsOf,
  waiting,
} from '../connections.ts';
import type { ClientsContext } from '../context.ts';
import type { Protocol, ReadonlyProtocol, Result } from '../schema.ts';

/**
 * timeOut: a request that waits for replication is answered with an error, and what it appended stays.
 *
 * Who: the leader. Limited by `timeouts`. It stands for NOT_ENOUGH_REPLICAS_AFTER_APPEND too, which says as little.
 *
 * Source: DelayedProduce.onExpiration (REQUEST_TIMED_OUT), Partition.checkEnoughReplicasReachOffset.
 */
export function timeOut(context: ClientsContext): AnyAction {
  return context.action({
    name: 'timeOut',
    kind: 'fault',
    actor: 'broker',
    phrase: '{broker} answers {producer} that replication took too long',
    params: ends(context),
    spends: 'timeouts',
    weight: 0.2,
    enabled: ({ protocol }, end) =>
      waiting(requestsOf(protocol, end)) !== undefined || 'no request waits',
    step({ protocol }, { producer, broker }) {
      const { requests } = protocol.producers.get(producer).connections.get(broker);
      const index = waiting(requests);
      if (index !== undefined) answer(requests.get(index), 'timedOut');
    },
  });
}

/**
 * refuse: a leader does not take a batch for now.
 *
 * Who: the leader, whose ISR is below min.insync.replicas. Limited by `refusals`. Changes: nothing is appended.
 *
 * Source: Partition.appendRecordsToLeader (NOT_ENOUGH_REPLICAS).
 */
export function refuse(context: ClientsContext): AnyAction {
  return context.action({
    name: 'refuse',
    kind: 'fault',
    actor: 'broker',
    phrase: '{broker} has too few replicas in sync for the next batch of {producer}',
    params: ends(context),
    spends: 'refusals',
    weight: 0.2,
    enabled: ({ protocol }, end) => mayRefuse(context, protocol, end),
    step: ({ protocol }, end) => answerNext(protocol, end, 'notEnoughReplicas'),
  });
}

/**
 * reject: a leader will never take a batch.
 *
 * Who: the leader: the batch is too large, or the producer is not allowed any more. Limited by `rejections`. Changes:
 * nothing is appended.
 *
 * Source: Errors that are not retriable (MESSAGE_TOO_LARGE, INVALID_RECORD, TOPIC_AUTHORIZATION_FAILED).
 */
export function reject(context: ClientsContext): AnyAction {
  return context.action({
    name: 'reject',
    kind: 'fault',
    actor: 'broker',
    phrase: '{broker} refuses the next batch of {producer} for good',
    params: ends(context),
    spends: 'rejections',
    weight: 0.2,
    enabled: ({ protocol }, end) => mayRefuse(context, protocol, end),
    step: ({ protocol }, end) => answerNext(protocol, end, 'rejected'),
  });
}

function ends({ producer, broker }: ClientsContext) {
  return { producer: anyNode(producer), broker: anyNode(broker) };
}

function mayRefuse(context: ClientsContext, protocol: ReadonlyProtocol, end: ClientsEnd): Enabled {
  if (context.config.acks === '0') return 'a request without an answer is not refused';
  const requests = requestsOf(protocol, end);
  const index = nextToHandle(requests);
  if (index === undefined) return 'there is nothing to handle';
  const partition = partitionOf(protocol.producers.get(end.producer), requests.get(index));
  return protocol.partitions.get(partition).leader === end.broker || 'it does not lead';
}

function answerNext(protocol: Protocol, { producer, broker }: ClientsEnd, result: Result): void {
  const { requests } = protocol.producers.get(producer).connections.get(broker);
  const index = nextToHandle(requests);
  if (index !== undefined) answer(requests.get(index), result);
}
