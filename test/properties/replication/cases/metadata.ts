import {
  b1,
  b2,
  b3,
  b4,
  type Cases,
  crashes,
  decides,
  elects,
  freshPartition,
  registered,
  stepFrom,
} from '../handBuilt.ts';

/** Places for the properties about what the controller decides. */
export const metadataCases: Readonly<Record<string, Cases>> = {
  'metadata-epochs-monotonic': {
    good: {
      'the partition epoch grows': stepFrom([], [decides({ isr: [b1, b2] })]),
      'both grow': stepFrom([], [elects(b2)]),
      'replayed records are forgotten': stepFrom(
        [decides({}), decides({})],
        [
          ({ protocol }) => {
            protocol.metadata.history.removeFirst(1);
            protocol.metadata.firstOffset = 1;
          },
          decides({ isr: [b1] }),
        ],
      ),
    },
    bad: {
      'the newest record is lost': [
        stepFrom([decides({})], [({ protocol }) => protocol.metadata.history.truncate(1)]),
        'the partition epoch fell from 1 to 0',
      ],
      'the leader epoch falls': [
        stepFrom([elects(b2)], [decides({ leaderEpoch: 0 })]),
        'the leader epoch fell from 1 to 0',
      ],
    },
    silent: { 'nothing is decided': stepFrom([], [crashes(b1)]) },
  },
  'isr-within-replicas': {
    good: {
      'all replicas are in sync': freshPartition(),
      'some are eligible': freshPartition(decides({ isr: [b1], elr: [b2] })),
    },
    bad: {
      'a broker without a replica is in the ISR': [
        freshPartition(decides({ isr: [b1, b4] })),
        'broker-4 is in the ISR and has no replica',
      ],
      'a broker without a replica is eligible': [
        freshPartition(decides({ elr: [b4] })),
        'broker-4 is in the ELR and has no replica',
      ],
      'a broker is in both': [
        freshPartition(decides({ isr: [b1, b2], elr: [b2] })),
        'broker-2 is in the ISR and in the ELR',
      ],
    },
  },
  'leader-in-isr': {
    good: { 'the leader is in the ISR': freshPartition() },
    bad: {
      'it is not': [freshPartition(decides({ isr: [b2] })), 'broker-1 leads and is not in the ISR'],
    },
    silent: { 'there is no leader': freshPartition(elects(undefined, { isr: [] })) },
  },
  'empty-isr-only-with-elr': {
    good: {
      'the ISR has a member': freshPartition(),
      'the ISR is empty and nobody leads': freshPartition(elects(undefined, { isr: [] })),
    },
    bad: {
      'the ISR is empty and somebody leads': [
        freshPartition(decides({ isr: [] })),
        'the ISR is empty and broker-1 leads',
      ],
    },
  },
  'only-active-brokers-join-isr': {
    good: {
      'an active broker is added': stepFrom(
        [decides({ isr: [b1, b2] })],
        [decides({ isr: [b1, b2, b3] })],
      ),
      'a fenced broker stays': stepFrom(
        [decides({ isr: [b1, b2] }), registered(b2, 'fence')],
        [decides({ isr: [b1, b2, b3] })],
      ),
    },
    bad: {
      'a fenced broker is added': [
        stepFrom(
          [decides({ isr: [b1, b2] }), registered(b3, 'fence')],
          [decides({ isr: [b1, b2, b3] })],
        ),
        'broker-3 was added to the ISR and is fenced',
      ],
      'a broker that stops is added': [
        stepFrom(
          [decides({ isr: [b1, b2] }), registered(b3, 'beginControlledShutdown')],
          [decides({ isr: [b1, b3] })],
        ),
        'broker-3 was added to the ISR and is in controlled shutdown',
      ],
    },
    silent: { 'a broker is removed': stepFrom([], [decides({ isr: [b1, b2] })]) },
  },
};
