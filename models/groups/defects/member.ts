import type { GroupsDefect } from '../rules.ts';

const cooperative = { assignor: 'cooperative', partitions: 2 } as const;

const givenBeforeRevoked: GroupsDefect = {
  name: 'given-before-revoked',
  statement: 'A cooperative assignor gives a partition to a member while another one has it.',
  source: 'KIP-429; CooperativeStickyAssignor.adjustAssignment',
  rules: { revokesFirst: false },
  caughtBy: 'partitions-have-one-owner',
  config: cooperative,
};

const staleClaimsTrusted: GroupsDefect = {
  name: 'stale-claims-trusted',
  statement:
    'A member that fell out of a rebalance claims what another one has by now, and both keep it.',
  source: 'KAFKA-12984 (2.4 to 2.8, fixed in 3.0)',
  rules: { ignoresStaleClaims: false },
  caughtBy: 'one-owner-in-a-generation',
  releases: '1.0 to 2.8',
  config: { assignor: 'cooperative' },
  bounds: { missedSessions: 2 },
};

const pollsWhileRevoking: GroupsDefect = {
  name: 'polls-while-revoking',
  statement: 'A poll returns records after the commit that precedes the giving up of partitions.',
  source: 'KAFKA-14196 (3.2.0 to 3.2.2, fixed in 3.2.3 and 3.3)',
  rules: { stopsBeforeRevocation: false },
  caughtBy: 'records-are-processed-once',
  releases: '3.2 to 3.2.2',
};

const notCommittedBeforeRevocation: GroupsDefect = {
  name: 'not-committed-before-revocation',
  statement: 'A member with auto commit gives up partitions and does not commit before.',
  source: 'ConsumerCoordinator.onJoinPrepare',
  rules: { commitsBeforeRevocation: false },
  caughtBy: 'records-are-processed-once',
};

const autoCommitOfRecordsInHand: GroupsDefect = {
  name: 'auto-commit-of-records-in-hand',
  statement: 'Auto commit covers records that the application has not processed yet.',
  source: 'KAFKA-18641 (found before 4.0 was out)',
  rules: { autoCommitsProcessed: false },
  caughtBy: 'committed-records-are-processed',
};

const syncSentAgain: GroupsDefect = {
  name: 'sync-sent-again',
  statement:
    'A member asks the next coordinator for its partitions, which answers by a record that is lost later.',
  source:
    'AbstractCoordinator.joinGroupIfNeeded; GroupMetadataManager.classicGroupSyncToClassicGroup (Stable)',
  rules: { rejoinsAfterSync: false },
  caughtBy: 'partitions-have-one-owner',
  config: { brokers: 3 },
  bounds: { failovers: 2 },
};

/** What members do wrongly. */
export const memberDefects: readonly GroupsDefect[] = [
  syncSentAgain,
  givenBeforeRevoked,
  staleClaimsTrusted,
  pollsWhileRevoking,
  notCommittedBeforeRevocation,
  autoCommitOfRecordsInHand,
];
