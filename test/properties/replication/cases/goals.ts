import {
  acknowledged,
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
  hears,
  knows,
  only,
  proposes,
  registered,
  starts,
  stepFrom,
  writes,
} from '../handBuilt.ts';

const one = [[1, 0]] as const;
const answered = ['receiveFetchResponse', {}] as const;
const decided = ['handleAlterPartition', { sender: 'broker-1' }] as const;
const leaves = registered(b1, 'beginControlledShutdown');
const failed = [crashes(b2), registered(b2, 'fence')];
const leave = ['stopCleanly', { broker: 'broker-1', leave: 'granted' }] as const;
const requests: Edit = ({ protocol }) => {
  protocol.partitions.get(only).alterPartition.get(b1).inFlight = 'request';
};
const paused: Edit = ({ protocol }) => {
  protocol.brokers.get(b1).paused = true;
};
const fetches =
  (leaderEpoch: number): Edit =>
  ({ protocol }) =>
    Object.assign(protocol.partitions.get(only).fetchRequests.get(b2, b1), {
      inFlight: true,
      leaderEpoch,
    });
const startsAt =
  (offset: number): Edit =>
  ({ protocol }) => {
    protocol.partitions.get(only).replicas.get(b2).logStartOffset = offset;
  };

const elections: Readonly<Record<string, Cases>> = {
  'leader-changes': {
    good: { 'the elected broker takes over': stepFrom([elects(b2)], [hears(b2)]) },
    bad: {
      'the leader goes on leading': [stepFrom([], [writes(b1, one)]), false],
      'the elected broker does not know': [stepFrom([], [elects(b2)]), false],
    },
  },
  'elected-from-elr': {
    good: {
      'an eligible replica is elected': stepFrom(
        [decides({ isr: [b1], elr: [b2] })],
        [registered(b1, 'fence'), elects(b2, { isr: [b2] })],
      ),
    },
    bad: {
      'a member of the ISR is elected': [
        stepFrom([decides({ isr: [b1, b2], elr: [b3] })], [elects(b2)]),
        false,
      ],
      'it had just been added to the ISR': [
        stepFrom([decides({ isr: [b1], elr: [b2] })], [elects(b2, { isr: [b2], elr: [] })]),
        false,
      ],
      'the election is unclean': [
        stepFrom(
          [decides({ isr: [b1], elr: [b2] })],
          [registered(b1, 'fence'), elects(b2, { isr: [b2], recovering: true })],
        ),
        false,
      ],
    },
  },
  'last-known-leader-elected': {
    good: {
      'it is elected': stepFrom(
        [elects(undefined, { isr: [], lastKnownLeader: b1 })],
        [elects(b1, { isr: [b1], recovering: true })],
      ),
    },
    bad: {
      'another replica is elected': [
        stepFrom(
          [elects(undefined, { isr: [], lastKnownLeader: b1 })],
          [elects(b2, { isr: [b2], recovering: true })],
        ),
        false,
      ],
    },
  },
  'unclean-election': {
    good: {
      'a replica outside is elected': stepFrom(
        [decides({ isr: [b1] })],
        [elects(b2, { isr: [b2], recovering: true })],
      ),
    },
    bad: {
      'the last known leader is elected': [
        stepFrom(
          [elects(undefined, { isr: [], lastKnownLeader: b1 })],
          [elects(b1, { isr: [b1], recovering: true })],
        ),
        false,
      ],
      'the election is clean': [stepFrom([], [elects(b2)]), false],
    },
  },
  'preferred-replica-elected': {
    good: {
      'the first replica is elected': stepFrom(
        [],
        [elects(b2, { replicas: [b2, b1, b3] })],
        'electPreferred',
      ),
    },
    bad: {
      'something else elects it': [
        stepFrom([], [elects(b2, { replicas: [b2, b1, b3] })], 'fence'),
        false,
      ],
      'another one is elected': [stepFrom([], [elects(b3)], 'electPreferred'), false],
    },
  },
  'pending-expansion-overtaken-by-election': {
    good: {
      'the leader waits when it is deposed': stepFrom(
        [proposes(b1, 'expand', [b1, b2, b3]), requests],
        [elects(b2)],
        'fence',
      ),
    },
    bad: {
      'it waits for a shrink': [
        stepFrom([proposes(b1, 'shrink', [b1, b2]), requests], [elects(b2)], 'fence'),
        false,
      ],
      'the expansion is accepted': [
        stepFrom([proposes(b1, 'expand', [b1, b2, b3]), requests], [elects(b2)], ...decided),
        false,
      ],
      'the controller has decided before': [
        stepFrom([proposes(b1, 'expand', [b1, b2, b3])], [elects(b2)], 'fence'),
        false,
      ],
    },
  },
  'acknowledged-record-survives-failover': {
    good: {
      'the new leader has it': stepFrom(
        [acknowledged(1, 0), writes(b2, one), elects(b2)],
        [hears(b2)],
      ),
    },
    bad: {
      'the new leader lacks it': [
        stepFrom([acknowledged(1, 0), writes(b1, one), elects(b2)], [hears(b2)]),
        false,
      ],
      'the leader is the one that acknowledged it': [
        stepFrom([], [acknowledged(1, 0), writes(b1, one)]),
        false,
      ],
      'it was acknowledged with acks=1': [
        stepFrom([acknowledged(1, 0, '1'), writes(b2, one), elects(b2)], [hears(b2)]),
        false,
      ],
    },
  },
};

const logs: Readonly<Record<string, Cases>> = {
  'log-truncated': {
    good: {
      'an answer shortens the log': stepFrom([writes(b2, one)], [writes(b2, [])], ...answered),
    },
    bad: {
      'an answer lengthens the log': [stepFrom([], [writes(b2, one)], ...answered), false],
      'a power loss shortens the log': [
        stepFrom([writes(b2, one)], [writes(b2, []), crashes(b2)], 'losePower'),
        false,
      ],
      'the replica is removed': [
        stepFrom(
          [writes(b2, one)],
          [
            writes(b2, []),
            ({ protocol }) =>
              protocol.partitions
                .get(only)
                .replicas.get(b2)
                .role.send('remove', { deleteLog: () => undefined } as never, undefined),
          ],
        ),
        false,
      ],
    },
  },
  'truncated-over-two-epochs': {
    good: {
      'two records of two epochs go': stepFrom(
        [
          writes(b2, [
            [1, 0],
            [2, 1],
          ]),
        ],
        [writes(b2, [])],
        ...answered,
      ),
    },
    bad: {
      'two records of one epoch go': [
        stepFrom(
          [
            writes(b2, [
              [1, 0],
              [2, 0],
            ]),
          ],
          [writes(b2, [])],
          ...answered,
        ),
        false,
      ],
    },
  },
  'zombie-append-truncated': {
    good: {
      'the new leader has an earlier record': stepFrom(
        [elects(b2, { know: [b1, b2] }), writes(b1, [[2, 0]]), writes(b2, [[1, 1]])],
        [writes(b1, [])],
        ...answered,
      ),
    },
    bad: {
      'the record is older than what the new leader has': [
        stepFrom(
          [elects(b2, { know: [b1, b2] }), writes(b1, [[1, 0]]), writes(b2, [[2, 1]])],
          [writes(b1, [])],
          ...answered,
        ),
        false,
      ],
    },
  },
  'fetch-fenced': {
    good: {
      'a request of an older epoch arrives': stepFrom(
        [fetches(0), elects(b1, { know: [b1] })],
        [],
        'receiveFetch',
        { leader: 'broker-1', follower: 'broker-2' },
      ),
    },
    bad: {
      'it is of the same epoch': [
        stepFrom([fetches(0)], [], 'receiveFetch', { leader: 'broker-1', follower: 'broker-2' }),
        false,
      ],
      'it does not arrive': [stepFrom([fetches(0), elects(b1, { know: [b1] })], []), false],
    },
  },
  'high-watermark-held-below-min-isr': {
    good: {
      'the leader alone has the record': stepFrom(
        [writes(b1, one)],
        [decides({ isr: [b1] }), catchesUp(b1)],
      ),
      'both members have the record, and three are needed': stepFrom(
        [writes(b1, one), knows(b1, b2, 1)],
        [decides({ isr: [b1, b2], minInsyncReplicas: 3 }), catchesUp(b1)],
      ),
    },
    bad: {
      'a member lacks the record': [
        stepFrom(
          [writes(b1, one)],
          [decides({ isr: [b1, b2], minInsyncReplicas: 3 }), catchesUp(b1)],
        ),
        false,
      ],
      'the ISR is large enough': [stepFrom([], [writes(b1, one)]), false],
      'everything is committed': [
        stepFrom([writes(b1, one, 1)], [decides({ isr: [b1] }), catchesUp(b1)]),
        false,
      ],
    },
  },
  'checkpointed-high-watermark-recovered': {
    good: {
      'the broker begins above its log start': stepFrom(
        [writes(b2, one), crashes(b2)],
        [starts(b2), writes(b2, one, 1)],
        'receiveRegistrationAnswer',
      ),
    },
    bad: {
      'it begins at its log start': [
        stepFrom([writes(b2, one), crashes(b2)], [starts(b2)], 'receiveRegistrationAnswer'),
        false,
      ],
    },
  },
  'follower-restarts-from-leader-log-start': {
    good: {
      'the log starts where nothing was before': stepFrom(
        [],
        [writes(b2, [[0, 0]], 1), startsAt(1)],
        ...answered,
      ),
    },
    bad: {
      'the follower deletes what it has': [
        stepFrom([writes(b2, one, 1)], [startsAt(1)], ...answered),
        false,
      ],
    },
  },
};

const membership: Readonly<Record<string, Cases>> = {
  'isr-shrinks-and-expands-again': {
    good: {
      'a replica is added': stepFrom(
        [decides({ isr: [b1, b2] })],
        [decides({ isr: [b1, b2, b3] })],
      ),
    },
    bad: {
      'a replica is removed': [stepFrom([], [decides({ isr: [b1, b2] })]), false],
      'a new replica is added': [
        stepFrom([decides({ adding: [b4] })], [decides({ isr: [b1, b2, b3, b4] })]),
        false,
      ],
      'one is elected into an empty ISR': [
        stepFrom([elects(undefined, { isr: [], elr: [b1] })], [elects(b1, { isr: [b1] })]),
        false,
      ],
    },
  },
  'ineligible-member-refused': {
    good: {
      'the refusal is on its way': stepFrom(
        [requests],
        [
          ({ protocol }) => {
            protocol.partitions.get(only).alterPartition.get(b1).inFlight = 'ineligibleReplica';
          },
        ],
        ...decided,
      ),
    },
    bad: { 'the request is accepted': [stepFrom([requests], [decides({})], ...decided), false] },
  },
  'reassignment-completed': {
    good: {
      'the added replica is in sync': stepFrom(
        [decides({ adding: [b4], replicas: [b1, b2, b3, b4] })],
        [decides({ adding: [], isr: [b1, b2, b3, b4] })],
        ...decided,
      ),
      'a replica is removed at once': stepFrom(
        [],
        [elects(b1, { replicas: [b1, b2] })],
        'reassign',
      ),
    },
    bad: {
      'it has only begun': [
        stepFrom([], [decides({ adding: [b4], replicas: [b1, b2, b3, b4] })], 'reassign'),
        false,
      ],
      'it is cancelled': [
        stepFrom(
          [decides({ adding: [b4], replicas: [b1, b2, b3, b4] })],
          [elects(b1, { adding: [], replicas: [b1, b2, b3] })],
          'cancelReassignment',
        ),
        false,
      ],
    },
  },
  'clean-shutdown-completed': {
    good: { 'it has leave': stepFrom([], [crashes(b1)], 'stopCleanly', { leave: 'granted' }) },
    bad: {
      'it has none': [stepFrom([], [crashes(b1)], 'stopCleanly', { leave: 'notGranted' }), false],
    },
  },
  'leave-beside-failed-broker': {
    good: { 'another is down': stepFrom([leaves, ...failed], [], ...leave) },
    bad: {
      'all are up': [stepFrom([leaves], [], ...leave), false],
      'nobody knows that another is down': [stepFrom([leaves, crashes(b2)], [], ...leave), false],
      'another is fenced': [stepFrom([leaves, registered(b2, 'fence')], [], ...leave), false],
      'it was fenced itself': [stepFrom([registered(b1, 'fence'), ...failed], [], ...leave), false],
      'it has no leave': [
        stepFrom([leaves, ...failed], [], 'stopCleanly', { ...leave[1], leave: 'notGranted' }),
        false,
      ],
      'something else happens': [stepFrom([leaves, ...failed], [], 'fence', leave[1]), false],
    },
  },
  'controller-failover-loses-request': {
    good: { 'a request waits': stepFrom([requests], [], 'failOverController') },
    bad: { 'nothing waits': [stepFrom([], [], 'failOverController'), false] },
  },
  'paused-leader-resumes-deposed': {
    good: {
      'another leads': stepFrom([paused, elects(b2)], [], 'resume', { broker: 'broker-1' }),
      'nobody leads': stepFrom([paused, elects(undefined)], [], 'resume', { broker: 'broker-1' }),
    },
    bad: {
      'it still leads': [stepFrom([paused], [], 'resume', { broker: 'broker-1' }), false],
      'a follower resumes': [stepFrom([elects(b2)], [], 'resume', { broker: 'broker-3' }), false],
    },
  },
  'produce-outcome-unknown-then-retried': {
    good: { 'it is sent again': stepFrom([], [writes(b1, one)], 'retryProduce') },
    bad: { 'it is sent first': [stepFrom([], [writes(b1, one)], 'produce'), false] },
  },
};

/** Places for the goals. */
export const goalCases: Readonly<Record<string, Cases>> = { ...elections, ...logs, ...membership };
