import type { RuleTable } from '../../description/ruleTable.ts';
import { isInMaximalIsr, type ReplicationRules } from '../rules.ts';

type HighWatermarkRules = Pick<
  ReplicationRules,
  | 'waitsFor'
  | 'mayMiss'
  | 'highWatermarkNeedsMinIsr'
  | 'reevaluatesOnIsrChange'
  | 'readLimit'
  | 'endOffsetNeedsEpochStart'
  | 'minIsrWithinReplicas'
  | 'admissionNeedsMinIsr'
  | 'answersAtAppend'
  | 'answerNeedsMinIsr'
>;

/** The high watermark and what clients are told, by release. */
export const highWatermarkRules: RuleTable<HighWatermarkRules> = {
  waitsFor: [
    {
      since: '0.10',
      value: (leader, isr, replica) => isInMaximalIsr(leader, isr, replica),
      source: 'Partition.maybeIncrementLeaderHW; KIP-497',
      prevents: 'that a record is committed which a member of the ISR does not have',
    },
  ],
  mayMiss: [
    {
      since: '0.10',
      value: () => 0,
      source: 'Partition.maybeIncrementLeaderHW',
      prevents: 'that a record is committed which a member of the ISR does not have',
    },
  ],
  highWatermarkNeedsMinIsr: [
    {
      since: '0.10',
      value: false,
      source: 'KAFKA-15583; Partition.maybeIncrementLeaderHW',
      prevents: 'nothing: what an ISR below min.insync.replicas has is committed and may be read',
    },
    {
      since: '3.7',
      value: true,
      source: 'KAFKA-15583, KIP-966',
      prevents: 'that consumers read what fewer than min.insync.replicas have',
    },
  ],
  reevaluatesOnIsrChange: [
    {
      since: '0.10',
      value: true,
      source: 'KAFKA-420; Partition.maybeShrinkIsr',
      prevents: 'a record that every member has and that is not committed',
    },
    {
      since: '2.7',
      value: false,
      source: 'Partition.handleAlterIsrUpdate',
      prevents:
        'nothing: after a shrink through the controller the high watermark waits for the next event',
      defect: 'high-watermark-not-recomputed',
      repaired: true,
    },
    {
      since: '3.1',
      value: true,
      source: 'KAFKA-13091; Partition.handleAlterIsrUpdate',
      prevents: 'a record that every member has and that is not committed',
    },
  ],
  readLimit: [
    {
      since: '0.10',
      value: leader => leader.highWatermark,
      source: 'KAFKA-9196, KAFKA-9835; ReplicaManager.fetchMessages',
      prevents: 'that consumers read what is not committed',
    },
  ],
  endOffsetNeedsEpochStart: [
    {
      since: '0.10',
      value: false,
      source: 'ReplicaManager.fetchOffsetForTimestamp',
      prevents: 'nothing: a new leader tells its high watermark, which may trail',
      defect: 'reported-end-offset-goes-back',
      repaired: true,
    },
    {
      since: '2.2',
      value: true,
      source: 'KIP-207, KAFKA-2334',
      prevents: 'that the end of the log that clients are told goes back after an election',
    },
  ],
  minIsrWithinReplicas: [
    {
      since: '0.10',
      value: false,
      source: 'Partition.appendRecordsToLeader',
      prevents:
        'nothing: acks=all is refused for ever where min.insync.replicas is above the replication factor',
      repaired: true,
    },
    {
      since: '3.7',
      value: true,
      source: 'Partition.effectiveMinIsr; KIP-966',
      prevents:
        'that a topic whose minimum is above its replication factor takes no acks=all write',
    },
  ],
  admissionNeedsMinIsr: [
    {
      since: '0.10',
      value: true,
      source: 'NOT_ENOUGH_REPLICAS; Partition.appendRecordsToLeader',
      prevents: 'that a record is appended which cannot be acknowledged',
    },
  ],
  answersAtAppend: [
    {
      since: '0.10',
      value: false,
      source: 'ReplicaManager.appendRecords, DelayedProduce',
      prevents: 'an answer to acks=all before the ISR has the record',
    },
  ],
  answerNeedsMinIsr: [
    {
      since: '0.10',
      value: true,
      source: 'NOT_ENOUGH_REPLICAS_AFTER_APPEND; Partition.checkEnoughReplicasReachOffset',
      prevents: 'an answer to acks=all when fewer than min.insync.replicas have the record',
    },
  ],
};
