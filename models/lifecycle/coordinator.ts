import { setup } from 'xstate';
import { compileLifecycle } from '../../checker/model/compileLifecycle.ts';

/**
 * What a broker is to the groups of one partition of `__consumer_offsets`. `loading` reads the log, `active` serves,
 * also while it does not know yet that another broker leads, `resigned` knows it and has not given up its state.
 *
 * Source: CoordinatorRuntime.CoordinatorState; GroupMetadataManager.loadGroupsAndOffsets, removeGroupsForPartition
 * (before 4.0).
 */
export const coordinatorMachine = setup({
  types: {
    events: {} as { type: 'elect' } | { type: 'load' } | { type: 'resign' } | { type: 'unload' },
  },
  actions: { loseMemory: () => undefined },
}).createMachine({
  id: 'coordinator',
  initial: 'inactive',
  states: {
    inactive: { on: { elect: 'loading' } },
    loading: {
      on: {
        load: 'active',
        resign: { target: 'inactive', actions: 'loseMemory' },
      },
    },
    active: { on: { resign: 'resigned' } },
    resigned: { on: { unload: { target: 'inactive', actions: 'loseMemory' } } },
  },
});

/** {@link coordinatorMachine} as a transition table. */
export const coordinatorLifecycle = compileLifecycle(coordinatorMachine);
