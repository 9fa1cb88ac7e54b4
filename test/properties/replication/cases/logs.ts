import {
  b1,
  b2,
  b3,
  b4,
  type Cases,
  catchesUp,
  crashes,
  decides,
  type Edit,
  elects,
  freshPartition,
  knows,
  nothing,
  only,
  partitionIn,
  proposes,
  registered,
  stepFrom,
  writes,
} from '../handBuilt.ts';

const one = [[1, 0]] as const;
const two = [
  [1, 0],
  [2, 0],
] as const;

/** Every replica has the log and the high watermark, and the leader knows. */
const settledAt = (log: readonly (readonly [number, number])[], highWatermark: number): Edit[] => [
  ...[b1, b2, b3].map(each => writes(each, log, highWatermark)),
  ...[b2, b3].map(each => knows(b1, each, log.length)),
];
/** Broker 3 is down, fenced and out of the ISR, and both others know it. */
const withoutThird: readonly Edit[] = [
  crashes(b3),
  registered(b3, 'fence'),
  decides({ isr: [b1, b2] }),
  state => {
    for (const each of [b1, b2] as const) catchesUp(each)(state);
    state.protocol.brokers.get(b4).metadataOffset = 1;
  },
];
const waits: Edit = state => partitionIn(state).replicas.get(b1).waitingProduce.push(0);

/** Places for the properties about logs and high watermarks. */
export const logCases: Readonly<Record<string, Cases>> = {
  'maximal-isr-covers-isr': {
    good: {
      'the leader knows the ISR': freshPartition(),
      'the leader does not know yet that the ISR is smaller': freshPartition(
        decides({ isr: [b1, b2] }),
      ),
      'a member is proposed, and the leader does not know yet that it is in': freshPartition(
        decides({ isr: [b1, b2] }),
        catchesUp(b1),
        proposes(b1, 'expand', [b1, b2, b3]),
        decides({ isr: [b1, b2, b3] }),
      ),
      'a shrink is proposed': freshPartition(proposes(b1, 'shrink', [b1, b2])),
    },
    bad: {
      'a member was added without the leader': [
        freshPartition(decides({ isr: [b1, b2] }), catchesUp(b1), decides({ isr: [b1, b2, b3] })),
        'broker-3 is in the ISR, and the leader broker-1 does not wait for it',
      ],
    },
    silent: { 'the leader does not know its election': freshPartition(elects(b2)) },
  },
  'high-watermark-within-maximal-isr': {
    good: {
      'every member has the record': freshPartition(
        writes(b1, two, 1),
        writes(b2, one),
        writes(b3, one),
      ),
      'only a dead member lacks it': freshPartition(
        writes(b1, one, 1),
        writes(b2, one),
        crashes(b3),
      ),
    },
    bad: {
      'a member lacks it': [
        freshPartition(writes(b1, one, 1), writes(b2, one)),
        'the high watermark of broker-1 is 1, and the log of broker-3 ends at 0',
      ],
      'a proposed member lacks it': [
        freshPartition(
          writes(b1, one, 1),
          writes(b2, one),
          decides({ isr: [b1, b2] }),
          catchesUp(b1),
          proposes(b1, 'expand', [b1, b2, b3]),
        ),
        'the high watermark of broker-1 is 1, and the log of broker-3 ends at 0',
      ],
    },
    silent: { 'nothing is committed': freshPartition(writes(b1, one)) },
  },
  'high-watermark-within-log': {
    good: { 'it is the log end': freshPartition(writes(b2, one, 1)) },
    bad: {
      'it is beyond the log end': [
        freshPartition(writes(b2, one, 2)),
        'the high watermark of broker-2 is 2, and its log is from 0 to 1',
      ],
      'it is below the log start': [
        freshPartition(writes(b2, one), ({ protocol }) => {
          protocol.partitions.get(only).replicas.get(b2).logStartOffset = 1;
        }),
        'the high watermark of broker-2 is 0, and its log is from 1 to 1',
      ],
    },
    silent: {
      'every broker is down': freshPartition(state => {
        for (const each of [b1, b2, b3, b4]) crashes(each)(state);
      }),
    },
  },
  'high-watermark-monotonic': {
    good: { 'it rises': stepFrom([writes(b1, two, 1)], [writes(b1, two, 2)]) },
    bad: {
      'it falls while the broker leads': [
        stepFrom([writes(b1, two, 2)], [writes(b1, two, 1)]),
        'the high watermark of broker-1 fell from 2 to 1',
      ],
      'it falls at a deposed leader': [
        stepFrom([writes(b1, two, 2), elects(b2, { know: [b2, b3] })], [writes(b1, two)]),
        'the high watermark of broker-1 fell from 2 to 0',
      ],
    },
    silent: {
      'the broker starts to lead with a lower one': stepFrom(
        [writes(b1, two, 2)],
        [elects(b2, { know: [b1, b2] }), elects(b1, { know: [b1] }), writes(b1, two)],
      ),
    },
  },
  'stale-leader-commits-nothing-alone': {
    good: {
      'the new leader has all of it': freshPartition(
        writes(b1, two, 1),
        writes(b2, one),
        elects(b2, { know: [b2] }),
      ),
    },
    bad: {
      'the new leader lacks a record': [
        freshPartition(writes(b1, one, 1), elects(b2, { know: [b2] })),
        'broker-1 is deposed and has committed offset 0, where the leader broker-2 has not the same',
      ],
      'the new leader has another record': [
        freshPartition(writes(b1, one, 1), writes(b2, [[2, 1]]), elects(b2, { know: [b2] })),
        'broker-1 is deposed and has committed offset 0, where the leader broker-2 has not the same',
      ],
    },
    silent: {
      'nobody is deposed': freshPartition(writes(b1, one, 1)),
      'the deposed leader has committed nothing': freshPartition(
        writes(b1, one),
        elects(b2, { know: [b2] }),
      ),
    },
  },
  'logs-agree-below-high-watermark': {
    good: {
      'the logs are equal': freshPartition(...settledAt(one, 1)),
      'a log is short above the high watermark': freshPartition(
        writes(b1, two, 1),
        writes(b2, one),
        writes(b3, one),
      ),
      'a replica outside the ISR lags': freshPartition(
        decides({ isr: [b1, b2] }),
        writes(b1, one, 1),
        writes(b2, one, 1),
      ),
    },
    bad: {
      'a member of the ISR lacks a record': [
        freshPartition(writes(b1, one, 1), writes(b2, one, 1)),
        'broker-3 is in the ISR and differs from the leader broker-1 at offset 0, below the high watermark',
      ],
      'a stopped member of the ISR has another record': [
        freshPartition(...settledAt(one, 1), writes(b2, [[2, 0]]), crashes(b2)),
        'broker-2 is in the ISR and differs from the leader broker-1 at offset 0, below the high watermark',
      ],
      'a member has the record from another epoch': [
        freshPartition(...settledAt(one, 1), writes(b2, [[1, 1]])),
        'broker-2 is in the ISR and differs from the leader broker-1 at offset 0, below the high watermark',
      ],
    },
    silent: { 'nothing is committed': freshPartition() },
  },
  'same-epoch-same-record': {
    good: {
      'the logs are equal': freshPartition(...settledAt(one, 1)),
      'they have parted with the epochs': freshPartition(
        writes(b1, [
          [1, 0],
          [2, 1],
        ]),
        writes(b2, [
          [1, 0],
          [3, 0],
        ]),
      ),
    },
    bad: {
      'one epoch has two records at an offset': [
        freshPartition(writes(b1, one), writes(b2, [[2, 0]])),
        'broker-1 and broker-2 differ at offset 0 and have one leader epoch there or later',
      ],
      'the logs meet again after they have parted': [
        freshPartition(
          crashes(b3),
          writes(b1, [
            [1, 0],
            [3, 2],
          ]),
          writes(b3, [
            [2, 1],
            [3, 2],
          ]),
        ),
        'broker-1 and broker-3 differ at offset 0 and have one leader epoch there or later',
      ],
    },
    silent: { 'only one log has records': freshPartition(writes(b1, one)) },
  },
  'settled-replicas-agree': {
    good: {
      'everything is committed': freshPartition(...settledAt(one, 1)),
      'a fenced replica that was refused held the high watermark': freshPartition(
        ...settledAt(one, 0),
        ...withoutThird,
        knows(b1, b3, 0),
      ),
      'it has come back without its log since, and is down again': freshPartition(
        ...settledAt(
          [
            [1, 0],
            [2, 0],
          ],
          1,
        ),
        ...withoutThird,
        knows(b1, b3, 0),
      ),
      'the ISR is too small to commit': freshPartition(
        ...settledAt(one, 0),
        decides({ isr: [b1] }),
        ...[b1, b2, b3, b4].map(catchesUp),
      ),
    },
    bad: {
      'the logs differ': [
        freshPartition(...settledAt(one, 1), writes(b2, [[2, 0]], 1)),
        'broker-2 differs from the leader broker-1 at offset 0',
      ],
      'the high watermark stands still': [
        freshPartition(...settledAt(one, 0)),
        'the high watermark of broker-1 is 0, and its log ends at 1',
      ],
      'the high watermark stands still, and a replica is down': [
        freshPartition(...settledAt(one, 0), ...withoutThird),
        'the high watermark of broker-1 is 0, and its log ends at 1',
      ],
      'an ISR change is pending and nobody is asked': [
        freshPartition(...settledAt(one, 1), proposes(b1, 'shrink', [b1, b2])),
        'broker-1 waits for an ISR change',
      ],
      'a producer waits': [
        freshPartition(...settledAt(one, 1), waits),
        'a producer waits at broker-1 for offset 0',
      ],
    },
    silent: {
      'a follower lags': freshPartition(writes(b1, one)),
      'the leader does not know that a follower is there': freshPartition(
        ...settledAt(one, 1),
        knows(b1, b2, 0),
      ),
      'metadata is not replayed': freshPartition(...settledAt(one, 1), decides({})),
      'a broker stands still': freshPartition(...settledAt(one, 1), ({ protocol }) => {
        protocol.brokers.get(b2).paused = true;
      }),
      'a request is in flight': freshPartition(...settledAt(one, 1), ({ protocol }) => {
        protocol.partitions.get(only).alterPartition.get(b1).inFlight = 'request';
      }),
      'a fetch is in flight': freshPartition(...settledAt(one, 1), ({ protocol }) => {
        protocol.partitions.get(only).fetchRequests.get(b2, b1).inFlight = true;
      }),
      'a link is cut': freshPartition(...settledAt(one, 1), ({ protocol }) => {
        protocol.network.cutLinks.get(b2, b1).cut = true;
      }),
      'a broker is down and not fenced': freshPartition(...settledAt(one, 1), crashes(b3)),
      'a broker is cut off from the controller': freshPartition(
        ...settledAt(one, 1),
        ({ protocol }) => protocol.network.cutToController.add(b2),
      ),
      'a broker does not hear the controller': freshPartition(
        ...settledAt(one, 1),
        ({ protocol }) => protocol.network.cutFromController.add(b2),
      ),
      'the answer to a registration is in flight': freshPartition(
        ...settledAt(one, 1),
        ({ protocol }) => {
          protocol.registrationAnswers.get(b2).inFlight = true;
        },
      ),
      'a fenced broker is up': freshPartition(...settledAt(one, 1), registered(b4, 'fence')),
      'a fenced broker is in the ISR': freshPartition(
        ...settledAt(one, 1),
        crashes(b3),
        registered(b3, 'fence'),
      ),
      'a broker is about to stop': freshPartition(...settledAt(one, 1), ({ protocol }) =>
        protocol.brokers.get(b4).process.send('beginControlledShutdown', nothing, undefined),
      ),
      'a broker has been replaced': freshPartition(
        ...settledAt(one, 1),
        registered(b4, 'register'),
        registered(b4, 'unfence'),
      ),
      'a follower does not fetch': freshPartition(...settledAt(one, 1), state =>
        partitionIn(state).replicas.get(b2).role.send('loseLeader', nothing, undefined),
      ),
      'the leader does not lead': freshPartition(...settledAt(one, 1), state =>
        partitionIn(state).replicas.get(b1).role.send('loseLeader', nothing, undefined),
      ),
      'the leader knows an earlier incarnation of a follower': freshPartition(
        ...settledAt(one, 1),
        state => {
          partitionIn(state).replicas.get(b1).followers.get(b2).brokerEpoch = 1;
        },
      ),
      'a follower has less, as the leader knows': freshPartition(
        ...settledAt(one, 1),
        writes(b2, [], 1),
        knows(b1, b2, 0),
      ),
      'a follower has another high watermark': freshPartition(
        ...settledAt(one, 1),
        writes(b2, one),
      ),
      'a follower has another log start': freshPartition(...settledAt(one, 1), state => {
        partitionIn(state).replicas.get(b2).logStartOffset = 1;
      }),
      'an answer is in flight': freshPartition(...settledAt(one, 1), state => {
        partitionIn(state).fetchResponses.get(b1, b2).kind = 'records';
      }),
      'a replica is to come': freshPartition(
        ...settledAt(one, 1),
        decides({ adding: [b4] }),
        ...[b1, b2, b3, b4].map(catchesUp),
      ),
      'a reassignment is under way': freshPartition(
        ...settledAt(one, 1),
        decides({ removing: [b3] }),
        ...[b1, b2, b3, b4].map(catchesUp),
      ),
    },
  },
};
