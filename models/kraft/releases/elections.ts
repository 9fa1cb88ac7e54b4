import { always } from '../../description/always.ts';
import { oldestRelease } from '../../description/release.ts';
import type { RuleTable } from '../../description/ruleTable.ts';
import type { KraftRules } from '../rules.ts';

type ElectionRules = Pick<
  KraftRules,
  | 'persistsVotes'
  | 'votesOncePerEpoch'
  | 'majorityOf'
  | 'countsEachVoterOnce'
  | 'voteNeedsUpToDateLog'
  | 'leaderRejectsVotes'
  | 'leaderRestartsAs'
  | 'onlyVotersStand'
  | 'followerKeepsVote'
  | 'restartFollowsKnownLeader'
  | 'prospectiveKeepsLeader'
  | 'learnsLeaderFromAnswers'
  | 'asksForPreVotes'
  | 'refusesPreVotesOnlyAfterFetch'
  | 'electionTimersDiffer'
  | 'leadersCheckQuorum'
>;

const twoLeaders = 'two leaders in one epoch';

/** Elections, by release. */
export const electionRules: RuleTable<ElectionRules> = {
  persistsVotes: always(true, 'QuorumState.durableTransitionTo; KIP-595', twoLeaders),
  votesOncePerEpoch: always(true, 'Raft 5.2; KafkaRaftClient.handleVoteRequest', twoLeaders),
  majorityOf: always(
    (voters: number) => Math.floor(voters / 2) + 1,
    'Raft 5.2; CandidateState.majoritySize',
    twoLeaders,
  ),
  countsEachVoterOnce: always(true, 'CandidateState.recordGrantedVote', twoLeaders),
  voteNeedsUpToDateLog: always(true, 'Raft 5.4.1; KIP-595', 'a leader without a committed record'),
  leaderRejectsVotes: always(true, 'LeaderState.canGrantVote', 'two votes of one node in an epoch'),
  leaderRestartsAs: always(
    'resigned',
    'QuorumState.initialize; KAFKA-10527, KAFKA-10661 (2.7.0)',
    'two leaders in one epoch, or two records of one epoch at one offset',
  ),
  onlyVotersStand: always(
    true,
    'QuorumState.transitionToCandidate; before KAFKA-17067 an observer that had voted exits instead',
    'that an observer leads',
  ),
  followerKeepsVote: [
    {
      since: oldestRelease,
      value: false,
      source: 'FollowerState.election',
      prevents:
        'that a follower stands again in its epoch after a restart; without pre-votes nothing needs it',
    },
    {
      since: '4.0',
      value: true,
      source: 'FollowerState.election; KAFKA-17642',
      prevents: 'a second vote in the epoch, by a node that asks for pre-votes',
    },
  ],
  restartFollowsKnownLeader: [
    {
      since: oldestRelease,
      value: false,
      source: 'QuorumState.initialize looks at the own vote before the leader',
      prevents: 'nothing, and nothing needs it: a follower has no vote in its file',
    },
    {
      since: '4.0',
      value: false,
      source: 'QuorumState.initialize looks at the own vote before the leader; KAFKA-17642',
      prevents:
        'nothing; followers keep their votes, and one may lead the epoch in which it followed',
      defect: 'stands-again-after-following',
      repaired: true,
    },
  ],
  prospectiveKeepsLeader: always(
    true,
    'QuorumState.transitionToProspective; KIP-996',
    'a vote for another in an epoch that has a leader',
  ),
  learnsLeaderFromAnswers: always(
    true,
    'KafkaRaftClient.maybeHandleCommonResponse',
    'a candidate in an epoch that has a leader',
  ),
  asksForPreVotes: [
    {
      since: oldestRelease,
      value: false,
      source: 'KIP-996, motivation',
      prevents: 'nothing: who cannot hear the leader deposes it',
    },
    {
      since: '4.0',
      value: true,
      source: 'KIP-996; ProspectiveState',
      prevents: 'that a node which merely cannot hear the leader deposes it',
    },
  ],
  refusesPreVotesOnlyAfterFetch: always(
    true,
    'FollowerState.canGrantVote; KAFKA-17641 (4.0, the first with pre-votes)',
    'followers of a dead leader that refuse each other for ever',
  ),
  electionTimersDiffer: always(
    true,
    'QuorumState.randomElectionTimeoutMs; KAFKA-18345',
    'votes that are split for ever',
  ),
  leadersCheckQuorum: [
    {
      since: oldestRelease,
      value: false,
      source: 'KAFKA-15489',
      prevents: 'nothing: a leader that nobody can reach leads on',
      defect: 'no-check-quorum',
      repaired: true,
    },
    {
      since: '3.7',
      value: true,
      source: 'KAFKA-15489; LeaderState.timeUntilCheckQuorumExpires',
      prevents: 'a leader that can commit nothing and does not know it',
    },
  ],
};
