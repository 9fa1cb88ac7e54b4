import type { NodeType } from '../../checker/state/nodeType.ts';
import type { Broker } from '../../models/replication/schema.ts';
import { unless } from '../notApplicable.ts';
import { isKnownIncarnation } from './eligibleLeaders.ts';
import {
  currentLeaderOf,
  firstDifference,
  firstMissing,
  type PartitionInvariant,
  type PartitionScope,
  type PartitionStepProperty,
} from './partitionScope.ts';
import { committedMayBeLost, type ScopeFacts } from './scopeFacts.ts';
import { controllerView, isOfTopicOfNow } from './view.ts';

/**
 * What consumers could read is in the log of every member of the ISR, up or down, whoever leads or does not: that
 * is what being in sync promises to the next election.
 */
export function isrMembersHaveCommittedRecords(facts: ScopeFacts): PartitionInvariant {
  const { broker } = facts;
  return {
    name: 'isr-members-have-committed-records',
    kind: 'invariant',
    statement: 'Every member of the ISR has every record that a consumer could read.',
    loss: 'The next clean election can lose committed records, and there may be no leader to notice it.',
    source: 'Kafka documentation, "Replication"; KIP-497',
    ...unless(committedMayBeLost(facts)),
    needs: 'a record that is committed',
    when: ({ protocol, ghost }) =>
      ghost.exposed.length > ghost.deletedBefore && !controllerView(protocol).isr.isEmpty,
    holds({ protocol, ghost }) {
      const { isr } = controllerView(protocol);
      for (const member of broker.all) {
        if (!isr.has(member)) continue;
        const { log, logStartOffset } = protocol.replicas.get(member);
        const start = Math.max(logStartOffset, ghost.deletedBefore);
        const end = ghost.exposed.length;
        const isStray = !isOfTopicOfNow(protocol, member);
        const offset = isStray ? start : firstDifference(log, ghost.exposed, start, end);
        if (offset === undefined) continue;
        return `${broker.nameOf(member)} is in the ISR and lacks the committed offset ${offset}`;
      }
      return true;
    },
  };
}

/**
 * Whoever the controller takes into the ISR has what the leader has committed, at that moment: the leader asked
 * for it by what it knew when it asked. Of a process that has died since, the controller learns when the next one
 * registers.
 */
export function isrJoinersHaveHighWatermark(facts: ScopeFacts): PartitionStepProperty {
  const { broker, bounds, rules } = facts;
  const losses = facts.powerLosses + bounds.diskLosses;
  const knowsIncarnations = rules.checksBrokerEpochOfMembers && rules.fetchNeedsBrokerEpoch;
  return {
    name: 'isr-joiners-have-high-watermark',
    kind: 'step',
    statement: 'Whoever enters the ISR has every record below the high watermark of the leader.',
    loss: 'A replica counts as in sync that lacks committed records, and may be elected.',
    source: 'Partition.maybeExpandIsr, ReplicationControlManager.alterPartition; KIP-497, KIP-903',
    ...unless(
      losses > 0 && !knowsIncarnations
        ? 'before KIP-903 a fetch of an earlier incarnation counts for one that has lost records'
        : undefined,
    ),
    needs: 'a replica that enters the ISR',
    when: (before, after) =>
      currentLeaderOf(after) !== undefined && broker.all.some(each => joins(before, after, each)),
    holds(before, after) {
      const leader = currentLeaderOf(after);
      if (leader === undefined) return true;
      for (const each of broker.all) {
        if (!joins(before, after, each)) continue;
        const { replicas } = after.protocol;
        const offset = firstMissing(replicas, leader, each, replicas.get(leader).highWatermark);
        if (offset === undefined) continue;
        return missing(broker, { leader, each, offset });
      }
      return true;
    },
  };
}

/** Whether a replica enters the ISR, and its process is the one that the controller knows. */
function joins(before: PartitionScope, after: PartitionScope, replica: Broker): boolean {
  if (controllerView(before.protocol).isr.has(replica)) return false;
  return (
    controllerView(after.protocol).isr.has(replica) && isKnownIncarnation(after.protocol, replica)
  );
}

function missing(
  broker: NodeType<'broker'>,
  {
    leader,
    each,
    offset,
  }: { readonly leader: Broker; readonly each: Broker; readonly offset: number },
): string {
  const who = `${broker.nameOf(each)} enters the ISR and lacks offset ${offset}`;
  return `${who}, below the high watermark of the leader ${broker.nameOf(leader)}`;
}
