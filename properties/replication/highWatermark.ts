import type { Broker } from '../../models/replication/schema.ts';
import { unless } from '../notApplicable.ts';
import {
  currentLeaderOf,
  firstDifference,
  type PartitionInvariant,
  type PartitionScope,
  type PartitionStepProperty,
} from './partitionScope.ts';
import { committedMayBeLost, type ScopeFacts } from './scopeFacts.ts';
import {
  actsAsLeader,
  brokerViewOf,
  controllerView,
  firstComparable,
  isInMaximalIsr,
  isrKnownTo,
  isUp,
} from './view.ts';

/** A leader's high watermark never moves back while it leads in one leader epoch. */
export function highWatermarkMonotonic({ broker }: ScopeFacts): PartitionStepProperty {
  return {
    name: 'high-watermark-monotonic',
    kind: 'step',
    statement: "A leader's high watermark never decreases within its leader epoch.",
    loss: 'Consumers that have read to the high watermark are told that the log ends before it.',
    source: 'Partition.maybeIncrementLeaderHW',
    needs: 'a record that is committed',
    when(before, after) {
      for (const leader of broker.all) {
        if (hasMoved(before, after, leader) && leadsThrough(before, after, leader)) return true;
      }
      return false;
    },
    holds(before, after) {
      for (const leader of broker.all) {
        const was = before.protocol.replicas.get(leader).highWatermark;
        const is = after.protocol.replicas.get(leader).highWatermark;
        if (is < was && leadsThrough(before, after, leader)) {
          return `the high watermark of ${broker.nameOf(leader)} fell from ${was} to ${is}`;
        }
      }
      return true;
    },
  };
}

function hasMoved(before: PartitionScope, after: PartitionScope, leader: Broker): boolean {
  const was = before.protocol.replicas.get(leader).highWatermark;
  return after.protocol.replicas.get(leader).highWatermark !== was;
}

/** Whether the broker acts as leader before and after the step, in the same leader epoch. */
export function leadsThrough(
  before: PartitionScope,
  after: PartitionScope,
  leader: Broker,
): boolean {
  if (!actsAsLeader(before.protocol, leader) || !actsAsLeader(after.protocol, leader)) return false;
  const was = brokerViewOf(before.protocol, leader);
  const is = brokerViewOf(after.protocol, leader);
  return is.leaderEpoch === was.leaderEpoch && is.topicId === was.topicId;
}

/** On every live broker, leader or not, the high watermark is a place in the log. */
export function highWatermarkWithinLog({ broker }: ScopeFacts): PartitionInvariant {
  return {
    name: 'high-watermark-within-log',
    kind: 'invariant',
    statement: 'On every live broker the high watermark is between log start and log end.',
    loss: 'Consumers are promised records that the broker does not have.',
    source: 'UnifiedLog.updateHighWatermark',
    when({ protocol }) {
      for (const each of broker.all) if (isUp(protocol, each)) return true;
      return false;
    },
    holds({ protocol }) {
      for (const each of broker.all) {
        if (!isUp(protocol, each)) continue;
        const { highWatermark, logStartOffset, log } = protocol.replicas.get(each);
        if (logStartOffset <= highWatermark && highWatermark <= log.length) continue;
        const range = `its log is from ${logStartOffset} to ${log.length}`;
        return `the high watermark of ${broker.nameOf(each)} is ${highWatermark}, and ${range}`;
      }
      return true;
    },
  };
}

/**
 * Whoever the controller may elect, the leader waits for: its maximal ISR has every member of the
 * controller's ISR, whatever is in flight between them. The key to safety while ISR changes travel.
 */
export function maximalIsrCoversIsr(facts: ScopeFacts): PartitionInvariant {
  const { broker } = facts;
  return {
    name: 'maximal-isr-covers-isr',
    kind: 'invariant',
    statement: "The current leader's maximal ISR has every member of the controller's ISR.",
    loss: 'A replica that the leader did not wait for is elected cleanly, and records are lost.',
    source: 'Partition.maximalIsr; KIP-497',
    when: state => currentLeaderOf(state) !== undefined,
    holds(state) {
      const leader = currentLeaderOf(state);
      if (leader === undefined) return true;
      const { isr } = controllerView(state.protocol);
      const known = isrKnownTo(state.protocol, leader);
      const replica = state.protocol.replicas.get(leader);
      for (const member of broker.all) {
        if (!isr.has(member) || isInMaximalIsr(replica, known, member)) continue;
        const who = `${broker.nameOf(member)} is in the ISR`;
        return `${who}, and the leader ${broker.nameOf(leader)} does not wait for it`;
      }
      return true;
    },
  };
}

/** What the leader has committed, every live member of its maximal ISR really has. */
export function highWatermarkWithinMaximalIsr(facts: ScopeFacts): PartitionInvariant {
  const { broker } = facts;
  return {
    name: 'high-watermark-within-maximal-isr',
    kind: 'invariant',
    statement:
      "The current leader's high watermark is not beyond the log end of any live member of its maximal ISR.",
    loss: 'A record counts as committed although an in-sync replica does not have it.',
    source: 'Partition.maybeIncrementLeaderHW',
    ...unless(committedMayBeLost(facts)),
    needs: 'a record that is committed',
    when(state) {
      const leader = currentLeaderOf(state);
      return leader !== undefined && state.protocol.replicas.get(leader).highWatermark > 0;
    },
    holds(state) {
      const leader = currentLeaderOf(state);
      if (leader === undefined) return true;
      const { protocol } = state;
      const isr = isrKnownTo(protocol, leader);
      const replica = protocol.replicas.get(leader);
      for (const member of broker.all) {
        if (!isInMaximalIsr(replica, isr, member) || !isUp(protocol, member)) continue;
        const own = protocol.replicas.get(member);
        const end = own.topicId === replica.topicId ? own.log.length : 0;
        if (replica.highWatermark <= end) continue;
        const who = `the high watermark of ${broker.nameOf(leader)} is ${replica.highWatermark}`;
        return `${who}, and the log of ${broker.nameOf(member)} ends at ${end}`;
      }
      return true;
    },
  };
}

/**
 * A deposed leader that does not know it commits nothing that its successor lacks: whoever was
 * elected is in the ISR that it waits for.
 */
export function staleLeaderCommitsNothingAlone(facts: ScopeFacts): PartitionInvariant {
  const { broker } = facts;
  return {
    name: 'stale-leader-commits-nothing-alone',
    kind: 'invariant',
    statement:
      'Everything below the high watermark of a deposed leader is in the log of the new one.',
    loss: 'A producer or consumer of the old leader is told of records that are then truncated.',
    source: 'Partition.maximalIsr; KIP-497, KIP-101',
    ...unless(committedMayBeLost(facts)),
    needs: 'a deposed leader that has committed something, and a successor',
    when(state) {
      if (currentLeaderOf(state) === undefined) return false;
      for (const each of broker.all) {
        if (isStaleLeader(state, each) && state.protocol.replicas.get(each).highWatermark > 0) {
          return true;
        }
      }
      return false;
    },
    holds(state) {
      const leader = currentLeaderOf(state);
      if (leader === undefined) return true;
      const { replicas } = state.protocol;
      for (const stale of broker.all) {
        if (!isStaleLeader(state, stale)) continue;
        const { log, highWatermark } = replicas.get(stale);
        const start = firstComparable(replicas, stale, leader);
        const offset = firstDifference(log, replicas.get(leader).log, start, highWatermark);
        if (offset === undefined) continue;
        const who = `${broker.nameOf(stale)} is deposed and has committed offset ${offset}`;
        return `${who}, where the leader ${broker.nameOf(leader)} has not the same`;
      }
      return true;
    },
  };
}

/** Whether the broker acts as leader of the topic in an older leader epoch than the controller's. */
function isStaleLeader({ protocol }: PartitionScope, broker: Broker): boolean {
  if (!actsAsLeader(protocol, broker)) return false;
  const [view, now] = [brokerViewOf(protocol, broker), controllerView(protocol)];
  return view.leaderEpoch < now.leaderEpoch && view.topicId === now.topicId;
}
