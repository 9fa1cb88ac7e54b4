import { always } from '../../description/always.ts';
import { oldestRelease } from '../../description/release.ts';
import type { RuleTable } from '../../description/ruleTable.ts';
import type { KraftRules } from '../rules.ts';

type VoterRules = Pick<
  KraftRules,
  | 'voterChangeNeedsCommittedEpoch'
  | 'oneVoterChangeAtATime'
  | 'votersCountFrom'
  | 'truncationRestoresVoters'
  | 'readsReplacingVoters'
  | 'checksDirectories'
>;

const apart = 'two majorities that do not meet';

/** Voter changes: all of them came with 3.9, the first release that has any (KIP-853). */
export const voterRules: RuleTable<VoterRules> = {
  voterChangeNeedsCommittedEpoch: always(true, 'AddVoterHandler; raft-dev, 10 July 2015', apart),
  oneVoterChangeAtATime: always(true, 'AddVoterHandler; Raft dissertation, 4.1', apart),
  votersCountFrom: always('appended', 'KRaftControlRecordStateMachine; KIP-853', apart),
  truncationRestoresVoters: always(
    true,
    'KRaftControlRecordStateMachine.truncateNewEntries',
    'voters of a set that is in no log',
  ),
  readsReplacingVoters: [
    {
      since: oldestRelease,
      value: false,
      source: 'KRaftControlRecordStateMachine.truncateNewEntries leaves nextOffset',
      prevents:
        'nothing: a node counts voters of a set that is over, and a committed record may be lost',
      defect: 'replacing-voters-not-read',
      repaired: true,
    },
  ],
  checksDirectories: always(
    true,
    'ReplicaKey; KIP-853, KAFKA-17426',
    'a vote of a disk that was lost',
  ),
};
