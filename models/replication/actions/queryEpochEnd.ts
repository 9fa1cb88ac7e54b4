import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { endOffsetFor, latestEpoch, truncateLog } from '../log.ts';
import { brokerViewOf, isResponsive, servesAsLeader } from '../metadata.ts';
import { reaches } from '../network.ts';
import { onPartition } from '../partitionAction.ts';
import type { Partition } from '../partitionScope.ts';
import { startFetching } from '../replica.ts';
import type { Broker, ReplicaView } from '../schema.ts';
import { clipHighWatermark, truncationPoint } from '../truncation.ts';

/**
 * queryEpochEnd: before it fetches, a new follower asks its leader where its last epoch ends, and
 * truncates there (OffsetsForLeaderEpoch). Only before 2.7; later the fetch itself tells.
 *
 * Who: the follower; request and answer are one step. Enabled: the follower is truncating, and the
 * broker that it takes for the leader takes itself for one; since KIP-320 in the same leader epoch.
 * Changes: the follower's log. With KIP-101 one answer settles it, since KIP-279 the follower asks
 * again until the epoch in the answer is one that it has itself.
 *
 * Source: AbstractFetcherThread.maybeTruncateToEpochEndOffsets; KIP-101, KIP-279, KIP-320.
 */
export function queryEpochEnd(context: ReplicationContext): AnyAction {
  const { broker, rules } = context;
  return onPartition(context, {
    name: 'queryEpochEnd',
    kind: 'protocol',
    actor: 'follower',
    phrase: '{follower} asks {leader} where its last epoch ends, and truncates',
    params: { follower: anyNode(broker), leader: anyNode(broker) },
    weight: 2,
    enabled(partition, { follower, leader }) {
      if (follower === leader) return 'a broker does not ask itself';
      if (partition.replicas.get(follower).role.state !== 'truncating') {
        return 'the follower does not truncate';
      }
      if (!isResponsive(partition, follower)) return 'the follower stands still';
      const view = brokerViewOf(partition, follower);
      if (view.leader !== leader) return 'the follower knows another leader';
      if (!isResponsive(partition, leader)) return 'the broker does not answer';
      const { leaderEpoch } = brokerViewOf(partition, leader);
      if (rules.fencesFetchByLeaderEpoch && leaderEpoch !== view.leaderEpoch) {
        return view.leaderEpoch < leaderEpoch ? 'FENCED_LEADER_EPOCH' : 'UNKNOWN_LEADER_EPOCH';
      }
      if (!servesAsLeader(partition, leader)) return 'NOT_LEADER_OR_FOLLOWER';
      const connected =
        reaches(partition, follower, leader) && reaches(partition, leader, follower);
      return connected || 'the brokers are cut off';
    },
    step(partition, { follower, leader }) {
      if (truncateByAnswer(partition, follower, leader)) {
        startFetching(partition, follower);
      }
      clipHighWatermark(rules, partition.replicas.get(follower));
    },
  });
}

/** Truncates by the leader's answer; returns whether the logs are known to agree now. */
function truncateByAnswer(partition: Partition, follower: Broker, leader: Broker): boolean {
  const { rules } = partition.context;
  const replica = partition.replicas.get(follower);
  const asked = latestEpoch(replica);
  if (asked === undefined) return true;
  const end = endOffsetFor(partition.replicas.get(leader), asked);
  if (end === undefined) {
    // The leader knows nothing of the epoch: nothing better than the high watermark is left.
    truncateLog(replica, replica.highWatermark);
    return true;
  }
  const { epoch, endOffset } = end;
  if (rules.truncation === 'byEndOffset') {
    truncateLog(replica, Math.min(endOffset, replica.log.length));
    return true;
  }
  return truncateByEpoch(replica, epoch, endOffset);
}

function truncateByEpoch(replica: ReplicaView, epoch: number, endOffset: number): boolean {
  const own = endOffsetFor(replica, epoch);
  const agrees = own === undefined || own.epoch === epoch;
  truncateLog(replica, truncationPoint(replica, epoch, endOffset));
  return agrees;
}
