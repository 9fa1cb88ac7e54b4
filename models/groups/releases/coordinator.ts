import { always } from '../../description/always.ts';
import { oldestRelease } from '../../description/release.ts';
import type { RuleTable } from '../../description/ruleTable.ts';
import type { GroupsRules } from '../rules.ts';

type CoordinatorRules = Pick<
  GroupsRules,
  | 'answersCommitted'
  | 'answersOnlyWhileLeading'
  | 'loadsToLogEnd'
  | 'keepsOffsetsOfActiveGroups'
  | 'fencesGenerations'
  | 'fencesMembers'
  | 'fencesInstances'
  | 'assignsCommitted'
  | 'fencesAssignments'
>;

const lost = 'that an acknowledged commit is gone';
const zombie = 'a commit of who does not own the partition any more';

/** What a coordinator does, by release. */
export const coordinatorRules: RuleTable<CoordinatorRules> = {
  answersCommitted: always(
    true,
    'CoordinatorRuntime (DeferredEventQueue); offsets.commit.required.acks=-1 before 4.0',
    lost,
  ),
  answersOnlyWhileLeading: [
    {
      since: oldestRelease,
      value: true,
      source: 'ReplicaManager.completeDelayedOperationsWhenNotPartitionLeader',
      prevents: lost,
    },
    {
      since: '4.0',
      value: false,
      source:
        'CoordinatorPartitionWriter.ListenerAdapter.onHighWatermarkUpdated (of a follower, too)',
      prevents: 'nothing: records of the next leader pass for those that were truncated',
      sometimes: 'between the end of leadership and the unloading of the state',
      defect: 'commit-answered-after-leading',
      repaired: true,
    },
    {
      since: '4.3.1',
      value: true,
      source: 'KAFKA-20634; CoordinatorPartitionWriter.ListenerAdapter.onBecomingFollower',
      prevents: lost,
    },
  ],
  loadsToLogEnd: always(
    true,
    'CoordinatorLoaderImpl.load (to the log end offset)',
    'a coordinator that does not know what is committed a little later',
  ),
  keepsOffsetsOfActiveGroups: [
    {
      since: oldestRelease,
      value: false,
      source: 'GroupMetadataManager.cleanupExpiredOffsets (by the time of the commit alone)',
      prevents: 'nothing: a group that commits seldom begins anew',
      defect: 'offsets-expire-of-active-group',
      repaired: true,
    },
    {
      since: '2.1',
      value: true,
      source: 'KIP-211, KAFKA-4682; OffsetExpirationConditionImpl',
      prevents: 'that a group that lives loses its place',
    },
  ],
  fencesGenerations: always(true, 'ClassicGroup.validateOffsetCommit (ILLEGAL_GENERATION)', zombie),
  fencesMembers: always(true, 'ClassicGroup.validateMember (UNKNOWN_MEMBER_ID)', zombie),
  fencesInstances: always(
    true,
    'KIP-345; ClassicGroup.validateMember (FENCED_INSTANCE_ID)',
    'that two processes with one instance id go on together',
  ),
  assignsCommitted: always(
    true,
    'GroupMetadataManager.classicGroupSyncToClassicGroup (appendFuture)',
    'that members own partitions by an assignment that a failover forgets',
  ),
  fencesAssignments: always(
    true,
    'GroupMetadataManager.validateClassicGroupSync (ILLEGAL_GENERATION)',
    'an assignment that somebody computed for another generation',
  ),
};
