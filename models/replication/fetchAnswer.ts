import { maybeAdvanceHighWatermark } from './highWatermark.ts';
import { maybeExpandIsr } from './isr.ts';
import { endOffsetFor, latestEpoch } from './log.ts';
import { brokerViewOf, isAssigned, isResponsive, isUp, servesAsLeader } from './metadata.ts';
import { reaches } from './network.ts';
import type {
  Partition,
  PartitionStep,
  ReadonlyPartition,
  RuledPartition,
} from './partitionScope.ts';
import type { ReplicationRules } from './rules.ts';
import type { Broker, ReadonlyReplicaView } from './schema.ts';

/** What a follower says when it fetches. */
export interface FetchRequest {
  /** The leader epoch that the follower knows. */
  readonly leaderEpoch: number;
  readonly fetchOffset: number;
  readonly lastFetchedEpoch: number | undefined;
  /** The broker epoch of the follower's incarnation (KIP-903). */
  readonly brokerEpoch: number;
  /** Of which topic of the name the follower's replica is (KIP-516). */
  readonly topicId: number;
}

/** What the follower would ask for now. */
export function requestOf(partition: ReadonlyPartition, follower: Broker): FetchRequest {
  const replica = partition.replicas.get(follower);
  return {
    leaderEpoch: brokerViewOf(partition, follower).leaderEpoch,
    fetchOffset: replica.log.length,
    lastFetchedEpoch: latestEpoch(replica),
    brokerEpoch: partition.brokers.get(follower).brokerEpoch,
    topicId: replica.topicId,
  };
}

/** Why the leader answers a fetch with an error, which only makes the follower try again. */
export function refusal(
  partition: RuledPartition,
  leader: Broker,
  follower: Broker,
  request: FetchRequest,
): string | undefined {
  const { rules } = partition.context;
  if (!isResponsive(partition, leader)) return 'the broker does not answer';
  const view = brokerViewOf(partition, leader);
  if (rules.fencesFetchByLeaderEpoch && request.leaderEpoch !== view.leaderEpoch) {
    return request.leaderEpoch < view.leaderEpoch ? 'FENCED_LEADER_EPOCH' : 'UNKNOWN_LEADER_EPOCH';
  }
  if (!servesAsLeader(partition, leader)) return 'NOT_LEADER_OR_FOLLOWER';
  if (!isAssigned(view, follower)) return 'UNKNOWN_LEADER_EPOCH';
  if (rules.fetchNeedsBrokerEpoch && isOfEarlierIncarnation(partition, follower, request)) {
    return 'NOT_LEADER_OR_FOLLOWER';
  }
  const { topicId } = partition.replicas.get(leader);
  if (rules.fetchNamesTopicId && request.topicId !== topicId) return 'INCONSISTENT_TOPIC_ID';
  return undefined;
}

/**
 * Whether a fetch is known to be of an earlier incarnation. While the one that is registered is fenced Kafka does not
 * know its epoch (Replica.updateFetchStateOrThrow, MetadataCache.getAliveBrokerEpoch), and lets such a fetch pass.
 */
function isOfEarlierIncarnation(
  { registrations }: ReadonlyPartition,
  follower: Broker,
  { brokerEpoch }: FetchRequest,
): boolean {
  const registered = registrations.get(follower);
  const { state } = registered.state;
  if (state === 'fenced' || state === 'unregistered') return false;
  return brokerEpoch < registered.brokerEpoch;
}

/** What a leader finds when it holds a fetch against its own log. */
export type Finding = 'records' | 'diverging' | 'outOfRange';

/**
 * Compares the follower's position with the leader's log, in the leader's order of checks
 * (Partition.readRecords). Only since 2.7 a fetch says which epoch its last record has.
 */
export function findingOf(
  rules: ReplicationRules,
  leader: ReadonlyReplicaView,
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
  partition: PartitionStep,
  { leader, follower }: { readonly leader: Broker; readonly follower: Broker },
  request: FetchRequest,
): void {
  const from = partition.replicas.get(leader);
  const { rules, broker } = partition.context;
  const finding = findingOf(rules, from, request);
  // Over a one-way cut the leader hears the follower, and its answer is lost; so it is if who asked is gone.
  if (reaches(partition, leader, follower) && isWaitedFor(partition, follower, request)) {
    writeAnswer(partition, finding, { leader, follower }, request);
  }
  if (finding === 'outOfRange') return;
  if (finding === 'diverging' && rules.creditsOnlyMatchingFetches) return;
  const known = from.followers.get(follower);
  if (!rules.judgesFollowerByOneFetch) {
    // Between the two looks: the incarnation is that of this fetch, the offset still that of the last one.
    known.brokerEpoch = request.brokerEpoch;
    maybeExpandIsr(partition, leader, follower);
  }
  known.logEndOffset = Math.min(request.fetchOffset, from.log.capacity);
  known.brokerEpoch = request.brokerEpoch;
  const candidates = rules.expandNeedsFetch ? [follower] : broker.all;
  for (const candidate of candidates) {
    maybeExpandIsr(partition, leader, candidate);
  }
  maybeAdvanceHighWatermark(partition, leader);
}

/** Whether the process that has sent the request is still there: an answer goes over its connection. */
function isWaitedFor(
  partition: ReadonlyPartition,
  follower: Broker,
  { brokerEpoch }: FetchRequest,
): boolean {
  return isUp(partition, follower) && partition.brokers.get(follower).brokerEpoch === brokerEpoch;
}

function writeAnswer(
  partition: Partition,
  finding: Finding,
  { leader, follower }: { readonly leader: Broker; readonly follower: Broker },
  { leaderEpoch, fetchOffset, lastFetchedEpoch, topicId }: FetchRequest,
): void {
  const from = partition.replicas.get(leader);
  partition.fetchResponses.clear(leader, follower);
  const response = partition.fetchResponses.get(leader, follower);
  response.kind = finding;
  response.topicId = topicId;
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
