import type { KraftDefect } from '../rules.ts';

/**
 * A node that hears everybody but the leader deposes it, is deposed by it, and so on: at Cloudflare in
 * 2020 for six hours. Epochs are bounded here, so that what is shown is the first time.
 */
const noPreVote: KraftDefect = {
  name: 'no-pre-vote',
  statement: 'A node that does not hear the leader stands for election without a pre-vote.',
  source: 'KIP-996; Howard and Abraham 2020; Cloudflare 2020-11-02',
  rules: { asksForPreVotes: false },
  caughtBy: 'followed-leader-stays',
  releases: '3.3 to 3.9',
  config: { transport: 'rounds' },
  bounds: { epochs: 2 },
};

/** Two followers of a dead leader ask each other in turn, and each refuses, for ever. */
const followersRefusePreVotes: KraftDefect = {
  name: 'followers-refuse-pre-votes',
  statement: 'A follower refuses every pre-vote, whether it has fetched from its leader or not.',
  source: 'KAFKA-17641 (fixed in 4.0); KIP-996',
  rules: { refusesPreVotesOnlyAfterFetch: false },
  caughtBy: 'quorum-gets-leader',
  config: { transport: 'rounds' },
  bounds: { epochs: 2, crashes: 1 },
  liveness: 'exhaustive',
};

/** Every epoch is lost like the one before. Epochs are bounded: it is shown for so many steps only. */
const timersRunOutTogether: KraftDefect = {
  name: 'timers-run-out-together',
  statement: 'The election timers of all nodes run out together, so that every vote is split.',
  source: 'Raft 5.2, randomised election timeouts; KAFKA-18345',
  rules: { electionTimersDiffer: false },
  caughtBy: 'quorum-gets-leader',
  config: { kafka: '3.9' },
  bounds: { epochs: 64 },
  liveness: 'bounded',
};

const noCheckQuorum: KraftDefect = {
  name: 'no-check-quorum',
  statement: 'A leader that cannot talk to a majority of the voters goes on leading.',
  source: 'KAFKA-15489 (fixed in 3.7.0); LeaderState.timeUntilCheckQuorumExpires',
  rules: { leadersCheckQuorum: false },
  caughtBy: 'isolated-leaders-resign',
  releases: '3.3 to 3.6',
  config: { transport: 'rounds', voters: 2 },
  bounds: { epochs: 2, partitions: 1, resignations: 1 },
  liveness: 'exhaustive',
};

/** What keeps a quorum from getting or keeping a leader, and breaks no promise about its log. */
export const kraftProgressDefects: readonly KraftDefect[] = [
  noPreVote,
  followersRefusePreVotes,
  timersRunOutTogether,
  noCheckQuorum,
];
