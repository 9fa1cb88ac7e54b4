import type { NodeType } from '../checker/state/nodeType.ts';
import { actsAsLeader, brokerViewOf, controllerView } from '../models/replication/metadata.ts';
import type { Broker } from '../models/replication/schema.ts';
import {
  currentLeaderOf,
  type ReplicationInvariant,
  type ReplicationScope,
  type ReplicationStepProperty,
} from './replicationScope.ts';

/** Why log agreement is not claimed for a model, if it is not. */
export interface AgreementLimits {
  readonly uncleanElectionAllowed: boolean;
  readonly powerLosses: number;
  readonly brokers: number;
}

/**
 * Below the current leader's high watermark, every member of the controller's ISR has the leader's
 * records. This is what makes every member a safe choice for the next leader.
 */
export function logsAgreeBelowHighWatermark(
  broker: NodeType<'broker'>,
  limits: AgreementLimits,
): ReplicationInvariant {
  const reason = whyAgreementIsNotClaimed(limits);
  return {
    name: 'logs-agree-below-high-watermark',
    kind: 'invariant',
    statement: 'Below the high watermark, every ISR member has the same records as the leader.',
    loss: 'The next clean election can lose or change records that were committed.',
    source: 'Partition.maximalIsr; KIP-497',
    ...(reason === undefined ? {} : { notApplicable: reason }),
    when(state) {
      const leader = currentLeaderOf(state);
      return (
        leader !== undefined &&
        state.protocol.brokers.get(leader).highWatermark > 0 &&
        controllerView(state.protocol).isr.size > 1
      );
    },
    holds(state) {
      const leader = currentLeaderOf(state);
      if (leader === undefined) return true;
      const { isr } = controllerView(state.protocol);
      for (const member of broker.all) {
        if (!isr.has(member)) continue;
        const offset = firstDifference(state, leader, member);
        if (offset !== undefined) {
          const who = `${broker.nameOf(member)} is in the ISR and differs from the leader`;
          const where = `at offset ${offset}, below the high watermark`;
          return `${who} ${broker.nameOf(leader)} ${where}`;
        }
      }
      return true;
    },
  };
}

function whyAgreementIsNotClaimed(limits: AgreementLimits): string | undefined {
  if (limits.brokers < 2) return 'there is only one replica';
  if (limits.uncleanElectionAllowed) return 'unclean leader election is enabled';
  if (limits.powerLosses > 0) return 'a power loss takes records from an ISR member';
  return undefined;
}

/** The first offset below the leader's high watermark where the member's log differs. */
function firstDifference(
  { protocol }: ReplicationScope,
  leader: Broker,
  member: Broker,
): number | undefined {
  const { log, highWatermark } = protocol.brokers.get(leader);
  const other = protocol.brokers.get(member).log;
  for (let offset = 0; offset < highWatermark; offset++) {
    if (offset >= other.length) return offset;
    const [a, b] = [log.get(offset), other.get(offset)];
    if (a.record !== b.record || a.epoch !== b.epoch) return offset;
  }
  return undefined;
}

/** A leader's high watermark never moves back while it leads in one leader epoch. */
export function highWatermarkMonotonic(broker: NodeType<'broker'>): ReplicationStepProperty {
  return {
    name: 'high-watermark-monotonic',
    kind: 'step',
    statement: "A leader's high watermark never decreases within its leader epoch.",
    loss: 'Consumers that have read to the high watermark are told that the log ends before it.',
    source: 'Partition.maybeIncrementLeaderHW',
    when(before, after) {
      for (const leader of broker.all) {
        if (hasMoved(before, after, leader) && leadsThrough(before, after, leader)) return true;
      }
      return false;
    },
    holds(before, after) {
      for (const leader of broker.all) {
        if (!hasMoved(before, after, leader)) continue;
        const was = before.protocol.brokers.get(leader).highWatermark;
        const is = after.protocol.brokers.get(leader).highWatermark;
        if (is < was && leadsThrough(before, after, leader)) {
          return `the high watermark of ${broker.nameOf(leader)} fell from ${was} to ${is}`;
        }
      }
      return true;
    },
  };
}

function hasMoved(before: ReplicationScope, after: ReplicationScope, leader: Broker): boolean {
  const was = before.protocol.brokers.get(leader).highWatermark;
  return after.protocol.brokers.get(leader).highWatermark !== was;
}

/** Whether the broker acts as leader before and after the step, in the same leader epoch. */
function leadsThrough(before: ReplicationScope, after: ReplicationScope, leader: Broker): boolean {
  if (!actsAsLeader(before.protocol, leader) || !actsAsLeader(after.protocol, leader)) return false;
  const epoch = brokerViewOf(before.protocol, leader).leaderEpoch;
  return brokerViewOf(after.protocol, leader).leaderEpoch === epoch;
}

/** A consumer never reads at or beyond the high watermark of the broker that serves it. */
export function readsBelowHighWatermark(broker: NodeType<'broker'>): ReplicationStepProperty {
  return {
    name: 'reads-below-high-watermark',
    kind: 'step',
    statement: 'A consumer reads only below the high watermark of the broker that serves it.',
    loss: 'A consumer reads a record that is not committed and may never be.',
    source: 'ReplicaManager.fetchMessages',
    when: (before, after) => after.ghost.exposed.length > before.ghost.exposed.length,
    holds(before, after, action) {
      const server = broker.named(String(action.params['leader']));
      if (server === undefined)
        return `a record was exposed by ${action.name}, which reads nothing`;
      const offset = before.ghost.exposed.length;
      const { highWatermark } = before.protocol.brokers.get(server);
      if (offset < highWatermark && after.ghost.exposed.length === offset + 1) return true;
      return `a consumer read offset ${offset} from ${broker.nameOf(server)}, whose high watermark is ${highWatermark}`;
    },
  };
}
