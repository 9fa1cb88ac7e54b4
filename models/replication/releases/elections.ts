import type { RuleTable } from '../../description/ruleTable.ts';
import type { ReplicationRules } from '../rules.ts';

type ElectionRules = Pick<
  ReplicationRules,
  | 'mayLeadCleanly'
  | 'preferredLeaderMustBeInSync'
  | 'uncleanElectionIsLastResort'
  | 'marksUncleanElections'
  | 'electsOnUnfencing'
  | 'fencesOneBrokerAtATime'
  | 'lastMemberStaysInIsr'
  | 'nextLeaderEpoch'
  | 'uncleanShutdownLeavesElr'
  | 'minIsrChangeClearsElr'
  | 'lastKnownLeaderMustBeActive'
  | 'removedReplicaLeavesElr'
  | 'reassignmentEndsWith'
  | 'forgetsRemovedReplicas'
>;

/** The controller's elections, by release. Whether ELR are on is a setting: they may be since 4.0. */
export const electionRules: RuleTable<ElectionRules> = {
  mayLeadCleanly: [
    {
      since: '0.10',
      value: ({ isr, elr }, replica) => isr.has(replica) || (isr.isEmpty && elr.has(replica)),
      source: 'PartitionChangeBuilder.electLeader; KIP-106, KIP-966',
      prevents: 'that a replica without a committed record leads',
    },
  ],
  preferredLeaderMustBeInSync: [
    {
      since: '0.10',
      value: true,
      source: 'KAFKA-9866; PartitionChangeBuilder.electPreferredLeader',
      prevents: 'that the leadership moves to a preferred replica that is behind',
    },
  ],
  uncleanElectionIsLastResort: [
    {
      since: '0.10',
      value: true,
      source: 'KIP-106; PartitionChangeBuilder.electAnyLeader',
      prevents: 'that a leader is deposed for a replica that may lack committed records',
    },
  ],
  marksUncleanElections: [
    {
      since: '0.10',
      value: false,
      source: 'KIP-704, motivation',
      prevents: 'that anybody can tell from the metadata that records may have been lost',
    },
    {
      since: '3.2',
      value: true,
      source: 'KIP-704; PartitionChangeBuilder.tryElection',
      prevents: 'an unclean election of which the metadata keep no trace',
    },
  ],
  electsOnUnfencing: [
    {
      since: '0.10',
      value: true,
      source: 'KIP-631; ReplicationControlManager.handleBrokerUnfenced',
      prevents: 'a partition that stays without a leader although one is back',
    },
  ],
  fencesOneBrokerAtATime: [
    {
      since: '0.10',
      value: true,
      source: 'KafkaController.onBrokerFailure',
      prevents: 'that the second of two fencings takes the first back',
    },
    {
      since: '2.8',
      mode: 'kraft',
      value: false,
      source: 'ReplicationControlManager.maybeFenceStaleBrokers',
      prevents: 'nothing: all sessions that end together are fenced from one snapshot',
      defect: 'fencings-from-one-snapshot',
      repaired: true,
    },
    {
      since: '3.0',
      value: true,
      source: 'KAFKA-13173; ReplicationControlManager.maybeFenceOneStaleBroker',
      prevents: 'that the second of two fencings takes the first back',
    },
  ],
  lastMemberStaysInIsr: [
    {
      since: '0.10',
      value: true,
      source: 'KAFKA-708 (0.8.0); PartitionChangeBuilder.build',
      prevents: 'an empty ISR, from which nobody may be elected',
    },
  ],
  nextLeaderEpoch: [
    {
      since: '0.10',
      value: epoch => epoch + 1,
      source: 'PartitionRegistration.merge; KIP-101',
      prevents: 'two leaders in one epoch',
    },
  ],
  uncleanShutdownLeavesElr: [
    {
      since: '0.10',
      value: true,
      source: 'KIP-966; ReplicationControlManager.handleUncleanBrokerShutdown',
      prevents: 'that a broker which may have lost records is elected out of the ELR',
    },
  ],
  minIsrChangeClearsElr: [
    {
      since: '0.10',
      value: true,
      source: 'KIP-966, ClearElrRecord',
      prevents: 'that a member of the ELR lacks what the new minimum has committed',
    },
  ],
  lastKnownLeaderMustBeActive: [
    {
      since: '0.10',
      value: true,
      source: 'there is no last known leader before 4.0',
      prevents: 'nothing: there is none to elect',
    },
    {
      since: '4.0',
      value: false,
      source: 'PartitionChangeBuilder.canElectLastKnownLeader',
      prevents: 'nothing: with ELR on, the last known leader is elected even while it is fenced',
      sometimes: 'shows where eligible leader replicas are on',
      defect: 'fenced-last-known-leader',
      repaired: true,
    },
    {
      since: '4.1',
      value: true,
      source: 'KAFKA-19522; PartitionChangeBuilder.canElectLastKnownLeader',
      prevents: 'that a fenced broker is elected as the last known leader',
    },
  ],
  removedReplicaLeavesElr: [
    {
      since: '0.10',
      value: true,
      source: 'there are no ELR before 4.0',
      prevents: 'nothing: there is nothing to leave',
    },
    {
      since: '4.0',
      value: false,
      source:
        'PartitionChangeBuilder.maybePopulateTargetElr looks at ISR and ELR, not at the replicas',
      prevents:
        'nothing: with ELR on, a replica that is removed from an ISR below the minimum stays eligible',
      sometimes: 'shows where eligible leader replicas are on',
      defect: 'removed-replica-in-elr',
      repaired: true,
    },
  ],
  reassignmentEndsWith: [
    {
      since: '0.10',
      value: 'everyTarget',
      source: 'KafkaController.isReassignmentComplete',
      prevents: 'that the old replicas go before the new ones have everything',
    },
    {
      since: '2.8',
      mode: 'kraft',
      value: 'added',
      source: 'KIP-455, KAFKA-12803; PartitionChangeBuilder.completeReassignmentIfNeeded',
      prevents: 'that the old replicas go before those that are added have everything',
    },
    {
      since: '3.8',
      value: 'everyTarget',
      source: 'KAFKA-15665; PartitionReassignmentReplicas.maybeCompleteReassignment',
      prevents: 'that the end of a reassignment takes the ISR below min.insync.replicas',
    },
    {
      since: '4.3',
      value: 'addedUnlessFewer',
      source: 'KAFKA-19975; PartitionReassignmentReplicas.maybeCompleteReassignment',
      prevents: 'that a reassignment waits for a replica which it neither adds nor removes',
    },
  ],
  forgetsRemovedReplicas: [
    {
      since: '0.10',
      value: true,
      source: 'Partition.updateAssignmentAndIsr',
      prevents: 'that a replica counts for a log that was deleted when it was removed',
    },
  ],
};
