import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { answerFetch, findingOf, refusal, requestOf } from '../fetchAnswer.ts';
import { isExpandable } from '../isr.ts';
import { brokerViewOf, isResponsive } from '../metadata.ts';
import { reaches } from '../network.ts';
import type { Broker, ReadonlyProtocol } from '../schema.ts';

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
  return context.action({
    name: 'fetch',
    kind: 'protocol',
    actor: 'follower',
    phrase: '{follower} fetches from {leader}',
    params: { follower: anyNode(broker), leader: anyNode(broker) },
    weight: 2,
    enabled({ protocol }, { follower, leader }) {
      if (context.config.requestsInFlight) return 'requests travel on their own';
      const unable = cannotAsk(protocol, follower, leader);
      if (unable !== undefined) return unable;
      const refused = refusal(context, protocol, leader, follower, requestOf(protocol, follower));
      if (refused !== undefined) return refused;
      return hasNews(context, protocol, leader, follower) || 'the leader has nothing new to say';
    },
    step({ protocol, record }, { follower, leader }) {
      answerFetch(context, protocol, record, { leader, follower }, requestOf(protocol, follower));
    },
  });
}

/**
 * sendFetch: a follower sends a fetch request, which is then in flight. Only with
 * `requestsInFlight`, where a request may arrive long after its follower has moved on.
 */
export function sendFetch(context: ReplicationContext): AnyAction {
  const { broker } = context;
  return context.action({
    name: 'sendFetch',
    kind: 'protocol',
    actor: 'follower',
    phrase: '{follower} sends {leader} a fetch',
    params: { follower: anyNode(broker), leader: anyNode(broker) },
    weight: 2,
    enabled({ protocol }, { follower, leader }) {
      if (!context.config.requestsInFlight) return 'requests are handled when they are sent';
      const unable = cannotAsk(protocol, follower, leader);
      if (unable !== undefined) return unable;
      return !protocol.fetchRequests.get(follower, leader).inFlight || 'a request is in flight';
    },
    step({ protocol }, { follower, leader }) {
      const request = protocol.fetchRequests.get(follower, leader);
      Object.assign(request, requestOf(protocol, follower), { inFlight: true });
    },
  });
}

/** receiveFetch: a fetch request arrives; the leader answers it or refuses it (see answerFetch). */
export function receiveFetch(context: ReplicationContext): AnyAction {
  const { broker } = context;
  return context.action({
    name: 'receiveFetch',
    kind: 'protocol',
    actor: 'leader',
    phrase: '{leader} receives the fetch of {follower}',
    params: { leader: anyNode(broker), follower: anyNode(broker) },
    weight: 2,
    enabled({ protocol }, { leader, follower }) {
      if (leader === follower) return 'a broker does not fetch from itself';
      if (!protocol.fetchRequests.get(follower, leader).inFlight) return 'no request is in flight';
      if (!isResponsive(protocol, leader)) return 'the broker does not answer';
      return (
        protocol.fetchResponses.get(leader, follower).kind === 'none' || 'an answer is in flight'
      );
    },
    step({ protocol, record }, { leader, follower }) {
      const { leaderEpoch, fetchOffset, lastFetchedEpoch, brokerEpoch } =
        protocol.fetchRequests.get(follower, leader);
      const request = { leaderEpoch, fetchOffset, lastFetchedEpoch, brokerEpoch };
      protocol.fetchRequests.clear(follower, leader);
      if (refusal(context, protocol, leader, follower, request) !== undefined) return;
      answerFetch(context, protocol, record, { leader, follower }, request);
    },
  });
}

function cannotAsk(
  protocol: ReadonlyProtocol,
  follower: Broker,
  leader: Broker,
): string | undefined {
  if (follower === leader) return 'a broker does not fetch from itself';
  if (protocol.brokers.get(follower).replica.state !== 'following') {
    return 'the follower does not follow';
  }
  if (!isResponsive(protocol, follower)) return 'the follower stands still';
  if (brokerViewOf(protocol, follower).leader !== leader)
    return 'the follower knows another leader';
  if (!reaches(protocol, follower, leader)) return 'the brokers are cut off';
  if (protocol.fetchResponses.get(leader, follower).kind !== 'none') {
    return 'an answer is in flight';
  }
  return undefined;
}

function hasNews(
  context: ReplicationContext,
  protocol: ReadonlyProtocol,
  leader: Broker,
  follower: Broker,
): boolean {
  const [from, to] = [protocol.brokers.get(leader), protocol.brokers.get(follower)];
  const end = to.log.length;
  if (findingOf(context, from, requestOf(protocol, follower)) !== 'records') return true;
  const saysMore =
    from.log.length > end ||
    Math.min(from.highWatermark, end) !== to.highWatermark ||
    from.logStartOffset > to.logStartOffset;
  if (saysMore && reaches(protocol, leader, follower)) return true;
  const known = from.followers.get(follower);
  return (
    known.logEndOffset !== end ||
    known.brokerEpoch !== to.brokerEpoch ||
    isExpandable(context, protocol, leader, follower)
  );
}
