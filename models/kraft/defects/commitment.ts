import type { KraftDefect } from '../rules.ts';

const old = { kafka: '3.9' } as const;

/** Raft figure 8. */
const earlierEpochCommitted: KraftDefect = {
  name: 'earlier-epoch-committed',
  statement: 'A leader commits a record of an earlier epoch because a majority holds it.',
  source: 'Raft figure 8, 5.4.2; CCF #3950, #3971',
  rules: { mayCommit: () => true },
  caughtBy: 'leaders-hold-committed-records',
  config: { ...old, transport: 'rounds' },
  bounds: { epochs: 4 },
  beyondRandomRuns:
    'Raft figure 8: thirteen rounds in one order over four epochs, about 400,000 random steps.',
};

const epochStartCommitted: KraftDefect = {
  name: 'epoch-start-committed',
  statement: 'A leader commits up to the start of its epoch, without a record of its own.',
  source: 'KAFKA-12619 (fixed in 2.8.0)',
  rules: { mayCommit: (offset, epochStartOffset) => offset >= epochStartOffset },
  caughtBy: 'leaders-hold-committed-records',
  config: { ...old, transport: 'rounds' },
  bounds: { epochs: 4 },
  beyondRandomRuns:
    'Raft figure 8: thirteen rounds in one order over four epochs, about 400,000 random steps.',
};

const countedBeforeFlush: KraftDefect = {
  name: 'counted-before-flush',
  statement: 'A voter fetches again, and so acknowledges, before it has flushed what it fetched.',
  source: 'KAFKA-10533 (fixed in 2.8.0)',
  rules: { votersFlushBeforeFetch: false },
  caughtBy: 'leaders-hold-committed-records',
  config: old,
  bounds: { epochs: 2, crashes: 1 },
};

const recoveryPointKept: KraftDefect = {
  name: 'recovery-point-kept',
  statement:
    'A log that is cut still counts as flushed, and what takes the place of the cut is never flushed.',
  source: 'LocalLog.updateLogEndOffset',
  rules: { truncationLowersRecoveryPoint: false },
  caughtBy: 'committed-records-are-durable',
  config: { ...old, transport: 'rounds' },
  bounds: { epochs: 2 },
};

const joiningObserverNotFlushed: KraftDefect = {
  name: 'joining-observer-not-flushed',
  statement: 'An observer that becomes a voter acknowledges what it has not flushed.',
  source: 'KAFKA-17332 (fixed in 3.9.0), after KAFKA-13884',
  rules: { joiningObserversFlushBeforeFetch: false },
  caughtBy: 'committed-records-are-durable',
  config: { ...old, voters: 2, observers: 1, dynamicVoters: true, bootstrapFetch: true },
  bounds: { records: 1, voterChanges: 1 },
};

const soleVoterCommitsUnflushed: KraftDefect = {
  name: 'sole-voter-commits-unflushed',
  statement: 'The only voter of a quorum commits a record that is not on disk yet.',
  source: 'KafkaRaftClient.flushLeaderLog; etcd #14370',
  rules: { leaderCountsOnlyFlushed: false },
  caughtBy: 'committed-records-are-durable',
  config: { ...old, voters: 1, lateFlush: true },
};

const removedLeaderCounted: KraftDefect = {
  name: 'removed-leader-counted',
  statement: 'A leader that is no voter any more counts itself for the high watermark.',
  source: 'KAFKA-16530 (fixed in 3.8.0)',
  rules: { leaderCountsOnlyIfVoter: false },
  caughtBy: 'leaders-hold-committed-records',
  config: { ...old, voters: 4, dynamicVoters: true, lateFlush: true, transport: 'rounds' },
  bounds: { epochs: 2, records: 1, voterChanges: 1 },
  scenario: [
    'electionTimeout(node=node-1)',
    'exchangeVote(answer=arrives, from=node-1, to=node-2)',
    'exchangeVote(answer=arrives, from=node-1, to=node-3)',
    'flush(node=node-1)',
    'exchangeBeginQuorumEpoch(answer=lost, from=node-1, to=node-2)',
    'exchangeBeginQuorumEpoch(answer=lost, from=node-1, to=node-3)',
    'exchangeFetch(answer=arrives, from=node-2, to=node-1)',
    'exchangeFetch(answer=lost, from=node-2, to=node-1)',
    'exchangeFetch(answer=arrives, from=node-3, to=node-1)',
    'exchangeFetch(answer=lost, from=node-3, to=node-1)',
    'removeVoter(leader=node-1, voter=node-1)',
    'append(leader=node-1)',
    'exchangeFetch(answer=arrives, from=node-2, to=node-1)',
    'exchangeFetch(answer=arrives, from=node-2, to=node-1)',
    'exchangeFetch(answer=lost, from=node-2, to=node-1)',
    'exchangeFetch(answer=arrives, from=node-3, to=node-1)',
    'flush(node=node-1)',
    'fetchTimeout(node=node-3)',
    'exchangeVote(answer=arrives, from=node-3, to=node-4)',
  ],
};

const divergingFetchCounted: KraftDefect = {
  name: 'diverging-fetch-counted',
  statement: 'A leader counts the offset of a fetch that diverges from its own log.',
  source: 'CCF #5325 (the index of a refusal was taken for a match)',
  rules: { creditsOnlyMatchingFetches: false },
  caughtBy: 'leaders-hold-committed-records',
  config: old,
  bounds: { epochs: 3 },
};

const highWatermarkGoesBack: KraftDefect = {
  name: 'high-watermark-goes-back',
  statement: 'A follower takes over a high watermark that is lower than its own.',
  source: 'PySyncObj #166; KafkaRaftClient.updateFollowerHighWatermark',
  rules: { followerHighWatermarkIsMonotone: false },
  caughtBy: 'high-watermark-never-goes-back',
  masked: {
    because: 'a leader tells no high watermark until it has committed in its own epoch',
    unmaskedBy: 'earlier-high-watermark-told',
  },
  config: { ...old, transport: 'rounds' },
  bounds: { epochs: 2, records: 1 },
};

const earlierHighWatermarkTold: KraftDefect = {
  name: 'earlier-high-watermark-told',
  statement: 'A new leader tells the high watermark that it had as a follower.',
  source: 'QuorumState.transitionToLeader (the high watermark starts unknown)',
  rules: { tellsOnlyOwnHighWatermark: false },
  caughtBy: 'high-watermark-never-goes-back',
  masked: {
    because: 'a follower takes over no high watermark that is lower than its own',
    unmaskedBy: 'high-watermark-goes-back',
  },
  config: { ...old, transport: 'rounds' },
  bounds: { epochs: 2, records: 1 },
};

export const commitmentDefects: readonly KraftDefect[] = [
  earlierEpochCommitted,
  epochStartCommitted,
  countedBeforeFlush,
  recoveryPointKept,
  joiningObserverNotFlushed,
  soleVoterCommitsUnflushed,
  removedLeaderCounted,
  divergingFetchCounted,
  highWatermarkGoesBack,
  earlierHighWatermarkTold,
];
