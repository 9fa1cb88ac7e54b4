import { setup } from 'xstate';
import { compileLifecycle } from '../../checker/model/compileLifecycle.ts';

/**
 * A replica as a controller that works through ZooKeeper has it: its broker is alive (`online`) or not (`offline`),
 * or the replica is being deleted.
 *
 * Source: ReplicaStateMachine.scala (removed in 4.0), ReplicaState.validPreviousStates.
 */
export const replicaStateMachine = setup({
  types: {
    events: {} as
      | { type: 'create' }
      | { type: 'findOnline' }
      | { type: 'findOffline' }
      | { type: 'goOnline' }
      | { type: 'goOffline' }
      | { type: 'startDeletion' }
      | { type: 'succeedDeletion' }
      | { type: 'failDeletion' }
      | { type: 'remove' },
  },
}).createMachine({
  id: 'replicaState',
  initial: 'nonExistent',
  states: {
    // A controller that begins finds what there is.
    nonExistent: { on: { create: 'new', findOnline: 'online', findOffline: 'offline' } },
    new: { on: { goOnline: 'online', goOffline: 'offline' } },
    online: { on: { goOnline: 'online', goOffline: 'offline' } },
    offline: {
      on: {
        goOnline: 'online',
        goOffline: 'offline',
        startDeletion: 'deletionStarted',
        failDeletion: 'deletionIneligible',
      },
    },
    deletionStarted: {
      on: { succeedDeletion: 'deletionSuccessful', failDeletion: 'deletionIneligible' },
    },
    deletionSuccessful: { on: { remove: 'nonExistent' } },
    deletionIneligible: { on: { goOnline: 'online', goOffline: 'offline' } },
  },
});

/** {@link replicaStateMachine} as a transition table. */
export const replicaStateLifecycle = compileLifecycle(replicaStateMachine);
