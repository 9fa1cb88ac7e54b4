import type { KraftDefect } from '../rules.ts';

/** A quorum that changes its voters; rounds, because the stories are long. */
const dynamic = {
  kafka: '3.9',
  dynamicVoters: true,
  transport: 'rounds',
  repairs: ['replacing-voters-not-read'],
} as const;

/**
 * The membership bug that was found in Raft's dissertation in 2015. Nodes 1 and 2 each lead an epoch
 * and remove a voter before they have committed anything in it: the voters of the one and of the
 * other need not overlap. The first epoch only commits the voters that the quorum was formatted with.
 */
const voterChangeBeforeCommit: KraftDefect = {
  name: 'voter-change-before-commit',
  statement: 'A leader changes the voters before it has committed a record of its own epoch.',
  source: 'raft-dev, 10 July 2015 (bug in single-server membership changes); Redpanda #17675',
  rules: { voterChangeNeedsCommittedEpoch: false },
  caughtBy: 'leaders-hold-committed-records',
  config: { ...dynamic, voters: 4 },
  bounds: { epochs: 4, voterChanges: 2 },
  scenario: [
    'electionTimeout(node=node-4)',
    'exchangeVote(answer=arrives, from=node-4, to=node-1)',
    'exchangeVote(answer=arrives, from=node-4, to=node-2)',
    'exchangeBeginQuorumEpoch(answer=lost, from=node-4, to=node-1)',
    'exchangeBeginQuorumEpoch(answer=lost, from=node-4, to=node-2)',
    'exchangeFetch(answer=arrives, from=node-1, to=node-4)',
    'exchangeFetch(answer=arrives, from=node-2, to=node-4)',
    'exchangeFetch(answer=lost, from=node-2, to=node-4)',
    'exchangeFetch(answer=arrives, from=node-1, to=node-4)',
    'exchangeFetch(answer=arrives, from=node-2, to=node-4)',
    'fetchTimeout(node=node-1)',
    'exchangeVote(answer=arrives, from=node-1, to=node-2)',
    'exchangeVote(answer=arrives, from=node-1, to=node-3)',
    'removeVoter(leader=node-1, voter=node-4)',
    'electionTimeout(node=node-2)',
    'exchangeVote(answer=lost, from=node-2, to=node-1)',
    'exchangeVote(answer=arrives, from=node-2, to=node-3)',
    'exchangeVote(answer=arrives, from=node-2, to=node-4)',
    'removeVoter(leader=node-2, voter=node-1)',
    'exchangeBeginQuorumEpoch(answer=lost, from=node-2, to=node-4)',
    'exchangeFetch(answer=arrives, from=node-4, to=node-2)',
    'exchangeFetch(answer=arrives, from=node-4, to=node-2)',
    'exchangeFetch(answer=lost, from=node-4, to=node-2)',
    'electionTimeout(node=node-1)',
    'exchangeVote(answer=arrives, from=node-1, to=node-3)',
  ],
};

const twoVoterChangesAtOnce: KraftDefect = {
  name: 'two-voter-changes-at-once',
  statement: 'A leader changes the voters while the last change is not committed.',
  source: 'Raft dissertation, 4.1',
  rules: { oneVoterChangeAtATime: false },
  caughtBy: 'leaders-hold-committed-records',
  config: dynamic,
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

/**
 * No rule is broken: it is what Kafka 3.9 to 4.4 does. The reader of control records goes on where it
 * had come to before the truncation, so that the voters records below that are passed over. With two
 * removals passed over, a removed voter elects a second leader beside the only voter that is left.
 */
const replacingVotersNotRead: KraftDefect = {
  name: 'replacing-voters-not-read',
  statement: 'After a truncation a node does not read the voter sets that replace what was cut.',
  source: 'KRaftControlRecordStateMachine.truncateNewEntries (leaves nextOffset); KIP-853',
  rules: {},
  caughtBy: 'leaders-hold-committed-records',
  releases: '3.9 to 4.4',
  config: { kafka: '3.9', dynamicVoters: true, transport: 'rounds' },
  bounds: { epochs: 3, voterChanges: 2, records: 1 },
};

export const voterChangeDefects: readonly KraftDefect[] = [
  voterChangeBeforeCommit,
  twoVoterChangesAtOnce,
  votersCountFromCommit,
  truncatedVotersKept,
  replacingVotersNotRead,
];
