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
  | 'notesLastKnownLeader'
  | 'enablingElrNotesLastLeader'
  | 'unregisteredLeavesElr'
  | 'lastKnownLeaderMustBeActive'
  | 'removedReplicaLeavesElr'
  | 'reassignmentEndsWith'
  | 'replacementStartsFromOriginal'
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
  notesLastKnownLeader: [
    {
      since: '0.10',
      value: 'losingLeader',
      source: 'there is no last known leader before 4.0',
      prevents: 'nothing: there is none to note',
    },
    {
      since: '4.0',
      value: 'emptyIsr',
      source: 'PartitionChangeBuilder.maybeUpdateLastKnownLeader',
      prevents:
        'nothing: where ELR was switched on too late, nobody is noted as the one who led last',
      sometimes:
        'shows where eligible leader replicas are switched on while a partition has no leader',
      defect: 'elr-enabled-while-offline',
      repaired: 'losingLeader',
    },
    {
      since: '4.2',
      value: 'losingLeader',
      source: 'PartitionChangeBuilder.maybeUpdateLastKnownLeader',
      prevents: 'that the one who led last is overwritten by nobody',
    },
  ],
  enablingElrNotesLastLeader: [
    {
      since: '0.10',
      value: true,
      source: 'there are no ELR before 4.0',
      prevents: 'nothing: they cannot be switched on',
    },
    {
      since: '4.0',
      value: false,
      source: 'ConfigurationControlManager.updateFeatures writes no partition',
      prevents:
        'nothing: a partition that is offline while ELR is switched on may stay so for ever',
      sometimes:
        'shows where eligible leader replicas are switched on while a partition has no leader',
      defect: 'elr-enabled-while-offline',
      repaired: true,
    },
  ],
  unregisteredLeavesElr: [
    {
      since: '0.10',
      value: true,
      source: 'there are no ELR before 4.0',
      prevents: 'nothing: there is nothing to leave',
    },
    {
      since: '4.0',
      value: false,
      source: 'ReplicationControlManager.handleBrokerUnregistered removes it as one that is fenced',
      prevents: 'nothing: with ELR on, a broker that was given up stays eligible',
      sometimes: 'shows where eligible leader replicas are on and a broker is unregistered',
      defect: 'unregistered-broker-in-elr',
      repaired: true,
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
  replacementStartsFromOriginal: [
    {
      since: '0.10',
      value: true,
      source: 'ReplicaAssignment.reassignTo; KIP-455',
      prevents: 'that a replica stays which neither the old nor the new target has',
    },
    {
      since: '2.8',
      mode: 'kraft',
      value: false,
      source:
        'ReplicationControlManager.changePartitionReassignment starts from all replicas of now',
      prevents:
        'nothing: a reassignment that adds nobody keeps waiting for whom the one before it added',
      sometimes: 'shows where a reassignment under way is replaced by one that adds nobody',
      defect: 'replaced-reassignment-never-ends',
      repaired: true,
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
