import { setup } from 'xstate';
import { compileLifecycle } from '../../checker/model/compileLifecycle.ts';

/**
 * A group of the classic protocol, in the memory of its coordinator. `rebalance`: a member joins, leaves or is given
 * up. `complete`: every member has joined again. `assign`: the assignment of the leader is stored. A group that is
 * read from the log is stable, or empty. That an empty group is deleted (`Dead`) is the same to whoever comes next.
 *
 * Source: ClassicGroupState, GroupState (before 4.0).
 */
export const classicGroupMachine = setup({
  types: {
    events: {} as
      | { type: 'rebalance' }
      | { type: 'complete' }
      | { type: 'assign' }
      | { type: 'abandon' }
      | { type: 'read' }
      | { type: 'forget' },
  },
}).createMachine({
  id: 'classicGroup',
  initial: 'empty',
  states: {
    empty: { on: { rebalance: 'preparingRebalance', read: 'stable', forget: 'empty' } },
    preparingRebalance: {
      on: { complete: 'completingRebalance', abandon: 'empty', forget: 'empty' },
    },
    completingRebalance: {
      on: { rebalance: 'preparingRebalance', assign: 'stable', forget: 'empty' },
    },
    stable: { on: { rebalance: 'preparingRebalance', forget: 'empty' } },
  },
});

/** {@link classicGroupMachine} as a transition table. */
export const classicGroupLifecycle = compileLifecycle(classicGroupMachine);
