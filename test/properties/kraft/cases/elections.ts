import {
  type Cases,
  files,
  first,
  freshQuorum,
  is,
  knows,
  leaderChange,
  led,
  n1,
  n2,
  n3,
  n4,
  set,
  stepFrom,
  stops,
  voted,
  voterSet,
  writes,
} from '../handBuilt.ts';

/** Places for the properties about who votes, stands and leads. */
export const electionCases: Readonly<Record<string, Cases>> = {
  'one-leader-per-epoch': {
    good: {
      'one node leads': freshQuorum(),
      'two nodes lead in two epochs': freshQuorum(is(n2, 'leader', { epoch: 2 }), led(2, n2)),
    },
    bad: {
      'two nodes lead in one epoch': [
        freshQuorum(is(n2, 'leader')),
        'node-2 leads in epoch 1, in which node-1 led before',
      ],
      'they do so one after the other': [
        freshQuorum(stops(n1), is(n2, 'leader')),
        'node-2 leads in epoch 1, in which node-1 led before',
      ],
      'a node leads that was not elected': [
        freshQuorum(is(n2, 'leader', { epoch: 2 })),
        'node-2 leads in epoch 2, in which nobody was elected before',
      ],
    },
    silent: { 'nobody leads': freshQuorum(stops(n1)) },
  },
  'one-vote-per-epoch': {
    good: {
      'a voter votes': freshQuorum(voted(n2, n1)),
      'it votes for the same again': freshQuorum(voted(n2, n1), voted(n2, n1)),
      'it votes for another in another epoch': freshQuorum(voted(n2, n1), voted(n2, n3, 2)),
    },
    bad: {
      'a voter votes for two': [
        freshQuorum(voted(n2, n1), voted(n2, n3)),
        'node-2 voted twice in epoch 1, the last time for node-3',
      ],
      'a candidate votes for another': [
        freshQuorum(voted(n2, n2), voted(n2, n3)),
        'node-2 voted twice in epoch 1, the last time for node-3',
      ],
    },
    silent: { 'nobody has voted': freshQuorum() },
  },
  'only-voters-lead': {
    good: {
      'a voter leads': freshQuorum(),
      'a voter stands': freshQuorum(is(n2, 'candidate', { epoch: 2, vote: n2 })),
      'a leader is about to be removed': freshQuorum(
        writes(n1, [first, voterSet([n2, n3])]),
        knows(n1, [n2, n3]),
      ),
    },
    bad: {
      'an observer stands': [
        freshQuorum(is(n4, 'candidate', { epoch: 2, vote: n4 })),
        'node-4 is candidate and not a voter',
      ],
      'an observer asks for pre-votes': [
        freshQuorum(is(n4, 'prospective')),
        'node-4 is prospective and not a voter',
      ],
      'a voter stands that has another disk': [
        freshQuorum(is(n2, 'candidate', { epoch: 2, vote: n2 }), set(n2, { directory: 1 })),
        'node-2 is candidate and not a voter',
      ],
      'a leader goes on that has been removed': [
        freshQuorum(
          writes(n1, [first, voterSet([n2, n3])], { highWatermark: 2 }),
          knows(n1, [n2, n3]),
        ),
        'node-1 is leader and not a voter',
      ],
    },
    silent: { 'nobody stands': freshQuorum(is(n1, 'unattached')) },
  },
  'epoch-never-goes-back': {
    good: {
      'a node hears of a newer epoch': stepFrom([], [is(n2, 'unattached', { epoch: 2 })]),
      'a restart finds a newer epoch in the log': stepFrom(
        [stops(n2)],
        [files(n2, { epoch: 2 })],
        'restart',
        { node: 'node-2' },
      ),
    },
    bad: {
      'a node goes back': [
        stepFrom([is(n2, 'unattached', { epoch: 2 })], [is(n2, 'unattached', { epoch: 1 })]),
        'node-2 was in epoch 2 and is in epoch 1',
      ],
      'a restart forgets': [
        stepFrom(
          [stops(n2), files(n2, { epoch: 2 })],
          [is(n2, 'follower', { leader: n1 })],
          'restart',
          { node: 'node-2' },
        ),
        'node-2 was in epoch 2 and is in epoch 1',
      ],
    },
    silent: {
      'all stay where they are': stepFrom([], [stops(n2)]),
      'a disk is replaced': stepFrom([stops(n2)], [files(n2, { epoch: 0 })], 'replaceDisk', {
        node: 'node-2',
      }),
      'a file is lost': stepFrom([stops(n2)], [files(n2, { epoch: 0 })], 'loseQuorumState', {
        node: 'node-2',
      }),
    },
  },
};

const restarted = ['restart', { node: 'node-2' }] as const;
const alone = knows(n2, [n2]);
const old = set(n2, { preVoteSupported: false });

/** Places for the property about how nodes move between states. */
export const lifecycleCases: Readonly<Record<string, Cases>> = {
  'lifecycle-moves-are-allowed': {
    good: {
      'a candidate wins': stepFrom(
        [is(n2, 'candidate', { epoch: 2, vote: n2 })],
        [is(n2, 'leader', { epoch: 2, vote: n2 })],
      ),
      'the only voter is elected at once': stepFrom(
        [is(n2, 'unattached'), alone],
        [is(n2, 'leader', { epoch: 2, vote: n2 })],
      ),
      'a prospective stands': stepFrom(
        [is(n2, 'prospective')],
        [is(n2, 'candidate', { epoch: 2, vote: n2 })],
      ),
      'a follower without pre-vote stands': stepFrom(
        [old],
        [is(n2, 'candidate', { epoch: 2, vote: n2 })],
      ),
      'a leader resigns': stepFrom([], [is(n1, 'resigned', { leader: n1 })]),
      'a leader hears of a newer epoch': stepFrom([], [is(n1, 'unattached', { epoch: 2 })]),
      'any node stops': stepFrom([], [stops(n1)]),
      'a leader comes back resigned': stepFrom(
        [stops(n2), files(n2, { leader: n2 })],
        [is(n2, 'resigned', { leader: n2 })],
        ...restarted,
      ),
      'the only voter leads the next epoch at once': stepFrom(
        [stops(n2), files(n2, { leader: n2 })],
        [is(n2, 'leader', { epoch: 2, vote: n2 }), alone],
        ...restarted,
      ),
      'a node whose file is older than its log comes back in the epoch of the log': stepFrom(
        [stops(n2), files(n2, { leader: n2 }), writes(n2, [leaderChange(2)])],
        [is(n2, 'unattached', { epoch: 2 })],
        ...restarted,
      ),
    },
    bad: {
      'a follower leads': [
        stepFrom([], [is(n2, 'leader')]),
        'node-2 was follower in epoch 1 and is leader in epoch 1',
      ],
      'a candidate wins a later epoch': [
        stepFrom([is(n2, 'candidate', { vote: n2 })], [is(n2, 'leader', { epoch: 2, vote: n2 })]),
        'node-2 was candidate in epoch 1 and is leader in epoch 2',
      ],
      'a leader follows in its own epoch': [
        stepFrom([], [is(n1, 'follower', { leader: n2 })]),
        'node-1 was leader in epoch 1 and is follower in epoch 1',
      ],
      'a pre-vote changes the epoch': [
        stepFrom([], [is(n2, 'prospective', { epoch: 2 })]),
        'node-2 was follower in epoch 1 and is prospective in epoch 2',
      ],
      'a candidate skips an epoch': [
        stepFrom([is(n2, 'prospective')], [is(n2, 'candidate', { epoch: 3, vote: n2 })]),
        'node-2 was prospective in epoch 1 and is candidate in epoch 3',
      ],
      'a candidate votes for another': [
        stepFrom([is(n2, 'prospective')], [is(n2, 'candidate', { epoch: 2, vote: n3 })]),
        'node-2 stands in epoch 2 and has not voted for itself',
      ],
      'a follower stands with no pre-vote before': [
        stepFrom([], [is(n2, 'candidate', { epoch: 2, vote: n2 })]),
        'node-2 stands in epoch 2 and has not asked for pre-votes',
      ],
      'a node asks for what its release does not have': [
        stepFrom([old], [is(n2, 'prospective')]),
        'node-2 asks for pre-votes',
      ],
      'a leader comes back as leader': [
        stepFrom([stops(n2), files(n2, { leader: n2 })], [is(n2, 'leader')], ...restarted),
        'node-2 was stopped in epoch 1 and is leader in epoch 1',
      ],
      'the only voter comes back as leader': [
        stepFrom([stops(n2), files(n2, { leader: n2 })], [is(n2, 'leader'), alone], ...restarted),
        'node-2 had led epoch 1 and came back leader',
      ],
      'a leader comes back unattached': [
        stepFrom([stops(n2), files(n2, { leader: n2 })], [is(n2, 'unattached')], ...restarted),
        'node-2 had led epoch 1 and came back unattached',
      ],
      'a leader comes back unattached in the next epoch': [
        stepFrom(
          [stops(n2), files(n2, { leader: n2 })],
          [is(n2, 'unattached', { epoch: 2 })],
          ...restarted,
        ),
        'node-2 had led epoch 1 and came back unattached',
      ],
      'a follower comes back resigned': [
        stepFrom([stops(n2)], [is(n2, 'resigned', { leader: n1 })], ...restarted),
        'node-2 came back resigned in epoch 1 and had not led it',
      ],
    },
    silent: {
      'nobody moves': stepFrom([], [writes(n1, [first, leaderChange(2)])]),
      'a vote is given': stepFrom([is(n2, 'unattached')], [is(n2, 'unattached', { vote: n3 })]),
    },
  },
};
