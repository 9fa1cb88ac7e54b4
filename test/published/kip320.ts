import type { AnyAction } from '../../checker/model/model.ts';
import { anyInt, anyNode, anyOf } from '../../checker/model/params.ts';
import {
  isFollowing,
  isTrueLeader,
  presumesLeadership,
  type ReadonlyProtocol,
  type Replica,
  type Spec,
} from './kafkaReplication.ts';
import { canReplicate, hasOffset, logOf } from './replicatedLog.ts';
import { fetchOne, obey, toggleIsr, truncateTo } from './steps.ts';
import { endOfMatch, isFollowerOf } from './truncation.ts';

/*
 * KIP-320: leader and follower do nothing together unless both are in the same leader epoch.
 * hachikuji/kafka-specification, module Kip320.
 */

/** How KIP-320 replicates and becomes a follower. */
export function fencedReplication(spec: Spec): AnyAction[] {
  return [
    fencedLeaderExpandIsr(spec),
    fencedLeaderShrinkIsr(spec),
    fencedLeaderIncHighWatermark(spec),
    fencedBecomeFollowerAndTruncate(spec),
    fencedFollowerFetch(spec),
  ];
}

/** Whether both take `leader` for the leader, in the same epoch (IsFollowingLeaderEpoch). */
function isFollowingEpoch(protocol: ReadonlyProtocol, leader: Replica, follower: Replica): boolean {
  return (
    presumesLeadership(protocol, leader) &&
    isFollowing(protocol, follower, leader) &&
    protocol.replicas.get(follower).leaderEpoch === protocol.replicas.get(leader).leaderEpoch
  );
}

/** A follower in the leader's epoch copies one record and the high watermark. */
function fencedFollowerFetch(spec: Spec): AnyAction {
  return spec.action({
    name: 'fencedFollowerFetch',
    kind: 'protocol',
    actor: 'follower',
    params: { follower: anyNode(spec.replica), leader: anyNode(spec.replica) },
    enabled: ({ protocol }, { follower, leader }) =>
      isFollowingEpoch(protocol, leader, follower) &&
      canReplicate(logOf(protocol, leader), logOf(protocol, follower)),
    step: ({ protocol }, { follower, leader }) => fetchOne(protocol, follower, leader),
  });
}

/** The high watermark advances when all of the leader's ISR are in its epoch and have the record. */
function fencedLeaderIncHighWatermark(spec: Spec): AnyAction {
  return spec.action({
    name: 'fencedLeaderIncHighWatermark',
    kind: 'protocol',
    actor: 'leader',
    params: { leader: anyNode(spec.replica) },
    enabled({ protocol }, { leader }) {
      const { hw, isr, log } = protocol.replicas.get(leader);
      return (
        hasOffset(log, hw) &&
        isr.every(
          follower =>
            isFollowingEpoch(protocol, leader, follower) &&
            hasOffset(logOf(protocol, follower), hw),
        )
      );
    },
    step({ protocol }, { leader }) {
      protocol.replicas.get(leader).hw++;
    },
  });
}

/**
 * A replica that is not in the leader's epoch, or is behind its log, leaves the ISR. The two are a
 * disjunction in the module, and of a replica to which both apply TLC generates the same successor
 * twice; so which of the two it is, is a parameter.
 */
function fencedLeaderShrinkIsr(spec: Spec): AnyAction {
  return spec.action({
    name: 'fencedLeaderShrinkIsr',
    kind: 'protocol',
    actor: 'leader',
    params: {
      leader: anyNode(spec.replica),
      follower: anyNode(spec.replica),
      because: anyOf('notInEpoch', 'behind'),
    },
    enabled({ protocol }, { leader, follower, because }) {
      if (!isTrueLeader(protocol, leader) || follower === leader) return false;
      if (!protocol.replicas.get(leader).isr.has(follower)) return false;
      return because === 'notInEpoch'
        ? !isFollowingEpoch(protocol, leader, follower)
        : logOf(protocol, follower).length < logOf(protocol, leader).length;
    },
    step: ({ protocol }, { leader, follower }) => toggleIsr(protocol, leader, follower),
  });
}

/**
 * Whether the leader has nothing above its high watermark, or only records of its own epoch: then
 * the high watermark covers all that earlier leaders may have committed. Also part of the first
 * attempt (HasHighWatermarkReachedCurrentEpoch, in both modules).
 */
export function coversEarlierEpochs(protocol: ReadonlyProtocol, leader: Replica): boolean {
  const { hw, leaderEpoch, log } = protocol.replicas.get(leader);
  return hw === log.length || (hasOffset(log, hw) && log.get(hw).epoch === leaderEpoch);
}

/** A replica in the leader's epoch that has reached the high watermark joins the ISR. */
function fencedLeaderExpandIsr(spec: Spec): AnyAction {
  return spec.action({
    name: 'fencedLeaderExpandIsr',
    kind: 'protocol',
    actor: 'leader',
    params: { leader: anyNode(spec.replica), follower: anyNode(spec.replica) },
    enabled({ protocol }, { leader, follower }) {
      const { hw, isr } = protocol.replicas.get(leader);
      return (
        isTrueLeader(protocol, leader) &&
        !isr.has(follower) &&
        isFollowingEpoch(protocol, leader, follower) &&
        (hw === 0 || hasOffset(logOf(protocol, follower), hw - 1)) &&
        coversEarlierEpochs(protocol, leader)
      );
    },
    step: ({ protocol }, { leader, follower }) => toggleIsr(protocol, leader, follower),
  });
}

/** A replica follows once the leader is in the new epoch too; it keeps what both logs have. */
function fencedBecomeFollowerAndTruncate(spec: Spec): AnyAction {
  return spec.action({
    name: 'fencedBecomeFollowerAndTruncate',
    kind: 'protocol',
    actor: 'replica',
    params: {
      leader: anyNode(spec.replica),
      replica: anyNode(spec.replica),
      request: anyInt(0, spec.scope.maxLeaderEpoch),
    },
    enabled: ({ protocol }, { leader, replica, request }) =>
      isFollowerOf(protocol, leader, replica, request) &&
      presumesLeadership(protocol, leader) &&
      protocol.replicas.get(leader).leaderEpoch === request,
    step({ protocol }, { leader, replica, request }) {
      truncateTo(protocol, replica, endOfMatch(protocol, leader, replica));
      obey(protocol, replica, request);
    },
  });
}
