import type { AnyProperty } from '../../../../checker/model/property.ts';
import type { AnyTemporalProperty } from '../../../../checker/model/temporal.ts';
import {
  type Cases,
  coordinates,
  goes,
  group,
  groups,
  isIn,
  m1,
  m2,
  owns,
  p1,
  p2,
  stableConsumer,
} from '../handBuilt.ts';

const [due, met, idle] = ['it is due, and not met', 'it is due, and met', 'it is not due'] as const;

/** Says of every state whether something is due there, and whether that is met; nothing due is met. */
export function saysWhatIsDue(property: AnyTemporalProperty): AnyProperty {
  const { name, statement, loss, source } = property;
  return {
    ...{ name, statement, loss, source },
    kind: 'invariant',
    holds(state) {
      const isDue = property.kind === 'eventually' || property.when(state);
      if (property.goal(state)) return isDue ? met : idle;
      return isDue ? due : 'it is not due, and not met';
    },
  };
}

const stable = group(1, ['rebalance', 'complete', 'assign']);

/** What is due in a state, and what is met. */
export const progressCases: Readonly<Record<string, Cases>> = {
  'rebalances-end': {
    good: {},
    bad: {
      'members join': [groups(group(1, ['rebalance'])), due],
      'members wait for partitions': [groups(group(1, ['rebalance', 'complete'])), due],
      'the group is stable': [groups(stable, isIn(m1)), idle],
      'the group is empty': [groups(), idle],
      'the coordinator has resigned': [
        groups(group(1, ['rebalance']), coordinates('resign')),
        idle,
      ],
    },
  },
  'partitions-get-an-owner': {
    good: {},
    bad: {
      'nobody lives': [groups(), idle],
      'one member starts': [groups(goes(m2, 'start')), due],
      'one partition has an owner': [groups(goes(m1, 'start'), owns(m1, p1)), due],
      'each has one': [groups(goes(m1, 'start'), owns(m1, p1), owns(m2, p2)), met],
      'the only process is fenced': [groups(goes(m1, 'start', 'join', 'fence')), idle],
      'a member of the consumer protocol lives': [groups(stableConsumer(m1, 1)), due],
    },
  },
};

/** The same by the consumer protocol. */
export const consumerProgressCases: Readonly<Record<string, Cases>> = {
  'rebalances-end': {
    good: {},
    bad: {
      'a member is of an earlier epoch': [groups(group(2), isIn(m1, { epoch: 1 })), due],
      'a member is to give up a partition': [
        groups(group(1), isIn(m1, { epoch: 1, pending: [p1] })),
        due,
      ],
      'everybody is of the group epoch': [groups(group(1), isIn(m1, { epoch: 1 })), idle],
      'the group is empty': [groups(group(1)), idle],
    },
  },
};
