import {
  b1,
  b2,
  b3,
  b4,
  type Cases,
  catchesUp,
  crashes,
  decides,
  deleted,
  type Edit,
  elects,
  exposed,
  freshPartition,
  hears,
  nothing,
  partitionIn,
  registered,
  stepFrom,
  writes,
} from '../handBuilt.ts';

const one = [[1, 0]] as const;
const everywhere: Edit[] = [b1, b2, b3].map(each => writes(each, one));
/** The log of the broker starts here. */
const startsAt =
  (owner: Parameters<typeof writes>[0], offset: number): Edit =>
  state => {
    partitionIn(state).replicas.get(owner).logStartOffset = offset;
  };
const flushes: Edit = state => {
  partitionIn(state).replicas.get(b1).flushedOffset = 1;
};
const stopping: Edit = ({ protocol }) =>
  protocol.brokers.get(b1).process.send('beginControlledShutdown', nothing, undefined);
const stopped: Edit = ({ protocol }) =>
  protocol.brokers.get(b1).process.send('stop', nothing, undefined);
const proof: Edit = ({ protocol }) => {
  protocol.brokers.get(b1).cleanShutdownFile = 0;
};
/** Broker 1 is about to stop, and broker 2 is elected in its place. */
const leaving = [registered(b1, 'beginControlledShutdown'), elects(b2), catchesUp(b4)];
const known = [hears(b2), hears(b3)];
type Owner = Parameters<typeof writes>[0];
const cut =
  (from: Owner, to: Owner): Edit =>
  ({ protocol }) => {
    protocol.network.cutLinks.get(from, to).cut = true;
  };
const toController =
  (owner: Owner): Edit =>
  ({ protocol }) =>
    protocol.network.cutToController.add(owner);
const fromController =
  (owner: Owner): Edit =>
  ({ protocol }) =>
    protocol.network.cutFromController.add(owner);
const fromAll: Edit = state => {
  for (const each of [b1, b2] as const) toController(each)(state);
  fromController(b2)(state);
};
const fetch = ['fetch', { follower: 'broker-2', leader: 'broker-1' }] as const;
const decided = ['handleAlterPartition', { sender: 'broker-1' }] as const;
const leave = ['stopCleanly', { broker: 'broker-1', leave: 'granted' }] as const;
const enters = decides({ isr: [b1, b2, b3] });
const without = decides({ isr: [b1, b2] });

/** Places for the properties about what is committed, and what is deleted. */
export const committedCases: Readonly<Record<string, Cases>> = {
  'isr-members-have-committed-records': {
    good: {
      'all have': freshPartition(exposed(1, 0), ...everywhere),
      'a stopped one has, and nobody leads': freshPartition(
        exposed(1, 0),
        ...everywhere,
        crashes(b1),
        elects(undefined),
      ),
      'who lacks it is not in the ISR': freshPartition(
        exposed(1, 0),
        writes(b1, one),
        decides({ isr: [b1] }),
      ),
      'it was deleted there': freshPartition(
        exposed(1, 0),
        exposed(2, 0),
        ...[b1, b2, b3].map(each =>
          writes(each, [
            [1, 0],
            [2, 0],
          ]),
        ),
        writes(b2, [
          [0, 0],
          [2, 0],
        ]),
        startsAt(b2, 1),
      ),
      'it was deleted on request': freshPartition(
        exposed(1, 0),
        exposed(2, 0),
        deleted(1),
        ...[b1, b2, b3].map(each =>
          writes(each, [
            [3, 0],
            [2, 0],
          ]),
        ),
      ),
    },
    bad: {
      'a member lacks it': [
        freshPartition(exposed(1, 0), writes(b1, one), writes(b2, one)),
        'broker-3 is in the ISR and lacks the committed offset 0',
      ],
      'the last member has another, and nobody leads': [
        freshPartition(exposed(1, 0), writes(b1, [[2, 0]]), elects(undefined, { isr: [b1] })),
        'broker-1 is in the ISR and lacks the committed offset 0',
      ],
    },
    silent: {
      'nothing was readable': freshPartition(writes(b1, one)),
      'all was deleted': freshPartition(exposed(1, 0), deleted(1)),
      'the ISR is empty': freshPartition(exposed(1, 0), elects(undefined, { isr: [] })),
    },
  },
  'isr-joiners-have-high-watermark': {
    good: {
      'it has all that is committed': stepFrom(
        [without, writes(b1, one, 1), writes(b3, one)],
        [enters],
      ),
      'it lacks what is not committed': stepFrom(
        [
          without,
          writes(
            b1,
            [
              [1, 0],
              [2, 0],
            ],
            1,
          ),
          writes(b3, one),
        ],
        [enters],
      ),
      'who was there lacks it': stepFrom(
        [without, writes(b1, one, 1), writes(b3, one), writes(b2, [])],
        [enters],
      ),
    },
    bad: {
      'it lacks a record': [
        stepFrom([without, writes(b1, one, 1)], [enters]),
        'broker-3 enters the ISR and lacks offset 0, below the high watermark of the leader broker-1',
      ],
      'it has another': [
        stepFrom([without, writes(b1, one, 1), writes(b3, [[2, 0]])], [enters]),
        'broker-3 enters the ISR and lacks offset 0, below the high watermark of the leader broker-1',
      ],
    },
    silent: {
      'nobody enters': stepFrom([enters, writes(b1, one, 1)], [without]),
      'its process has died': stepFrom([without, writes(b1, one, 1), crashes(b3)], [enters]),
      'its process was replaced': stepFrom(
        [without, writes(b1, one, 1), registered(b3, 'register')],
        [enters],
      ),
      'nobody acts as the leader': stepFrom([without, writes(b1, one, 1), crashes(b1)], [enters]),
    },
  },
  'log-start-monotonic': {
    good: { 'it grows': stepFrom([writes(b1, one, 1)], [startsAt(b1, 1)]) },
    bad: {
      'it goes back': [
        stepFrom([writes(b1, one, 1), startsAt(b1, 1)], [startsAt(b1, 0)]),
        'the log of broker-1 starts at 0, and started at 1',
      ],
    },
    silent: {
      'nothing is deleted': stepFrom([], [writes(b1, one)]),
      'it goes back at a follower': stepFrom([startsAt(b2, 1)], [startsAt(b2, 0)]),
      'the leader leads anew': stepFrom(
        [startsAt(b1, 1)],
        [elects(b1), hears(b1), startsAt(b1, 0)],
      ),
    },
  },
  'log-start-within-deleted': {
    good: {
      'nothing was deleted': freshPartition(...everywhere),
      'a replica has heard of it': freshPartition(exposed(1, 0), deleted(1), startsAt(b2, 1)),
    },
    bad: {
      'a replica has deleted by itself': [
        freshPartition(exposed(1, 0), startsAt(b2, 1)),
        'the log of broker-2 starts at 1, and 0 were deleted',
      ],
      'a stopped replica has deleted more': [
        freshPartition(exposed(1, 0), deleted(1), crashes(b3), startsAt(b3, 2)),
        'the log of broker-3 starts at 2, and 1 were deleted',
      ],
      'what nobody could read was deleted': [
        freshPartition(deleted(1)),
        'the records below 1 were deleted, and only 0 were readable',
      ],
    },
  },
  'leave-only-without-leadership': {
    good: {
      'another leads, and all know it': stepFrom([...leaving, ...known], [], ...leave),
      'who does not know it is fenced': stepFrom(
        [...leaving, hears(b2), registered(b3, 'fence')],
        [],
        ...leave,
      ),
      'who does not know it is down': stepFrom([...leaving, hears(b2), crashes(b3)], [], ...leave),
    },
    bad: {
      'it leads': [
        stepFrom([registered(b1, 'beginControlledShutdown')], [], ...leave),
        'broker-1 gets leave to stop and leads',
      ],
      'a follower has not heard of the next leader': [
        stepFrom([...leaving, hears(b2)], [], ...leave),
        'broker-1 gets leave to stop, and broker-3 takes it for the leader',
      ],
    },
    silent: {
      'it stops without leave': stepFrom(leaving, [], 'stopCleanly', {
        broker: 'broker-1',
        leave: 'notGranted',
      }),
      'it was fenced meanwhile': stepFrom([...leaving, registered(b1, 'fence')], [], ...leave),
      'something else happens': stepFrom(leaving, [], 'fence', leave[1]),
    },
  },
  'nothing-crosses-a-cut': {
    good: {
      'a follower fetches over the other link': stepFrom([cut(b1, b2)], [], ...fetch),
      'a follower fetches that is cut off from the controller': stepFrom([fromAll], [], ...fetch),
      'who is not cut off registers': stepFrom([toController(b2)], [], 'register', {
        broker: 'broker-1',
      }),
      'a request arrives from who does not hear the controller': stepFrom(
        [fromController(b1)],
        [],
        ...decided,
      ),
      'an answer arrives at who is not heard': stepFrom(
        [toController(b1)],
        [],
        'receiveAlterPartitionAnswer',
        { leader: 'broker-1' },
      ),
      'something else happens': stepFrom([fromAll], [], 'crash', { broker: 'broker-1' }),
      'nobody fetches': stepFrom([cut(b2, b1)], [], 'fetch', { leader: 'broker-1' }),
    },
    bad: {
      'a follower fetches': [
        stepFrom([cut(b2, b1)], [], ...fetch),
        'fetch goes from broker-2 to broker-1 across a cut',
      ],
      'a request arrives': [
        stepFrom([toController(b1)], [], ...decided),
        'handleAlterPartition of broker-1 crosses a cut to the controller',
      ],
      'an answer arrives': [
        stepFrom([fromController(b1)], [], 'receiveAlterPartitionAnswer', { leader: 'broker-1' }),
        'receiveAlterPartitionAnswer of broker-1 crosses a cut to the controller',
      ],
      'who is not heard replays metadata': [
        stepFrom([toController(b1)], [], 'replayMetadata', { broker: 'broker-1' }),
        'replayMetadata of broker-1 crosses a cut to the controller',
      ],
      'who does not hear replays metadata': [
        stepFrom([fromController(b1)], [], 'replayMetadata', { broker: 'broker-1' }),
        'replayMetadata of broker-1 crosses a cut to the controller',
      ],
    },
    silent: { 'nothing is cut': stepFrom([], [], ...fetch) },
  },
  'only-followers-fetch': {
    good: {
      'it follows the leader': stepFrom([], [], ...fetch),
      'it does not know the new leader': stepFrom([elects(b3)], [], 'sendFetch', fetch[1]),
    },
    bad: {
      'it leads': [
        stepFrom([], [], 'fetch', { follower: 'broker-1', leader: 'broker-1' }),
        'broker-1 fetches, and its replica is leading',
      ],
      'it is down': [
        stepFrom([crashes(b2)], [], ...fetch),
        'broker-2 fetches, and its replica is offline',
      ],
      'it follows another': [
        stepFrom([elects(b3), hears(b2)], [], 'sendFetch', fetch[1]),
        'broker-2 fetches from broker-1, which does not lead as far as it knows',
      ],
      'there is no such broker': [
        stepFrom([], [], 'fetch', { follower: 'broker-9', leader: 'broker-1' }),
        'broker-9 is no broker',
      ],
    },
    silent: { 'an answer arrives': stepFrom([], [], 'receiveFetchResponse', fetch[1]) },
  },
  'flushed-only-by-clean-stop': {
    good: {
      'the broker stops cleanly': stepFrom([writes(b1, one), stopping], [flushes, stopped, proof]),
    },
    bad: {
      'it goes on': [
        stepFrom([writes(b1, one)], [flushes]),
        'the log of broker-1 counts as flushed up to 1, without a clean stop',
      ],
      'it is about to stop': [
        stepFrom([writes(b1, one), stopping], [flushes, proof]),
        'the log of broker-1 counts as flushed up to 1, without a clean stop',
      ],
      'it crashes': [
        stepFrom([writes(b1, one)], [flushes, crashes(b1), proof]),
        'the log of broker-1 counts as flushed up to 1, without a clean stop',
      ],
      'it leaves no proof': [
        stepFrom([writes(b1, one), stopping], [flushes, stopped]),
        'the log of broker-1 counts as flushed up to 1, without a clean stop',
      ],
    },
    silent: {
      'nothing is flushed': stepFrom([stopping], [stopped]),
      'all of it was deleted': stepFrom([writes(b1, one)], [flushes, startsAt(b1, 1)]),
    },
  },
};
