import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { appendRecord, raiseLogStartOffset, startLogAt, truncateLog } from '../log.ts';
import { brokerViewOf, isResponsive } from '../metadata.ts';
import { onPartition } from '../partitionAction.ts';
import type { Partition, RuledPartition } from '../partitionScope.ts';
import type { Broker, ReplicaView } from '../schema.ts';
import { clipHighWatermark, truncationPoint } from '../truncation.ts';

/**
 * receiveFetchResponse: a fetch answer arrives at the follower.
 *
 * Who: the follower. Enabled: an answer is in flight to a live process. Changes: an answer that no
 * longer fits (another topic, leader, leader epoch or fetch offset) is dropped. A record is appended, and
 * the high watermark follows the leader's, which may move it back. A diverging answer truncates
 * the log; several rounds may be needed until the logs agree. An offset out of range makes the
 * follower truncate to the leader's end or start anew at the leader's log start.
 *
 * Source: AbstractFetcherThread.processFetchRequest (isReadyForFetch), truncateOnFetchResponse, fetchOffsetAndTruncate;
 * KIP-101, KIP-279.
 */
export function receiveFetchResponse(context: ReplicationContext): AnyAction {
  const { broker } = context;
  return onPartition(context, {
    name: 'receiveFetchResponse',
    kind: 'protocol',
    actor: 'follower',
    phrase: '{follower} receives the fetch answer of {leader}',
    params: { follower: anyNode(broker), leader: anyNode(broker) },
    weight: 2,
    enabled(partition, { follower, leader }) {
      if (follower === leader) return 'a broker does not fetch from itself';
      if (partition.fetchResponses.get(leader, follower).kind === 'none') {
        return 'no answer is in flight';
      }
      return isResponsive(partition, follower) || 'the follower stands still';
    },
    step(partition, { follower, leader }) {
      if (stillFits(partition, follower, leader)) {
        if (takesHighWatermarkFirst(partition, follower, leader)) return;
        applyResponse(partition, follower, leader);
      }
      partition.fetchResponses.clear(leader, follower);
    },
  });
}

function stillFits(partition: RuledPartition, follower: Broker, leader: Broker): boolean {
  const { rules } = partition.context;
  const replica = partition.replicas.get(follower);
  if (replica.role.state !== 'following') return false;
  const view = brokerViewOf(partition, follower);
  const response = partition.fetchResponses.get(leader, follower);
  if (rules.takesAnswersOf !== 'anybody' && view.leader !== leader) return false;
  const isOfEpoch = view.leaderEpoch === response.leaderEpoch;
  if (rules.takesAnswersOf === 'leaderEpoch' && !isOfEpoch) return false;
  if (rules.fencesAnswerByOffset && replica.log.length !== response.fetchOffset) return false;
  // Kafka compares no ids here. A replica that begins with an empty log has to truncate before it is
  // ready for fetched data, and by then the answer to an earlier fetch is gone.
  return !rules.fencesAnswerByTopicId || response.topicId === replica.topicId;
}

/** Only with a defect: the high watermark of a diverging answer is taken, and the truncation is another step. */
function takesHighWatermarkFirst(partition: Partition, follower: Broker, leader: Broker): boolean {
  const response = partition.fetchResponses.get(leader, follower);
  if (partition.context.rules.highWatermarkOfDivergingAnswer !== 'takenBefore') return false;
  if (response.kind !== 'diverging' || response.highWatermark === 0) return false;
  followHighWatermark(partition.replicas.get(follower), response);
  response.highWatermark = 0;
  return true;
}

function applyResponse(partition: Partition, follower: Broker, leader: Broker): void {
  const { rules } = partition.context;
  const replica = partition.replicas.get(follower);
  const response = partition.fetchResponses.get(leader, follower);
  if (response.kind === 'outOfRange') {
    resolveOutOfRange(partition, follower, leader);
    return;
  }
  if (response.kind === 'diverging') {
    if (rules.highWatermarkOfDivergingAnswer === 'takenAlong') {
      followHighWatermark(replica, response);
    }
    truncateLog(replica, truncationPoint(replica, response.divergingEpoch, response.endOffset));
    clipHighWatermark(partition.context.rules, replica);
    return;
  }
  const { record, recordEpoch } = response;
  const isNewer = recordEpoch > brokerViewOf(partition, follower).leaderEpoch;
  if (record !== undefined && !(isNewer && rules.dropsRecordsOfNewerEpoch)) {
    if (record === 0) startLogAt(replica, response.logStartOffset);
    else appendRecord(replica, recordEpoch, record);
  }
  followHighWatermark(replica, response);
  if (response.logStartOffset <= replica.log.length) {
    raiseLogStartOffset(replica, response.logStartOffset);
  }
}

/** The follower's high watermark follows the leader's, within its own log; it may move back. */
function followHighWatermark(
  replica: ReplicaView,
  leader: { readonly highWatermark: number },
): void {
  const within = Math.min(leader.highWatermark, replica.log.length);
  replica.highWatermark = Math.max(replica.logStartOffset, within);
}

/**
 * Out of range: a follower beyond the leader's end truncates to it, one below the leader's start
 * begins anew there. Where only the first case is known, every other follower begins anew, also one
 * that the leader has caught up with since it answered.
 */
function resolveOutOfRange(partition: Partition, follower: Broker, leader: Broker): void {
  const { startsAnewOnlyBelowLogStart } = partition.context.rules;
  const replica = partition.replicas.get(follower);
  const { length } = replica.log;
  const answer = partition.fetchResponses.get(leader, follower);
  const { logStartOffset } = answer;
  const endOffset = startsAnewOnlyBelowLogStart
    ? answer.endOffset
    : partition.replicas.get(leader).log.length;
  if (endOffset < length) {
    truncateLog(replica, endOffset);
    clipHighWatermark(partition.context.rules, replica);
  } else if (logStartOffset > length || !startsAnewOnlyBelowLogStart) {
    startLogAt(replica, logStartOffset);
  }
}
