import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { appendRecord, raiseLogStartOffset, startLogAt, truncateLog } from '../log.ts';
import { brokerViewOf, isResponsive } from '../metadata.ts';
import type { Broker, BrokerView, Protocol, ReadonlyProtocol } from '../schema.ts';
import { clipHighWatermark, truncationPoint } from '../truncation.ts';

/**
 * receiveFetchResponse: a fetch answer arrives at the follower.
 *
 * Who: the follower. Enabled: an answer is in flight to a live process. Changes: an answer that no
 * longer fits (another leader, leader epoch or fetch offset) is dropped. A record is appended, and
 * the high watermark follows the leader's, which may move it back. A diverging answer truncates
 * the log; several rounds may be needed until the logs agree. An offset out of range makes the
 * follower truncate to the leader's end or start anew at the leader's log start.
 *
 * Source: AbstractFetcherThread.processFetchRequest, truncateOnFetchResponse, fetchOffsetAndTruncate;
 * KIP-101, KIP-279.
 */
export function receiveFetchResponse(context: ReplicationContext): AnyAction {
  const { broker } = context;
  return context.action({
    name: 'receiveFetchResponse',
    kind: 'protocol',
    actor: 'follower',
    phrase: '{follower} receives the fetch answer of {leader}',
    params: { follower: anyNode(broker), leader: anyNode(broker) },
    weight: 2,
    enabled({ protocol }, { follower, leader }) {
      if (follower === leader) return 'a broker does not fetch from itself';
      if (protocol.fetchResponses.get(leader, follower).kind === 'none') {
        return 'no answer is in flight';
      }
      return isResponsive(protocol, follower) || 'the follower stands still';
    },
    step({ protocol }, { follower, leader }) {
      if (stillFits(context, protocol, follower, leader)) {
        applyResponse(context, protocol, follower, leader);
      }
      protocol.fetchResponses.clear(leader, follower);
    },
  });
}

function stillFits(
  { rules }: ReplicationContext,
  protocol: ReadonlyProtocol,
  follower: Broker,
  leader: Broker,
): boolean {
  const replica = protocol.brokers.get(follower);
  if (replica.replica.state !== 'following') return false;
  const view = brokerViewOf(protocol, follower);
  const response = protocol.fetchResponses.get(leader, follower);
  if (rules.fencesAnswerByLeaderEpoch) {
    if (view.leader !== leader || view.leaderEpoch !== response.leaderEpoch) return false;
  }
  return !rules.fencesAnswerByOffset || replica.log.length === response.fetchOffset;
}

function applyResponse(
  context: ReplicationContext,
  protocol: Protocol,
  follower: Broker,
  leader: Broker,
): void {
  const { rules } = context;
  const replica = protocol.brokers.get(follower);
  const response = protocol.fetchResponses.get(leader, follower);
  if (response.kind === 'outOfRange') {
    resolveOutOfRange(context, protocol, follower, leader);
    return;
  }
  if (response.kind === 'diverging') {
    if (!rules.ignoresHighWatermarkOfDivergingAnswer) followHighWatermark(replica, response);
    truncateLog(replica, truncationPoint(replica, response.divergingEpoch, response.endOffset));
    clipHighWatermark(context, replica);
    return;
  }
  const { record, recordEpoch } = response;
  const isNewer = recordEpoch > brokerViewOf(protocol, follower).leaderEpoch;
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
  replica: BrokerView,
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
function resolveOutOfRange(
  context: ReplicationContext,
  protocol: Protocol,
  follower: Broker,
  leader: Broker,
): void {
  const { startsAnewOnlyBelowLogStart } = context.rules;
  const replica = protocol.brokers.get(follower);
  const { length } = replica.log;
  const answer = protocol.fetchResponses.get(leader, follower);
  const { logStartOffset } = answer;
  const endOffset = startsAnewOnlyBelowLogStart
    ? answer.endOffset
    : protocol.brokers.get(leader).log.length;
  if (endOffset < length) {
    truncateLog(replica, endOffset);
    clipHighWatermark(context, replica);
  } else if (logStartOffset > length || !startsAnewOnlyBelowLogStart) {
    startLogAt(replica, logStartOffset);
  }
}
