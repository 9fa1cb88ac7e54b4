import { always } from '../../description/always.ts';
import { oldestRelease } from '../../description/release.ts';
import type { RuleTable } from '../../description/ruleTable.ts';
import type { GroupsRules } from '../rules.ts';

type ConsumerRules = Pick<GroupsRules, 'releasesFirst' | 'commitsByAssignmentEpoch'>;

/** What the coordinator of a group of the consumer protocol does, by release. */
export const consumerRules: RuleTable<ConsumerRules> = {
  releasesFirst: always(
    true,
    'KIP-848; CurrentAssignmentBuilder.computeNextAssignment (currentPartitionEpoch)',
    'two owners of a partition',
  ),
  commitsByAssignmentEpoch: [
    {
      since: oldestRelease,
      value: false,
      source: 'ConsumerGroup.validateOffsetCommit (validateMemberEpoch: the same epoch)',
      prevents: 'a commit of who does not own the partition any more',
    },
    {
      since: '4.3',
      value: true,
      source: 'KIP-1251, KAFKA-20066; ConsumerGroup.createAssignmentEpochValidator',
      prevents: 'that a commit is refused because the epoch of its member went on meanwhile',
    },
  ],
};
