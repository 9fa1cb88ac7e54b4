import type { AnyAction } from '../../checker/model/model.ts';
import { anyInt, anyNode } from '../../checker/model/params.ts';
import {
  isFollowing,
  isTrueLeader,
  presumesLeadership,
  type ReadonlyProtocol,
  type Replica,
  type Spec,
} from './kafkaReplication.ts';
import { coversEarlierEpochs } from './kip320.ts';
import { canReplicate, hasOffset, haveSameEpoch, latestEpoch, logOf } from './replicatedLog.ts';
import { fetchOne, obey, toggleIsr, truncateTo } from './steps.ts';
import { endOfMatch, isFollowerOf } from './truncation.ts';

/*
 * The first attempt at KIP-320: a follower compares the epoch of its last record with the leader's
 * whenever it fetches, and truncates only when they differ; nobody compares leader epochs.
 * hachikuji/kafka-specification, module Kip320FirstTry.
 */

/** How the first attempt replicates and becomes a follower. */
export function firstTryReplication(spec: Spec): AnyAction[] {
  return [
    leaderExpandIsrBetterFencing(spec),
    leaderShrinkIsrBetterFencing(spec),
    improvedLeaderIncHighWatermark(spec),
    becomeFollower(spec),
    followerFetch(spec),
    followerTruncate(spec),
  ];
}

/** Whether leader and follower agree who leads, whatever the epoch. */
function agree(protocol: ReadonlyProtocol, leader: Replica, follower: Replica): boolean {
  return presumesLeadership(protocol, leader) && isFollowing(protocol, follower, leader);
}

/**
 * Whether the two agree who leads and their last records below `end` are of one epoch
 * (IsFollowerCaughtUpToLeaderEpoch).
 */
function isCaughtUpToEpoch(
  protocol: ReadonlyProtocol,
  leader: Replica,
  follower: Replica,
  end: number,
): boolean {
  if (!agree(protocol, leader, follower)) return false;
  return end === 0 || haveSameEpoch(logOf(protocol, leader), logOf(protocol, follower), end - 1);
}

/**
 * Whether the follower's log is longer than the leader's, or the follower's last record is of another
 * epoch than the leader's at its offset (FollowerNeedsTruncation).
 */
function needsTruncation(protocol: ReadonlyProtocol, leader: Replica, follower: Replica): boolean {
  const [theirs, own] = [logOf(protocol, leader), logOf(protocol, follower)];
  if (own.length > theirs.length) return true;
  return own.length > 0 && theirs.get(own.length - 1).epoch !== latestEpoch(own);
}

/** A follower that finds that its log has left the leader's drops what they do not share. */
function followerTruncate(spec: Spec): AnyAction {
  return spec.action({
    name: 'followerTruncate',
    kind: 'protocol',
    actor: 'follower',
    params: { leader: anyNode(spec.replica), follower: anyNode(spec.replica) },
    enabled: ({ protocol }, { leader, follower }) =>
      agree(protocol, leader, follower) && needsTruncation(protocol, leader, follower),
    step: ({ protocol }, { leader, follower }) =>
      truncateTo(protocol, follower, endOfMatch(protocol, leader, follower)),
  });
}

/** The high watermark advances when all of the leader's ISR have a record of the epoch there. */
function improvedLeaderIncHighWatermark(spec: Spec): AnyAction {
  return spec.action({
    name: 'improvedLeaderIncHighWatermark',
    kind: 'protocol',
    actor: 'leader',
    params: { leader: anyNode(spec.replica) },
    enabled({ protocol }, { leader }) {
      const { hw, isr, log } = protocol.replicas.get(leader);
      return (
        presumesLeadership(protocol, leader) &&
        hasOffset(log, hw) &&
        isr.every(follower => isCaughtUpToEpoch(protocol, leader, follower, hw + 1))
      );
    },
    step({ protocol }, { leader }) {
      protocol.replicas.get(leader).hw++;
    },
  });
}

/** A follower whose last record is of the epoch that the leader has there copies the next. */
function followerFetch(spec: Spec): AnyAction {
  return spec.action({
    name: 'followerFetch',
    kind: 'protocol',
    actor: 'follower',
    params: { follower: anyNode(spec.replica), leader: anyNode(spec.replica) },
    enabled({ protocol }, { follower, leader }) {
      const [theirs, own] = [logOf(protocol, leader), logOf(protocol, follower)];
      return isCaughtUpToEpoch(protocol, leader, follower, own.length) && canReplicate(theirs, own);
    },
    step: ({ protocol }, { follower, leader }) => fetchOne(protocol, follower, leader),
  });
}

/** A replica whose log does not agree with the leader's up to the leader's end leaves the ISR. */
function leaderShrinkIsrBetterFencing(spec: Spec): AnyAction {
  return spec.action({
    name: 'leaderShrinkIsrBetterFencing',
    kind: 'protocol',
    actor: 'leader',
    params: { leader: anyNode(spec.replica), follower: anyNode(spec.replica) },
    enabled: ({ protocol }, { leader, follower }) =>
      isTrueLeader(protocol, leader) &&
      follower !== leader &&
      protocol.replicas.get(leader).isr.has(follower) &&
      !isCaughtUpToEpoch(protocol, leader, follower, logOf(protocol, leader).length),
    step: ({ protocol }, { leader, follower }) => toggleIsr(protocol, leader, follower),
  });
}

/** A replica whose log agrees with the leader's up to the high watermark joins the ISR. */
function leaderExpandIsrBetterFencing(spec: Spec): AnyAction {
  return spec.action({
    name: 'leaderExpandIsrBetterFencing',
    kind: 'protocol',
    actor: 'leader',
    params: { leader: anyNode(spec.replica), follower: anyNode(spec.replica) },
    enabled({ protocol }, { leader, follower }) {
      const { hw, isr } = protocol.replicas.get(leader);
      return (
        isTrueLeader(protocol, leader) &&
        !isr.has(follower) &&
        isCaughtUpToEpoch(protocol, leader, follower, hw) &&
        coversEarlierEpochs(protocol, leader)
      );
    },
    step: ({ protocol }, { leader, follower }) => toggleIsr(protocol, leader, follower),
  });
}

/** A replica becomes a follower and drops nothing; fetching will tell whether it must. */
function becomeFollower(spec: Spec): AnyAction {
  return spec.action({
    name: 'becomeFollower',
    kind: 'protocol',
    actor: 'replica',
    params: {
      leader: anyNode(spec.replica),
      replica: anyNode(spec.replica),
      request: anyInt(0, spec.scope.maxLeaderEpoch),
    },
    enabled: ({ protocol }, { leader, replica, request }) =>
      isFollowerOf(protocol, leader, replica, request),
    step: ({ protocol }, { replica, request }) => obey(protocol, replica, request),
  });
}
