import type { Protocol, Replica } from './kafkaReplication.ts';
import { replicate } from './replicatedLog.ts';

/* What several actions do when they are taken. Whether they may is for their guards. */

/** Takes over the leader, the epoch and the ISR of the request with this epoch. */
export function obey(protocol: Protocol, replica: Replica, request: number): void {
  const { leader, isr } = protocol.leaderAndIsrRequests.get(request);
  const state = protocol.replicas.get(replica);
  state.leaderEpoch = request;
  state.leader = leader;
  state.isr.assign(isr);
}

/** Drops the records from `end` on, and the part of the high watermark that is above `end`. */
export function truncateTo(protocol: Protocol, replica: Replica, end: number): void {
  const state = protocol.replicas.get(replica);
  state.log.truncate(end);
  state.hw = Math.min(end, state.hw);
}

/** Copies one record and the high watermark, which does not go beyond the follower's new end. */
export function fetchOne(protocol: Protocol, follower: Replica, leader: Replica): void {
  const [from, to] = [protocol.replicas.get(leader), protocol.replicas.get(follower)];
  replicate(from.log, to.log);
  to.hw = Math.min(from.hw, to.log.length);
}

/**
 * Adds the follower to the leader's ISR or takes it out, and makes the result the controller's ISR
 * at once and in the same leader epoch (QuorumUpdateLeaderAndIsr). Only the true leader may.
 */
export function toggleIsr(protocol: Protocol, leader: Replica, follower: Replica): void {
  const { isr } = protocol.replicas.get(leader);
  if (isr.has(follower)) isr.delete(follower);
  else isr.add(follower);
  protocol.quorumState.isr.assign(isr);
}
