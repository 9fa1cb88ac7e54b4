import type { KraftDefect } from '../rules.ts';

const old = { kafka: '3.9' } as const;

const leaderRestartsWithoutVote: KraftDefect = {
  name: 'leader-restarts-without-vote',
  statement: 'A leader that restarts forgets that it led the epoch and voted for itself in it.',
  source: 'KAFKA-10661 (fixed in 2.7.0)',
  rules: { leaderRestartsAs: 'unattached' },
  caughtBy: 'one-leader-per-epoch',
  config: { ...old, lateFlush: true },
  bounds: { crashes: 1 },
};

const leaderResumesEpoch: KraftDefect = {
  name: 'leader-resumes-epoch',
  statement:
    'A leader that restarts goes on leading the same epoch, without the tail that it lost.',
  source: 'KAFKA-10527 (fixed in 2.7.0)',
  rules: { leaderRestartsAs: 'leader' },
  caughtBy: 'same-epoch-same-record',
  config: { ...old, lateFlush: true },
  bounds: { crashes: 1, records: 2 },
};

/** No rule is broken: without directory ids a voter on an empty disk is still that voter. */
const wipedVoterVotesAgain: KraftDefect = {
  name: 'wiped-voter-votes-again',
  statement: 'A voter of a static quorum comes back with an empty disk and votes a second time.',
  source: 'KIP-853 (motivation); Vanlightly/raft-tlaplus, standard-raft',
  rules: {},
  caughtBy: 'one-leader-per-epoch',
  config: old,
  bounds: { diskLosses: 1 },
};

/** No rule is broken: directory ids help only if the new disk has a new one. */
const directoryIdRestored: KraftDefect = {
  name: 'directory-id-restored',
  statement: 'A voter comes back with an empty disk on which its old directory id was restored.',
  source: 'KIP-853; kafka-storage format',
  rules: {},
  caughtBy: 'one-leader-per-epoch',
  config: { ...old, dynamicVoters: true, directoryIdRestored: true },
  bounds: { diskLosses: 1 },
};

/**
 * No rule is broken: it is what Kafka 4.0 to 4.4 does. A follower keeps the vote that it gave itself in
 * this epoch, and a restart makes a candidate of it, although it has followed the winner since. That it
 * can win only takes the other voters away. In 3.9 a follower has no vote in its file.
 */
const standsAgainAfterFollowing: KraftDefect = {
  name: 'stands-again-after-following',
  statement:
    'A follower that had stood in its epoch restarts as a candidate of it, and is the only voter by now.',
  source: 'QuorumState.initialize (looks at the vote before the leader); KIP-853',
  rules: {},
  caughtBy: 'one-leader-per-epoch',
  releases: '4.0 to 4.4',
  config: { dynamicVoters: true, transport: 'rounds' },
  bounds: { crashes: 1, voterChanges: 2 },
};

const directoryIdIgnored: KraftDefect = {
  name: 'directory-id-ignored',
  statement: 'A voter on a new disk is taken for the voter that had its id.',
  source: 'KIP-853, ReplicaKey; KAFKA-17426',
  rules: { checksDirectories: false },
  caughtBy: 'one-leader-per-epoch',
  config: { ...old, dynamicVoters: true },
  bounds: { diskLosses: 1 },
};

export const restartDefects: readonly KraftDefect[] = [
  leaderRestartsWithoutVote,
  leaderResumesEpoch,
  wipedVoterVotesAgain,
  directoryIdRestored,
  directoryIdIgnored,
  standsAgainAfterFollowing,
];
