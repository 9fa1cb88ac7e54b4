import {
  b1,
  b2,
  type Cases,
  crashes,
  decides,
  deletesTopic,
  type Edit,
  elects,
  nothing,
  stepFrom,
} from '../handBuilt.ts';

const leaderless: Edit = elects(undefined, { isr: [b1] });
const enables = ['enableEligibleLeaderReplicas', { to: 1 }] as const;
const switchesOn: Edit = ({ protocol: { metadata } }) => {
  metadata.history.get(metadata.history.length - 1).elrSwitchedOn = 1;
};
const unregisters: Edit = ({ protocol }) => {
  protocol.registrations.get(b2).state.send('unregister', nothing, undefined);
};
const registers: Edit = ({ protocol }) => {
  protocol.registrations.get(b2).state.send('register', nothing, undefined);
};

/** Places for the goals about what operators do to a running cluster. */
export const operatorCases: Readonly<Record<string, Cases>> = {
  'elr-switched-on-while-offline': {
    good: {
      'nobody leads': stepFrom([leaderless], [switchesOn], ...enables),
    },
    bad: {
      'somebody leads': [stepFrom([], [switchesOn], ...enables), false],
      'it is another step': [
        stepFrom([leaderless], [switchesOn], 'changeMinIsr', { to: 1 }),
        false,
      ],
      'nothing comes of it': [stepFrom([leaderless], [], ...enables), false],
      'there is no topic': [stepFrom([deletesTopic], [switchesOn], ...enables), false],
    },
  },
  'unregistered-broker-returns': {
    good: {
      'it registers': stepFrom([crashes(b2), unregisters], [registers]),
    },
    bad: {
      'it was registered': [stepFrom([crashes(b2)], [registers]), false],
      'it stays away': [stepFrom([crashes(b2), unregisters], []), false],
    },
  },
  'reassignment-replaced': {
    good: {
      'by another': stepFrom([], [], 'replaceReassignment'),
    },
    bad: {
      'it begins': [stepFrom([], [], 'reassign'), false],
    },
  },
  'unclean-election-once-allowed': {
    good: {
      'a leader is elected': stepFrom([leaderless], [elects(b2)], 'electUncleanlyAsSet'),
    },
    bad: {
      'nobody is': [stepFrom([leaderless], [decides({ isr: [b1] })], 'electUncleanlyAsSet'), false],
      'an operator asks for it': [stepFrom([leaderless], [elects(b2)], 'electUncleanly'), false],
    },
  },
};
