import type { ReplicationDefect } from '../rules.ts';

const fencedLastKnownLeader: ReplicationDefect = {
  name: 'fenced-last-known-leader',
  statement: 'The last known leader is elected although it is fenced.',
  source: 'KAFKA-19522 (fixed in 4.1.0); PartitionChangeBuilder',
  rules: { lastKnownLeaderMustBeActive: false },
  caughtBy: 'elected-leader-is-active',
  config: { eligibleLeaderReplicas: true, brokers: 1, minInsyncReplicas: 1 },
  bounds: { crashes: 1 },
};

/** With the lower setting the high watermark moves without the members of the ELR. */
const elrKeptOnMinIsrChange: ReplicationDefect = {
  name: 'elr-kept-on-min-isr-change',
  statement: 'The members of the ELR stay when min.insync.replicas is lowered.',
  source: 'KIP-966, ClearElrRecord; Kafka documentation, "Eligible Leader Replicas"',
  rules: { minIsrChangeClearsElr: false },
  caughtBy: 'acknowledged-records-survive',
  config: { eligibleLeaderReplicas: true, brokers: 2 },
  bounds: { isrShrinks: 1, minIsrChanges: 1, crashes: 1 },
};

const elrKeptOnUncleanShutdown: ReplicationDefect = {
  name: 'elr-kept-on-unclean-shutdown',
  statement: 'A broker that comes back without proof of a clean shutdown stays in the ELR.',
  source: 'KIP-966; ReplicationControlManager.handleUncleanBrokerShutdown',
  rules: { uncleanShutdownLeavesElr: false },
  caughtBy: 'elr-members-have-committed-records',
  config: { eligibleLeaderReplicas: true, brokers: 2 },
  bounds: { powerLosses: 1 },
};

/**
 * Of three replicas, of which all must be in sync, one is removed and added again while another is missing. It
 * has deleted its log in between, or stopped to fetch, and is in the ELR still when the leader is gone.
 */
const removedReplicaElected: ReplicationDefect = {
  name: 'removed-replica-elected',
  statement:
    'A replica that was removed and added again is elected out of the ELR in which it had stayed.',
  source: 'docs/findings.md (seen in ReplicationControlManager 4.3.1); PartitionChangeBuilder',
  rules: { removedReplicaLeavesElr: false },
  releases: '4.0 to 4.4',
  caughtBy: 'acknowledged-records-survive',
  config: { eligibleLeaderReplicas: true, minInsyncReplicas: 3 },
  bounds: { reassignments: 2, missedHeartbeats: 2 },
  scenario: [
    'reassign(add=none, remove=broker-3)',
    'produce(acks=all, leader=broker-1)',
    'fetch(follower=broker-2, leader=broker-1)',
    'receiveFetchResponse(follower=broker-2, leader=broker-1)',
    'missHeartbeats(broker=broker-2)',
    'reassign(add=broker-3, remove=none)',
    'fetch(follower=broker-2, leader=broker-1)',
    'missHeartbeats(broker=broker-1)',
    ...Array.from({ length: 4 }, () => 'replayMetadata(broker=broker-3, records=1)'),
    'replayMetadata(broker=broker-1, records=1)',
  ],
};

/**
 * Kafka as it is. The controller counts with the new setting at once. The leader hears by the answer to
 * AlterPartition that it is alone in the ISR, and its metadata is not as far: by the old setting it may
 * commit alone, and by the new one the other replica is in the ELR.
 */
const minIsrRaisedWithElr: ReplicationDefect = {
  name: 'minisr-raised-with-elr',
  statement:
    'While min.insync.replicas is raised, a leader with the old one commits what a member of the ELR lacks.',
  source: 'docs/findings.md (seen on 4.3.1); Partition.handleAlterPartitionUpdate; KIP-966',
  rules: {},
  releases: '4.0 to 4.4',
  caughtBy: 'acknowledged-records-survive',
  config: { eligibleLeaderReplicas: true, brokers: 2, minInsyncReplicas: 1, isrAnswers: true },
  bounds: { isrShrinks: 1, minIsrChanges: 1, crashes: 1 },
};

export const eligibleLeaderDefects: readonly ReplicationDefect[] = [
  fencedLastKnownLeader,
  elrKeptOnMinIsrChange,
  elrKeptOnUncleanShutdown,
  removedReplicaElected,
  minIsrRaisedWithElr,
];
