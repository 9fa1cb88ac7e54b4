import type { Broker } from '../../models/replication/schema.ts';
import { unless } from '../notApplicable.ts';
import {
  currentLeaderOf,
  firstDifference,
  firstMissing,
  type PartitionInvariant,
  type PartitionScope,
} from './partitionScope.ts';
import { committedMayBeLost, type ScopeFacts } from './scopeFacts.ts';
import { controllerView, firstComparable } from './view.ts';

/**
 * Below the current leader's high watermark, every member of the controller's ISR has the leader's
 * records. This is what makes every member a safe choice for the next leader.
 */
export function logsAgreeBelowHighWatermark(facts: ScopeFacts): PartitionInvariant {
  const { broker } = facts;
  return {
    name: 'logs-agree-below-high-watermark',
    kind: 'invariant',
    statement: 'Below the high watermark, every ISR member has the same records as the leader.',
    loss: 'The next clean election can lose or change records that were committed.',
    source: 'Partition.maximalIsr; KIP-497',
    ...unless(committedMayBeLost(facts)),
    needs: 'several members of the ISR, and a record that is committed',
    when(state) {
      const leader = currentLeaderOf(state);
      return (
        leader !== undefined &&
        state.protocol.replicas.get(leader).highWatermark > 0 &&
        controllerView(state.protocol).isr.size > 1
      );
    },
    holds(state) {
      const leader = currentLeaderOf(state);
      if (leader === undefined) return true;
      const { replicas } = state.protocol;
      const { isr } = controllerView(state.protocol);
      const { highWatermark } = replicas.get(leader);
      for (const member of broker.all) {
        if (member === leader || !isr.has(member)) continue;
        const offset = firstMissing(replicas, leader, member, highWatermark);
        if (offset === undefined) continue;
        const who = `${broker.nameOf(member)} is in the ISR and differs from the leader`;
        return `${who} ${broker.nameOf(leader)} at offset ${offset}, below the high watermark`;
      }
      return true;
    },
  };
}

/**
 * Leader epochs identify records: where two logs, also of stopped brokers, have the same epoch at
 * an offset, they are equal up to there. Truncation by epoch rests on this (Raft calls it log
 * matching). A restart ends an epoch, so that not even a power loss breaks it. Of topics that had one
 * name each has epochs of its own.
 */
export function sameEpochSameRecord({ broker }: ScopeFacts): PartitionInvariant {
  return {
    name: 'same-epoch-same-record',
    kind: 'invariant',
    statement:
      'Two logs with the same leader epoch at an offset have the same records up to that offset.',
    loss: 'Replicas differ for good, and no truncation can find out where.',
    source: 'KIP-101, KIP-279; Raft, log matching property',
    needs: 'two logs with records',
    when({ protocol }) {
      let logs = 0;
      for (const each of broker.all) if (protocol.replicas.get(each).log.length > 0) logs++;
      return logs > 1;
    },
    holds(state) {
      for (const a of broker.all) {
        for (const b of broker.all) {
          if (a >= b || !areOfOneTopic(state, a, b)) continue;
          const offset = firstMismatch(state, a, b);
          if (offset === undefined) continue;
          const who = `${broker.nameOf(a)} and ${broker.nameOf(b)}`;
          return `${who} differ at offset ${offset} and have one leader epoch there or later`;
        }
      }
      return true;
    },
  };
}

function areOfOneTopic({ protocol: { replicas } }: PartitionScope, a: Broker, b: Broker): boolean {
  return replicas.get(a).topicId === replicas.get(b).topicId;
}

/** Where two logs differ although they have the same epoch there or at a later offset. */
function firstMismatch(
  { protocol: { replicas } }: PartitionScope,
  a: Broker,
  b: Broker,
): number | undefined {
  const start = firstComparable(replicas, a, b);
  const left = replicas.get(a).log;
  const right = replicas.get(b).log;
  let end = Math.min(left.length, right.length);
  while (end > start && left.get(end - 1).epoch !== right.get(end - 1).epoch) end--;
  return firstDifference(left, right, start, end);
}
