import type { GroupsDefect } from '../rules.ts';

/*
 * What is no mistake of Kafka: settings that promise less, and what a group does not survive. A question notices,
 * which asks of everybody what is claimed of some.
 */

const zombieMemberProcesses: GroupsDefect = {
  name: 'zombie-member-processes',
  statement: 'A member is paused for longer than its session, and goes on beside the next owner.',
  source: 'session.timeout.ms; docs/design.html: a group has one owner, not one process',
  rules: {},
  caughtBy: 'one-processor-at-a-time',
  bounds: { missedSessions: 1 },
};

const slowApplicationProcesses: GroupsDefect = {
  name: 'slow-application-processes',
  statement:
    'An application that does not poll in time goes on with what it has in hand, beside the next owner.',
  source: 'max.poll.interval.ms; AbstractCoordinator.HeartbeatThread',
  rules: {},
  caughtBy: 'one-processor-at-a-time',
  bounds: { slowPolls: 1 },
};

const processedAgainAfterCrash: GroupsDefect = {
  name: 'processed-again-by-next-owner',
  statement: 'A member dies between processing and commit, and the next owner processes again.',
  source: 'docs/design.html, at least once',
  rules: {},
  caughtBy: 'no-record-is-processed-twice',
  config: { commit: 'after' },
  bounds: { crashes: 1 },
};

const committedBeforeProcessing: GroupsDefect = {
  name: 'committed-and-not-processed',
  statement: 'A member commits before it processes, and the next owner goes on behind.',
  source: 'docs/design.html, at most once',
  rules: {},
  caughtBy: 'no-record-is-passed-over',
  config: { commit: 'before' },
};

const committedWhileHandedOver: GroupsDefect = {
  name: 'revoked-while-handed-over',
  statement:
    'Other threads process while auto commit covers what they have, and a rebalance takes the partition.',
  source: 'KafkaConsumer (multi-threaded processing)',
  rules: {},
  caughtBy: 'no-record-is-passed-over',
  config: { commit: 'handedOver' },
};

const processedAgainCooperatively: GroupsDefect = {
  name: 'processed-again-cooperatively',
  statement:
    'A cooperative member processes on in a rebalance, and gives up a partition without a commit.',
  source: 'ConsumerCoordinator.onJoinComplete (revokes, and commits nothing by itself)',
  rules: {},
  caughtBy: 'no-record-is-processed-twice',
  config: { assignor: 'cooperative', partitions: 2 },
};

const commitLostWithLog: GroupsDefect = {
  name: 'commit-lost-with-its-log',
  statement:
    'The only in-sync replica of the offsets partition is lost, and with it a commit that was told to be stored.',
  source: 'offsets.topic.replication.factor; no min.insync.replicas of its own',
  rules: {},
  caughtBy: 'success-means-committed',
  bounds: { uncleanFailovers: 1 },
};

const emptyGroupExpires: GroupsDefect = {
  name: 'empty-group-expires',
  statement:
    'A group is away for longer than its offsets are kept, and processes everything again.',
  source: 'offsets.retention.minutes (seven days)',
  rules: {},
  caughtBy: 'no-record-is-processed-twice',
  config: { members: 1 },
  bounds: { leaves: 1, offsetExpiries: 1 },
};

const deposedCoordinatorAnswers: GroupsDefect = {
  name: 'deposed-coordinator-answers',
  statement: 'A member is told by a coordinator that was deposed where the group went on before.',
  source: 'OffsetMetadataManager.fetchOffsets; Redpanda #10669',
  rules: {},
  caughtBy: 'no-record-is-processed-twice',
  config: { commit: 'after' },
  bounds: { lateResignations: 1, staleLookups: 1 },
};

const sharedInstanceId: GroupsDefect = {
  name: 'shared-instance-id',
  statement: 'Two processes have one group.instance.id: each takes the place of the other.',
  source: 'KIP-345 (FENCED_INSTANCE_ID)',
  rules: {},
  caughtBy: 'one-processor-at-a-time',
  config: { instanceIds: 'shared' },
};

/** Settings and events that groups do not survive. */
export const groupHazards: readonly GroupsDefect[] = [
  zombieMemberProcesses,
  slowApplicationProcesses,
  processedAgainAfterCrash,
  committedBeforeProcessing,
  committedWhileHandedOver,
  processedAgainCooperatively,
  commitLostWithLog,
  emptyGroupExpires,
  deposedCoordinatorAnswers,
  sharedInstanceId,
];
