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
const replicas = [b1, b2, b3];
const settled: readonly Edit[] = [
  ...replicas.map(each => writes(each, one, 1)),
  ...[b2, b3].map(each => knows(b1, each, 1)),
];
const uncommitted: readonly Edit[] = [...settled, ...replicas.map(each => writes(each, one))];
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

/** What one condition of a property alone decides. */
export const ofProperties: readonly Case[] = [...controller, ...logs];
