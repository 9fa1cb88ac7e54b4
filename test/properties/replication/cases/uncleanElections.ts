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
  only,
  registered,
  stepFrom,
} from '../handBuilt.ts';

/** A leader has asked for this ISR. */
const asks =
  (...isr: Parameters<typeof registered>[0][]): Edit =>
  ({ protocol }) => {
    const request = protocol.partitions.get(only).alterPartition.get(b1);
    request.inFlight = 'request';
    for (const member of isr) request.isr.add(member);
  };
const alone = decides({ isr: [b1] });
const gone: readonly Edit[] = [crashes(b1), registered(b1, 'fence')];
const outsider = elects(b2, { isr: [b2], recovering: true });
const decided = ['handleAlterPartition', { sender: 'broker-1' }] as const;

/** Places for the properties about elections that may lose records, and partitions without a leader. */
export const uncleanElectionCases: Readonly<Record<string, Cases>> = {
  'unclean-election-is-last-resort': {
    good: {
      'the last member of the ISR is gone': stepFrom([alone], [...gone, outsider]),
      'all of the ISR stop': stepFrom(
        [decides({ isr: [b1, b3] }), registered(b3, 'beginControlledShutdown')],
        [...gone, outsider],
      ),
      'the leader loses its replica': stepFrom(
        [alone],
        [elects(b2, { isr: [b2], replicas: [b2, b3], recovering: true })],
      ),
      'a member of the ISR is elected over another': stepFrom([], [elects(b3)]),
      'a member of the ELR is elected over another': stepFrom(
        [elects(undefined, { isr: [], elr: [b2, b3] })],
        [elects(b3, { isr: [b3], elr: [b2] })],
      ),
      'the leader asked for the one that is elected': stepFrom(
        [decides({ isr: [b1, b2], adding: [b3], removing: [b1] }), asks(b1, b2, b3)],
        [elects(b3, { isr: [b2, b3], replicas: [b3, b2], adding: [], removing: [] })],
      ),
    },
    bad: {
      'the leader could stay': [
        stepFrom([alone], [outsider]),
        'broker-2 was elected from outside ISR and ELR, and broker-1 that led is active',
      ],
      'the leader could stay, and is not in the ISR': [
        stepFrom([decides({ isr: [] })], [outsider]),
        'broker-2 was elected from outside ISR and ELR, and broker-1 that led is active',
      ],
      'a member of the ISR could lead': [
        stepFrom([decides({ isr: [b1, b3] })], [...gone, outsider]),
        'broker-2 was elected from outside ISR and ELR, and broker-3 of the ISR is active',
      ],
      'a member of the ELR could lead': [
        stepFrom([decides({ isr: [b1], elr: [b3] })], [...gone, outsider]),
        'broker-2 was elected from outside ISR and ELR, and broker-3 of the ELR is active',
      ],
    },
    silent: {
      'nobody is elected': stepFrom([], [...gone, elects(undefined)]),
      'the ISR shrinks': stepFrom([], [alone]),
    },
  },
  'unclean-election-marks-recovering': {
    good: { 'it is marked': stepFrom([alone], [...gone, outsider]) },
    bad: {
      'it is not': [
        stepFrom([alone], [...gone, elects(b2, { isr: [b2] })]),
        'broker-2 was elected from outside ISR and ELR, and the partition is not RECOVERING',
      ],
    },
    silent: {
      'a member of the ISR is elected': stepFrom([], [elects(b2)]),
      'a member of the ELR is elected': stepFrom(
        [decides({ isr: [b1], elr: [b2] })],
        [...gone, elects(b2, { isr: [b2], elr: [] })],
      ),
      'nobody is elected': stepFrom([alone], [...gone, elects(undefined)]),
    },
  },
  'recovering-ends-with-isr-change': {
    good: {
      'an ISR change is accepted': stepFrom(
        [decides({ isr: [b1], recovering: true })],
        [decides({ isr: [b1, b2], recovering: false })],
        ...decided,
      ),
    },
    bad: {
      'another is elected': [
        stepFrom(
          [decides({ recovering: true })],
          [elects(b2, { recovering: false })],
          'electPreferred',
        ),
        'the partition is not RECOVERING any more, by electPreferred',
      ],
    },
    silent: {
      'it goes on': stepFrom([decides({ recovering: true })], [decides({ isr: [b1] })]),
      'it begins': stepFrom([alone], [...gone, outsider]),
    },
  },
  'leaderless-only-without-candidate': {
    good: {
      'all of the ISR are fenced': freshPartition(
        ...[b1, b2, b3].map(each => registered(each, 'fence')),
        elects(undefined),
      ),
      'who is active is not in the ISR': freshPartition(
        registered(b1, 'fence'),
        elects(undefined, { isr: [b1] }),
      ),
      'who is eligible is fenced': freshPartition(
        registered(b2, 'fence'),
        elects(undefined, { isr: [], elr: [b2], lastKnownLeader: b1 }),
      ),
      'who is eligible has no replica': freshPartition(
        elects(undefined, { isr: [], elr: [b4], lastKnownLeader: b1 }),
      ),
      'who led last is fenced': freshPartition(
        registered(b1, 'fence'),
        elects(undefined, { isr: [], lastKnownLeader: b1 }),
      ),
      'who led last waits for the ISR': freshPartition(
        registered(b2, 'fence'),
        elects(undefined, { isr: [b2], lastKnownLeader: b1 }),
      ),
    },
    bad: {
      'a member of the ISR is active': [
        freshPartition(registered(b1, 'fence'), elects(undefined)),
        'nobody leads, and broker-2 is eligible',
      ],
      'a member of the ELR is active': [
        freshPartition(elects(undefined, { isr: [], elr: [b3] })),
        'nobody leads, and broker-3 is eligible',
      ],
      'who led last is active': [
        freshPartition(elects(undefined, { isr: [], lastKnownLeader: b1 })),
        'nobody leads, and broker-1 led last',
      ],
    },
    silent: { 'there is a leader': freshPartition() },
  },
};
