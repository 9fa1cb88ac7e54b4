import type {
  ReplicationBounds,
  ReplicationConfig,
} from '../../../../models/replication/config.ts';
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
  deleted,
  deletesTopic,
  type Edit,
  elects,
  exposed,
  freshPartition,
  hasReplicaOf,
  hears,
  knows,
  losesLeader,
  nothing,
  only,
  partitionIn,
  proposes,
  recreates,
  registered,
  replica,
  sentToDeletedTopic,
  starts,
  stepFrom,
  writes,
} from '../handBuilt.ts';

/*
 * What one condition of a property alone decides. Each case is here because no other notices that the condition is true,
 * or false, for ever.
 */

const one = [[1, 0]] as const;
const two = [
  [1, 0],
  [2, 0],
] as const;
const other = [[3, 0]] as const;
const alone = decides({ isr: [b1] });
const gone: readonly Edit[] = [crashes(b1), registered(b1, 'fence')];
const everybody = [b1, b2, b3, b4];
const replicas = [b1, b2, b3];
const requests: Edit = ({ protocol }) => {
  protocol.partitions.get(only).alterPartition.get(b1).inFlight = 'request';
};
const fetches: Edit = ({ protocol }) => {
  const request = protocol.partitions.get(only).fetchRequests.get(b2, b1);
  Object.assign(request, { inFlight: true, leaderEpoch: 0 });
};
const settled: readonly Edit[] = [
  ...replicas.map(each => writes(each, one, 1)),
  ...[b2, b3].map(each => knows(b1, each, 1)),
];
const uncommitted: readonly Edit[] = [...settled, ...replicas.map(each => writes(each, one))];
const expands = proposes(b1, 'expand', replicas);
/** The leader has the answer of the controller to its last request. */
const answered: Edit = state => {
  const { answeredIsr } = partitionIn(state).replicas.get(b1);
  answeredIsr.partitionEpoch = 1;
  for (const member of [b1, b2] as const) answeredIsr.isr.add(member);
};
/** The newest record of the metadata says otherwise. */
const newest =
  (change: (partition: ReturnType<typeof decisionOf>) => void): Edit =>
  state =>
    change(decisionOf(state));
const decisionOf = ({ protocol: { metadata } }: Parameters<Edit>[0]) =>
  metadata.history.get(metadata.history.length - 1).partitions.get(only);
const configured =
  (setting: 'elrSwitchedOn' | 'uncleanElectionChanged'): Edit =>
  ({ protocol: { metadata } }) => {
    metadata.history.get(metadata.history.length - 1)[setting] = 1;
  };
const arrives = ['receiveFetch', { leader: 'broker-1', follower: 'broker-2' }] as const;
const asked = ['handleAlterPartition', { sender: 'broker-1' }] as const;
const expected = 'handleAlterPartition';
/** Broker 1 leads a new topic, which has a record; broker 2 has only the log of the deleted one. */
const newTopic: readonly Edit[] = [
  recreates(),
  catchesUp(b1),
  ...[b1, b3].map(each => hasReplicaOf(each, 2)),
  ...replicas.map(each => writes(each, one, 1)),
];

const controller: readonly Case[] = [
  [
    'unclean-election-is-last-resort',
    'the leader, which is not in the ISR, is elected again',
    stepFrom([decides({ isr: [] })], [elects(b1, { isr: [b1], recovering: true })]),
    true,
  ],
  [
    'recovering-ends-with-isr-change',
    'the partition was not recovering',
    stepFrom([], [alone], 'fence'),
    'nothing',
  ],
  [
    'recovering-ends-with-isr-change',
    'the topic is deleted',
    stepFrom(
      [decides({ recovering: true })],
      [elects(undefined, { isr: [], replicas: [], recovering: false })],
    ),
    'nothing',
  ],
  [
    'assignment-changes-by-reassignment',
    'more replicas are to come before the first is in sync, and another broker has none',
    stepFrom(
      [decides({ isr: [b1], replicas: [b1, b4], adding: [b4] })],
      [decides({ replicas: [b1, b4, b3], adding: [b3, b4] })],
      'reassign',
    ),
    true,
  ],
  [
    'assignment-changes-by-reassignment',
    'a replaced one takes an old replica and adds another at once, and its target is in sync',
    stepFrom(
      [decides({ adding: [b2], replicas: [b1, b3, b2] })],
      [decides({ adding: [], replicas: [b1, b2, b4], isr: [b1, b2, b4] })],
      'replaceReassignment',
    ),
    true,
  ],
  [
    'isr-members-have-committed-records',
    'a member has only the log of the deleted topic, which looks the same',
    freshPartition(...newTopic, exposed(1, 0)),
    'broker-2 is in the ISR and lacks the committed offset 0',
  ],
  [
    'elr-members-have-committed-records',
    'an eligible replica has only the log of the deleted topic, which looks the same',
    freshPartition(...newTopic, exposed(1, 0), decides({ isr: [b1], elr: [b2] })),
    'broker-2 is in the ELR and lacks the committed offset 0',
  ],
  [
    'elr-members-have-committed-records',
    'a stopped one lacks the record',
    freshPartition(exposed(1, 0), decides({ isr: [b1], elr: [b2] }), crashes(b2)),
    'broker-2 is in the ELR and lacks the committed offset 0',
  ],
  [
    'clean-election-from-isr',
    'who led last is elected although a member of the ISR is active',
    stepFrom(
      [elects(undefined, { isr: [b2], lastKnownLeader: b1 })],
      [elects(b1, { isr: [b1], recovering: true })],
    ),
    'broker-1 was elected and was not in the ISR',
  ],
  [
    'clean-election-from-isr',
    'who led last is elected as the only eligible one is unregistered',
    stepFrom(
      [registered(b2, 'fence'), elects(undefined, { isr: [], elr: [b2], lastKnownLeader: b1 })],
      [registered(b2, 'unregister'), elects(b1, { isr: [b1], elr: [], recovering: true })],
    ),
    true,
  ],
  [
    'metadata-epochs-monotonic',
    'only the leader epoch changes',
    stepFrom([], [newest(now => Object.assign(now, { leaderEpoch: 1 }))]),
    true,
  ],
  [
    'only-active-brokers-join-isr',
    'who is fenced stays outside',
    stepFrom([alone, registered(b3, 'fence')], [decides({ isr: [b1, b2] })]),
    true,
  ],
  [
    'unclean-election-marks-recovering',
    'another leads in the same leader epoch',
    stepFrom([alone], [decides({ leader: b2, isr: [b2] })]),
    'broker-2 was elected from outside ISR and ELR, and the partition is not RECOVERING',
  ],
  [
    'deleted-topic-stays-deleted',
    'a replica has what is left of the topic, and none was created since',
    freshPartition(writes(b1, one), sentToDeletedTopic(1), deletesTopic),
    'nothing',
  ],
];

const logs: readonly Case[] = [
  [
    'acknowledged-records-survive',
    'a record was deleted on request, and one is left',
    freshPartition(
      acknowledged(1, 0),
      acknowledged(2, 1),
      deleted(1),
      writes(b1, [
        [0, 0],
        [2, 0],
      ]),
    ),
    true,
  ],
  [
    'acknowledged-records-survive',
    'the leader does not know that it leads in a new epoch',
    freshPartition(acknowledged(1, 0), elects(b1)),
    'nothing',
  ],
  [
    'flushed-only-by-clean-stop',
    'what is flushed stays so',
    stepFrom([writes(b1, one), replica(b1, { flushedOffset: 1 })], []),
    'nothing',
  ],
  ['high-watermark-monotonic', 'it stays', stepFrom([writes(b1, two, 2)], []), 'nothing'],
  [
    'high-watermark-monotonic',
    'it rises, and falls at a follower',
    stepFrom([writes(b1, two, 1), writes(b2, two, 1)], [writes(b1, two, 2), writes(b2, two)]),
    true,
  ],
  [
    'high-watermark-monotonic',
    'it falls as the broker begins to lead',
    stepFrom([writes(b1, two, 2), losesLeader(b1)], [hears(b1), writes(b1, two)]),
    'nothing',
  ],
  [
    'high-watermark-monotonic',
    'it falls as the broker ends to lead',
    stepFrom([writes(b1, two, 2)], [losesLeader(b1), writes(b1, two)]),
    'nothing',
  ],
  [
    'high-watermark-monotonic',
    'the broker leads another topic in the same epoch',
    stepFrom([writes(b1, two, 2)], [recreates(), catchesUp(b1), writes(b1, [])]),
    'nothing',
  ],
  [
    'high-watermark-within-log',
    'it is beyond the log of a broker that is down',
    freshPartition(crashes(b2), writes(b2, [], 1)),
    true,
  ],
  [
    'high-watermark-within-log',
    'it is beyond the log of a broker that is about to stop',
    freshPartition(writes(b2, [], 1), ({ protocol }) =>
      protocol.brokers.get(b2).process.send('beginControlledShutdown', nothing, undefined),
    ),
    'the high watermark of broker-2 is 1, and its log is from 0 to 0',
  ],
  [
    'stale-leader-commits-nothing-alone',
    'a follower that knows nothing of the election has something else',
    freshPartition(
      ...[b1, b2].map(each => writes(each, one, 1)),
      writes(b3, other, 1),
      elects(b2, { know: [b2] }),
    ),
    true,
  ],
  [
    'log-start-monotonic',
    'it grows, and goes back at a follower',
    stepFrom(
      [replica(b2, { logStartOffset: 1 })],
      [replica(b1, { logStartOffset: 1 }), replica(b2, { logStartOffset: 0 })],
    ),
    true,
  ],
  [
    'log-start-within-deleted',
    'records of the deleted topic were deleted',
    freshPartition(recreates(), hasReplicaOf(b1, 2), replica(b2, { logStartOffset: 1 })),
    true,
  ],
  [
    'logs-agree-below-high-watermark',
    'the leader is all of the ISR',
    freshPartition(writes(b1, one, 1), alone),
    'nothing',
  ],
  [
    'logs-agree-below-high-watermark',
    'the leader lacks what it has committed',
    freshPartition(...[b2, b3].map(each => writes(each, one)), writes(b1, [], 1)),
    'broker-2 is in the ISR and differs from the leader broker-1 at offset 0, below the high watermark',
  ],
  [
    'logs-agree-below-high-watermark',
    'the leader has deleted all of it, and a member has only the log of the deleted topic',
    freshPartition(...newTopic, replica(b1, { logStartOffset: 1 })),
    true,
  ],
  ...[b1, b2].map(
    (owner): Case => [
      'same-epoch-same-record',
      `they differ where ${owner === b1 ? 'the first' : 'the second'} is deleted`,
      freshPartition(
        writes(b1, two),
        writes(b2, [
          [3, 0],
          [2, 0],
        ]),
        replica(owner, { logStartOffset: 1 }),
      ),
      true,
    ],
  ),
  [
    'maximal-isr-covers-isr',
    'the leader goes by what it was answered',
    freshPartition(answered),
    'broker-3 is in the ISR, and the leader broker-1 does not wait for it',
  ],
  [
    'maximal-isr-covers-isr',
    'it wants to shrink to what it does not have',
    freshPartition(
      decides({ isr: [b1, b2] }),
      catchesUp(b1),
      proposes(b1, 'shrink', [b1, b3]),
      decides({ isr: replicas }),
    ),
    'broker-3 is in the ISR, and the leader broker-1 does not wait for it',
  ],
  [
    'maximal-isr-covers-isr',
    'it has proposed another member',
    freshPartition(
      alone,
      catchesUp(b1),
      proposes(b1, 'expand', [b1, b2]),
      decides({ isr: [b1, b3] }),
    ),
    'broker-3 is in the ISR, and the leader broker-1 does not wait for it',
  ],
  [
    'reported-end-offset-monotonic',
    'a consumer reads',
    stepFrom([exposed(1, 0)], [], 'consume', { leader: 'broker-1', offset: 0 }),
    'nothing',
  ],
  [
    'reported-end-offset-monotonic',
    'another leads in the same leader epoch',
    stepFrom([exposed(1, 0), decides({ leader: b2 })], [], 'listOffsets', {
      leader: 'broker-1',
      offset: 0,
    }),
    'nothing',
  ],
  [
    'settled-replicas-agree',
    'who is down and fenced has lost its log',
    freshPartition(
      ...settled,
      writes(b3, []),
      crashes(b3),
      registered(b3, 'fence'),
      decides({ isr: [b1, b2] }),
      ...[b1, b2, b4].map(catchesUp),
    ),
    true,
  ],
  [
    'settled-replicas-agree',
    'the high watermark stands still, and the leader remembers a replica that is gone',
    freshPartition(...uncommitted, knows(b1, b4, 0)),
    'the high watermark of broker-1 is 0, and its log ends at 1',
  ],
  [
    'settled-replicas-agree',
    'a broker has not applied the configuration',
    freshPartition(...settled, ({ protocol }) => {
      protocol.brokers.get(b2).minInsyncReplicas = 1;
    }),
    'nothing',
  ],
];

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

/** What one condition alone decides in the scope of the hand-built states. */
export const byOneCondition: readonly Case[] = [
  ...controller,
  ...logs,
  ...elections,
  ...changedLogs,
  ...members,
];

/** Another scope, of which the hand-built states are states, too. */
export interface OtherScope {
  readonly name: string;
  readonly config?: Partial<ReplicationConfig>;
  readonly bounds?: Partial<ReplicationBounds>;
  readonly cases: readonly Case[];
}

const leaderAndFollowersOfTwoEpochs = elects(b1, { know: [b1] });
const shrinks = [decides({ isr: [b1, b2] })];

/** What conditions decide that ask for another release, setting or bound. */
export const inOtherScopes: readonly OtherScope[] = [
  {
    name: 'a leader writes the ISR by itself, and a reassignment ends with all of its target',
    config: { kafka: '2.4', eligibleLeaderReplicas: false },
    cases: [
      ['isr-changes-for-cause', 'a leader shrinks it', stepFrom([], shrinks, 'shrinkIsr'), true],
      [
        'isr-changes-for-cause',
        'something else shrinks it',
        stepFrom([], shrinks, 'fence'),
        'broker-3 is active, and left the ISR by fence',
      ],
      [
        'assignment-changes-by-reassignment',
        'one that stays is not in sync',
        stepFrom(
          [
            decides({
              adding: [b4],
              removing: [b3],
              replicas: [b1, b2, b4, b3],
              isr: [b1, b3],
            }),
          ],
          [decides({ adding: [], removing: [], replicas: [b1, b2, b4], isr: [b1, b4] })],
          ...asked,
        ),
        'a reassignment ended without broker-2 in the ISR',
      ],
      [
        'empty-isr-only-with-elr',
        'the ISR is empty',
        freshPartition(elects(undefined, { isr: [] })),
        'the ISR is empty and there is no ELR',
      ],
      ['empty-isr-only-with-elr', 'there is no topic', freshPartition(deletesTopic), true],
    ],
  },
  {
    name: 'a reassignment ends with whom it adds, and ELR are not on',
    config: { kafka: '3.4', eligibleLeaderReplicas: false },
    cases: [
      [
        'assignment-changes-by-reassignment',
        'there are fewer replicas, and one that stays is not in sync',
        stepFrom([alone], [decides({ replicas: [b1, b2] })], 'reassign'),
        true,
      ],
      [
        'empty-isr-only-with-elr',
        'the ISR is empty, and ELR were switched on',
        freshPartition(elects(undefined, { isr: [] }), configured('elrSwitchedOn')),
        true,
      ],
    ],
  },
  {
    name: 'records can be lost',
    bounds: { crashes: 0, powerLosses: 1 },
    cases: [
      [
        'elr-members-have-committed-records',
        'one that is down lacks the record',
        freshPartition(exposed(1, 0), decides({ isr: [b1], elr: [b2] }), crashes(b2)),
        true,
      ],
      [
        'elr-members-have-committed-records',
        'one that has not died lacks the record',
        freshPartition(exposed(1, 0), decides({ isr: [b1], elr: [b2] })),
        'broker-2 is in the ELR and lacks the committed offset 0',
      ],
    ],
  },
  {
    name: 'a topic may allow unclean election, or not',
    config: { uncleanLeaderElection: true },
    bounds: { uncleanSettingChanges: 1 },
    cases: [
      [
        'clean-election-from-isr',
        'an outsider is elected, as is allowed',
        stepFrom([alone], [...gone, elects(b2, { isr: [b2], recovering: true })]),
        true,
      ],
      [
        'clean-election-from-isr',
        'an outsider is elected, which is not allowed any more',
        stepFrom(
          [alone, configured('uncleanElectionChanged')],
          [...gone, elects(b2, { isr: [b2], recovering: true })],
        ),
        'broker-2 was elected and was not in the ISR',
      ],
    ],
  },
  {
    name: 'replicas are moved',
    bounds: { reassignments: 1 },
    cases: [
      [
        'isr-within-replicas',
        'a broker whose replica was removed is eligible',
        freshPartition(decides({ elr: [b4] })),
        true,
      ],
      [
        'isr-within-replicas',
        'a broker without a replica is in the ISR',
        freshPartition(decides({ isr: [b1, b4] })),
        'broker-4 is in the ISR and has no replica',
      ],
    ],
  },
  {
    name: 'messages are lost, and the minimum changes',
    bounds: { lostMessages: 1, minIsrChanges: 1 },
    cases: [
      [
        'settled-replicas-agree',
        'an ISR change is pending, which will be asked for again',
        freshPartition(...settled, proposes(b1, 'shrink', [b1, b2])),
        true,
      ],
      [
        'settled-replicas-agree',
        'the high watermark stands still, as nobody has looked at it since',
        freshPartition(...uncommitted),
        true,
      ],
    ],
  },
  {
    name: 'followers ask while they agree',
    config: { requestsInFlight: false },
    cases: [
      [
        'fetch-fenced',
        'a follower is in an older epoch',
        stepFrom([], [leaderAndFollowersOfTwoEpochs]),
        true,
      ],
      ['fetch-fenced', 'all are in one epoch', stepFrom([], []), false],
      [
        'fetch-fenced',
        'nobody leads yet',
        stepFrom([], [elects(b1), catchesUp(b1), losesLeader(b1)]),
        false,
      ],
      [
        'fetch-fenced',
        'nobody follows',
        stepFrom([], [leaderAndFollowersOfTwoEpochs, ...[b2, b3].map(losesLeader)]),
        false,
      ],
      [
        'fetch-fenced',
        'it follows the leader of the older epoch',
        stepFrom([], [elects(b2, { know: [b2] })]),
        false,
      ],
    ],
  },
  {
    name: 'a release in which consumers read from leaders alone',
    config: { kafka: '2.3' },
    cases: [
      [
        'readers-agree',
        'a follower has another record',
        freshPartition(exposed(1, 0), writes(b1, [[1, 0]], 1), writes(b2, [[2, 0]], 1)),
        true,
      ],
    ],
  },
];
