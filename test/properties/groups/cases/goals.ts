import {
  b2,
  type Cases,
  coordinates,
  cut,
  deletedOffset,
  goes,
  group,
  isIn,
  m1,
  m2,
  memberHas,
  p2,
  processed,
  reads,
  step,
  wroteGroup,
  wroteOffset,
} from '../handBuilt.ts';

const inHand = reads(m1, p2, { position: 1 });
const rebalances = group(1, ['rebalance']);
const [processes, fetches, commits] = ['processRecord', 'fetchOffset', 'commitOffsets'].map(
  name => ({ name, actor: 'member-1' }),
);
const failsOver = { name: 'failOver' };

/** The scenes of members that read two partitions. */
export const goalCases: Readonly<Record<string, Cases>> = {
  'rebalance-while-processing': {
    good: { 'it begins, and a record is in hand': step([inHand], [rebalances]) },
    bad: {
      'it has begun before': [step([inHand, rebalances], []), false],
      'none begins': [step([inHand], []), false],
      'nobody has been told where to go on': [step([], [rebalances]), false],
      'what was in hand is processed': [
        step([reads(m1, p2, { position: 1, done: 1 })], [rebalances]),
        false,
      ],
      'the coordinator has resigned': [step([inHand, coordinates('resign')], [rebalances]), false],
    },
  },
  'zombie-processes': {
    good: { 'the coordinator has given it up': step([isIn(m2)], [processed([1])], processes) },
    bad: {
      'it is in the group': [step([isIn(m1)], [processed([1])], processes), false],
      'it does something else': [step([], [], commits), false],
      'it is no member that does it': [step([], [], { ...processes, actor: 'broker-1' }), false],
      'there is no coordinator': [step([coordinates('resign')], [], processes), false],
    },
  },
  'record-processed-again': {
    good: { 'one was': step([processed([1, 1])], [processed([1, 2])]) },
    bad: {
      'once is not again': [step([], [processed([1, 1])]), false],
      'none was processed': [step([], []), false],
    },
  },
  'goes-on-behind-another': {
    good: { 'the group has committed': step([], [reads(m1, p2, { committed: 1 })], fetches) },
    bad: {
      'the start is committed': [step([], [reads(m1, p2, { position: 0 })], fetches), false],
      'another member goes on': [step([reads(m2, p2, { committed: 1 })], [], fetches), false],
      'it commits': [step([], [reads(m1, p2, { committed: 1 })], commits), false],
      'it is no member that does it': [
        step([], [reads(m1, p2, { committed: 1 })], { ...fetches, actor: 'broker-1' }),
        false,
      ],
    },
  },
  'commit-refused': {
    good: {
      'it has lost its generation': step(
        [memberHas(m1, { generation: 1 })],
        [memberHas(m1, { generation: 0 })],
        commits,
      ),
    },
    bad: {
      'it keeps its generation': [
        step([memberHas(m1, { generation: 1 })], [wroteOffset(1)], commits),
        false,
      ],
      'it joins': [
        step([], [memberHas(m1, { generation: 1 })], { ...commits, name: 'join' }),
        false,
      ],
      'it is no member that does it': [
        step([], [memberHas(m1, { generation: 1 })], { ...commits, actor: 'broker-1' }),
        false,
      ],
    },
  },
  'commit-lost': {
    good: {
      'it was in the log': step([wroteGroup(1), wroteOffset(1)], [cut(1)], failsOver),
      'the old coordinator does not know it': step([wroteOffset(1)], [cut(0)], {
        name: 'failOverUnnoticed',
      }),
    },
    bad: {
      'the group was': [step([wroteOffset(1), wroteGroup(1)], [cut(1)], failsOver), false],
      'it is still there': [step([wroteOffset(1)], [], failsOver), false],
      'committed records are lost, too': [
        step([wroteOffset(1)], [cut(0)], { name: 'failOverUncleanly' }),
        false,
      ],
    },
  },
  'failover-in-rebalance': {
    good: {
      'members join': step([rebalances], [], failsOver),
      'members wait for partitions': step([group(1, ['rebalance', 'complete'])], [], {
        name: 'failOverUnnoticed',
      }),
    },
    bad: {
      'the group is stable': [
        step([group(1, ['rebalance', 'complete', 'assign'])], [], failsOver),
        false,
      ],
      'nobody takes over': [step([rebalances], []), false],
    },
  },
  'deposed-coordinator-serves': {
    good: {
      'another broker leads': step([memberHas(m1, { coordinator: b2 })], [], fetches),
    },
    bad: {
      'it asks who leads': [step([memberHas(m2, { coordinator: b2 })], [], fetches), false],
      'it commits': [step([memberHas(m1, { coordinator: b2 })], [], commits), false],
      'it is no member that asks': [
        step([memberHas(m1, { coordinator: b2 })], [], { ...fetches, actor: 'broker-1' }),
        false,
      ],
    },
  },
  'offset-expired': {
    good: { 'it is deleted': step([wroteOffset(1)], [deletedOffset()], { name: 'expireOffset' }) },
    bad: {
      'nothing is written': [step([wroteOffset(1)], [], { name: 'expireOffset' }), false],
      'it is no expiry': [step([wroteOffset(1)], [deletedOffset()]), false],
    },
  },
};

/** Those of cooperative members with one instance id. */
export const sharedGoalCases: Readonly<Record<string, Cases>> = {
  'static-member-returns': {
    good: { 'it joins so': step([], [], { name: 'joinWithoutRebalance', actor: 'member-1' }) },
    bad: { 'it joins otherwise': [step([], [], { name: 'join', actor: 'member-1' }), false] },
  },
  'process-fenced': {
    good: { 'one is told': step([goes(m2, 'start', 'join')], [goes(m2, 'fence')]) },
    bad: { 'none is': [step([goes(m2, 'start')], [goes(m2, 'join')]), false] },
  },
  'second-round': {
    good: { 'one joins again': step([], [memberHas(m2, { owesRejoin: true })]) },
    bad: { 'none does': [step([], [goes(m1, 'start')]), false] },
  },
};
