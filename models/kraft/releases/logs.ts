import { always } from '../../description/always.ts';
import { oldestRelease } from '../../description/release.ts';
import type { RuleTable } from '../../description/ruleTable.ts';
import type { KraftRules } from '../rules.ts';

type LogRules = Pick<
  KraftRules,
  | 'mayCommit'
  | 'tellsOnlyOwnHighWatermark'
  | 'votersFlushBeforeFetch'
  | 'joiningObserversFlushBeforeFetch'
  | 'leaderCountsOnlyFlushed'
  | 'truncationLowersRecoveryPoint'
  | 'leaderCountsOnlyIfVoter'
  | 'creditsOnlyMatchingFetches'
  | 'dropsUnawaitedAnswers'
  | 'fencesAnswerByEpoch'
  | 'refusesTruncationBelowHighWatermark'
  | 'appendsOnlyAtLogEnd'
  | 'oneFetchInFlight'
  | 'followerHighWatermarkIsMonotone'
  | 'snapshotOffset'
  | 'snapshotHoldsVoters'
  | 'flushesSnapshots'
  | 'cleansOnlyBelowSnapshot'
  | 'installsOnlyNewerSnapshots'
  | 'activeFrom'
  | 'appliesOnlyCommitted'
>;

const lostCommit = 'that a committed record is lost with fewer voters than a majority';

/** The log, the high watermark, snapshots and the controller on top, by release. */
export const logRules: RuleTable<LogRules> = {
  mayCommit: always(
    (offset: number, epochStartOffset: number) => offset > epochStartOffset,
    'Raft 5.4.2; LeaderState.maybeUpdateHighWatermark; KAFKA-12619 (2.8.0)',
    'that a committed record is overwritten by the next leader',
  ),
  tellsOnlyOwnHighWatermark: always(
    true,
    'QuorumState.transitionToLeader',
    'a high watermark that goes back',
  ),
  votersFlushBeforeFetch: always(true, 'KAFKA-10533 (2.8.0)', lostCommit),
  joiningObserversFlushBeforeFetch: always(
    true,
    'KAFKA-17332 (3.9.0, the first with voter changes)',
    lostCommit,
  ),
  leaderCountsOnlyFlushed: always(true, 'KafkaRaftClient.flushLeaderLog', lostCommit),
  truncationLowersRecoveryPoint: always(
    true,
    'LocalLog.updateLogEndOffset (Log.truncateTo)',
    'entries that take the place of others and are never flushed',
  ),
  leaderCountsOnlyIfVoter: always(
    true,
    'KAFKA-16530 (3.8.0, before voter changes)',
    'a record that too few voters have',
  ),
  creditsOnlyMatchingFetches: always(
    true,
    'KafkaRaftClient.validateFetchOffsetAndEpoch',
    'a record that too few voters have',
  ),
  dropsUnawaitedAnswers: always(
    true,
    'RequestManager, correlation ids',
    'records of an earlier request at the wrong place',
  ),
  fencesAnswerByEpoch: always(
    true,
    'KafkaRaftClient.maybeHandleCommonResponse',
    'votes of an earlier epoch that count in a later',
  ),
  refusesTruncationBelowHighWatermark: always(
    true,
    'RaftLog.truncateToEndOffset; KAFKA-12460 (2.8.0)',
    'that a node goes on without what it took for committed',
  ),
  appendsOnlyAtLogEnd: always(true, 'UnifiedLog.append', 'two records of one epoch at one offset'),
  oneFetchInFlight: always(
    true,
    'RequestManager.hasAnyInflightRequest',
    'two records of one epoch at one offset',
  ),
  followerHighWatermarkIsMonotone: always(
    true,
    'FollowerState.updateHighWatermark',
    'a high watermark that goes back',
  ),
  snapshotOffset: always(
    (highWatermark: number) => highWatermark,
    'KafkaRaftClient.createSnapshot; KAFKA-14618, KAFKA-14619 (found before 3.4.0 was out)',
    'a snapshot that says more than it contains',
  ),
  snapshotHoldsVoters: always(
    true,
    'KIP-853, VotersRecord',
    'a node that starts with other voters',
  ),
  flushesSnapshots: [
    {
      since: oldestRelease,
      value: false,
      source: 'KAFKA-15312',
      prevents: 'nothing: a crash may leave an empty snapshot, and the log below it is deleted',
      defect: 'snapshot-not-flushed',
      repaired: true,
    },
    {
      since: ['3.5.2', '3.6'],
      value: true,
      source: 'KAFKA-15312; FileRawSnapshotWriter.freeze',
      prevents: 'a node that starts with a hole in its metadata',
    },
  ],
  cleansOnlyBelowSnapshot: always(
    true,
    'KafkaMetadataLog.maybeClean; KAFKA-14238 (3.3.0)',
    'a node that starts with a hole in its metadata',
  ),
  installsOnlyNewerSnapshots: always(
    true,
    'KafkaMetadataLog.truncateToLatestSnapshot',
    'that a snapshot takes committed records away',
  ),
  activeFrom: [
    {
      since: oldestRelease,
      value: activeFromItsEpoch,
      source: 'KafkaRaftClient.maybeFireLeaderChange (nextOffset >= epochStartOffset)',
      prevents: 'a controller that has not applied what earlier epochs have committed',
    },
    {
      since: '3.6',
      value: (appliedOffset: number, epochStartOffset: number) => appliedOffset > epochStartOffset,
      source: 'KafkaRaftClient.maybeFireLeaderChange; KAFKA-15345',
      prevents: 'a controller that is active before its epoch has committed anything',
    },
  ],
  appliesOnlyCommitted: always(
    true,
    'KafkaRaftClient.ListenerContext',
    'that a controller acts on a record which may go again',
  ),
};

/** Before 3.6 a controller was active once it had applied everything before its epoch. */
export function activeFromItsEpoch(appliedOffset: number, epochStartOffset: number): boolean {
  return appliedOffset >= epochStartOffset;
}
