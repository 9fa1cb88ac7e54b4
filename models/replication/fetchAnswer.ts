import type { ReplicationContext } from './context.ts';
import { maybeAdvanceHighWatermark } from './highWatermark.ts';
import { maybeExpandIsr } from './isr.ts';
import { endOffsetFor, latestEpoch } from './log.ts';
import { brokerViewOf, isAssigned, isResponsive, servesAsLeader } from './metadata.ts';
import { reaches } from './network.ts';
import type { ReplicationRecording } from './recorders.ts';
import type { Broker, Protocol, ReadonlyBrokerView, ReadonlyProtocol } from './schema.ts';

/** What a follower says when it fetches. */
export interface FetchRequest {
  /** The leader epoch that the follower knows. */
  readonly leaderEpoch: number;
  readonly fetchOffset: number;
  readonly lastFetchedEpoch: number | undefined;
  /** The broker epoch of the follower's incarnation (KIP-903). */
  readonly brokerEpoch: number;
}

/** What the follower would ask for now. */
export function requestOf(protocol: ReadonlyProtocol, follower: Broker): FetchRequest {
  const replica = protocol.brokers.get(follower);
  return {
    leaderEpoch: brokerViewOf(protocol, follower).leaderEpoch,
    fetchOffset: replica.log.length,
    lastFetchedEpoch: latestEpoch(replica),
    brokerEpoch: replica.brokerEpoch,
  };
}

/** Why the leader answers a fetch with an error, which only makes the follower try again. */
export function refusal(
  { rules }: ReplicationContext,
  protocol: ReadonlyProtocol,
  leader: Broker,
  follower: Broker,
  request: FetchRequest,
): string | undefined {
  if (!isResponsive(protocol, leader)) return 'the broker does not answer';
  const view = brokerViewOf(protocol, leader);
  if (rules.fencesFetchByLeaderEpoch && request.leaderEpoch !== view.leaderEpoch) {
    return request.leaderEpoch < view.leaderEpoch ? 'FENCED_LEADER_EPOCH' : 'UNKNOWN_LEADER_EPOCH';
  }
  if (!servesAsLeader(protocol, leader)) return 'NOT_LEADER_OR_FOLLOWER';
  if (!isAssigned(view, follower)) return 'UNKNOWN_LEADER_EPOCH';
  const registered = protocol.registrations.get(follower).brokerEpoch;
  if (rules.fetchNeedsBrokerEpoch && request.brokerEpoch !== registered) {
    return 'NOT_LEADER_OR_FOLLOWER';
  }
  return undefined;
}

/** What a leader finds when it holds a fetch against its own log. */
export type Finding = 'records' | 'diverging' | 'outOfRange';

/**
 * Compares the follower's position with the leader's log, in the leader's order of checks
 * (Partition.readRecords). Only since 2.7 a fetch says which epoch its last record has.
 */
export function findingOf(
  { rules }: ReplicationContext,
  leader: ReadonlyBrokerView,
  { fetchOffset, lastFetchedEpoch }: FetchRequest,
): Finding {
  const asks = rules.truncation === 'onFetch' ? lastFetchedEpoch : undefined;
  const end = asks === undefined ? undefined : endOffsetFor(leader, asks);
  if (asks !== undefined && end === undefined) return 'outOfRange';
  if (fetchOffset < leader.logStartOffset) return 'outOfRange';
  if (asks !== undefined && end !== undefined) {
    if (end.epoch < asks || end.endOffset < fetchOffset) return 'diverging';
  }
  return fetchOffset > leader.log.length ? 'outOfRange' : 'records';
}

/**
 * The leader answers a fetch: records, or where the logs diverge, or that the offset is out of
 * range. With records it notes how far the follower has come, which may propose the follower for
 * the ISR and advance the high watermark; the answer carries the high watermark from before.
 *
 * Source: Partition.fetchRecords, updateFollowerFetchState; KIP-101, KIP-279, KIP-320, KIP-595.
 */
export function answerFetch(
  context: ReplicationContext,
  protocol: Protocol,
  record: ReplicationRecording,
  { leader, follower }: { readonly leader: Broker; readonly follower: Broker },
  request: FetchRequest,
): void {
  const from = protocol.brokers.get(leader);
  const finding = findingOf(context, from, request);
  // Over a one-way cut the leader hears the follower, and its answer is lost.
  if (reaches(protocol, leader, follower)) {
    writeAnswer(protocol, finding, { leader, follower }, request);
  }
  if (finding === 'outOfRange') return;
  if (finding === 'diverging' && context.rules.creditsOnlyMatchingFetches) return;
  const known = from.followers.get(follower);
  known.logEndOffset = Math.min(request.fetchOffset, from.log.capacity);
  known.brokerEpoch = request.brokerEpoch;
  const candidates = context.rules.expandNeedsFetch ? [follower] : context.broker.all;
  for (const candidate of candidates) {
    maybeExpandIsr(context, protocol, record, leader, candidate);
  }
  maybeAdvanceHighWatermark(context, protocol, record, leader);
}

function writeAnswer(
  protocol: Protocol,
  finding: Finding,
  { leader, follower }: { readonly leader: Broker; readonly follower: Broker },
  { leaderEpoch, fetchOffset, lastFetchedEpoch }: FetchRequest,
): void {
  const from = protocol.brokers.get(leader);
  protocol.fetchResponses.clear(leader, follower);
  const response = protocol.fetchResponses.get(leader, follower);
  response.kind = finding;
  response.leaderEpoch = leaderEpoch;
  response.fetchOffset = fetchOffset;
  response.highWatermark = from.highWatermark;
  response.logStartOffset = from.logStartOffset;
  if (finding === 'diverging') {
    const end = endOffsetFor(from, lastFetchedEpoch ?? 0);
    response.divergingEpoch = end?.epoch ?? 0;
    response.endOffset = end?.endOffset ?? 0;
  } else if (finding === 'outOfRange') {
    response.endOffset = from.log.length;
  } else if (fetchOffset < from.log.length) {
    const entry = from.log.get(fetchOffset);
    response.recordEpoch = entry.epoch;
    response.record = entry.record;
  }
}
