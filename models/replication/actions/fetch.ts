import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { maybeAdvanceHighWatermark } from '../highWatermark.ts';
import { isExpandable, maybeExpandIsr } from '../isr.ts';
import { endOffsetFor, lastEpoch } from '../log.ts';
import { actsAsLeader, brokerViewOf } from '../metadata.ts';
import { brokersConnected } from '../network.ts';
import type { Broker, ReadonlyBrokerView, ReadonlyProtocol } from '../schema.ts';

/**
 * fetch: a follower asks its leader for the record at its log end offset; the leader answers.
 *
 * Who: the follower; the leader handles the request in the same step, and the answer is in flight
 * afterwards. Enabled: both live, connected, agree on the leader epoch (FENCED_LEADER_EPOCH or
 * UNKNOWN_LEADER_EPOCH otherwise: the follower only retries), no answer is in flight between them,
 * and the leader has something to say (a fetch with no news waits at the leader).
 *
 * Changes: if the logs diverge, the answer says where the follower's last epoch ends at the leader,
 * and the leader's view of the follower stays as it was. Else the answer carries one record, if
 * there is one, and the high watermark from before this fetch; the leader then notes the
 * follower's log end offset, may propose it for the ISR and may advance the high watermark.
 *
 * Left out: fetch sessions, batches of several records, log start offsets.
 *
 * Source: Partition.readRecords, Partition.updateFollowerFetchState; KIP-101, KIP-279, KIP-320,
 * KIP-595 (truncation on fetch).
 */
export function fetch(context: ReplicationContext): AnyAction {
  const { broker } = context;
  return context.action({
    name: 'fetch',
    kind: 'protocol',
    actor: 'follower',
    params: { follower: anyNode(broker), leader: anyNode(broker) },
    weight: 2,
    enabled({ protocol }, { follower, leader }) {
      if (follower === leader) return 'a broker does not fetch from itself';
      if (protocol.brokers.get(follower).replica.state !== 'following') {
        return 'the follower does not follow';
      }
      const view = brokerViewOf(protocol, follower);
      if (view.leader !== leader) return 'the follower knows another leader';
      if (!actsAsLeader(protocol, leader)) return 'NOT_LEADER_OR_FOLLOWER';
      if (brokerViewOf(protocol, leader).leaderEpoch !== view.leaderEpoch) {
        return 'FENCED_LEADER_EPOCH or UNKNOWN_LEADER_EPOCH';
      }
      if (!brokersConnected(protocol, follower, leader)) return 'the brokers are cut off';
      if (protocol.fetchResponses.get(leader, follower).kind !== 'none') {
        return 'an answer is in flight';
      }
      return hasNews(protocol, leader, follower) ? true : 'the leader has nothing new to say';
    },
    step({ protocol, record }, { follower, leader }) {
      const [from, to] = [protocol.brokers.get(leader), protocol.brokers.get(follower)];
      const response = protocol.fetchResponses.get(leader, follower);
      const fetchOffset = to.log.length;
      response.leaderEpoch = brokerViewOf(protocol, leader).leaderEpoch;
      response.fetchOffset = fetchOffset;
      if (diverges(from, to)) {
        const end = endOffsetFor(from, lastEpoch(to) ?? 0);
        response.kind = 'diverging';
        response.divergingEpoch = end.epoch;
        response.divergingEndOffset = end.endOffset;
        return;
      }
      response.kind = 'records';
      response.highWatermark = from.highWatermark;
      if (fetchOffset < from.log.length) {
        const entry = from.log.get(fetchOffset);
        response.recordEpoch = entry.epoch;
        response.record = entry.record;
      }
      const known = from.followers.get(follower);
      known.logEndOffset = fetchOffset;
      known.brokerEpoch = protocol.registrations.brokerEpochs.get(follower);
      maybeExpandIsr(protocol, leader, follower);
      maybeAdvanceHighWatermark(context, protocol, record, leader);
    },
  });
}

/** Whether the follower's log is not a prefix of the leader's, judged by its last epoch. */
function diverges(leader: ReadonlyBrokerView, follower: ReadonlyBrokerView): boolean {
  const last = lastEpoch(follower);
  if (last === undefined) return false;
  const end = endOffsetFor(leader, last);
  return end.epoch < last || end.endOffset < follower.log.length;
}

function hasNews(protocol: ReadonlyProtocol, leader: Broker, follower: Broker): boolean {
  const [from, to] = [protocol.brokers.get(leader), protocol.brokers.get(follower)];
  if (diverges(from, to) || from.log.length > to.log.length) return true;
  if (Math.min(from.highWatermark, to.log.length) !== to.highWatermark) return true;
  const known = from.followers.get(follower);
  return (
    known.logEndOffset !== to.log.length ||
    known.brokerEpoch !== protocol.registrations.brokerEpochs.get(follower) ||
    isExpandable(protocol, leader, follower)
  );
}
