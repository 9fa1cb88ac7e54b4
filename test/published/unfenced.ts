import type { AnyAction } from '../../checker/model/model.ts';
import { anyNode } from '../../checker/model/params.ts';
import {
  isFollowing,
  isTrueLeader,
  presumesLeadership,
  type ReadonlyProtocol,
  type Replica,
  type Spec,
} from './kafkaReplication.ts';
import { canReplicate, hasOffset, logOf } from './replicatedLog.ts';
import { fetchOne, toggleIsr } from './steps.ts';

/*
 * Replication before KIP-320, when nobody compared epochs: hachikuji/kafka-specification, module
 * KafkaReplication, operators LeaderExpandIsr, LeaderShrinkIsr, LeaderIncHighWatermark and
 * FollowerReplicate.
 */

/** How the variants before KIP-320 replicate. */
export function unfencedReplication(spec: Spec): AnyAction[] {
  return [
    leaderExpandIsr(spec),
    leaderShrinkIsr(spec),
    leaderIncHighWatermark(spec),
    followerReplicate(spec),
  ];
}

/** Whether the follower follows the leader and has everything below `end` (IsFollowerCaughtUp). */
function isCaughtUp(
  protocol: ReadonlyProtocol,
  leader: Replica,
  follower: Replica,
  end: number,
): boolean {
  if (!isFollowing(protocol, follower, leader)) return false;
  const [theirs, own] = [logOf(protocol, leader), logOf(protocol, follower)];
  return end === 0 || (hasOffset(theirs, end - 1) && hasOffset(own, end - 1));
}

/** A replica that has reached the leader's high watermark joins the ISR. */
function leaderExpandIsr(spec: Spec): AnyAction {
  return spec.action({
    name: 'leaderExpandIsr',
    kind: 'protocol',
    actor: 'leader',
    params: { leader: anyNode(spec.replica), follower: anyNode(spec.replica) },
    enabled: ({ protocol }, { leader, follower }) =>
      isTrueLeader(protocol, leader) &&
      !protocol.replicas.get(leader).isr.has(follower) &&
      isCaughtUp(protocol, leader, follower, protocol.replicas.get(leader).hw),
    step: ({ protocol }, { leader, follower }) => toggleIsr(protocol, leader, follower),
  });
}

/** A replica that is behind the leader's log, or does not follow, leaves the ISR. */
function leaderShrinkIsr(spec: Spec): AnyAction {
  return spec.action({
    name: 'leaderShrinkIsr',
    kind: 'protocol',
    actor: 'leader',
    params: { leader: anyNode(spec.replica), follower: anyNode(spec.replica) },
    enabled: ({ protocol }, { leader, follower }) =>
      isTrueLeader(protocol, leader) &&
      follower !== leader &&
      protocol.replicas.get(leader).isr.has(follower) &&
      !isCaughtUp(protocol, leader, follower, logOf(protocol, leader).length),
    step: ({ protocol }, { leader, follower }) => toggleIsr(protocol, leader, follower),
  });
}

/** The high watermark advances when all of the leader's ISR follow it and have the record. */
function leaderIncHighWatermark(spec: Spec): AnyAction {
  return spec.action({
    name: 'leaderIncHighWatermark',
    kind: 'protocol',
    actor: 'leader',
    params: { leader: anyNode(spec.replica) },
    enabled({ protocol }, { leader }) {
      const { hw, isr } = protocol.replicas.get(leader);
      return (
        presumesLeadership(protocol, leader) &&
        hw < spec.scope.logSize &&
        isr.every(
          follower =>
            isFollowing(protocol, follower, leader) && hasOffset(logOf(protocol, follower), hw),
        )
      );
    },
    step({ protocol }, { leader }) {
      protocol.replicas.get(leader).hw++;
    },
  });
}

/** A follower copies one record, and the high watermark, from whoever it takes for the leader. */
function followerReplicate(spec: Spec): AnyAction {
  return spec.action({
    name: 'followerReplicate',
    kind: 'protocol',
    actor: 'follower',
    params: { follower: anyNode(spec.replica), leader: anyNode(spec.replica) },
    enabled: ({ protocol }, { follower, leader }) =>
      presumesLeadership(protocol, leader) &&
      isFollowing(protocol, follower, leader) &&
      canReplicate(logOf(protocol, leader), logOf(protocol, follower)),
    step: ({ protocol }, { follower, leader }) => fetchOne(protocol, follower, leader),
  });
}
