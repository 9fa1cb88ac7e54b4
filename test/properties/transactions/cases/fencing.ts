import {
  type Cases,
  committed,
  cut,
  goes,
  isReady,
  marked,
  offsets,
  otherId,
  p2,
  producerHas,
  reads,
  second,
  step,
  toldEpoch,
  transaction,
  transactions,
  wrote,
} from '../handBuilt.ts';

const decided = (decision: 'nothing' | 'commit' | 'abort') => transaction(1, { decided: decision });
const ended = [wrote(1), marked('commit'), committed()] as const;

export const fencingCases: Readonly<Record<string, Cases>> = {
  'decisions-stay': {
    good: {
      'it stays': step([...ended, decided('commit')], [wrote(3)]),
      'another is decided': step(
        [...ended, decided('commit')],
        [transaction(2, { decided: 'abort' })],
      ),
    },
    bad: {
      'it is decided otherwise': [
        step([...ended, decided('commit')], [decided('abort')]),
        'transaction 1 was decided commit, and is now decided abort',
      ],
    },
    silent: {
      'nothing was decided': step([...ended], [decided('abort')]),
      'no marker says so': step([wrote(1), decided('commit')], [decided('abort')]),
      'the marker is of an offset': step(
        [wrote(0, { to: offsets, input: 1 }), marked('commit', { to: offsets }), decided('commit')],
        [decided('abort')],
      ),
    },
  },
  'coordinator-epochs-only-grow': {
    good: {
      'the later has the later epoch': transactions(
        marked('commit'),
        marked('commit', { coordinatorEpoch: 1 }),
      ),
    },
    bad: {
      'the later has the earlier epoch': [
        transactions(marked('abort', { coordinatorEpoch: 1 }), wrote(1), marked('commit')),
        'partition-1: a marker of coordinator epoch 0 is behind one of 1',
      ],
      'so it is in the other partition': [
        transactions(
          marked('commit', { coordinatorEpoch: 1, to: p2 }),
          marked('abort', { to: p2 }),
        ),
        'partition-2: a marker of coordinator epoch 0 is behind one of 1',
      ],
    },
    silent: {
      'both have one epoch': transactions(marked('commit'), marked('commit')),
      'the other is of another producer': transactions(
        marked('commit', { coordinatorEpoch: 1 }),
        marked('commit', { of: otherId }),
      ),
      'the other is a record': transactions(wrote(1), marked('commit', { coordinatorEpoch: 1 })),
    },
  },
  'readers-wait-for-open-transactions': {
    good: {
      'it is where one begins': transactions(...ended, wrote(3), committed(), reads(2)),
      'everything is decided': transactions(...ended, reads(2)),
    },
    bad: {
      'it has passed one': [
        transactions(wrote(1), committed(), reads(1)),
        'partition-1: the reader is at offset 1, and only what is below 0 is decided',
      ],
      'it has passed one whose marker is not committed': [
        transactions(
          wrote(2, { to: p2 }),
          marked('commit', { to: p2 }),
          committed(p2, 1),
          reads(1, p2),
        ),
        'partition-2: the reader is at offset 1, and only what is below 0 is decided',
      ],
      'it has passed what is committed': [
        transactions(...ended, wrote(3, { kind: 'plain' }), reads(3)),
        'partition-1: the reader is at offset 3, and only what is below 2 is decided',
      ],
    },
    silent: { 'it has read nothing': transactions(wrote(1), committed()) },
  },
  'last-stable-offset-never-goes-back': {
    good: {
      'it stays where one begins': step([...ended], [wrote(3), committed()]),
      'it moves on': step([...ended, wrote(3)], [marked('commit'), committed()]),
    },
    bad: {
      'the marker is lost': [
        step([...ended], [cut(1), committed(undefined, 1)]),
        'partition-1: the last stable offset goes back from 2 to 0',
      ],
    },
    silent: { 'nothing is below it': step([wrote(1)], [cut(0)]) },
  },
  'fenced-producers-write-nothing': {
    good: {
      'the later epoch is appended': step([toldEpoch(1)], [wrote(1, { epoch: 1 })]),
      'a marker has its own epoch': step([toldEpoch(1)], [marked('abort', { epoch: 0 })]),
      'it was there before': step([wrote(1), toldEpoch(1)], [committed()]),
      'another producer has its own epochs': step([toldEpoch(1)], [wrote(4, { of: otherId })]),
    },
    bad: {
      'an earlier epoch is appended': [
        step([toldEpoch(1)], [wrote(1)]),
        'partition-1: epoch 0 was appended at offset 0, after epoch 1 was told',
      ],
      'it is the second that is appended': [
        step([toldEpoch(2), wrote(4, { of: otherId, to: p2 })], [wrote(2, { epoch: 1, to: p2 })]),
        'partition-2: epoch 1 was appended at offset 1, after epoch 2 was told',
      ],
    },
    silent: {
      'nobody was told of a later one': step([toldEpoch(0)], [wrote(1)]),
    },
  },
  'only-fenced-producers-fail': {
    good: { 'it goes on': transactions(isReady()) },
    bad: {
      'it has a fatal error': [transactions(goes(['start', 'fail'])), 'producer-1 can only close'],
    },
    silent: { 'nobody has begun': transactions() },
  },
  'producer-epochs-grow': {
    good: {
      'the first epoch is told': step([goes(['start'])], [goes(['initialized'])]),
      'the next epoch is told': step(
        [toldEpoch(0), goes(['start'])],
        [goes(['initialized']), producerHas({ epoch: 1 })],
      ),
      'another producer has the epoch': step(
        [toldEpoch(0), goes(['start'], second)],
        [goes(['initialized'], second)],
      ),
    },
    bad: {
      'the same epoch is told again': [
        step([toldEpoch(0), goes(['start'])], [goes(['initialized'])]),
        'producer-1 was told epoch 0, and 0 was told before',
      ],
      'so it is at once': [
        step([toldEpoch(1, otherId)], [isReady(second)]),
        'producer-2 was told epoch 0, and 1 was told before',
      ],
    },
    silent: {
      'nobody is told': step([toldEpoch(1), isReady()], [goes(['begin'])]),
      'its transaction has ended': step(
        [toldEpoch(1), isReady(), goes(['begin', 'commit'])],
        [goes(['ended'])],
      ),
      'it only asks': step([toldEpoch(1)], [goes(['start'])]),
    },
  },
  'committed-entries-stay': {
    good: {
      'what is not committed is lost': step([...ended, wrote(3)], [cut(2)]),
      'everything is there': step([...ended], [wrote(3)]),
    },
    bad: {
      'a record is lost': [
        step([wrote(1), committed()], [cut(0)]),
        'partition-1: offset 0 was committed, and is not there any more',
      ],
      'another record is there': [
        step([wrote(1), wrote(2), committed()], [cut(1), wrote(3)]),
        'partition-1: offset 1 was committed, and is not there any more',
      ],
      'another kind is there': [
        step([wrote(0), committed()], [cut(0), marked('commit')]),
        'partition-1: offset 0 was committed, and is not there any more',
      ],
    },
    silent: { 'nothing is committed': step([wrote(1)], [cut(0)]) },
  },
};
