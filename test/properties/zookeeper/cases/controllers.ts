import {
  b1,
  b2,
  b3,
  begins,
  type Cases,
  cluster,
  controller,
  type Edit,
  handling,
  hasVersion,
  heard,
  names,
  plays,
  registeredAs,
  resigns,
  sends,
  step,
  told,
  writes,
  zooKeeper,
} from '../handBuilt.ts';

const replaced = [names(b2), begins(b2, 2)];
const newer = heard(b2, { controllerEpoch: 2 });
const follows = [writes({ leaderEpoch: 1 }), told(b2, 1)];

/** Requests that a broker must refuse: by whom they are, or for whom. */
function refusing(stale: readonly Edit[], clause: string): Cases {
  return {
    good: {
      'nothing of it changes': handling([...stale, sends(b1, b2)], []),
      'another broker changes': handling(
        [...stale, sends(b1, b2)],
        [heard(b3, { leader: b2, leaderEpoch: 1 })],
      ),
      'a process that was told nothing forgets a version': handling(
        [...stale, told(b2, undefined), writes({ leaderEpoch: 1 }), sends(b1, b2)],
        [hasVersion(b2, 1)],
      ),
    },
    bad: {
      'it takes another version': [
        handling([...stale, writes({}), sends(b1, b2)], [hasVersion(b2, 1)]),
        clause,
      ],
      'it leads': [handling([...stale, sends(b1, b2)], [plays(b2, 'lead')]), clause],
      'it tells clients so': [
        handling([...stale, sends(b1, b2)], [heard(b2, { leaderEpoch: 1 })], 'deliverTwice'),
        clause,
      ],
      'it is late': [
        handling([...stale, sends(b1, b2, {}, 'late')], [heard(b2, { leader: b2 })], 'deliverLate'),
        clause,
      ],
    },
    silent: {
      'it is of now': handling([sends(b1, b2)], follows),
      'nothing is handled': handling(stale, follows, 'handleBrokerChange'),
      'nobody handles it': step([...stale, sends(b1, b2)], follows, { name: 'deliver' }),
    },
  };
}

/** Controllers, and what brokers make of what they ask for. */
export const controllerCases: Readonly<Record<string, Cases>> = {
  'one-controller-in-an-epoch': {
    good: {
      'one acts': cluster(),
      'two act, each in its own epoch': cluster(...replaced),
    },
    bad: {
      'two act in one epoch': [
        cluster(names(b2), begins(b2, 1)),
        'broker-1 and broker-2 act in epoch 1',
      ],
      'one acts in an epoch that there is not': [
        cluster(zooKeeper({ controllerEpoch: 0 })),
        'broker-1 acts in epoch 1, and ZooKeeper has 0',
      ],
    },
    silent: { 'nobody acts': cluster(resigns(b1)) },
  },
  'controller-epoch-grows': {
    good: {
      'another is elected, and the one before does not know it': step([], replaced),
    },
    bad: {
      'the epoch stays': [
        step([], [names(b2), begins(b2, 1)]),
        'the controller epoch went from 1 to 1',
      ],
      'the epoch falls': [
        step([zooKeeper({ controllerEpoch: 3 })], [...replaced, zooKeeper({ controllerEpoch: 2 })]),
        'the controller epoch went from 3 to 2',
      ],
      'it was replaced meanwhile': [
        step([], [begins(b2, 2)]),
        'broker-2 begins epoch 2, and is not the controller any more',
      ],
    },
    silent: {
      'nobody begins one': step([], [names(b2)]),
      'one resigns': step([], [resigns(b1)]),
      'one is elected that has not begun its epoch': step(
        [],
        [names(b2), begins(b2, 0, 'elected')],
      ),
    },
  },
  'only-the-controller-writes': {
    good: {
      'the controller writes': step([], [writes({ leaderEpoch: 1 })], {
        params: { controller: 'broker-1' },
      }),
    },
    bad: {
      'one that was replaced writes': [
        step(replaced, [writes({ leaderEpoch: 1 })], { params: { controller: 'broker-1' } }),
        'broker-1 writes in controller epoch 1, and the present one is 2',
      ],
    },
    silent: {
      'one that was replaced writes nothing': step(replaced, [controller(b1, { version: 0 })], {
        params: { controller: 'broker-1' },
      }),
      'a leader writes': step(replaced, [writes({ isr: [b1] })], {
        params: { leader: 'broker-1' },
      }),
    },
  },
  'brokers-obey-the-newest-controller': refusing(
    [newer],
    'broker-2 obeys the controller of epoch 1',
  ),
  'requests-reach-their-incarnation': refusing(
    [registeredAs(b2, 1)],
    'broker-2 does what it was told in broker epoch 0',
  ),
  'roles-do-not-go-back': {
    good: {
      'a broker goes on': step([writes({ leaderEpoch: 1 })], [told(b2, 1)]),
      'another has restarted and is told of an earlier epoch': step(
        [writes({ leaderEpoch: 1 }), hasVersion(b3, 1), told(b3, undefined)],
        [told(b2, 1), told(b3, 0)],
      ),
      'another forgets what it was told': step(
        [writes({ leaderEpoch: 1 }), told(b3, 1)],
        [told(b2, 1), hasVersion(b3, 0), told(b3, undefined)],
      ),
      'another has a newer topic': step(
        [writes({ leaderEpoch: 1 }), writes({ topicId: 2, leaderEpoch: 0 }), told(b3, 1)],
        [told(b2, 1), told(b3, 2)],
      ),
    },
    bad: {
      'a broker goes back': [
        step([writes({ leaderEpoch: 1 }), told(b2, 1)], [told(b2, 0)]),
        'broker-2 went from leader epoch 1 to 0',
      ],
    },
    silent: {
      'a broker takes another ISR': step([writes({ isr: [b1] })], [told(b2, 1)]),
      'a broker has restarted': step(
        [writes({ leaderEpoch: 1 }), hasVersion(b3, 1), told(b3, undefined)],
        [told(b3, 0)],
      ),
      'a broker forgets what it was told': step(
        [writes({ leaderEpoch: 1 }), told(b3, 1)],
        [hasVersion(b3, 0), told(b3, undefined)],
      ),
    },
  },
  'isr-has-a-member': {
    good: { 'one is left': cluster(writes({ isr: [b3] })) },
    bad: { 'nobody is left': [cluster(writes({ isr: [] })), 'nobody is in the ISR'] },
    silent: { 'there is no topic': cluster(writes({ isr: [], replicas: [] })) },
  },
};
