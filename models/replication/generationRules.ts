import type { Generation } from './generation.ts';
import { isInMaximalIsr, type ReplicationRules } from './rules.ts';

/** Kafka 4.1 on a newly formatted cluster, with eligible leader replicas on. */
const currentElr: ReplicationRules = {
  truncation: 'onFetch',
  writesEpochEntryOnElection: true,
  truncatesInEveryEpoch: true,
  truncationClipsHighWatermark: true,
  clipsCheckpointedHighWatermark: true,
  startsAnewOnlyBelowLogStart: true,
  dropsRecordsOfNewerEpoch: true,
  fencesFetchByLeaderEpoch: true,
  creditsOnlyMatchingFetches: true,
  fencesAnswerByLeaderEpoch: true,
  fencesAnswerByOffset: true,
  ignoresHighWatermarkOfDivergingAnswer: true,
  fetchesAgainAfterCut: true,
  waitsFor: (leader, isr, replica) => isInMaximalIsr(leader, isr, replica),
  mayMiss: () => 0,
  highWatermarkNeedsMinIsr: true,
  reevaluatesOnIsrChange: true,
  readLimit: leader => leader.highWatermark,
  endOffsetNeedsEpochStart: true,
  admissionNeedsMinIsr: true,
  answersAtAppend: false,
  answerNeedsMinIsr: true,
  isrChange: 'alterPartition',
  expandNeedsHighWatermark: true,
  expandNeedsEpochStart: true,
  expandNeedsFetch: true,
  forgetsFollowersOnElection: true,
  fetchNeedsBrokerEpoch: true,
  oneIsrChangeAtATime: true,
  repeatsIsrChange: true,
  caughtUpFollowerStays: true,
  checksLeaderOfIsrChange: true,
  checksPartitionEpochOfIsrChange: true,
  refusesIneligibleMembers: true,
  checksBrokerEpochOfMembers: true,
  shrinkBumpsLeaderEpoch: false,
  mayLeadCleanly: ({ isr, elr }, replica) => isr.has(replica) || (isr.isEmpty && elr.has(replica)),
  nextLeaderEpoch: epoch => epoch + 1,
  preferredLeaderMustBeInSync: true,
  electsOnUnfencing: true,
  fencesOneBrokerAtATime: true,
  lastMemberStaysInIsr: true,
  eligibleLeaderReplicas: true,
  uncleanShutdownLeavesElr: true,
  minIsrChangeClearsElr: true,
  lastKnownLeaderMustBeActive: true,
  reassignmentNeedsEveryTarget: true,
  forgetsRemovedReplicas: true,
  unfencedPredecessor: 'cleanedUp',
  registrationNamesIncarnation: true,
  actsOnEveryMetadataRecord: true,
  ignoresOlderMetadata: true,
};

/** ELR off, as before 4.0 and on upgraded clusters. */
const current: ReplicationRules = { ...currentElr, eligibleLeaderReplicas: false };

/** Before 3.7, with the ways of its time: see the version of each rule. */
const alterPartition: ReplicationRules = {
  ...current,
  highWatermarkNeedsMinIsr: false,
  // 3.6 (KAFKA-15021), 3.9.1 (KAFKA-18723) and 4.0 (KAFKA-18635) changed these.
  shrinkBumpsLeaderEpoch: true,
  dropsRecordsOfNewerEpoch: false,
  unfencedPredecessor: 'refused',
};

/** Before 2.7: the leader writes the ISR itself, and a follower truncates before it fetches. */
const kip320: ReplicationRules = {
  ...alterPartition,
  isrChange: 'zookeeper',
  truncation: 'byEpochAndEndOffset',
  refusesIneligibleMembers: false,
  fetchNeedsBrokerEpoch: false,
  checksBrokerEpochOfMembers: false,
};

/** Before 2.1: a fetch does not say in which leader epoch the follower is. */
const kip279: ReplicationRules = { ...kip320, fencesFetchByLeaderEpoch: false };

/** Before 2.0: the leader's answer is an offset without its epoch. */
const kip101: ReplicationRules = { ...kip279, truncation: 'byEndOffset' };

/** Before 0.11. */
const toHighWatermark: ReplicationRules = { ...kip101, truncation: 'toHighWatermark' };

const rules: Readonly<Record<Generation, ReplicationRules>> = {
  'truncate-to-high-watermark': toHighWatermark,
  'kip-101': kip101,
  'kip-279': kip279,
  'kip-320': kip320,
  'alter-partition': alterPartition,
  current,
  'current-elr': currentElr,
};

/** The rules of a generation, each built from its successor by what it did not have yet. */
export function rulesOf(generation: Generation): ReplicationRules {
  return rules[generation];
}
