import type { RuleDefect } from '../description/defect.ts';
import type { KraftBounds, KraftConfig } from './config.ts';

/**
 * The rules of the protocol that a release decides or a defect may change, one entry each. The model asks
 * these and nothing else where safety hangs on the answer. What they are in each release is in `releases/`.
 */
export interface KraftRules {
  // Elections.
  /** A vote is in the quorum-state file before it is answered. */
  readonly persistsVotes: boolean;
  /** A node that has voted in an epoch votes for nobody else in it. */
  readonly votesOncePerEpoch: boolean;
  /** How many of so many voters are a majority. */
  readonly majorityOf: (voters: number) => number;
  /** A voter that answers twice is counted once. */
  readonly countsEachVoterOnce: boolean;
  /** A vote goes only to a candidate whose log is at least as far as the voter's own. */
  readonly voteNeedsUpToDateLog: boolean;
  /** A leader votes for nobody in the epoch that it leads. */
  readonly leaderRejectsVotes: boolean;
  /** As what a node comes back that led the epoch in its quorum-state file (KAFKA-10527, 10661). */
  readonly leaderRestartsAs: 'resigned' | 'unattached' | 'leader';
  /** Only a node that is a voter in its own view stands for election (KAFKA-17067). */
  readonly onlyVotersStand: boolean;
  /** A node that follows the leader of its epoch remembers for whom it voted in it (KAFKA-17642). */
  readonly followerKeepsVote: boolean;
  /** A node that knows the leader of its epoch follows it after a restart, though it stood in it once. */
  readonly restartFollowsKnownLeader: boolean;
  /** A node that asks for pre-votes remembers who leads its epoch. */
  readonly prospectiveKeepsLeader: boolean;
  /** A node learns from an answer who leads its epoch. */
  readonly learnsLeaderFromAnswers: boolean;
  /** A node of a release with pre-vote asks for pre-votes before it stands (KIP-996). */
  readonly asksForPreVotes: boolean;
  /** A follower refuses pre-votes only once it has fetched from its leader (KAFKA-17641). */
  readonly refusesPreVotesOnlyAfterFetch: boolean;
  /** Election timers run out at different times (KAFKA-18345). */
  readonly electionTimersDiffer: boolean;
  /** A leader that cannot talk to a majority resigns (check-quorum, KAFKA-15489). */
  readonly leadersCheckQuorum: boolean;

  // The log and the high watermark.
  /** A leader commits only what reaches beyond the start of its own epoch (Raft 5.4.2). */
  readonly mayCommit: (offset: number, epochStartOffset: number) => boolean;
  /** A leader tells no high watermark before it has committed in its own epoch. */
  readonly tellsOnlyOwnHighWatermark: boolean;
  /** A voter flushes what it has fetched before it fetches again (KAFKA-10533). */
  readonly votersFlushBeforeFetch: boolean;
  /** So does an observer that may become a voter (KAFKA-17332). */
  readonly joiningObserversFlushBeforeFetch: boolean;
  /** A leader counts its own records only when they are flushed. */
  readonly leaderCountsOnlyFlushed: boolean;
  /** A log that was cut counts as flushed up to its new end at most. */
  readonly truncationLowersRecoveryPoint: boolean;
  /** A leader counts itself only if it is a voter (KAFKA-16530). */
  readonly leaderCountsOnlyIfVoter: boolean;
  /** A fetch tells the leader of the follower's log only if it fits the leader's own. */
  readonly creditsOnlyMatchingFetches: boolean;
  /** A follower takes only the answer that it waits for. */
  readonly dropsUnawaitedAnswers: boolean;
  /** A follower takes only answers of its own epoch. */
  readonly fencesAnswerByEpoch: boolean;
  /** Truncating below the own high watermark is fatal (KAFKA-12460). */
  readonly refusesTruncationBelowHighWatermark: boolean;
  /** A fetched entry is appended only where the log ends (UnifiedLog.append). */
  readonly appendsOnlyAtLogEnd: boolean;
  /** A follower has one fetch in flight at most (RequestManager.hasAnyInflightRequest). */
  readonly oneFetchInFlight: boolean;
  /** A follower's high watermark never goes back. */
  readonly followerHighWatermarkIsMonotone: boolean;

  // Snapshots.
  /** The offset at which a snapshot of everything below the high watermark is filed. */
  readonly snapshotOffset: (highWatermark: number) => number;
  /** A snapshot names the voter set as of its offset (KIP-853). */
  readonly snapshotHoldsVoters: boolean;
  /** A snapshot is on disk before it counts (KAFKA-15312). */
  readonly flushesSnapshots: boolean;
  /** The log is cleaned only up to the newest snapshot (KAFKA-14238). */
  readonly cleansOnlyBelowSnapshot: boolean;
  /** A fetched snapshot replaces the log only if it is ahead of it. */
  readonly installsOnlyNewerSnapshots: boolean;

  // Voter changes.
  /** A leader changes the voters only once it has committed in its own epoch (raft-dev 2015). */
  readonly voterChangeNeedsCommittedEpoch: boolean;
  /** A leader changes the voters only once the last change is committed. */
  readonly oneVoterChangeAtATime: boolean;
  /** A voter set counts from when its record is appended, or only from when it is committed. */
  readonly votersCountFrom: 'appended' | 'committed';
  /** Truncating a voters record brings the voter set before it back. */
  readonly truncationRestoresVoters: boolean;
  /** After a truncation a node reads the voters records that replace what was cut. */
  readonly readsReplacingVoters: boolean;
  /** A voter is known by id and directory id: one on another disk is another voter. */
  readonly checksDirectories: boolean;

  // The controller on top.
  /** Whether a new leader's controller is active when it has applied the log so far (KAFKA-15345). */
  readonly activeFrom: (appliedOffset: number, epochStartOffset: number) => boolean;
  /** A controller applies only what is committed. */
  readonly appliesOnlyCommitted: boolean;
}

/** A deliberate weakening of one rule, to see that a property notices. */
export type KraftDefect = RuleDefect<KraftRules, KraftConfig, KraftBounds>;
