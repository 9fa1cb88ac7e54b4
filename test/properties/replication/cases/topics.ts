import {
  acknowledged,
  b1,
  b2,
  b3,
  type Case,
  type Cases,
  catchesUp,
  crashes,
  decides,
  deletesTopic,
  elects,
  exposed,
  freshPartition,
  hasReplicaOf,
  hears,
  recreates,
  sentToDeletedTopic,
  starts,
  stepFrom,
  writes,
} from '../handBuilt.ts';

const one = [[1, 0]] as const;
const two = [[2, 0]] as const;
const oldIsGone = sentToDeletedTopic(1);
/** Broker 1 leads a new topic, which has a record of its own; the others have not heard of it. */
const leadsNewTopic = [
  recreates(),
  catchesUp(b1),
  hasReplicaOf(b1, 2),
  oldIsGone,
  writes(b1, two, 1),
] as const;

/** Places for the properties and goals that are about a topic that is deleted and created again. */
export const topicCases: Readonly<Record<string, Cases>> = {
  'deleted-topic-stays-deleted': {
    good: {
      'the new topic has a record of its own': freshPartition(...leadsNewTopic),
      'only a broker that has not heard of it has an old one': freshPartition(
        ...leadsNewTopic,
        writes(b2, one, 1),
      ),
    },
    bad: {
      'a replica of the new topic has an old record': [
        freshPartition(...leadsNewTopic, writes(b2, one), hasReplicaOf(b2, 2)),
        'broker-2 has record 1 at offset 0, which was sent to the topic that was deleted',
      ],
    },
    silent: {
      'the topic is the first': freshPartition(writes(b1, one)),
      'the deleted topic had no record': freshPartition(recreates(), hasReplicaOf(b1, 2)),
      'nobody has heard of the new topic': freshPartition(recreates(), oldIsGone),
      'there is no topic now': freshPartition(writes(b1, one), deletesTopic, oldIsGone),
    },
  },
  'stray-log-replaced': {
    good: {
      'the broker begins the new topic': stepFrom(
        [crashes(b2), recreates()],
        [starts(b2), catchesUp(b2), hasReplicaOf(b2, 2)],
      ),
    },
    bad: {
      'it has no replica before the next change': [
        stepFrom([crashes(b2), recreates()], [starts(b2), catchesUp(b2), hasReplicaOf(b2, 0)]),
        false,
      ],
      'it was down while nothing was deleted': [
        stepFrom([crashes(b2)], [starts(b2), catchesUp(b2)]),
        false,
      ],
      'it has an empty disk': [
        stepFrom(
          [crashes(b2), hasReplicaOf(b2, 0), recreates()],
          [starts(b2), catchesUp(b2), hasReplicaOf(b2, 2)],
        ),
        false,
      ],
      'it has been up all the time': [
        stepFrom([recreates()], [catchesUp(b2), hasReplicaOf(b2, 2)]),
        false,
      ],
    },
  },
  'absent-broker-joins-recreated-topic': {
    good: {
      'it is added by the first change': stepFrom(
        [recreates({ isr: [b1, b2] })],
        [decides({ isr: [b1, b2, b3] })],
      ),
    },
    bad: {
      'it had been there before': [
        stepFrom([recreates(), decides({ isr: [b1, b2] })], [decides({ isr: [b1, b2, b3] })]),
        false,
      ],
      'the topic is the first': [
        stepFrom([decides({ isr: [b1, b2] })], [decides({ isr: [b1, b2, b3] })]),
        false,
      ],
      'the topic is created': [stepFrom([deletesTopic], [recreates()]), false],
    },
  },
};

/** What other properties say where a topic was deleted, and created again. */
export const acrossTopics: readonly Case[] = [
  [
    'acknowledged-records-survive',
    'the leader of the deleted topic, in the same epoch, is not the current one',
    freshPartition(recreates(), acknowledged(2, 0)),
    'nothing',
  ],
  [
    'one-leader-per-epoch',
    'two brokers lead two topics in one epoch',
    freshPartition(recreates({ leader: b2 }), hears(b2), hasReplicaOf(b2, 2)),
    true,
  ],
  [
    'metadata-epochs-monotonic',
    'the epochs of a new topic begin again',
    stepFrom([elects(b2)], [recreates()]),
    true,
  ],
  [
    'metadata-epochs-monotonic',
    'an older topic comes back',
    stepFrom([recreates()], [decides({ topicId: 1, leaderEpoch: 3 })]),
    'topic 1 came after topic 2',
  ],
  [
    'clean-election-from-isr',
    'the first leader of a new topic is not elected',
    stepFrom([decides({ isr: [b1] })], [recreates({ leader: b2, isr: [b2] })]),
    'nothing',
  ],
  ['empty-isr-only-with-elr', 'there is no topic', freshPartition(deletesTopic), true],
  [
    'readers-agree',
    'the leader of the deleted topic serves what that had',
    freshPartition(
      writes(b1, one, 1),
      recreates({ leader: b2 }),
      hears(b2),
      hasReplicaOf(b2, 2),
      writes(b2, two, 1),
      exposed(2, 0),
    ),
    true,
  ],
  [
    'logs-agree-below-high-watermark',
    'a member of the ISR has only the log of the deleted topic',
    freshPartition(...leadsNewTopic, writes(b2, two, 1), writes(b3, two, 1), hasReplicaOf(b3, 2)),
    'broker-2 is in the ISR and differs from the leader broker-1 at offset 0, below the high watermark',
  ],
  [
    'high-watermark-within-maximal-isr',
    'a member of the ISR has only the log of the deleted topic',
    freshPartition(...leadsNewTopic, writes(b2, two, 1), writes(b3, two, 1), hasReplicaOf(b3, 2)),
    'the high watermark of broker-1 is 1, and the log of broker-2 ends at 0',
  ],
  [
    'same-epoch-same-record',
    'logs of two topics differ in one epoch',
    freshPartition(...leadsNewTopic, writes(b2, one, 1)),
    true,
  ],
  [
    'stale-leader-commits-nothing-alone',
    'the leader of the deleted topic has committed what the new one lacks',
    freshPartition(
      writes(b1, one, 1),
      recreates({ leader: b2, leaderEpoch: 1 }),
      hears(b2),
      hasReplicaOf(b2, 2),
    ),
    'nothing',
  ],
  [
    'elr-members-have-committed-records',
    'an eligible replica has only the log of the deleted topic',
    freshPartition(
      ...leadsNewTopic,
      exposed(2, 0),
      writes(b2, two, 1),
      decides({ isr: [b1], elr: [b2] }),
    ),
    'broker-2 is in the ELR and lacks the committed offset 0',
  ],
];
