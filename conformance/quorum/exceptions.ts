import { kafkaVersions } from '../kafka/jars.ts';
import type { NamedException } from '../lockstep/exceptions.ts';
import type { Difference } from '../lockstep/lockstep.ts';
import type { QuorumState } from './projection.ts';

type QuorumDifference = Difference<QuorumState>;

/** What is known to be otherwise in Kafka's quorum than in `kraft`. */
export const quorumExceptions: readonly NamedException<QuorumState>[] = [
  {
    name: 'leader-without-endpoints',
    reason:
      'A leader that resigns says so without its endpoints. A node whose voter set does not have the leader cannot ' +
      'reach it: its process exits, or it stays unattached if it knew of the leader. In the model it follows.',
    source: 'KafkaRaftClient.buildEndQuorumEpochRequest, transitionToFollower',
    releases: kafkaVersions,
    isShownBy: difference =>
      difference.note.includes('Unknown leader endpoints') || isLeaderOutsideVoters(difference),
    storyIn: 'quorum, dynamic voters',
    story: [
      'electionTimeout(node=node-2)',
      'exchangePreVote(answer=arrives, from=node-2, to=node-1)',
      'exchangeVote(answer=arrives, from=node-2, to=node-1)',
      'exchangeBeginQuorumEpoch(answer=arrives, from=node-2, to=node-1)',
      'exchangeFetch(answer=arrives, from=node-1, to=node-2)',
      'exchangeFetch(answer=arrives, from=node-1, to=node-2)',
      'fetchTimeout(node=node-1)',
      'removeVoter(leader=node-2, voter=node-1)',
      'exchangePreVote(answer=arrives, from=node-1, to=node-3)',
      'exchangeVote(answer=arrives, from=node-1, to=node-3)',
      'resign(leader=node-1)',
      'exchangeEndQuorumEpoch(answer=arrives, from=node-1, to=node-2)',
    ],
  },
  {
    name: 'only-voter-leads-at-once',
    reason:
      'Who is the only voter leads as soon as it starts, by one epoch more. In the model its timers run out first, ' +
      'and after a resignation that takes two epochs where there are pre-votes.',
    source: 'KafkaRaftClient.initialize',
    releases: ['4.3.1'],
    isShownBy: difference =>
      isTaken(difference, 'restart') &&
      has(difference, 'role', 'leader') &&
      isOnlyVoter(difference),
    storyIn: 'quorum, dynamic voters',
    story: [
      'electionTimeout(node=node-3)',
      'exchangePreVote(answer=arrives, from=node-3, to=node-2)',
      'exchangeVote(answer=arrives, from=node-3, to=node-2)',
      'exchangeBeginQuorumEpoch(answer=arrives, from=node-3, to=node-2)',
      'append(leader=node-3)',
      'exchangeFetch(answer=arrives, from=node-2, to=node-3)',
      'exchangeFetch(answer=lost, from=node-2, to=node-3)',
      'removeVoter(leader=node-3, voter=node-1)',
      'exchangeFetch(answer=arrives, from=node-2, to=node-3)',
      'exchangeFetch(answer=arrives, from=node-2, to=node-3)',
      'exchangeFetch(answer=lost, from=node-2, to=node-3)',
      'removeVoter(leader=node-3, voter=node-2)',
      'crash(kept=4, node=node-3, sent=arrives)',
      'restart(node=node-3)',
    ],
  },
  {
    name: 'offsets-behind-the-first-leader',
    reason:
      'The reader of voter sets that a truncation has left ahead of the log counts records in Kafka and batches in ' +
      'the model. The first batch of a dynamic quorum has three records: cut, it leaves the reader further ahead.',
    source: 'KRaftControlRecordStateMachine.truncateNewEntries; KafkaRaftClient.onBecomeLeader',
    releases: kafkaVersions,
    isShownBy: difference => isAboutVoters(difference) && isReaderAhead(difference),
    storyIn: 'quorum, dynamic voters',
    story: [
      'electionTimeout(node=node-1)',
      'exchangePreVote(answer=arrives, from=node-1, to=node-2)',
      'exchangeVote(answer=arrives, from=node-1, to=node-2)',
      'exchangeBeginQuorumEpoch(answer=arrives, from=node-1, to=node-3)',
      'fetchTimeout(node=node-3)',
      'exchangePreVote(answer=arrives, from=node-3, to=node-2)',
      'exchangeVote(answer=arrives, from=node-3, to=node-2)',
      'append(leader=node-1)',
      'exchangeBeginQuorumEpoch(answer=arrives, from=node-3, to=node-1)',
      'exchangeFetch(answer=arrives, from=node-1, to=node-3)',
      'fetchTimeout(node=node-1)',
      'exchangePreVote(answer=arrives, from=node-1, to=node-2)',
      'exchangeVote(answer=arrives, from=node-1, to=node-2)',
      'exchangeBeginQuorumEpoch(answer=arrives, from=node-1, to=node-3)',
      'exchangeFetch(answer=arrives, from=node-3, to=node-1)',
      'exchangeFetch(answer=arrives, from=node-3, to=node-1)',
      'exchangeFetch(answer=lost, from=node-3, to=node-1)',
      'removeVoter(leader=node-1, voter=node-1)',
      'removeVoter(leader=node-1, voter=node-2)',
    ],
  },
];

/** Whether a node stays without the leader that it knows of, which is none of its voters. */
function isLeaderOutsideVoters(difference: QuorumDifference): boolean {
  const { step, places } = difference;
  const [node = ''] = places[0]?.place.split(' ') ?? [];
  const view = step?.after.protocol.nodes[node];
  const isUnattached = has(difference, 'role', 'unattached');
  return isUnattached && view != null && view.leader !== null && !view.voters.includes(view.leader);
}

function isTaken({ step }: QuorumDifference, action: string): boolean {
  return step?.taken.name === action;
}

/** Whether Kafka has this in one of the places. */
function has({ places }: QuorumDifference, field: string, value: string): boolean {
  return places.some(({ place, kafka }) => place.endsWith(` ${field}`) && kafka === value);
}

function isOnlyVoter({ step, places }: QuorumDifference): boolean {
  const node = String(step?.taken.params['node']);
  const isOfNode = places.every(({ place }) => place.startsWith(node));
  return isOfNode && step?.after.protocol.nodes[node]?.voters.length === 1;
}

/** What follows from another voter set, and nothing else. */
function isAboutVoters({ places }: QuorumDifference): boolean {
  return places.some(({ place }) => place.endsWith(' voters') || place === 'step');
}

function isReaderAhead({ step }: QuorumDifference): boolean {
  return Object.values(step?.after.protocol.nodes ?? {}).some(
    ({ votersReadTo, unreadVoters }) => votersReadTo > 0 || unreadVoters.length > 0,
  );
}
