import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { answerFetch, findingOf, refusal, requestOf } from '../fetchAnswer.ts';
import { nextHighWatermark } from '../highWatermark.ts';
import { isExpandable } from '../isr.ts';
import { brokerViewOf, isResponsive } from '../metadata.ts';
import { reaches } from '../network.ts';
import { onPartition } from '../partitionAction.ts';
import type { ReadonlyPartition, RuledPartition } from '../partitionScope.ts';
import type { Broker } from '../schema.ts';

/**
 * fetch: a follower asks its leader for the record at its log end offset; the leader answers.
 *
 * Who: the follower; the leader handles the request in the same step, and the answer is in flight
 * afterwards. Enabled: both live, connected, agree on the leader epoch (FENCED_LEADER_EPOCH or
 * UNKNOWN_LEADER_EPOCH otherwise: the follower only retries), no answer is in flight between them,
 * and the leader has something to say (a fetch with no news waits at the leader).
 *
 * Changes: see answerFetch. With `requestsInFlight` the request travels on its own instead: see
 * sendFetch and receiveFetch.
 *
 * Left out: fetch sessions, batches of several records.
 *
 * Source: AbstractFetcherThread, Partition.fetchRecords.
 */
export function fetch(context: ReplicationContext): AnyAction {
  const { broker } = context;
  return onPartition(context, {
    name: 'fetch',
    kind: 'protocol',
    actor: 'follower',
    phrase: '{follower} fetches from {leader}',
    params: { follower: anyNode(broker), leader: anyNode(broker) },
    weight: 2,
    enabled(partition, { follower, leader }) {
      if (context.config.requestsInFlight) return 'requests travel on their own';
      const unable = cannotAsk(partition, follower, leader);
      if (unable !== undefined) return unable;
      const refused = refusal(partition, leader, follower, requestOf(partition, follower));
      if (refused !== undefined) return refused;
      return hasNews(partition, leader, follower) || 'the leader has nothing new to say';
    },
    step(partition, { follower, leader }) {
      answerFetch(partition, { leader, follower }, requestOf(partition, follower));
    },
  });
}

/**
 * sendFetch: a follower sends a fetch request, which is then in flight. Only with
 * `requestsInFlight`, where a request may arrive long after its follower has moved on.
 */
export function sendFetch(context: ReplicationContext): AnyAction {
  const { broker } = context;
  return onPartition(context, {
    name: 'sendFetch',
    kind: 'protocol',
    actor: 'follower',
    phrase: '{follower} sends {leader} a fetch',
    params: { follower: anyNode(broker), leader: anyNode(broker) },
    weight: 2,
    enabled(partition, { follower, leader }) {
      if (!context.config.requestsInFlight) return 'requests are handled when they are sent';
      const unable = cannotAsk(partition, follower, leader);
      if (unable !== undefined) return unable;
      return !partition.fetchRequests.get(follower, leader).inFlight || 'a request is in flight';
    },
    step(partition, { follower, leader }) {
      const request = partition.fetchRequests.get(follower, leader);
      Object.assign(request, requestOf(partition, follower), { inFlight: true });
    },
  });
}

/** receiveFetch: a fetch request arrives; the leader answers it or refuses it (see answerFetch). */
export function receiveFetch(context: ReplicationContext): AnyAction {
  const { broker } = context;
  return onPartition(context, {
    name: 'receiveFetch',
    kind: 'protocol',
    actor: 'leader',
    phrase: '{leader} receives the fetch of {follower}',
    params: { leader: anyNode(broker), follower: anyNode(broker) },
    weight: 2,
    enabled(partition, { leader, follower }) {
      if (leader === follower) return 'a broker does not fetch from itself';
      if (!partition.fetchRequests.get(follower, leader).inFlight) return 'no request is in flight';
      if (!isResponsive(partition, leader)) return 'the broker does not answer';
      return (
        partition.fetchResponses.get(leader, follower).kind === 'none' || 'an answer is in flight'
      );
    },
    step(partition, { leader, follower }) {
      const { leaderEpoch, fetchOffset, lastFetchedEpoch, brokerEpoch, topicId } =
        partition.fetchRequests.get(follower, leader);
      const request = { leaderEpoch, fetchOffset, lastFetchedEpoch, brokerEpoch, topicId };
      partition.fetchRequests.clear(follower, leader);
      if (refusal(partition, leader, follower, request) !== undefined) return;
      answerFetch(partition, { leader, follower }, request);
    },
  });
}

function cannotAsk(
  partition: ReadonlyPartition,
  follower: Broker,
  leader: Broker,
): string | undefined {
  if (follower === leader) return 'a broker does not fetch from itself';
  if (partition.replicas.get(follower).role.state !== 'following') {
    return 'the follower does not follow';
  }
  if (!isResponsive(partition, follower)) return 'the follower stands still';
  if (brokerViewOf(partition, follower).leader !== leader)
    return 'the follower knows another leader';
  if (!reaches(partition, follower, leader)) return 'the brokers are cut off';
  if (partition.fetchResponses.get(leader, follower).kind !== 'none') {
    return 'an answer is in flight';
  }
  return undefined;
}

function hasNews(partition: RuledPartition, leader: Broker, follower: Broker): boolean {
  const [from, to] = [partition.replicas.get(leader), partition.replicas.get(follower)];
  const end = to.log.length;
  if (findingOf(partition.context.rules, from, requestOf(partition, follower)) !== 'records')
    return true;
  const saysMore =
    from.log.length > end ||
    Math.min(from.highWatermark, end) !== to.highWatermark ||
    from.logStartOffset > to.logStartOffset;
  if (saysMore && reaches(partition, leader, follower)) return true;
  const known = from.followers.get(follower);
  return (
    known.logEndOffset !== end ||
    known.brokerEpoch !== partition.brokers.get(follower).brokerEpoch ||
    isExpandable(partition, leader, follower) ||
    isDueSinceConfiguration(partition, leader)
  );
}

/**
 * Whether a new min.insync.replicas lets the high watermark move: nothing looks at it when the
 * configuration changes, and any fetch does.
 */
function isDueSinceConfiguration(partition: RuledPartition, leader: Broker): boolean {
  const { minIsrChanges, elrEnablings } = partition.context.bounds;
  return minIsrChanges + elrEnablings > 0 && nextHighWatermark(partition, leader) !== undefined;
}
