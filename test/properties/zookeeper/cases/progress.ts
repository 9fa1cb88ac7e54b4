import {
  b1,
  b2,
  b3,
  type Cases,
  cluster,
  goes,
  loses,
  names,
  resigns,
  session,
} from '../handBuilt.ts';

const [due, idle] = ['it is due, and not met', 'it is not due'] as const;
const gone = [resigns(b1), names(undefined)];
const othersDown = [goes(b2, 'crash'), goes(b3, 'crash')];

/** What is due in a state: a controller, while somebody could be it. */
export const progressCases: Readonly<Record<string, Cases>> = {
  'a-controller-acts': {
    good: {},
    bad: {
      'nobody is it': [cluster(...gone), due],
      'one that does not act is named': [cluster(resigns(b1)), due],
      'one acts': [cluster(), idle],
      'one acts, and nobody else is there': [cluster(...othersDown), idle],
      'everybody is down': [cluster(...gone, goes(b1, 'crash'), ...othersDown), idle],
      'the last one has lost its session': [
        cluster(...gone, loses(b1, 'expire'), session(b1, { ownsNode: true }), ...othersDown),
        idle,
      ],
      'the last one is not registered': [cluster(...gone, loses(b1), ...othersDown), idle],
      'the last one is there': [cluster(...gone, ...othersDown), due],
    },
  },
};
