import type { GroupsDefect } from '../rules.ts';

const commitAnsweredAfterLeading: GroupsDefect = {
  name: 'commit-answered-after-leading',
  statement:
    'A deposed coordinator takes records of the next leader for its own, and tells success of a commit that is gone.',
  source: 'KAFKA-20634 (4.0 to 4.3.0, fixed in 4.3.1)',
  rules: { answersOnlyWhileLeading: false },
  caughtBy: 'acknowledged-commits-are-kept',
  releases: '4.0 to 4.3.0',
  config: { repairs: ['all'], partitions: 2 },
  bounds: { lateResignations: 1 },
};

const commitAnsweredBeforeReplication: GroupsDefect = {
  name: 'commit-answered-before-replication',
  statement: 'A commit is answered when the leader alone has it.',
  source: 'offsets.commit.required.acks=1 (removed in 4.0, KIP-1041)',
  rules: { answersCommitted: false },
  caughtBy: 'acknowledged-commits-are-kept',
};

const loadedToHighWatermark: GroupsDefect = {
  name: 'loaded-to-high-watermark',
  statement:
    'A new coordinator reads what it knows to be committed, and not what is so a little later.',
  source: 'CoordinatorLoaderImpl.load; KAFKA-5600, KAFKA-8069 (a part of the log is not loaded)',
  rules: { loadsToLogEnd: false },
  caughtBy: 'coordinator-knows-its-log',
  bounds: { failovers: 1 },
};

const offsetsExpireOfActiveGroup: GroupsDefect = {
  name: 'offsets-expire-of-active-group',
  statement: 'The committed offset of a group that lives expires, because it commits seldom.',
  source: 'KAFKA-4682, KAFKA-8069 (fixed in 2.1 by KIP-211)',
  rules: { keepsOffsetsOfActiveGroups: false },
  caughtBy: 'offsets-of-active-groups-are-kept',
  releases: '1.0 to 2.0',
  bounds: { offsetExpiries: 1 },
};

const zombieCommitAccepted: GroupsDefect = {
  name: 'zombie-commit-accepted',
  statement: 'A coordinator takes a commit of a member that is of an earlier generation.',
  source: 'ClassicGroup.validateOffsetCommit; KIP-447 (transactions before 2.5)',
  rules: { fencesGenerations: false },
  caughtBy: 'commits-come-from-members',
  config: { assignor: 'cooperative' },
  bounds: { lateResignations: 1, staleLookups: 1 },
};

const strangerCommitAccepted: GroupsDefect = {
  name: 'stranger-commit-accepted',
  statement: 'A coordinator takes a commit of a process that it has given up.',
  source: 'ClassicGroup.validateMember (UNKNOWN_MEMBER_ID)',
  rules: { fencesMembers: false },
  caughtBy: 'committed-offsets-do-not-go-back',
  bounds: { records: 2, missedSessions: 1 },
};

const assignedBeforeReplication: GroupsDefect = {
  name: 'assigned-before-replication',
  statement: 'Members get partitions by an assignment that a failover may forget.',
  source: 'GroupMetadataManager.classicGroupSyncToClassicGroup (appendFuture)',
  rules: { assignsCommitted: false },
  caughtBy: 'partitions-have-one-owner',
  bounds: { failovers: 1 },
};

const givenBeforeReleased: GroupsDefect = {
  name: 'given-before-released',
  statement: 'A partition is given to a member although another one has not given it up yet.',
  source: 'KIP-848; CurrentAssignmentBuilder.computeNextAssignment (currentPartitionEpoch)',
  rules: { releasesFirst: false },
  caughtBy: 'one-owner-in-a-generation',
  config: { protocol: 'consumer', partitions: 2 },
};

/** What a coordinator does wrongly. */
export const coordinatorDefects: readonly GroupsDefect[] = [
  commitAnsweredAfterLeading,
  commitAnsweredBeforeReplication,
  loadedToHighWatermark,
  offsetsExpireOfActiveGroup,
  zombieCommitAccepted,
  strangerCommitAccepted,
  assignedBeforeReplication,
  givenBeforeReleased,
];
