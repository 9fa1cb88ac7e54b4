import type { ReplicationDefect } from '../replication/rules.ts';

/** A new leader takes over in the epoch of the old one. */
export const leaderEpochNotBumped: ReplicationDefect = {
  name: 'leader-epoch-not-bumped',
  statement: 'The controller writes a new leader without a new leader epoch.',
  source: 'PartitionRegistration.merge; KIP-101',
  rules: { nextLeaderEpoch: epoch => epoch },
  caughtBy: 'one-leader-per-epoch',
  bounds: { records: 1, crashes: 0, isrShrinks: 0, preferredElections: 1 },
};
