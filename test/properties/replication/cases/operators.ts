import {
  b1,
  b2,
  type Cases,
  crashes,
  decides,
  type Edit,
  elects,
  nothing,
  stepFrom,
} from '../handBuilt.ts';

const leaderless: Edit = elects(undefined, { isr: [b1] });
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
      'nobody leads': stepFrom([leaderless], [], 'enableEligibleLeaderReplicas', { to: 1 }),
    },
    bad: {
      'somebody leads': [stepFrom([], [], 'enableEligibleLeaderReplicas', { to: 1 }), false],
      'it is another step': [stepFrom([leaderless], [], 'changeMinIsr', { to: 1 }), false],
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
