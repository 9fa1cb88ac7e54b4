import { setup } from 'xstate';
import { compileLifecycle } from '../../checker/model/compileLifecycle.ts';

/**
 * A partition as a controller that works through ZooKeeper has it: a leader is written (`online`), the leader's
 * broker is not alive (`offline`), nobody has led it yet (`new`), or it is not there.
 *
 * Source: PartitionStateMachine.scala (removed in 4.0), PartitionState.validPreviousStates.
 */
export const partitionStateMachine = setup({
  types: {
    events: {} as
      | { type: 'create' }
      | { type: 'findLed' }
      | { type: 'findLeaderless' }
      | { type: 'lead' }
      | { type: 'loseLeader' }
      | { type: 'remove' },
  },
}).createMachine({
  id: 'partitionState',
  initial: 'nonExistent',
  states: {
    // A controller that begins finds what there is.
    nonExistent: { on: { create: 'new', findLed: 'online', findLeaderless: 'offline' } },
    new: { on: { lead: 'online', loseLeader: 'offline' } },
    online: { on: { lead: 'online', loseLeader: 'offline' } },
    offline: { on: { lead: 'online', loseLeader: 'offline', remove: 'nonExistent' } },
  },
});

/** {@link partitionStateMachine} as a transition table. */
export const partitionStateLifecycle = compileLifecycle(partitionStateMachine);
