import type { AnyAction } from '../../checker/model/model.ts';
import { anyInt, anyNode, anyOf } from '../../checker/model/params.ts';
import { isNews, type ReadonlyProtocol, type Replica, type Spec } from './kafkaReplication.ts';
import { haveSameEntry, latestEpoch, logOf } from './replicatedLog.ts';
import { obey, truncateTo } from './steps.ts';

/*
 * How a replica becomes a follower and what it drops of its log then, before KIP-320. It asks the
 * new leader's log at once, whatever epoch that leader is in, or is not yet in.
 * hachikuji/kafka-specification, module KafkaReplication, operator BecomeFollowerAndTruncateTo.
 */

/** Where the log of `replica` is cut off, given the new leader's log. */
type CutOff = (protocol: ReadonlyProtocol, leader: Replica, replica: Replica) => number;

/** Module KafkaTruncateToHighWatermark, BecomeFollowerTruncateToHighWatermark: at its own one. */
export function truncateToHighWatermark(spec: Spec): AnyAction {
  return becomeFollower(
    spec,
    'becomeFollowerTruncateToHighWatermark',
    (protocol, _, replica) => protocol.replicas.get(replica).hw,
  );
}

/**
 * Module Kip101, BecomeFollowerTruncateKip101: where the leader's log leaves the epoch of the
 * replica's last record, and at its own high watermark if the leader's log does not tell.
 */
export function truncateToEpochEnd(spec: Spec): AnyAction {
  return becomeFollower(spec, 'becomeFollowerTruncateKip101', (protocol, leader, replica) => {
    const epoch = latestEpoch(logOf(protocol, replica));
    return epoch === undefined ? 0 : lookUpEpoch(protocol, leader, replica, epoch);
  });
}

/**
 * Module Kip101, LookupOffsetForEpoch. The answer can lie beyond the end of the replica's log, which
 * then cannot be truncated there: the module's action is disabled, and the replica must wait.
 */
function lookUpEpoch(
  protocol: ReadonlyProtocol,
  leader: Replica,
  replica: Replica,
  epoch: number,
): number {
  const log = logOf(protocol, leader);
  if (latestEpoch(log) === epoch) return log.length;
  for (let offset = 0; offset < log.length; offset++) {
    if (log.get(offset).epoch > epoch) return offset;
  }
  return protocol.replicas.get(replica).hw;
}

/**
 * Module Kip279, BecomeFollowerTruncateKip279: after the last record that both logs have.
 *
 * The module's action is a disjunction: the replica's log is empty, or it is cut off after the last
 * match. For an empty log both are true and lead to the same state, which TLC generates twice; so
 * which of the two it is, is a parameter.
 */
export function truncateToLastMatch(spec: Spec): AnyAction {
  const { action, replica: type, scope } = spec;
  return action({
    name: 'becomeFollowerTruncateKip279',
    kind: 'protocol',
    actor: 'replica',
    params: {
      leader: anyNode(type),
      replica: anyNode(type),
      request: anyInt(0, scope.maxLeaderEpoch),
      because: anyOf('logIsEmpty', 'lastMatchIsFound'),
    },
    enabled: ({ protocol }, { leader, replica, request, because }) =>
      isFollowerOf(protocol, leader, replica, request) &&
      (because === 'lastMatchIsFound' || logOf(protocol, replica).length === 0),
    step({ protocol }, { leader, replica, request }) {
      truncateTo(protocol, replica, endOfMatch(protocol, leader, replica));
      obey(protocol, replica, request);
    },
  });
}

/** Module Kip279, FirstNonMatchingOffsetFromTail: the end of the last record that both logs have. */
export function endOfMatch(protocol: ReadonlyProtocol, leader: Replica, replica: Replica): number {
  const [theirs, own] = [logOf(protocol, leader), logOf(protocol, replica)];
  let end = own.length;
  while (end > 0 && !haveSameEntry(theirs, own, end - 1)) end--;
  return end;
}

/** Whether the request with this epoch is news to the replica, and makes it a follower of `leader`. */
export function isFollowerOf(
  protocol: ReadonlyProtocol,
  leader: Replica,
  replica: Replica,
  request: number,
): boolean {
  return (
    leader !== replica &&
    isNews(protocol, replica, request) &&
    protocol.leaderAndIsrRequests.get(request).leader === leader
  );
}

/**
 * The action of a variant that cuts off there. The modules also say what a replica does when it hears
 * that nobody leads, but let the leader range over the replicas only: it never hears of that.
 */
function becomeFollower(spec: Spec, name: string, cutOff: CutOff): AnyAction {
  const { action, replica: type, scope } = spec;
  return action({
    name,
    kind: 'protocol',
    actor: 'replica',
    params: {
      leader: anyNode(type),
      replica: anyNode(type),
      request: anyInt(0, scope.maxLeaderEpoch),
    },
    enabled: ({ protocol }, { leader, replica, request }) =>
      isFollowerOf(protocol, leader, replica, request) &&
      cutOff(protocol, leader, replica) <= logOf(protocol, replica).length,
    step({ protocol }, { leader, replica, request }) {
      truncateTo(protocol, replica, cutOff(protocol, leader, replica));
      obey(protocol, replica, request);
    },
  });
}
