import { unless } from '../notApplicable.ts';
import {
  type PartitionInvariant,
  type PartitionStepProperty,
  registeredAs,
} from './partitionScope.ts';
import type { ScopeFacts } from './scopeFacts.ts';
import { controllerView, hasElr, isActive, isAssigned, isCreated } from './view.ts';

/** What the controller decides about the partition only ever gets newer. Each topic begins anew. */
export function metadataEpochsMonotonic(_: ScopeFacts): PartitionStepProperty {
  return {
    name: 'metadata-epochs-monotonic',
    kind: 'step',
    statement: 'Leader epoch and partition epoch of the metadata never decrease.',
    loss: 'A broker takes an old decision for a new one, or ignores a new one as old.',
    source: 'PartitionRegistration.merge, ReplicationControlManager; KIP-497',
    needs: 'a decision about the partition',
    when(before, after) {
      const was = controllerView(before.protocol);
      const is = controllerView(after.protocol);
      return was.partitionEpoch !== is.partitionEpoch || was.leaderEpoch !== is.leaderEpoch;
    },
    holds(before, after) {
      const was = controllerView(before.protocol);
      const is = controllerView(after.protocol);
      if (is.topicId > was.topicId) return true;
      if (is.topicId < was.topicId) return `topic ${is.topicId} came after topic ${was.topicId}`;
      if (is.partitionEpoch < was.partitionEpoch) {
        return `the partition epoch fell from ${was.partitionEpoch} to ${is.partitionEpoch}`;
      }
      return (
        is.leaderEpoch >= was.leaderEpoch ||
        `the leader epoch fell from ${was.leaderEpoch} to ${is.leaderEpoch}`
      );
    },
  };
}

/**
 * ISR and ELR are disjoint parts of the assignment. A reassignment that removes a replica may leave
 * it in the ELR, where it does no harm: only assigned replicas are elected.
 */
export function isrWithinReplicas({ broker, bounds }: ScopeFacts): PartitionInvariant {
  return {
    name: 'isr-within-replicas',
    kind: 'invariant',
    statement: 'ISR and ELR are disjoint, and their members are assigned replicas.',
    loss: 'A broker that holds no replica is waited for, or is elected with an empty log.',
    source: 'PartitionRegistration, PartitionChangeBuilder; KIP-966',
    holds({ protocol }) {
      const now = controllerView(protocol);
      for (const member of broker.all) {
        const inIsr = now.isr.has(member);
        const inElr = now.elr.has(member);
        if (!inIsr && !inElr) continue;
        if (inIsr && inElr) return `${broker.nameOf(member)} is in the ISR and in the ELR`;
        if (isAssigned(now, member) || (inElr && bounds.reassignments > 0)) continue;
        return `${broker.nameOf(member)} is in the ${inIsr ? 'ISR' : 'ELR'} and has no replica`;
      }
      return true;
    },
  };
}

/** The leader is in sync with itself. */
export function leaderInIsr({ broker }: ScopeFacts): PartitionInvariant {
  return {
    name: 'leader-in-isr',
    kind: 'invariant',
    statement: 'The leader that the controller has is in the ISR.',
    loss: 'The leader commits records over a quorum that it is no part of.',
    source: 'ReplicationControlManager.validateAlterPartitionData, PartitionChangeBuilder',
    when: ({ protocol }) => controllerView(protocol).leader !== undefined,
    holds({ protocol }) {
      const { leader, isr } = controllerView(protocol);
      if (leader === undefined || isr.has(leader)) return true;
      return `${broker.nameOf(leader)} leads and is not in the ISR`;
    },
  };
}

/** Without eligible leader replicas the ISR keeps its last member, even when that one is down. */
export function emptyIsrOnlyWithElr(facts: ScopeFacts): PartitionInvariant {
  const { broker } = facts;
  return {
    name: 'empty-isr-only-with-elr',
    kind: 'invariant',
    statement: 'The ISR is empty only where ELR is on, and then nobody leads.',
    loss: 'Nobody is left whose log is known to have every committed record.',
    source: 'PartitionChangeBuilder.build; KIP-966',
    holds({ protocol }) {
      const now = controllerView(protocol);
      const { isr, leader } = now;
      if (!isr.isEmpty || !isCreated(now)) return true;
      if (!hasElr(facts, protocol)) return 'the ISR is empty and there is no ELR';
      return leader === undefined || `the ISR is empty and ${broker.nameOf(leader)} leads`;
    },
  };
}

/** Nobody enters the ISR who is fenced or about to stop: it would be waited for at once. */
export function onlyActiveBrokersJoinIsr(facts: ScopeFacts): PartitionStepProperty {
  const { broker, rules } = facts;
  return {
    name: 'only-active-brokers-join-isr',
    kind: 'step',
    statement: 'A broker that is fenced or in controlled shutdown is not added to the ISR.',
    loss: 'The leader waits for a replica that is about to go or already gone, or it is elected.',
    source: 'ReplicationControlManager.ineligibleReplicasForIsr; KIP-841',
    ...unless(rules.refusesIneligibleMembers ? undefined : 'the release is older than this rule'),
    needs: 'a replica that enters the ISR',
    when: (before, after) =>
      !controllerView(after.protocol).isr.isSubsetOf(controllerView(before.protocol).isr),
    holds(before, after) {
      const { isr } = controllerView(before.protocol);
      const now = controllerView(after.protocol).isr;
      for (const member of broker.all) {
        if (!now.has(member) || isr.has(member) || isActive(after.protocol, member)) continue;
        const found = registeredAs(after, member);
        return `${broker.nameOf(member)} was added to the ISR and is ${found}`;
      }
      return true;
    },
  };
}
