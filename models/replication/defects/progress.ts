import type { ReplicationDefect } from '../rules.ts';
import { inRepairedRelease } from './inRepairedRelease.ts';

/** Neither does it find another leader, nor does anything tell it to try again. */
const cutOffFetcherStops: ReplicationDefect = {
  name: 'cut-off-fetcher-stops',
  statement:
    'A follower whose link to its leader was cut does not fetch again when that is mended.',
  source: 'KAFKA-10371 (a fetcher thread that has died fetches no more)',
  rules: { fetchesAgainAfterCut: false },
  caughtBy: 'replicas-come-back',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { partitions: 1, isrShrinks: 1 },
  liveness: 'exhaustive',
};

/** Until the outcome is known the leader proposes nothing else. */
const isrChangeNotRepeated: ReplicationDefect = {
  name: 'isr-change-not-repeated',
  statement: 'A leader does not repeat a proposal for the ISR of which request or answer was lost.',
  source: 'DefaultAlterPartitionManager; KIP-497, KAFKA-14144',
  rules: { repeatsIsrChange: false },
  caughtBy: 'replicas-come-back',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { isrShrinks: 1, lostMessages: 1 },
  liveness: 'exhaustive',
};

/** Fencing has looked for another leader in vain, and that was the last time. */
const noElectionOnUnfencing: ReplicationDefect = {
  name: 'no-election-on-unfencing',
  statement: 'The controller does not look for a leader when a broker is unfenced.',
  source: 'ReplicationControlManager.handleBrokerUnfenced; KIP-631',
  rules: { electsOnUnfencing: false },
  caughtBy: 'partition-gets-leader',
  config: { brokers: 1 },
  bounds: { crashes: 1 },
  liveness: 'exhaustive',
};

/** Its replica stays out of the ISR until the partition changes for another reason. */
const strayLogInTheWay: ReplicationDefect = {
  name: 'stray-log-in-the-way',
  statement:
    'A broker that starts finds the log of a deleted topic where the new one is to be, and has no replica of it.',
  source: 'KAFKA-14616 (fixed in 3.7.0); BrokerMetadataPublisher.finishInitializingReplicaManager',
  rules: { strayLogs: 'removed' },
  caughtBy: 'replicas-come-back',
  config: { brokers: 2, minInsyncReplicas: 1 },
  bounds: { crashes: 1, topicDeletions: 1 },
  liveness: 'exhaustive',
};

/**
 * With two replicas, of which both must be in sync, one is removed. What is left is less than the minimum of before,
 * so that the one that has gone stays eligible. When the other comes back from a crash, nobody else is.
 */
const removedReplicaInElr: ReplicationDefect = {
  name: 'removed-replica-in-elr',
  statement: 'A replica that was removed from the assignment stays in the ELR.',
  source: 'docs/findings.md; PartitionChangeBuilder.maybePopulateTargetElr; KIP-966',
  rules: { removedReplicaLeavesElr: false },
  caughtBy: 'partition-is-led-again',
  config: { eligibleLeaderReplicas: true, brokers: 2 },
  bounds: { reassignments: 1, crashes: 1 },
  liveness: 'exhaustive',
};

/**
 * The last member of the ISR is down when ELR is switched on. It comes back without a clean shutdown, and so is neither
 * in sync nor eligible, and nobody had noted that it led last.
 */
const elrEnabledWhileOffline: ReplicationDefect = {
  name: 'elr-enabled-while-offline',
  statement:
    'Eligible leader replicas are switched on, and nobody knows who led an offline partition last.',
  source: 'docs/findings.md (seen on 4.3.1); ConfigurationControlManager.updateFeatures; KIP-966',
  rules: { enablingElrNotesLastLeader: false },
  caughtBy: 'partition-is-led-again',
  config: { brokers: 1, minInsyncReplicas: 1 },
  bounds: { crashes: 1, elrEnablings: 1 },
  liveness: 'exhaustive',
};

/** One of two is given up, the other crashes and comes back: only the one that is gone may be elected. */
const unregisteredBrokerInElr: ReplicationDefect = {
  name: 'unregistered-broker-in-elr',
  statement: 'A broker that is unregistered stays in the ELR.',
  source: 'docs/findings.md; ReplicationControlManager.handleBrokerUnregistered; KIP-966',
  rules: { unregisteredLeavesElr: false },
  caughtBy: 'partition-is-led-again',
  config: { eligibleLeaderReplicas: true, brokers: 2 },
  bounds: { crashes: 2, unregistrations: 1 },
  liveness: 'exhaustive',
};

/** The new target adds nobody, and whom the old one added is to be removed: it is waited for and never counts. */
const replacedReassignmentNeverEnds: ReplicationDefect = {
  name: 'replaced-reassignment-never-ends',
  statement:
    'A reassignment that is replaced by the assignment from before waits for whom it had added.',
  source:
    'docs/findings.md (seen in ReplicationControlManager 4.3.1); ReplicationControlManager.changePartitionReassignment',
  rules: { replacementStartsFromOriginal: false },
  caughtBy: 'reassignments-end',
  config: { brokers: 1, minInsyncReplicas: 1, spareBrokers: 1 },
  bounds: { reassignments: 1, replacedReassignments: 1 },
  liveness: 'exhaustive',
};

/** What keeps a partition from coming back, and loses nothing. */
export const replicationProgressDefects: readonly ReplicationDefect[] = [
  cutOffFetcherStops,
  isrChangeNotRepeated,
  noElectionOnUnfencing,
  strayLogInTheWay,
  removedReplicaInElr,
  elrEnabledWhileOffline,
  unregisteredBrokerInElr,
  replacedReassignmentNeverEnds,
].map(inRepairedRelease);
