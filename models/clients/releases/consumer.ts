import { always } from '../../description/always.ts';
import { oldestRelease } from '../../description/release.ts';
import type { RuleTable } from '../../description/ruleTable.ts';
import type { ClientsRules } from '../rules.ts';

type ConsumerRules = Pick<ClientsRules, 'validatesPositions' | 'autoCommitsProcessed'>;

/** What a consumer does, by release. */
export const consumerRules: RuleTable<ConsumerRules> = {
  validatesPositions: [
    {
      since: oldestRelease,
      value: false,
      source: 'Fetcher (an offset alone says where a consumer goes on)',
      prevents: 'nothing: after an unclean failover other records are below the position',
      defect: 'positions-not-validated',
      repaired: true,
    },
    {
      since: '2.3',
      value: true,
      source: 'KIP-320, KAFKA-7747; SubscriptionState.maybeCompleteValidation',
      prevents: 'that a consumer goes on in a log that is another',
    },
  ],
  autoCommitsProcessed: always(
    true,
    'ConsumerCoordinator.maybeAutoCommitOffsetsAsync (from poll); KAFKA-18641 (found before 4.0 was out)',
    'that a record is passed over after a crash',
  ),
};
