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
      'A leader that resigns says so without its endpoints, and no file has them. A node whose voter set does not ' +
      'have the leader cannot reach it: its process exits, or it stays unattached if it knew of the leader. In the ' +
      'model it follows.',
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
    name: 'fetches-from-known-leader',
    reason:
      'A node that starts without its leader among its voters is unattached and knows the leader. When it fetches ' +
      'from it, as from any bootstrap server, the answer tells it nothing new, and only followers take records: ' +
      'its process exits. In the model it follows.',
    source:
      'QuorumState.initialize; KafkaRaftClient.maybeHandleCommonResponse, handleFetchResponse',
    releases: kafkaVersions,
    isShownBy: ({ step, note }) =>
      step?.taken.name === 'exchangeFetch' && note.includes('Expected to be Follower'),
    storyIn: 'quorum, dynamic voters and an observer',
    story: [
      'electionTimeout(node=node-3)',
      'exchangePreVote(answer=arrives, from=node-3, to=node-2)',
      'exchangeVote(answer=arrives, from=node-3, to=node-1)',
      'exchangeFetch(answer=arrives, from=node-1, to=node-3)',
      'exchangeFetch(answer=arrives, from=node-1, to=node-3)',
      'removeVoter(leader=node-3, voter=node-3)',
      'exchangeFetch(answer=arrives, from=node-1, to=node-3)',
      'append(leader=node-3)',
      'exchangeFetch(answer=arrives, from=node-1, to=node-3)',
      'crash(kept=3, node=node-1, sent=arrives)',
      'restart(node=node-1)',
      'exchangeFetch(answer=arrives, from=node-1, to=node-3)',
    ],
  },
  {
    name: 'older-snapshot-kept',
    reason:
      'A leader still has the snapshot before its newest, and sends it to whom it has named it. In the model it has ' +
      'the newest alone, and the follower asks again.',
    source: 'RaftLog.readSnapshot; KafkaRaftClient.handleFetchSnapshotRequest',
    releases: kafkaVersions,
    isShownBy: ({ step, places }) =>
      step?.taken.name === 'exchangeFetchSnapshot' &&
      places.some(({ place }) => place.endsWith(' snapshot')) &&
      places.every(({ place }) => / (start|snapshot|log|flushed|highWatermark)$/.test(place)),
    storyIn: 'quorum, static voters and snapshots',
    story: [
      'electionTimeout(node=node-1)',
      'exchangePreVote(answer=arrives, from=node-1, to=node-3)',
      'exchangeVote(answer=arrives, from=node-1, to=node-2)',
      'exchangeBeginQuorumEpoch(answer=arrives, from=node-1, to=node-2)',
      'exchangeBeginQuorumEpoch(answer=arrives, from=node-1, to=node-3)',
      'append(leader=node-1)',
      'exchangeFetch(answer=arrives, from=node-3, to=node-1)',
      'exchangeFetch(answer=arrives, from=node-3, to=node-1)',
      'takeSnapshot(node=node-1)',
      'exchangeFetch(answer=arrives, from=node-3, to=node-1)',
      'exchangeFetch(answer=arrives, from=node-2, to=node-1)',
      'takeSnapshot(node=node-1)',
      'exchangeFetchSnapshot(answer=arrives, from=node-2, to=node-1)',
    ],
  },
];

/** Whether a node stays without the leader that it knows of, which is none of its voters. */
function isLeaderOutsideVoters(difference: QuorumDifference): boolean {
  const { step, places } = difference;
  const [node = ''] = places[0]?.place.split(' ') ?? [];
  const view = step?.after.protocol.nodes[node];
  // Who cannot reach it and has an election timer asks for pre-votes again at once.
  const isAlone = has(difference, 'role', 'unattached') || has(difference, 'role', 'prospective');
  return isAlone && view != null && view.leader !== null && !view.voters.includes(view.leader);
}

/** Whether Kafka has this in one of the places. */
function has({ places }: QuorumDifference, field: string, value: string): boolean {
  return places.some(({ place, kafka }) => place.endsWith(` ${field}`) && kafka === value);
}
