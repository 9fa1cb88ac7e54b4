import type { ReplicationDefect } from '../rules.ts';

const acknowledgedBeforeReplication: ReplicationDefect = {
  name: 'acknowledged-before-replication',
  statement: 'An acks=all request is answered when the leader has appended the record.',
  source: 'ReplicaManager.appendRecords, DelayedProduce',
  rules: { answersAtAppend: true },
  caughtBy: 'acknowledged-records-survive',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { preferredElections: 1 },
};

const acknowledgedBelowMinIsr: ReplicationDefect = {
  name: 'acknowledged-below-min-isr',
  statement:
    'An acks=all request succeeds although the ISR has shrunk below min.insync.replicas since.',
  source: 'NOT_ENOUGH_REPLICAS_AFTER_APPEND; Partition.checkEnoughReplicasReachOffset',
  rules: { answerNeedsMinIsr: false },
  caughtBy: 'acknowledged-records-survive',
  masked: {
    because: 'the high watermark does not move while the ISR is below min.insync.replicas',
    unmaskedBy: 'high-watermark-below-min-isr',
  },
  config: { eligibleLeaderReplicas: true, brokers: 2 },
  bounds: { isrShrinks: 1, crashes: 1 },
};

/** Since 3.7 a waste rather than a danger: the record is not committed until the ISR suffices. */
const admittedBelowMinIsr: ReplicationDefect = {
  name: 'admitted-below-min-isr',
  statement: 'An acks=all record is appended although the ISR is below min.insync.replicas.',
  source: 'NOT_ENOUGH_REPLICAS; Partition.appendRecordsToLeader',
  rules: { admissionNeedsMinIsr: false },
  caughtBy: 'elr-members-have-committed-records',
  masked: {
    because: 'the high watermark does not move while the ISR is below min.insync.replicas',
    unmaskedBy: 'high-watermark-below-min-isr',
  },
  config: { eligibleLeaderReplicas: true, brokers: 2 },
  bounds: { isrShrinks: 1 },
};

const readsToLogEnd: ReplicationDefect = {
  name: 'reads-to-log-end',
  statement: 'A leader serves consumers up to its log end offset.',
  source: 'KAFKA-9196, KAFKA-9835; ReplicaManager.fetchMessages',
  rules: { readLimit: leader => leader.log.length },
  caughtBy: 'reads-below-high-watermark',
  config: { brokers: 2 },
  bounds: { preferredElections: 1 },
};

const reportedEndOffsetGoesBack: ReplicationDefect = {
  name: 'reported-end-offset-goes-back',
  statement:
    'A new leader tells clients the end of the log before its high watermark has caught up with that of the old one.',
  source: 'KIP-207, KAFKA-2334 (fixed in 2.2.0)',
  rules: { endOffsetNeedsEpochStart: false },
  caughtBy: 'reported-end-offset-monotonic',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { preferredElections: 1 },
};

export const clientDefects: readonly ReplicationDefect[] = [
  acknowledgedBeforeReplication,
  acknowledgedBelowMinIsr,
  admittedBelowMinIsr,
  readsToLogEnd,
  reportedEndOffsetGoesBack,
];
