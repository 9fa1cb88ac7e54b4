import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { endOffsetFor, truncateReplica } from '../log.ts';
import { brokerViewOf } from '../metadata.ts';
import type { Broker, BrokerView, Protocol, ReadonlyProtocol } from '../schema.ts';

/**
 * receiveFetchResponse: a fetch answer arrives at the follower.
 *
 * Who: the follower. Enabled: an answer is in flight to a live process. Changes: an answer that no
 * longer fits (another leader, leader epoch or fetch offset) is dropped. A record is appended, and
 * the high watermark follows the leader's, which may move it back. A diverging answer truncates
 * the log; several rounds may be needed until the logs agree.
 *
 * Left out: loss of answers. An answer may be delayed until it no longer fits, which leaves the
 * follower where a lost one would.
 *
 * Source: AbstractFetcherThread.processFetchRequest, truncateOnFetchResponse; KIP-101, KIP-279;
 * records of a newer epoch than the follower's are dropped since 3.9.1 (KAFKA-18723).
 */
export function receiveFetchResponse(context: ReplicationContext): AnyAction {
  const { broker } = context;
  return context.action({
    name: 'receiveFetchResponse',
    kind: 'protocol',
    actor: 'follower',
    params: { follower: anyNode(broker), leader: anyNode(broker) },
    weight: 2,
    enabled({ protocol }, { follower, leader }) {
      if (follower === leader) return 'a broker does not fetch from itself';
      const { kind } = protocol.fetchResponses.get(leader, follower);
      return kind === 'none' ? 'no answer is in flight' : true;
    },
    step({ protocol }, { follower, leader }) {
      if (stillFits(protocol, follower, leader)) applyResponse(protocol, follower, leader);
      protocol.fetchResponses.clear(leader, follower);
    },
  });
}

function stillFits(protocol: ReadonlyProtocol, follower: Broker, leader: Broker): boolean {
  const replica = protocol.brokers.get(follower);
  if (replica.replica.state !== 'following') return false;
  const view = brokerViewOf(protocol, follower);
  const response = protocol.fetchResponses.get(leader, follower);
  return (
    view.leader === leader &&
    view.leaderEpoch === response.leaderEpoch &&
    replica.log.length === response.fetchOffset
  );
}

function applyResponse(protocol: Protocol, follower: Broker, leader: Broker): void {
  const replica = protocol.brokers.get(follower);
  const response = protocol.fetchResponses.get(leader, follower);
  if (response.kind === 'diverging') {
    truncateReplica(
      replica,
      truncationPoint(replica, response.divergingEpoch, response.divergingEndOffset),
    );
    return;
  }
  const { record, recordEpoch, leaderEpoch } = response;
  if (record !== undefined && recordEpoch <= leaderEpoch) {
    replica.log.push({ epoch: recordEpoch, record });
  }
  replica.highWatermark = Math.min(response.highWatermark, replica.log.length);
}

/**
 * Where the follower cuts its log when the leader says that `epoch` ends at `endOffset`. If the
 * follower's log has that epoch, or none as old, it takes the smaller end; if it skips the epoch,
 * it cuts to the end of its own largest older epoch and asks again.
 */
function truncationPoint(replica: BrokerView, epoch: number, endOffset: number): number {
  const own = endOffsetFor(replica, epoch);
  if (!own.known) return Math.min(endOffset, replica.log.length);
  if (own.epoch === epoch) return Math.min(endOffset, own.endOffset);
  return own.endOffset;
}
