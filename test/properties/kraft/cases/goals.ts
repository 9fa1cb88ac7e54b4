import {
  type Cases,
  committed,
  first,
  is,
  knows,
  leaderChange,
  led,
  n1,
  n2,
  n3,
  n4,
  record,
  refusedBy,
  set,
  snapshot,
  stepFrom,
  stops,
  voterSet,
  writes,
} from '../handBuilt.ts';

const second = leaderChange(2);
const candidate = is(n2, 'candidate', { epoch: 2, vote: n2 });
const elected = [is(n2, 'leader', { epoch: 2, vote: n2 }), led(2, n2)];
const rival = is(n3, 'candidate', { epoch: 2, vote: n3 });
const restarted = ['restart', { node: 'node-2' }] as const;
const prospective = [is(n2, 'prospective', { leader: n1 }), refusedBy(n2, n1)];
const follows = is(n2, 'follower', { leader: n1 });

const electionGoals: Readonly<Record<string, Cases>> = {
  'leader-changes': {
    good: { 'another node is elected': stepFrom([candidate], elected) },
    bad: {
      'the leader goes on': [stepFrom([], [writes(n1, [first, record(1)])]), false],
      'the same is elected again': [
        stepFrom([stops(n1)], [is(n1, 'leader', { epoch: 2 }), led(2, n1)]),
        false,
      ],
      'another stands': [stepFrom([], [candidate]), false],
    },
  },
  'leaders-of-two-epochs-at-once': {
    good: { 'the old leader does not know of the new one': stepFrom([candidate], elected) },
    bad: {
      'the old leader is gone': [stepFrom([stops(n1), candidate], elected), false],
    },
  },
  'split-vote': {
    good: {
      'two candidates refuse each other': stepFrom(
        [candidate, rival, refusedBy(n2, n3)],
        [refusedBy(n3, n2)],
      ),
    },
    bad: {
      'one has refused the other': [stepFrom([candidate, rival], [refusedBy(n3, n2)]), false],
      'they stand in different epochs': [
        stepFrom(
          [candidate, is(n3, 'candidate', { epoch: 3, vote: n3 }), refusedBy(n2, n3)],
          [refusedBy(n3, n2)],
        ),
        false,
      ],
    },
  },
  'pre-vote-refused': {
    good: {
      'the second refusal makes a majority': stepFrom(prospective, [follows], 'receivePreVote'),
    },
    bad: {
      'its time is over': [stepFrom(prospective, [follows], 'electionTimeout'), false],
      'it hears of a newer epoch': [
        stepFrom(prospective, [is(n2, 'unattached', { epoch: 2 })], 'receivePreVote'),
        false,
      ],
      'it hears of the leader first': [
        stepFrom([is(n2, 'prospective')], [follows], 'handleBeginQuorumEpoch'),
        false,
      ],
    },
  },
  'resigned-after-restart': {
    good: {
      'a leader comes back': stepFrom(
        [stops(n2)],
        [is(n2, 'resigned', { leader: n2 })],
        ...restarted,
      ),
    },
    bad: {
      'a leader resigns': [stepFrom([], [is(n1, 'resigned', { leader: n1 })]), false],
      'a follower comes back': [stepFrom([stops(n2)], [follows], ...restarted), false],
    },
  },
  'vote-kept-across-restart': {
    good: {
      'a voter comes back': stepFrom(
        [stops(n2)],
        [is(n2, 'unattached', { vote: n3 })],
        ...restarted,
      ),
    },
    bad: {
      'a candidate comes back': [
        stepFrom([stops(n2)], [is(n2, 'candidate', { vote: n2 })], ...restarted),
        false,
      ],
      'it has not voted': [stepFrom([stops(n2)], [follows], ...restarted), false],
      'it votes': [stepFrom([is(n2, 'unattached')], [is(n2, 'unattached', { vote: n3 })]), false],
    },
  },
};

const logGoals: Readonly<Record<string, Cases>> = {
  'first-commit': {
    good: {
      'a leader commits': stepFrom(
        [({ ghost }) => ghost.committed.truncate(0)],
        [committed(1, first)],
      ),
    },
    bad: { 'something was committed before': [stepFrom([], [committed(1, record(1))]), false] },
  },
  'high-watermark-advances-in-two-epochs': {
    good: { 'the second leader commits': stepFrom(elected, [committed(2, second)]) },
    bad: {
      'the first leader commits more': [stepFrom([], [committed(1, record(1))]), false],
      'the second leader has not committed yet': [stepFrom([candidate], elected), false],
    },
  },
  'leader-change-with-divergence': {
    good: {
      'the old leader has another record': stepFrom(
        [candidate, writes(n1, [first, record(1)])],
        [...elected, writes(n2, [first, second])],
      ),
    },
    bad: {
      'the old leader has no other record': [
        stepFrom([candidate], [...elected, writes(n2, [first, second])]),
        false,
      ],
      'nobody is elected': [
        stepFrom(elected, [writes(n1, [first, record(1)]), writes(n2, [first, second])]),
        false,
      ],
    },
  },
  'log-truncated': {
    good: {
      'a follower cuts its log': stepFrom(
        [writes(n2, [first, record(1)])],
        [writes(n2, [first])],
        'receiveFetch',
      ),
    },
    bad: {
      'a crash cuts it': [
        stepFrom([writes(n2, [first, record(1)])], [stops(n2), writes(n2, [first])], 'crash'),
        false,
      ],
      'a snapshot replaces it': [
        stepFrom(
          [writes(n2, [leaderChange(2), record(1, 2)])],
          [snapshot(n2, 1), writes(n2, [], { start: 1 })],
        ),
        false,
      ],
    },
  },
  'unflushed-tail-lost': {
    good: {
      'a leader loses its last record': stepFrom(
        [writes(n1, [first, record(1)], { flushed: 1 })],
        [stops(n1), writes(n1, [first])],
        'crash',
      ),
    },
    bad: {
      'it is still there': [stepFrom([], [stops(n1)], 'crash'), false],
      'a follower loses it': [
        stepFrom([writes(n2, [first, record(1)])], [stops(n2), writes(n2, [first])], 'crash'),
        false,
      ],
    },
  },
  'snapshot-installed': {
    good: {
      'a follower begins anew': stepFrom(
        [writes(n3, [])],
        [snapshot(n3, 1), writes(n3, [], { start: 1 })],
        'receiveFetchSnapshot',
      ),
    },
    bad: {
      'a node takes a snapshot': [stepFrom([], [snapshot(n3, 1)], 'takeSnapshot'), false],
      'a node cleans its log': [
        stepFrom([snapshot(n3, 1)], [writes(n3, [], { start: 1 })], 'cleanLog'),
        false,
      ],
    },
  },
};

const removed = voterSet([n2, n3]);

const voterGoals: Readonly<Record<string, Cases>> = {
  'commit-under-new-voter-set': {
    good: { 'a voter set is committed': stepFrom([], [committed(1, voterSet([n1, n2]))]) },
    bad: {
      'it is appended': [stepFrom([], [writes(n1, [first, voterSet([n1, n2])])]), false],
      'something else is committed': [stepFrom([], [committed(1, record(1))]), false],
    },
  },
  'removed-leader-resigns': {
    good: {
      'its removal is committed': stepFrom(
        [writes(n1, [first, removed]), knows(n1, [n2, n3])],
        [is(n1, 'resigned', { leader: n1 }), set(n1, { highWatermark: 2 })],
        'handleFetch',
      ),
    },
    bad: {
      'it resigns for another reason': [
        stepFrom(
          [writes(n1, [first, removed]), knows(n1, [n2, n3])],
          [is(n1, 'resigned', { leader: n1 })],
          'resign',
        ),
        false,
      ],
      'it is still a voter': [
        stepFrom([], [is(n1, 'resigned', { leader: n1 })], 'handleFetch'),
        false,
      ],
    },
  },
  'voter-set-rolled-back': {
    good: {
      'a node truncates it': stepFrom(
        [writes(n2, [first, voterSet([n1, n2, n3, n4])])],
        [writes(n2, [first])],
      ),
    },
    bad: {
      'a node truncates a record': [
        stepFrom([writes(n2, [first, record(1)])], [writes(n2, [first])]),
        false,
      ],
      'the node crashes': [
        stepFrom([writes(n2, [first, removed])], [stops(n2), writes(n2, [first])]),
        false,
      ],
      'the first voters of all are truncated': [stepFrom([], [writes(n2, [])]), false],
    },
  },
};

const messageGoals: Readonly<Record<string, Cases>> = {
  'late-message-raises-epoch': {
    good: {
      'a node hears of it': stepFrom([], [is(n2, 'unattached', { epoch: 2 })], 'deliverStray'),
    },
    bad: {
      'it hears of it in time': [
        stepFrom([], [is(n2, 'unattached', { epoch: 2 })], 'handleVote'),
        false,
      ],
      'the epoch is the same': [stepFrom([is(n2, 'unattached')], [follows], 'deliverStray'), false],
    },
  },
};

/** Places for the goals. */
export const goalCases: Readonly<Record<string, Cases>> = {
  ...electionGoals,
  ...logGoals,
  ...voterGoals,
  ...messageGoals,
};
