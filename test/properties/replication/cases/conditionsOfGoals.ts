import {
  acknowledged,
  b1,
  b2,
  b3,
  b4,
  type Case,
  catchesUp,
  crashes,
  decides,
  deletesTopic,
  type Edit,
  elects,
  hasReplicaOf,
  hears,
  knows,
  losesLeader,
  only,
  proposes,
  recreates,
  replica,
  starts,
  stepFrom,
  writes,
} from '../handBuilt.ts';

/*
 * What one condition of a property alone decides. Each case is here because no other notices that the condition is true,
 * or false, for ever.
 */

const one = [[1, 0]] as const;
const other = [[3, 0]] as const;
const alone = decides({ isr: [b1] });
const everybody = [b1, b2, b3, b4];
const replicas = [b1, b2, b3];
const requests: Edit = ({ protocol }) => {
  protocol.partitions.get(only).alterPartition.get(b1).inFlight = 'request';
};
const fetches: Edit = ({ protocol }) => {
  const request = protocol.partitions.get(only).fetchRequests.get(b2, b1);
  Object.assign(request, { inFlight: true, leaderEpoch: 0 });
};
const expands = proposes(b1, 'expand', replicas);
/** The newest record of the metadata says otherwise. */
const newest =
  (change: (partition: ReturnType<typeof decisionOf>) => void): Edit =>
  state =>
    change(decisionOf(state));
const decisionOf = ({ protocol: { metadata } }: Parameters<Edit>[0]) =>
  metadata.history.get(metadata.history.length - 1).partitions.get(only);
const arrives = ['receiveFetch', { leader: 'broker-1', follower: 'broker-2' }] as const;
const asked = ['handleAlterPartition', { sender: 'broker-1' }] as const;
const expected = 'handleAlterPartition';

const elections: readonly Case[] = [
  [
    'leader-changes',
    'the elected broker takes over in the step that elects it',
    stepFrom([crashes(b1)], [elects(b2, { know: [b2] })]),
    false,
  ],
  [
    'leader-changes',
    'the first leader of all takes over',
    stepFrom([losesLeader(b1)], [hears(b1)]),
    false,
  ],
  [
    'leader-changes',
    'the second leader goes on',
    stepFrom([elects(b2, { know: [b2] })], []),
    false,
  ],
  [
    'acknowledged-record-survives-failover',
    'the new leader has another record',
    stepFrom([acknowledged(1, 0), writes(b2, other), elects(b2)], [hears(b2)]),
    false,
  ],
  [
    'elected-from-elr',
    'another than the eligible one is elected',
    stepFrom([elects(undefined, { isr: [], elr: [b3] })], [elects(b2, { isr: [b2] })]),
    false,
  ],
  [
    'last-known-leader-elected',
    'the partition is not recovering',
    stepFrom([elects(undefined, { isr: [], lastKnownLeader: b1 })], [elects(b1, { isr: [b1] })]),
    false,
  ],
  [
    'unclean-election',
    'the partition is not recovering',
    stepFrom([alone], [elects(b2, { isr: [b2] })]),
    false,
  ],
  [
    'unclean-election',
    'a member of the ISR is elected',
    stepFrom([], [elects(b2, { recovering: true })]),
    false,
  ],
  [
    'unclean-election',
    'an eligible replica is elected',
    stepFrom([decides({ isr: [b1], elr: [b2] })], [elects(b2, { recovering: true })]),
    false,
  ],
  [
    'pending-expansion-overtaken-by-election',
    'the leader stays',
    stepFrom([expands, requests], [elects(b1)], 'fence'),
    false,
  ],
  [
    'pending-expansion-overtaken-by-election',
    'the topic is deleted',
    stepFrom([expands, requests], [deletesTopic], 'deleteTopic'),
    false,
  ],
  [
    'pending-expansion-overtaken-by-election',
    'the leader is down',
    stepFrom([expands, requests, crashes(b1)], [elects(b2)], 'fence'),
    false,
  ],
];

const changedLogs: readonly Case[] = [
  [
    'log-truncated',
    'it is the log of another topic',
    stepFrom([writes(b2, one)], [recreates(), hasReplicaOf(b2, 2), writes(b2, [])]),
    false,
  ],
  [
    'zombie-append-truncated',
    'where the new leader has a record it was deleted',
    stepFrom(
      [elects(b2, { know: [b1, b2] }), writes(b1, [[2, 0]]), writes(b2, [[0, 1]])],
      [writes(b1, [])],
    ),
    false,
  ],
  [
    'zombie-append-truncated',
    'the new leader has a record of the same epoch',
    stepFrom(
      [elects(b2, { know: [b1, b2] }), writes(b1, [[2, 1]]), writes(b2, [[1, 1]])],
      [writes(b1, [])],
    ),
    false,
  ],
  [
    'fetch-fenced',
    'the request is lost',
    stepFrom([fetches, elects(b1, { know: [b1] })], [], 'loseMessage', arrives[1]),
    false,
  ],
  [
    'fetch-fenced',
    'it arrives at a broker that does not lead any more',
    stepFrom([fetches, elects(b1), catchesUp(b1), losesLeader(b1)], [], ...arrives),
    false,
  ],
  [
    'high-watermark-held-below-min-isr',
    'the ISR is large enough, and all have the record',
    stepFrom([writes(b1, one), ...[b2, b3].map(each => knows(b1, each, 1))], []),
    false,
  ],
  [
    'checkpointed-high-watermark-recovered',
    'something else starts the broker',
    stepFrom([writes(b2, one), crashes(b2)], [starts(b2), writes(b2, one, 1)], 'start'),
    false,
  ],
  [
    'checkpointed-high-watermark-recovered',
    'the broker was up',
    stepFrom([], [writes(b2, one, 1)], 'receiveRegistrationAnswer'),
    false,
  ],
  [
    'checkpointed-high-watermark-recovered',
    'the broker is still down',
    stepFrom([writes(b2, one, 1), crashes(b2)], [], 'receiveRegistrationAnswer'),
    false,
  ],
  [
    'follower-restarts-from-leader-log-start',
    'no answer does it',
    stepFrom([], [writes(b2, [[0, 0]], 1), replica(b2, { logStartOffset: 1 })], 'fetch'),
    false,
  ],
];

const members: readonly Case[] = [
  [
    'isr-shrinks-and-expands-again',
    'one replica takes the place of another',
    stepFrom([decides({ isr: [b1, b2] })], [decides({ isr: [b1, b3] })]),
    false,
  ],
  [
    'isr-shrinks-and-expands-again',
    'nothing changes',
    stepFrom([decides({ isr: [b1, b2] })], []),
    false,
  ],
  [
    'ineligible-member-refused',
    'something else happens while the refusal is on its way',
    stepFrom(
      [
        ({ protocol }) => {
          protocol.partitions.get(only).alterPartition.get(b1).inFlight = 'ineligibleReplica';
        },
      ],
      [],
      'fence',
      asked[1],
    ),
    false,
  ],
  [
    'reassignment-completed',
    'a replica is still to come',
    stepFrom([decides({ adding: [b4], replicas: everybody })], [decides({})], expected),
    false,
  ],
  [
    'reassignment-completed',
    'a replica is still to go',
    stepFrom(
      [decides({ adding: [b4], removing: [b3], replicas: everybody })],
      [decides({ adding: [] })],
      expected,
    ),
    false,
  ],
  ['reassignment-completed', 'the topic is deleted', stepFrom([], [deletesTopic]), false],
  [
    'reassignment-completed',
    'the topic is created again with fewer replicas',
    stepFrom([], [recreates({ replicas: [b1, b2] })]),
    false,
  ],
  ['reassignment-completed', 'nothing changes', stepFrom([], []), false],
  [
    'clean-shutdown-completed',
    'leave is granted, and the broker goes on',
    stepFrom([], [], 'heartbeat', { leave: 'granted' }),
    false,
  ],
  [
    'controller-failover-loses-request',
    'a request waits, and the controller stays',
    stepFrom([requests], [], 'fence'),
    false,
  ],
  [
    'paused-leader-resumes-deposed',
    'it stands still',
    stepFrom([elects(b2)], [], 'pause', { broker: 'broker-1' }),
    false,
  ],
  [
    'stray-log-replaced',
    'the broker is still down',
    stepFrom([crashes(b2), recreates()], [catchesUp(b2), hasReplicaOf(b2, 2)]),
    false,
  ],
  [
    'absent-broker-joins-recreated-topic',
    'it is added by the first change of the first topic',
    stepFrom([newest(now => now.isr.delete(b3))], [decides({ isr: replicas })]),
    false,
  ],
  [
    'absent-broker-joins-recreated-topic',
    'another topic is in its place',
    stepFrom([recreates({ isr: [b1, b2] })], [decides({ topicId: 1, isr: replicas })]),
    false,
  ],
  [
    'absent-broker-joins-recreated-topic',
    'others take the place of one',
    stepFrom([recreates({ isr: [b1, b2] })], [decides({ isr: [b1, b3, b4] })]),
    false,
  ],
  [
    'absent-broker-joins-recreated-topic',
    'something else changes first',
    stepFrom([recreates({ isr: [b1, b2] })], [decides({})]),
    false,
  ],
];

/** What one condition of a goal alone decides. */
export const ofGoals: readonly Case[] = [...elections, ...changedLogs, ...members];
