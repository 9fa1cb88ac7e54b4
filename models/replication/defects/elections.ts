import type { ReplicationDefect } from '../rules.ts';

const electionOutsideIsr: ReplicationDefect = {
  name: 'election-outside-isr',
  statement:
    'The controller elects a replica outside the ISR although unclean election is disabled.',
  source: 'KIP-106; Jepsen, Kafka (2013)',
  rules: { mayLeadCleanly: () => true },
  caughtBy: 'clean-election-from-isr',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { isrShrinks: 1, crashes: 1 },
};

/** No rule is broken: the setting itself gives records away. It was the default until 0.11. */
const uncleanLeaderElection: ReplicationDefect = {
  name: 'unclean-leader-election',
  statement: 'Unclean leader election is enabled, and the leader was alone in the ISR.',
  source: 'KIP-106, KAFKA-4623; Jepsen, Kafka (2013)',
  releases: '0.10 to 4.4, by the setting; the default before 0.11',
  rules: {},
  caughtBy: 'acknowledged-records-survive',
  config: { brokers: 2, minInsyncReplicas: 1, uncleanLeaderElection: true },
  bounds: { isrShrinks: 1, crashes: 1 },
};

/** No rule is broken: without ELR the last member stays in the ISR, whatever has become of it. */
const lastReplicaStanding: ReplicationDefect = {
  name: 'last-replica-standing',
  statement:
    'The last member of the ISR loses power, comes back with less, and is elected over a replica that has it all.',
  source: 'KIP-966, motivation; Vanlightly/kafka-tlaplus',
  releases: '0.10 to 4.4, where ELR are off',
  rules: {},
  caughtBy: 'acknowledged-records-survive',
  config: { brokers: 2 },
  bounds: { isrShrinks: 1, powerLosses: 1 },
};

const preferredLeaderOutsideIsr: ReplicationDefect = {
  name: 'preferred-leader-outside-isr',
  statement: 'The leadership moves to the preferred replica before this is in the ISR again.',
  source: 'KAFKA-9866 (fixed in 2.6.0)',
  rules: { preferredLeaderMustBeInSync: false },
  caughtBy: 'clean-election-from-isr',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { isrShrinks: 1, preferredElections: 1 },
};

/** What the topic allows in need happens without need. */
const outsiderElectedOverLiveLeader: ReplicationDefect = {
  name: 'outsider-elected-over-live-leader',
  statement:
    'With unclean election enabled, the controller elects the first active replica, although a leader is there.',
  source: 'KIP-106; PartitionChangeBuilder.electAnyLeader',
  rules: { uncleanElectionIsLastResort: false },
  caughtBy: 'unclean-election-is-last-resort',
  config: { brokers: 2, minInsyncReplicas: 1, uncleanLeaderElection: true },
  bounds: { missedHeartbeats: 1 },
};

const recoveringNeverSet: ReplicationDefect = {
  name: 'recovering-never-set',
  statement:
    'The partition is not marked as RECOVERING when a replica outside ISR and ELR is elected.',
  source: 'KIP-704; PartitionChangeBuilder.tryElection',
  rules: { marksUncleanElections: false },
  caughtBy: 'unclean-election-marks-recovering',
  config: { eligibleLeaderReplicas: true, brokers: 1, minInsyncReplicas: 1 },
  bounds: { crashes: 1 },
};

const leaderEpochNotBumped: ReplicationDefect = {
  name: 'leader-epoch-not-bumped',
  statement: 'The controller writes a new leader without a new leader epoch.',
  source: 'PartitionRegistration.merge; KIP-101',
  rules: { nextLeaderEpoch: epoch => epoch },
  caughtBy: 'one-leader-per-epoch',
  config: { brokers: 2 },
  bounds: { preferredElections: 1 },
};

const fencingsFromOneSnapshot: ReplicationDefect = {
  name: 'fencings-from-one-snapshot',
  statement:
    'Two brokers are fenced from one snapshot of the ISR: the second decision takes the first back.',
  source: 'KAFKA-13173 (fixed in 3.0.0); ReplicationControlManager',
  rules: { fencesOneBrokerAtATime: false },
  caughtBy: 'only-active-brokers-join-isr',
  config: { minInsyncReplicas: 1 },
  bounds: { crashes: 2 },
};

const lastIsrMemberRemoved: ReplicationDefect = {
  name: 'last-isr-member-removed',
  statement: 'The controller removes the last member of the ISR, and there is no ELR.',
  source: 'KAFKA-708 (fixed in 0.8.0); PartitionChangeBuilder.build',
  rules: { lastMemberStaysInIsr: false },
  caughtBy: 'empty-isr-only-with-elr',
  config: { brokers: 1, minInsyncReplicas: 1 },
  bounds: { crashes: 1 },
};

export const electionDefects: readonly ReplicationDefect[] = [
  electionOutsideIsr,
  uncleanLeaderElection,
  lastReplicaStanding,
  preferredLeaderOutsideIsr,
  outsiderElectedOverLiveLeader,
  recoveringNeverSet,
  leaderEpochNotBumped,
  fencingsFromOneSnapshot,
  lastIsrMemberRemoved,
];
