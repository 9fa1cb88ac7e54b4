import {
  b1,
  b2,
  b3,
  b4,
  type Cases,
  crashes,
  decides,
  type Edit,
  elects,
  freshPartition,
  hears,
  nothing,
  only,
  partitionIn,
  recreates,
  registered,
  starts,
  stepFrom,
} from '../handBuilt.ts';

const asks =
  (...isr: Parameters<typeof registered>[0][]): Edit =>
  ({ protocol }) => {
    const request = protocol.partitions.get(only).alterPartition.get(b1);
    request.inFlight = 'request';
    for (const member of isr) request.isr.add(member);
  };
const stopping: Edit = ({ protocol }) =>
  protocol.brokers.get(b1).process.send('beginControlledShutdown', nothing, undefined);
/** The replica leads, whatever its broker's process does. */
const takesUp =
  (leader: Parameters<typeof registered>[0]): Edit =>
  state =>
    partitionIn(state).replicas.get(leader).role.send('lead', nothing, undefined);
const decided = ['handleAlterPartition', { sender: 'broker-1' }] as const;
const moves: Edit = decides({ adding: [b4], removing: [b3], replicas: [b1, b2, b4, b3] });
const fewer: Edit = decides({ replicas: [b1, b2], isr: [b1, b2] });
const replicas = [b1, b2, b4];
const moved = { adding: [], removing: [], replicas };

/** Places for the properties about why the controller may change something. */
export const causeCases: Readonly<Record<string, Cases>> = {
  'leaders-were-elected': {
    good: {
      'the leader was': freshPartition(),
      'another was, which the leader does not know': freshPartition(elects(b2)),
    },
    bad: {
      'another was, and it is about to stop': [
        freshPartition(elects(b2), stopping, ({ protocol }) => {
          protocol.brokers.get(b1).metadataOffset = 1;
        }),
        'broker-1 leads in epoch 1, in which broker-2 was elected',
      ],
      'another was': [
        freshPartition(elects(b2), ({ protocol }) => {
          protocol.brokers.get(b1).metadataOffset = 1;
        }),
        'broker-1 leads in epoch 1, in which broker-2 was elected',
      ],
      'nobody was': [
        freshPartition(elects(undefined), ({ protocol }) => {
          protocol.brokers.get(b1).metadataOffset = 1;
        }),
        'broker-1 leads in epoch 1, in which nobody was elected',
      ],
    },
    silent: {
      'nobody leads': freshPartition(elects(undefined), hears(b1)),
      'who would lead has not opened for clients': freshPartition(
        crashes(b1),
        starts(b1),
        takesUp(b1),
      ),
    },
  },
  'leader-epoch-grows-with-leader': {
    good: {
      'another is elected': stepFrom([], [elects(b2)]),
      'the leader is taken away': stepFrom([], [elects(undefined)]),
    },
    bad: {
      'the epoch stays': [
        stepFrom([], [decides({ leader: b2 })]),
        'broker-2 leads after broker-1, and the leader epoch went from 0 to 0',
      ],
      'the epoch of an earlier leader is used again': [
        stepFrom([elects(b2)], [decides({ leader: undefined, leaderEpoch: 0 })]),
        'nobody leads after broker-2, and the leader epoch went from 1 to 0',
      ],
    },
    silent: {
      'the leader stays': stepFrom([], [elects(b1)]),
      'another leads the topic that is created again': stepFrom([], [recreates({ leader: b2 })]),
    },
  },
  'leader-changes-for-cause': {
    good: {
      'it is fenced': stepFrom([], [registered(b1, 'fence'), elects(b2)]),
      'it loses its replica': stepFrom(
        [decides({ removing: [b1] })],
        [elects(b2, { isr: [b2, b3], replicas: [b2, b3], removing: [] })],
      ),
      'somebody asks for the preferred one': stepFrom([], [elects(b2)], 'electPreferred'),
      'the epoch ends with a member of the ISR': stepFrom([], [elects(b1, { isr: [b1, b2] })]),
      'the epoch ends with a replica': stepFrom(
        [decides({ isr: [b1, b2], removing: [b3] })],
        [elects(b1, { replicas: [b1, b2], removing: [] })],
      ),
    },
    bad: {
      'another is elected': [
        stepFrom([], [registered(b3, 'fence'), elects(b2, { isr: [b1, b2] })], 'fence'),
        'broker-1 is active and has a replica, and does not lead any more by fence',
      ],
      'it is taken away': [
        stepFrom([], [elects(undefined)], 'unfence'),
        'broker-1 is active and has a replica, and does not lead any more by unfence',
      ],
      'its epoch ends for nothing': [
        stepFrom([decides({ isr: [b1] })], [elects(b1, { isr: [b1, b2] })]),
        'broker-1 leads in a new epoch, and no replica has left',
      ],
    },
    silent: {
      'there is no leader': stepFrom([elects(undefined)], [elects(b2)]),
      'the ISR changes': stepFrom([], [decides({ isr: [b1] })]),
    },
  },
  'isr-changes-for-cause': {
    good: {
      'a fenced member leaves': stepFrom([], [registered(b3, 'fence'), decides({ isr: [b1, b2] })]),
      'a member loses its replica': stepFrom(
        [decides({ removing: [b3] })],
        [decides({ isr: [b1, b2], replicas: [b1, b2], removing: [] })],
      ),
      'the leader asked for less': stepFrom(
        [asks(b1, b2)],
        [decides({ isr: [b1, b2] })],
        ...decided,
      ),
      'the leader asked for more': stepFrom(
        [decides({ isr: [b1] }), asks(b1, b2)],
        [decides({ isr: [b1, b2] })],
        ...decided,
      ),
      'the decision comes when the request is gone': stepFrom(
        [decides({ isr: [b1] })],
        [decides({ isr: [b1, b2] })],
        ...decided,
      ),
      'who is elected is all of it': stepFrom(
        [decides({ isr: [b1] }), registered(b1, 'fence')],
        [elects(b2, { isr: [b2] })],
      ),
    },
    bad: {
      'something else happens to a leader that has asked for it': [
        stepFrom([asks(b1, b2)], [decides({ isr: [b1, b2] })], 'fence', { sender: 'broker-1' }),
        'broker-3 is active, and left the ISR by fence',
      ],
      'an active member leaves': [
        stepFrom([registered(b2, 'fence')], [decides({ isr: [b1] })], 'fence'),
        'broker-3 is active, and left the ISR by fence',
      ],
      'the leader did not ask for it to leave': [
        stepFrom([asks(b1, b2, b3)], [decides({ isr: [b1, b2] })], ...decided),
        'broker-3 is active, and left the ISR by handleAlterPartition',
      ],
      'a replica enters': [
        stepFrom([decides({ isr: [b1] })], [decides({ isr: [b1, b2] })], 'unfence'),
        'broker-2 entered the ISR by unfence, and nobody asked for it',
      ],
      'the leader asked for another': [
        stepFrom([decides({ isr: [b1] }), asks(b1, b3)], [decides({ isr: [b1, b2] })], ...decided),
        'broker-2 entered the ISR by handleAlterPartition, and nobody asked for it',
      ],
      'there is no such sender': [
        stepFrom([decides({ isr: [b1] })], [decides({ isr: [b1, b2] })], 'handleAlterPartition', {
          sender: 'broker-9',
        }),
        'broker-2 entered the ISR by handleAlterPartition, and nobody asked for it',
      ],
      'a fetch changes it': [
        stepFrom([decides({ isr: [b1] })], [decides({ isr: [b1, b2] })], 'fetch'),
        'broker-2 entered the ISR by fetch, and nobody asked for it',
      ],
    },
    silent: {
      'another is elected': stepFrom([], [elects(b2)]),
      'the topic is created again': stepFrom([], [recreates({ isr: [b1] })]),
    },
  },
  'assignment-changes-by-reassignment': {
    good: {
      'a replica is to be added, and another broker has none': stepFrom(
        [fewer],
        [decides({ replicas: [b1, b2, b3], adding: [b3] })],
        'reassign',
      ),
      'it is taken back, and another broker has none': stepFrom(
        [fewer, decides({ replicas: [b1, b2, b3], adding: [b3] })],
        [decides({ replicas: [b1, b2], adding: [] })],
        'cancelReassignment',
      ),
      'the target is in sync': stepFrom(
        [moves, decides({ isr: [b1, b2, b3] })],
        [decides({ ...moved, isr: [b1, b2, b4] })],
        ...decided,
      ),
      'it is cancelled': stepFrom(
        [moves, decides({ isr: [b1, b2] })],
        [decides({ adding: [], removing: [], replicas: [b1, b2, b3] })],
        'cancelReassignment',
      ),
      'it begins': stepFrom([decides({ isr: [b1] })], [moves], 'reassign'),
      'a replica goes at once, for the others are in sync': stepFrom(
        [decides({ isr: [b1, b2] })],
        [decides({ replicas: [b1, b2] })],
        'reassign',
      ),
      'one that stays was out of sync before and is now': stepFrom(
        [moves, decides({ isr: [b1, b3] })],
        [decides({ ...moved, isr: [b1, b4] })],
        ...decided,
      ),
      'it is replaced by the assignment from before': stepFrom(
        [decides({ isr: [b1], adding: [b4], removing: [b2, b3], replicas: [b1, b4, b2, b3] })],
        [decides({ adding: [], removing: [], replicas: [b1, b2, b3] })],
        'replaceReassignment',
      ),
      'the order changes as well': stepFrom(
        [decides({ isr: [b1, b2, b3], removing: [b1] })],
        [elects(b2, { isr: [b2, b3], replicas: [b3, b2], removing: [] })],
        ...decided,
      ),
    },
    bad: {
      'the new replica is not in sync': [
        stepFrom([moves, decides({ isr: [b1, b2] })], [decides(moved)], ...decided),
        'a reassignment ended without broker-4 in the ISR',
      ],
      'it ends at once': [
        stepFrom([decides({ isr: [b1] })], [decides({ replicas: [b1, b2] })], 'reassign'),
        'a reassignment ended without broker-2 in the ISR',
      ],
      'a replica that only came is not in sync when it ends': [
        stepFrom(
          [decides({ isr: [b1, b2, b3], adding: [b4], replicas: [b1, b2, b3, b4] })],
          [decides({ adding: [] })],
          ...decided,
        ),
        'a reassignment ended without broker-4 in the ISR',
      ],
      'a replica that is to go is forgotten': [
        stepFrom([decides({ isr: [b1], removing: [b3] })], [decides({ removing: [] })], 'fence'),
        'a reassignment ended without broker-2 in the ISR',
      ],
      'a replica comes from nowhere': [
        stepFrom([], [decides({ replicas: [b1, b2, b3, b4] })], 'fence'),
        'broker-4 got a replica by fence',
      ],
      'a replaced one takes an old replica': [
        stepFrom(
          [moves, decides({ isr: [b1] })],
          [decides({ adding: [], removing: [], replicas: [b1, b2] })],
          'replaceReassignment',
        ),
        'a reassignment ended without broker-2 in the ISR',
      ],
      'a cancelled one takes an old replica': [
        stepFrom(
          [moves],
          [decides({ adding: [], removing: [], replicas: [b1, b2] })],
          'cancelReassignment',
        ),
        'broker-3 lost its replica although the reassignment was cancelled',
      ],
    },
    silent: {
      'the ISR changes': stepFrom([], [decides({ isr: [b1] })]),
      'another is preferred': stepFrom([], [elects(b2, { replicas: [b2, b1, b3] })]),
      'it goes on': stepFrom([moves], [decides({ isr: [b1, b2] })]),
      'the topic is created again': stepFrom([], [recreates({ replicas: [b1, b2] })]),
    },
  },
};
