import {
  b1,
  b2,
  b3,
  type Cases,
  crashes,
  decides,
  elects,
  exposed,
  freshPartition,
  hears,
  only,
  recreates,
  registered,
  stepFrom,
  writes,
} from '../handBuilt.ts';

const everybody = [b1, b2, b3];

/** Places for the properties about who is elected, and about who may be. */
export const leadershipCases: Readonly<Record<string, Cases>> = {
  'one-leader-per-epoch': {
    good: {
      'one broker leads': freshPartition(),
      'two brokers lead in two epochs': freshPartition(elects(b2, { know: [b2, b3] })),
      'another leads, and all know it': freshPartition(elects(b2, { know: [b1, b2, b3] })),
      'another leads the topic that is created again': freshPartition(
        recreates({ leader: b2 }),
        hears(b2),
      ),
      'the ISR has changed': freshPartition(decides({ isr: [b1, b2] })),
    },
    bad: {
      'two brokers lead in one epoch': [
        freshPartition(decides({ leader: b2 }), hears(b2)),
        'broker-1 and broker-2 both lead in epoch 0',
      ],
      'the metadata names two leaders of one epoch': [
        freshPartition(decides({ leader: b3 })),
        'the metadata names broker-1 and then broker-3 as leader of epoch 0',
      ],
      'the metadata takes the leader away within an epoch': [
        freshPartition(decides({ leader: undefined })),
        'the metadata names broker-1 and then nobody as leader of epoch 0',
      ],
    },
    silent: { 'nobody leads': freshPartition(crashes(b1)) },
  },
  'elected-leader-is-active': {
    good: { 'an active broker is elected': stepFrom([], [elects(b2)]) },
    bad: {
      'a fenced broker is elected': [
        stepFrom([registered(b2, 'fence')], [elects(b2)]),
        'broker-2 was elected and is fenced',
      ],
      'a broker is elected that wants to stop': [
        stepFrom([], [elects(b2), registered(b2, 'beginControlledShutdown')]),
        'broker-2 was elected and is in controlled shutdown',
      ],
      'a fenced broker is elected again': [
        stepFrom([registered(b1, 'fence')], [elects(b1)]),
        'broker-1 was elected and is fenced',
      ],
    },
    silent: {
      'nobody is elected': stepFrom([], [elects(undefined)]),
      'the leader stays': stepFrom([], [decides({ isr: [b1] })]),
    },
  },
  'clean-election-from-isr': {
    good: {
      'a member of the ISR is elected': stepFrom([], [elects(b2)]),
      'a member is elected and the ISR shrinks with it': stepFrom([], [elects(b2, { isr: [b2] })]),
      'an eligible replica is elected when the ISR is empty': stepFrom(
        [decides({ isr: [b1], elr: [b2, b3] })],
        [registered(b1, 'fence'), elects(b2, { isr: [b2], elr: [b3] })],
      ),
      'the last known leader is elected when both are empty': stepFrom(
        [
          registered(b1, 'fence'),
          elects(undefined, { isr: [], lastKnownLeader: b1 }),
          registered(b1, 'unfence'),
        ],
        [elects(b1, { isr: [b1], recovering: true })],
      ),
      'the only eligible replica has just left the ELR': stepFrom(
        [elects(undefined, { isr: [], elr: [b2], lastKnownLeader: b1 })],
        [registered(b2, 'register'), elects(b1, { isr: [b1], elr: [], recovering: true })],
      ),
      'it ends one that only adds': stepFrom(
        [decides({ isr: [b1, b2], adding: [b3] })],
        [elects(b3, { isr: [b2, b3], adding: [] })],
      ),
      'it ends one that only removes': stepFrom(
        [decides({ isr: [b1, b2], removing: [b1] })],
        [elects(b3, { isr: [b2, b3], replicas: [b3, b2], removing: [] })],
      ),
      'the elected replica ends a reassignment by joining': stepFrom(
        [
          decides({ isr: [b1, b2], adding: [b3], removing: [b1] }),
          ({ protocol }) => {
            const request = protocol.partitions.get(only).alterPartition.get(b1);
            request.inFlight = 'request';
            for (const member of everybody) request.isr.add(member);
          },
        ],
        [elects(b3, { isr: [b2, b3], replicas: [b3, b2], adding: [], removing: [] })],
      ),
    },
    bad: {
      'a replica outside the ISR is elected': [
        stepFrom([decides({ isr: [b1, b2] })], [elects(b3)]),
        'broker-3 was elected and was not in the ISR',
      ],
      'an eligible replica is elected although the ISR has an active member': [
        stepFrom([decides({ isr: [b1], elr: [b2, b3] })], [elects(b2, { isr: [b2] })]),
        'broker-2 was elected from the ELR of an ISR in use',
      ],
      'the last known leader is elected although a replica is eligible': [
        stepFrom(
          [elects(undefined, { isr: [], elr: [b2], lastKnownLeader: b1 })],
          [elects(b1, { isr: [b1], recovering: true })],
        ),
        'broker-1 was elected and was not in the ISR',
      ],
      'the last known leader is elected as if nothing were lost': [
        stepFrom(
          [elects(undefined, { isr: [], lastKnownLeader: b1 })],
          [elects(b1, { isr: [b1] })],
        ),
        'broker-1 was elected and was not in the ISR',
      ],
      'replicas are still to be added': [
        stepFrom(
          [decides({ isr: [b1, b2], adding: [b3], removing: [b1] })],
          [elects(b3, { isr: [b2, b3], adding: [b3], removing: [] })],
        ),
        'broker-3 was elected and was not in the ISR',
      ],
      'replicas are still to be removed': [
        stepFrom(
          [decides({ isr: [b1, b2], adding: [b3], removing: [b1] })],
          [elects(b3, { isr: [b2, b3], adding: [], removing: [b1] })],
        ),
        'broker-3 was elected and was not in the ISR',
      ],
      'a reassignment ends without the elected replica in the ISR': [
        stepFrom(
          [decides({ isr: [b1, b2], adding: [b3] })],
          [elects(b3, { isr: [b1, b2], adding: [] })],
        ),
        'broker-3 was elected and was not in the ISR',
      ],
      'both are empty, and another led last': [
        stepFrom(
          [elects(undefined, { isr: [], lastKnownLeader: b2 })],
          [elects(b1, { isr: [b1], recovering: true })],
        ),
        'broker-1 was elected and was not in the ISR',
      ],
      'the request that ends a reassignment has not named the elected replica': [
        stepFrom(
          [
            decides({ isr: [b1, b2], adding: [b3], removing: [b1] }),
            ({ protocol }) => {
              const request = protocol.partitions.get(only).alterPartition.get(b1);
              request.inFlight = 'request';
              request.isr.add(b1);
            },
          ],
          [elects(b3, { isr: [b2, b3], replicas: [b3, b2], adding: [], removing: [] })],
        ),
        'broker-3 was elected and was not in the ISR',
      ],
    },
    silent: { 'nobody is elected': stepFrom([], [writes(b1, [[1, 0]])]) },
  },
  'recovering-only-after-unclean-election': {
    good: {
      'a clean election leaves it as it is': stepFrom([], [elects(b2)]),
      'a replica outside the ISR is elected': stepFrom(
        [decides({ isr: [b1] })],
        [elects(b2, { isr: [b2], recovering: true })],
      ),
      'it goes on through an election': stepFrom(
        [decides({ recovering: true })],
        [elects(b2, { recovering: true })],
      ),
    },
    bad: {
      'a member of the ISR is elected': [
        stepFrom([], [elects(b2, { recovering: true })]),
        'the partition became RECOVERING with broker-2 elected from the ISR',
      ],
      'an eligible replica is elected': [
        stepFrom([decides({ isr: [b1], elr: [b2] })], [elects(b2, { recovering: true })]),
        'the partition became RECOVERING with broker-2 elected from the ELR',
      ],
      'nobody is elected': [
        stepFrom([], [decides({ recovering: true })]),
        'the partition became RECOVERING with no election',
      ],
    },
    silent: { 'the ISR changes': stepFrom([], [decides({ isr: [b1] })]) },
  },
  'elr-members-have-committed-records': {
    good: {
      'they have': freshPartition(
        exposed(1, 0),
        writes(b2, [[1, 0]]),
        decides({ isr: [b1], elr: [b2] }),
      ),
      'a stopped one has': freshPartition(
        exposed(1, 0),
        writes(b2, [[1, 0]]),
        decides({ isr: [b1], elr: [b2] }),
        crashes(b2),
      ),
      'one that lacks the record has no replica any more': freshPartition(
        exposed(1, 0),
        decides({ isr: [b1], elr: [b2], replicas: [b1, b3] }),
      ),
    },
    bad: {
      'one lacks the record': [
        freshPartition(exposed(1, 0), decides({ isr: [b1], elr: [b2] })),
        'broker-2 is in the ELR and lacks the committed offset 0',
      ],
      'one has another record': [
        freshPartition(exposed(1, 0), writes(b2, [[2, 0]]), decides({ isr: [b1], elr: [b2] })),
        'broker-2 is in the ELR and lacks the committed offset 0',
      ],
    },
    silent: {
      'the ELR is empty': freshPartition(exposed(1, 0)),
      'nothing was readable': freshPartition(decides({ isr: [b1], elr: [b2] })),
    },
  },
  'isr-and-elr-hold-min-isr': {
    good: {
      'the ISR is enough': freshPartition(decides({ isr: [b1, b2] })),
      'the ELR makes up for the ISR': freshPartition(decides({ isr: [b1], elr: [b2] })),
      'both are in the ELR': freshPartition(elects(undefined, { isr: [], elr: [b1, b2] })),
    },
    bad: {
      'one is missing': [
        freshPartition(decides({ isr: [b1] })),
        'ISR and ELR have 1 members, and min.insync.replicas is 2',
      ],
    },
    silent: { 'the ISR is complete': freshPartition() },
  },
};
