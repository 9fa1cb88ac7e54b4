import type { ReplicationDefect } from '../rules.ts';

const joinsBelowHighWatermark: ReplicationDefect = {
  name: 'joins-isr-below-high-watermark',
  statement: 'The leader proposes a follower for the ISR that has not reached its high watermark.',
  source: 'Partition.isFollowerInSync; Vanlightly/kafka-tlaplus',
  rules: { expandNeedsHighWatermark: false },
  caughtBy: 'logs-agree-below-high-watermark',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { isrShrinks: 1, preferredElections: 1 },
};

/** The high watermark of a new leader may be below what its predecessor has committed. */
const joinsBelowEpochStart: ReplicationDefect = {
  name: 'joins-isr-below-epoch-start',
  statement:
    'The leader proposes a follower that has reached its high watermark and not the start of its leader epoch.',
  source: 'KAFKA-7128 (fixed in 2.0.1)',
  rules: { expandNeedsEpochStart: false },
  caughtBy: 'acknowledged-records-survive',
  config: { brokers: 2 },
  bounds: { powerLosses: 1, preferredElections: 1 },
};

const rememberedFollowerJoins: ReplicationDefect = {
  name: 'remembered-follower-joins-isr',
  statement:
    'The leader proposes a follower by what it remembers of it, not only when the follower fetches.',
  source: 'Partition.updateFollowerFetchState, maybeExpandIsr',
  rules: { expandNeedsFetch: false },
  caughtBy: 'logs-agree-below-high-watermark',
  masked: {
    because: 'what a leader remembers of a live replica that stays assigned is true in its epoch',
    unmaskedBy: 'removed-replica-remembered',
  },
  config: { minInsyncReplicas: 1 },
  bounds: { reassignments: 2 },
};

/** The last one to have it all is then alone, and need not be. */
const caughtUpFollowerRemoved: ReplicationDefect = {
  name: 'caught-up-follower-removed',
  statement: 'The leader removes a follower from the ISR that is at the end of its log.',
  source: 'KAFKA-4485 (fixed in 0.10.2.0); Replica.isCaughtUp',
  rules: { caughtUpFollowerStays: false },
  caughtBy: 'acknowledged-records-survive',
  config: { kafka: 'kip-320', brokers: 2 },
  bounds: { isrShrinks: 1, powerLosses: 1 },
};

const pendingIsrChangeForgotten: ReplicationDefect = {
  name: 'pending-isr-change-forgotten',
  statement: 'The leader puts a second ISR change in the place of one that is still in flight.',
  source: 'KAFKA-12686 (fixed in 3.0.0); Partition.maybeExpandIsr, maybeShrinkIsr',
  rules: { oneIsrChangeAtATime: false },
  caughtBy: 'maximal-isr-covers-isr',
  config: { minInsyncReplicas: 1 },
  bounds: { isrShrinks: 2 },
};

const isrChangeWithoutPartitionEpoch: ReplicationDefect = {
  name: 'isr-change-without-partition-epoch',
  statement: 'The controller accepts an ISR change that was built on an older ISR.',
  source: 'KIP-497; ReplicationControlManager.validateAlterPartitionData',
  rules: { checksPartitionEpochOfIsrChange: false },
  caughtBy: 'maximal-isr-covers-isr',
  config: { minInsyncReplicas: 1 },
  bounds: { isrShrinks: 1, crashes: 1 },
};

const isrChangeOfDeposedLeader: ReplicationDefect = {
  name: 'isr-change-of-deposed-leader',
  statement: 'The controller accepts an ISR change from a broker that does not lead any more.',
  source: 'KAFKA-1382 (fixed in 0.8.2), KIP-497; hachikuji/kafka-specification, IsTrueLeader',
  rules: { checksLeaderOfIsrChange: false },
  caughtBy: 'acknowledged-records-survive',
  masked: {
    because: 'an election makes a new partition epoch, and the request has the old one',
    unmaskedBy: 'isr-change-without-partition-epoch',
  },
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { isrShrinks: 2, preferredElections: 1 },
};

/** Neither half of the comparison is made, as before ISR changes were conditional at all. */
export const isrChangeWithoutEpochs: ReplicationDefect = {
  name: 'isr-change-without-epochs',
  statement: 'The controller accepts an ISR change without comparing leader and partition epochs.',
  source: 'KIP-497, KAFKA-1382; ReplicationControlManager.validateAlterPartitionData',
  rules: { checksLeaderOfIsrChange: false, checksPartitionEpochOfIsrChange: false },
  caughtBy: 'acknowledged-records-survive',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { isrShrinks: 2, preferredElections: 1 },
};

const fencedBrokerJoins: ReplicationDefect = {
  name: 'fenced-broker-joins-isr',
  statement: 'The controller accepts a fenced broker as a new member of the ISR.',
  source: 'KIP-841, KAFKA-13916 (fixed in 3.3.0)',
  rules: { refusesIneligibleMembers: false },
  caughtBy: 'only-active-brokers-join-isr',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { isrShrinks: 1, crashes: 1 },
};

const stoppingBrokerJoins: ReplicationDefect = {
  name: 'stopping-broker-joins-isr',
  statement: 'A broker that has left the ISR to shut down is taken back because it still fetches.',
  source: 'KIP-841, KAFKA-14140 (fixed in 3.3.0), KAFKA-858',
  releases: '0.10 to 3.2',
  rules: { refusesIneligibleMembers: false },
  caughtBy: 'only-active-brokers-join-isr',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { shutdowns: 1 },
};

/**
 * Alone it takes three replicas and 19 steps to lose a record: with as many replicas as
 * min.insync.replicas, ELR hides it, and without ELR the last replica standing is shorter.
 */
const earlierIncarnationJoins: ReplicationDefect = {
  name: 'earlier-incarnation-joins-isr',
  statement:
    'The controller accepts a member that was proposed for what its earlier incarnation had.',
  source: 'KIP-903, KAFKA-14139 (fixed in 3.5.0)',
  rules: { checksBrokerEpochOfMembers: false },
  caughtBy: 'acknowledged-records-survive',
  masked: {
    because: 'the new incarnation leaves the ELR, which makes a new partition epoch',
    unmaskedBy: 'isr-change-without-partition-epoch',
  },
  config: { eligibleLeaderReplicas: true, brokers: 2 },
  bounds: { isrShrinks: 1, powerLosses: 1, preferredElections: 1 },
  beyondRandomRuns:
    'Eighteen steps, with a proposal that outlives a power loss of its subject: over a million random steps.',
};

/**
 * Kafka 3.5 and 3.6, and not in the table of their rules: it takes a request of the earlier incarnation that
 * stands between two looks at it for as long as that broker takes to start, to register and to fetch.
 */
const judgedByTwoFetches: ReplicationDefect = {
  name: 'judged-by-two-fetches',
  statement:
    'A leader proposes the new incarnation of a follower for how far the earlier one had come.',
  source: 'KAFKA-15221 (fixed in 3.7.0); Partition.maybeExpandIsr, addBrokerEpochToIsr',
  releases: '3.5 to 3.6 (KRaft), in a race',
  rules: { judgesFollowerByOneFetch: false },
  caughtBy: 'acknowledged-records-survive',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { powerLosses: 1, preferredElections: 1 },
};

/**
 * Kafka as it is, if replica.lag.time.max.ms runs out in the meantime: until then the leader also waits for
 * a follower outside its ISR that has caught up, a clause that this model leaves out as it does time.
 */
const proposalEndedByKnownRecord: ReplicationDefect = {
  name: 'proposal-ended-by-known-record',
  statement:
    'The record of an ISR that a leader knew by an answer makes it forget what it has proposed since.',
  source: 'docs/findings.md; Partition.makeLeader, updateAssignmentAndIsr',
  rules: {},
  releases: '2.7 to 4.4',
  caughtBy: 'acknowledged-records-survive',
  config: { brokers: 2, minInsyncReplicas: 1, isrAnswers: true },
  bounds: { isrShrinks: 1, crashes: 1 },
};

export const isrMembershipDefects: readonly ReplicationDefect[] = [
  joinsBelowHighWatermark,
  joinsBelowEpochStart,
  rememberedFollowerJoins,
  caughtUpFollowerRemoved,
  pendingIsrChangeForgotten,
  isrChangeWithoutPartitionEpoch,
  isrChangeOfDeposedLeader,
  isrChangeWithoutEpochs,
  fencedBrokerJoins,
  stoppingBrokerJoins,
  earlierIncarnationJoins,
  judgedByTwoFetches,
  proposalEndedByKnownRecord,
];
