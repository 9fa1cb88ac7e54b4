import { type AnyProperty, anyProperties } from '../checker/model/property.ts';
import { type AnyTemporalProperty, anyTemporal } from '../checker/model/temporal.ts';
import type { ReplicationBounds, ReplicationConfig } from '../models/replication/config.ts';
import {
  assignmentChangesByReassignment,
  isrChangesForCause,
  leaderChangesForCause,
} from './replication/causes.ts';
import {
  isrJoinersHaveHighWatermark,
  isrMembersHaveCommittedRecords,
} from './replication/committed.ts';
import { acknowledgedRecordsSurvive, exposedRecordsSurvive } from './replication/durability.ts';
import {
  elrMembersHaveCommittedRecords,
  isrAndElrHoldMinIsr,
} from './replication/eligibleLeaders.ts';
import { ofEveryPartition, progressOf } from './replication/everyPartition.ts';
import { onlyFollowersFetch } from './replication/fetching.ts';
import { flushedOnlyByCleanStop } from './replication/flushed.ts';
import {
  highWatermarkMonotonic,
  highWatermarkWithinLog,
  highWatermarkWithinMaximalIsr,
  maximalIsrCoversIsr,
  staleLeaderCommitsNothingAlone,
} from './replication/highWatermark.ts';
import {
  cleanElectionFromIsr,
  electedLeaderIsActive,
  leaderEpochGrowsWithLeader,
  leaderlessOnlyWithoutCandidate,
  leadersWereElected,
  oneLeaderPerEpoch,
} from './replication/leadership.ts';
import { logStartMonotonic, logStartWithinDeleted } from './replication/logStart.ts';
import { logsAgreeBelowHighWatermark, sameEpochSameRecord } from './replication/logs.ts';
import {
  emptyIsrOnlyWithElr,
  isrWithinReplicas,
  leaderInIsr,
  metadataEpochsMonotonic,
  onlyActiveBrokersJoinIsr,
} from './replication/metadata.ts';
import { nothingCrossesCut } from './replication/network.ts';
import {
  partitionGetsLeader,
  partitionIsLedAgain,
  producersAreAnswered,
  reassignmentsEnd,
  replicasComeBack,
} from './replication/progress.ts';
import { replicationGoals } from './replication/reachability.ts';
import {
  readersAgree,
  readsBelowHighWatermark,
  reportedEndOffsetMonotonic,
} from './replication/reads.ts';
import { scopeFactsOf } from './replication/scopeFacts.ts';
import { settledReplicasAgree } from './replication/settled.ts';
import { severalPartitionsGoals } from './replication/severalPartitions.ts';
import { leaveOnlyWithoutLeadership } from './replication/shutdown.ts';
import { deletedTopicStaysDeleted } from './replication/topics.ts';
import {
  recoveringEndsWithIsrChange,
  recoveringOnlyAfterUncleanElection,
  uncleanElectionIsLastResort,
  uncleanElectionMarksRecovering,
} from './replication/uncleanElections.ts';

/** Every property and goal, in the order in which they are listed: what users lose comes first. */
const families = [
  acknowledgedRecordsSurvive,
  exposedRecordsSurvive,
  readersAgree,
  readsBelowHighWatermark,
  reportedEndOffsetMonotonic,
  deletedTopicStaysDeleted,
  oneLeaderPerEpoch,
  leadersWereElected,
  leaderEpochGrowsWithLeader,
  electedLeaderIsActive,
  cleanElectionFromIsr,
  uncleanElectionIsLastResort,
  uncleanElectionMarksRecovering,
  recoveringOnlyAfterUncleanElection,
  recoveringEndsWithIsrChange,
  leaderlessOnlyWithoutCandidate,
  leaderChangesForCause,
  isrChangesForCause,
  assignmentChangesByReassignment,
  metadataEpochsMonotonic,
  isrWithinReplicas,
  leaderInIsr,
  emptyIsrOnlyWithElr,
  onlyActiveBrokersJoinIsr,
  isrMembersHaveCommittedRecords,
  isrJoinersHaveHighWatermark,
  elrMembersHaveCommittedRecords,
  isrAndElrHoldMinIsr,
  maximalIsrCoversIsr,
  highWatermarkWithinMaximalIsr,
  highWatermarkWithinLog,
  highWatermarkMonotonic,
  staleLeaderCommitsNothingAlone,
  logsAgreeBelowHighWatermark,
  sameEpochSameRecord,
  logStartMonotonic,
  logStartWithinDeleted,
  flushedOnlyByCleanStop,
  nothingCrossesCut,
  onlyFollowersFetch,
  leaveOnlyWithoutLeadership,
  settledReplicasAgree,
] as const;

/**
 * The properties of the replication model for one configuration and scope. A property that says
 * nothing there is still listed, with the reason why.
 */
export function replicationProperties(
  config: ReplicationConfig,
  bounds: ReplicationBounds,
): readonly AnyProperty[] {
  const facts = scopeFactsOf(config, bounds);
  const properties = [...families.map(propertyOf => propertyOf(facts)), ...replicationGoals(facts)];
  return anyProperties([
    ...properties.map(property => ofEveryPartition(facts.partition, property)),
    ...severalPartitionsGoals(facts),
  ]);
}

/** What must come about in the replication model at some time, for one configuration and scope. */
export function replicationTemporal(
  config: ReplicationConfig,
  bounds: ReplicationBounds,
): readonly AnyTemporalProperty[] {
  const facts = scopeFactsOf(config, bounds);
  const { partition } = facts;
  const properties = [
    partitionGetsLeader(facts),
    partitionIsLedAgain(facts),
    replicasComeBack(facts),
    producersAreAnswered(facts),
    reassignmentsEnd(facts),
  ];
  return anyTemporal(
    properties.flatMap(property => partition.all.map(id => progressOf(partition, id, property))),
  );
}
