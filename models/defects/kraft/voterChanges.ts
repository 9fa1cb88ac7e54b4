import type { KraftDefect } from '../../kraft/rules.ts';

/** A quorum that changes its voters; rounds, because the stories are long. */
const dynamic = { release: '3.9', dynamicVoters: true, transport: 'rounds' } as const;

/** The membership bug that was found in Raft's dissertation in 2015. */
const voterChangeBeforeCommit: KraftDefect = {
  name: 'voter-change-before-commit',
  statement: 'A leader changes the voters before it has committed a record of its own epoch.',
  source: 'raft-dev, 10 July 2015 (bug in single-server membership changes); Redpanda #17675',
  rules: { voterChangeNeedsCommittedEpoch: false },
  caughtBy: 'leaders-hold-committed-records',
  config: { ...dynamic, voters: 4 },
  bounds: { epochs: 3, voterChanges: 2 },
};

const twoVoterChangesAtOnce: KraftDefect = {
  name: 'two-voter-changes-at-once',
  statement: 'A leader changes the voters while the last change is not committed.',
  source: 'Raft dissertation, 4.1',
  rules: { oneVoterChangeAtATime: false },
  caughtBy: 'leaders-hold-committed-records',
  config: { ...dynamic, voters: 4 },
  bounds: { epochs: 2, voterChanges: 2 },
};

const votersCountFromCommit: KraftDefect = {
  name: 'voters-count-from-commit',
  statement: 'A new voter set counts only when it is committed, and not when it is appended.',
  source: 'etcd #7625, #11284, #2397',
  rules: { votersCountFrom: 'committed' },
  caughtBy: 'voters-follow-log',
  config: { ...dynamic, voters: 2 },
  bounds: { voterChanges: 1 },
};

const truncatedVotersKept: KraftDefect = {
  name: 'truncated-voters-kept',
  statement: 'A voter set counts on after its record was truncated.',
  source: 'KRaftControlRecordStateMachine.truncateNewEntries; KIP-853',
  rules: { truncationRestoresVoters: false },
  caughtBy: 'voters-follow-log',
  config: dynamic,
  bounds: { epochs: 2, voterChanges: 1 },
};

export const voterChangeDefects: readonly KraftDefect[] = [
  voterChangeBeforeCommit,
  twoVoterChangesAtOnce,
  votersCountFromCommit,
  truncatedVotersKept,
];
