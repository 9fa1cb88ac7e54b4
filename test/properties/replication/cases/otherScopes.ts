import type {
  ReplicationBounds,
  ReplicationConfig,
} from '../../../../models/replication/config.ts';
import {
  b1,
  b2,
  b3,
  b4,
  type Case,
  catchesUp,
  crashes,
  decides,
  deletesTopic,
  type Edit,
  elects,
  exposed,
  freshPartition,
  knows,
  losesLeader,
  proposes,
  registered,
  stepFrom,
  writes,
} from '../handBuilt.ts';

const one = [[1, 0]] as const;
const alone = decides({ isr: [b1] });
const gone: readonly Edit[] = [crashes(b1), registered(b1, 'fence')];
const replicas = [b1, b2, b3];
const settled: readonly Edit[] = [
  ...replicas.map(each => writes(each, one, 1)),
  ...[b2, b3].map(each => knows(b1, each, 1)),
];
const uncommitted: readonly Edit[] = [...settled, ...replicas.map(each => writes(each, one))];
const configured =
  (setting: 'elrSwitchedOn' | 'uncleanElectionChanged'): Edit =>
  ({ protocol: { metadata } }) => {
    metadata.history.get(metadata.history.length - 1)[setting] = 1;
  };
const asked = ['handleAlterPartition', { sender: 'broker-1' }] as const;

/** Another scope, of which the hand-built states are states, too. */
export interface OtherScope {
  readonly name: string;
  readonly config?: Partial<ReplicationConfig>;
  readonly bounds?: Partial<ReplicationBounds>;
  readonly cases: readonly Case[];
}

const leaderAndFollowersOfTwoEpochs = elects(b1, { know: [b1] });
const shrinks = [decides({ isr: [b1, b2] })];

/** What conditions decide that ask for another release, setting or bound. */
export const inOtherScopes: readonly OtherScope[] = [
  {
    name: 'a leader writes the ISR by itself, and a reassignment ends with all of its target',
    config: { kafka: '2.4', eligibleLeaderReplicas: false },
    cases: [
      ['isr-changes-for-cause', 'a leader shrinks it', stepFrom([], shrinks, 'shrinkIsr'), true],
      [
        'isr-changes-for-cause',
        'something else shrinks it',
        stepFrom([], shrinks, 'fence'),
        'broker-3 is active, and left the ISR by fence',
      ],
      [
        'assignment-changes-by-reassignment',
        'one that stays is not in sync',
        stepFrom(
          [
            decides({
              adding: [b4],
              removing: [b3],
              replicas: [b1, b2, b4, b3],
              isr: [b1, b3],
            }),
          ],
          [decides({ adding: [], removing: [], replicas: [b1, b2, b4], isr: [b1, b4] })],
          ...asked,
        ),
        'a reassignment ended without broker-2 in the ISR',
      ],
      [
        'empty-isr-only-with-elr',
        'the ISR is empty',
        freshPartition(elects(undefined, { isr: [] })),
        'the ISR is empty and there is no ELR',
      ],
      ['empty-isr-only-with-elr', 'there is no topic', freshPartition(deletesTopic), true],
    ],
  },
  {
    name: 'a reassignment ends with whom it adds, and ELR are not on',
    config: { kafka: '3.4', eligibleLeaderReplicas: false },
    cases: [
      [
        'assignment-changes-by-reassignment',
        'there are fewer replicas, and one that stays is not in sync',
        stepFrom([alone], [decides({ replicas: [b1, b2] })], 'reassign'),
        true,
      ],
      [
        'empty-isr-only-with-elr',
        'the ISR is empty, and ELR were switched on',
        freshPartition(elects(undefined, { isr: [] }), configured('elrSwitchedOn')),
        true,
      ],
    ],
  },
  {
    name: 'records can be lost',
    bounds: { crashes: 0, powerLosses: 1 },
    cases: [
      [
        'elr-members-have-committed-records',
        'one that is down lacks the record',
        freshPartition(exposed(1, 0), decides({ isr: [b1], elr: [b2] }), crashes(b2)),
        true,
      ],
      [
        'elr-members-have-committed-records',
        'one that has not died lacks the record',
        freshPartition(exposed(1, 0), decides({ isr: [b1], elr: [b2] })),
        'broker-2 is in the ELR and lacks the committed offset 0',
      ],
    ],
  },
  {
    name: 'a topic may allow unclean election, or not',
    config: { uncleanLeaderElection: true },
    bounds: { uncleanSettingChanges: 1 },
    cases: [
      [
        'clean-election-from-isr',
        'an outsider is elected, as is allowed',
        stepFrom([alone], [...gone, elects(b2, { isr: [b2], recovering: true })]),
        true,
      ],
      [
        'clean-election-from-isr',
        'an outsider is elected, which is not allowed any more',
        stepFrom(
          [alone, configured('uncleanElectionChanged')],
          [...gone, elects(b2, { isr: [b2], recovering: true })],
        ),
        'broker-2 was elected and was not in the ISR',
      ],
    ],
  },
  {
    name: 'replicas are moved',
    bounds: { reassignments: 1 },
    cases: [
      [
        'isr-within-replicas',
        'a broker whose replica was removed is eligible',
        freshPartition(decides({ elr: [b4] })),
        true,
      ],
      [
        'isr-within-replicas',
        'a broker without a replica is in the ISR',
        freshPartition(decides({ isr: [b1, b4] })),
        'broker-4 is in the ISR and has no replica',
      ],
    ],
  },
  {
    name: 'messages are lost, and the minimum changes',
    bounds: { lostMessages: 1, minIsrChanges: 1 },
    cases: [
      [
        'settled-replicas-agree',
        'an ISR change is pending, which will be asked for again',
        freshPartition(...settled, proposes(b1, 'shrink', [b1, b2])),
        true,
      ],
      [
        'settled-replicas-agree',
        'the high watermark stands still, as nobody has looked at it since',
        freshPartition(...uncommitted),
        true,
      ],
    ],
  },
  {
    name: 'followers ask while they agree',
    config: { requestsInFlight: false },
    cases: [
      [
        'fetch-fenced',
        'a follower is in an older epoch',
        stepFrom([], [leaderAndFollowersOfTwoEpochs]),
        true,
      ],
      ['fetch-fenced', 'all are in one epoch', stepFrom([], []), false],
      [
        'fetch-fenced',
        'nobody leads yet',
        stepFrom([], [elects(b1), catchesUp(b1), losesLeader(b1)]),
        false,
      ],
      [
        'fetch-fenced',
        'nobody follows',
        stepFrom([], [leaderAndFollowersOfTwoEpochs, ...[b2, b3].map(losesLeader)]),
        false,
      ],
      [
        'fetch-fenced',
        'it follows the leader of the older epoch',
        stepFrom([], [elects(b2, { know: [b2] })]),
        false,
      ],
    ],
  },
  {
    name: 'a release in which consumers read from leaders alone',
    config: { kafka: '2.3' },
    cases: [
      [
        'readers-agree',
        'a follower has another record',
        freshPartition(exposed(1, 0), writes(b1, [[1, 0]], 1), writes(b2, [[2, 0]], 1)),
        true,
      ],
    ],
  },
];
