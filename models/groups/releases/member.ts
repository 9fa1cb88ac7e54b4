import { always } from '../../description/always.ts';
import { oldestRelease } from '../../description/release.ts';
import type { RuleTable } from '../../description/ruleTable.ts';
import type { GroupsRules } from '../rules.ts';

type MemberRules = Pick<
  GroupsRules,
  | 'revokesFirst'
  | 'ignoresStaleClaims'
  | 'rejoinsAfterSync'
  | 'stopsBeforeRevocation'
  | 'commitsBeforeRevocation'
  | 'autoCommitsProcessed'
>;

const repeated = 'that the next owner processes again what was processed';

/** What members and their assignor do, by release. */
export const memberRules: RuleTable<MemberRules> = {
  revokesFirst: always(
    true,
    'KIP-429; CooperativeStickyAssignor.adjustAssignment',
    'two owners of a partition',
  ),
  ignoresStaleClaims: [
    {
      since: oldestRelease,
      value: false,
      source:
        'AbstractStickyAssignor (every claim counts), AbstractCoordinator.resetStateOnResponseError',
      prevents: 'nothing: who fell out of a rebalance claims what others have by now',
      defect: 'stale-claims-trusted',
      repaired: true,
    },
    {
      since: '3.0',
      value: true,
      source:
        'KAFKA-12984, KAFKA-12983; AbstractStickyAssignor.allSubscriptionsEqual (maxGeneration)',
      prevents: 'two owners of a partition',
    },
  ],
  stopsBeforeRevocation: [
    {
      since: oldestRelease,
      value: true,
      source: 'ConsumerCoordinator.onJoinPrepare (commits, and waits within one poll)',
      prevents: repeated,
    },
    {
      since: '3.2',
      value: false,
      source: 'KAFKA-13310; ConsumerCoordinator.onJoinPrepare (commits over several polls)',
      prevents: 'nothing: what a poll returns in between is not committed',
      defect: 'polls-while-revoking',
      repaired: true,
    },
    {
      since: ['3.2.3', '3.3'],
      value: true,
      source: 'KAFKA-14196; SubscriptionState.markPendingRevocation',
      prevents: repeated,
    },
  ],
  rejoinsAfterSync: always(
    true,
    'AbstractCoordinator.joinGroupIfNeeded (requestRejoin after any failure)',
    'a partition that a coordinator gives by a record which it has read and a failover loses',
  ),
  commitsBeforeRevocation: always(
    true,
    'ConsumerCoordinator.onJoinPrepare (maybeAutoCommitOffsetsAsync)',
    repeated,
  ),
  autoCommitsProcessed: always(
    true,
    'ConsumerCoordinator.maybeAutoCommitOffsetsAsync (from poll); KAFKA-18641 (found before 4.0 was out)',
    'that a record is passed over after a crash',
  ),
};
