import type { KraftDefect } from '../rules.ts';

/** Elections without pre-vote, as published models have them: the stories are the same, shorter. */
const old = { kafka: '3.9' } as const;

const doubleVote: KraftDefect = {
  name: 'double-vote',
  statement: 'A voter that has voted in an epoch votes for another candidate as well.',
  source: 'Raft 5.2',
  rules: { votesOncePerEpoch: false },
  caughtBy: 'one-leader-per-epoch',
  config: old,
};

const voteNotPersisted: KraftDefect = {
  name: 'vote-not-persisted',
  statement:
    'A voter answers before its vote is in the quorum-state file, and forgets it in a crash.',
  source: 'Raft figure 2, votedFor; sofa-jraft #1241',
  rules: { persistsVotes: false },
  caughtBy: 'one-leader-per-epoch',
  config: old,
  bounds: { crashes: 1 },
};

/** No rule is broken: what the protocol rests on is gone. */
const quorumStateLost: KraftDefect = {
  name: 'quorum-state-lost',
  statement: 'The quorum-state file of a voter is lost while its log is kept, and so is its vote.',
  source: 'QuorumState.initialize; discussed when the file was added (2020)',
  rules: {},
  caughtBy: 'one-leader-per-epoch',
  config: old,
  bounds: { crashes: 1, quorumStateLosses: 1 },
};

const majorityOffByOne: KraftDefect = {
  name: 'majority-off-by-one',
  statement: 'Half of the voters, rounded down, is taken for a majority.',
  source: 'Raft 5.2',
  rules: { majorityOf: voters => Math.max(1, Math.floor(voters / 2)) },
  caughtBy: 'one-leader-per-epoch',
  config: old,
};

const repeatedVoteCounted: KraftDefect = {
  name: 'repeated-vote-counted',
  statement: 'An answer to a vote request that arrives twice is counted as two votes.',
  source: 'Coyote, Raft sample (duplicate vote responses)',
  rules: { countsEachVoterOnce: false },
  caughtBy: 'one-leader-per-epoch',
  masked: {
    because:
      'a node takes only the answer that it waits for, so that the second of two is dropped before it is counted',
    unmaskedBy: 'unawaited-answer-taken',
    aloneIn: { config: old, bounds: { duplicatedMessages: 1 } },
  },
  config: { ...old, voters: 5 },
  bounds: { duplicatedMessages: 1 },
};

const leaderVotesForOther: KraftDefect = {
  name: 'leader-votes-for-other',
  statement: 'A leader grants its vote to any other candidate of the epoch that it leads.',
  source: 'SandTable, DaosRaft #70',
  rules: { leaderRejectsVotes: false },
  caughtBy: 'one-vote-per-epoch',
  config: old,
};

const leaderInAnswerIgnored: KraftDefect = {
  name: 'leader-in-answer-ignored',
  statement: 'A candidate does not look at who leads its epoch in the answers that it gets.',
  source: 'KafkaRaftClient.maybeHandleCommonResponse',
  rules: { learnsLeaderFromAnswers: false },
  caughtBy: 'one-leader-per-epoch',
  masked: {
    because: 'nobody who knows a leader grants a vote, least of all the leader',
    unmaskedBy: 'leader-votes-for-other',
  },
  config: old,
};

const voteWithoutUpToDateLog: KraftDefect = {
  name: 'vote-without-up-to-date-log',
  statement: "A voter grants its vote to a candidate whose log is behind the voter's own.",
  source: 'Raft 5.4.1',
  rules: { voteNeedsUpToDateLog: false },
  caughtBy: 'leaders-hold-committed-records',
  config: old,
  bounds: { epochs: 2 },
};

const followerForgetsVote: KraftDefect = {
  name: 'follower-forgets-vote',
  statement: 'A node that follows the leader of its epoch forgets for whom it voted in it.',
  source: 'QuorumState.transitionToFollower; KAFKA-17642',
  rules: { followerKeepsVote: false },
  caughtBy: 'one-leader-per-epoch',
  releases: '3.3 to 3.9',
  masked: {
    because: 'it still knows the leader of the epoch, and nobody votes who knows a leader',
    unmaskedBy: 'prospective-forgets-leader',
  },
  config: { transport: 'rounds' },
  bounds: { epochs: 2 },
};

const prospectiveForgetsLeader: KraftDefect = {
  name: 'prospective-forgets-leader',
  statement: 'A node that asks for pre-votes forgets who leads its epoch.',
  source: 'QuorumState.transitionToProspective; KIP-996',
  rules: { prospectiveKeepsLeader: false },
  caughtBy: 'one-leader-per-epoch',
  masked: {
    because: 'it still knows for whom it voted in the epoch, and votes for nobody else',
    unmaskedBy: 'follower-forgets-vote',
  },
  config: { transport: 'rounds' },
  bounds: { epochs: 2 },
};

const observerStands: KraftDefect = {
  name: 'observer-stands',
  statement: 'A node that is not a voter stands for election when its timer runs out.',
  source: 'KAFKA-17067 (fixed in 4.0)',
  rules: { onlyVotersStand: false },
  caughtBy: 'only-voters-lead',
  config: { ...old, observers: 1 },
};

export const electionDefects: readonly KraftDefect[] = [
  doubleVote,
  voteNotPersisted,
  quorumStateLost,
  majorityOffByOne,
  repeatedVoteCounted,
  leaderVotesForOther,
  leaderInAnswerIgnored,
  voteWithoutUpToDateLog,
  followerForgetsVote,
  prospectiveForgetsLeader,
  observerStands,
];
