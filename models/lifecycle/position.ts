import { setup } from 'xstate';
import { compileLifecycle } from '../../checker/model/compileLifecycle.ts';

/**
 * The position of a consumer on a partition: `initializing` until it has asked where the group has committed,
 * `awaitReset` where it has none or one that there is not, `awaitValidation` while it asks whether the log was cut
 * below it. `failed`: the application gets an exception, for without a reset policy nobody can tell where to go on.
 *
 * Source: SubscriptionState.FetchStates; KIP-320.
 */
export const positionMachine = setup({
  types: {
    events: {} as
      | { type: 'begin' }
      | { type: 'validate' }
      | { type: 'confirm' }
      | { type: 'lose' }
      | { type: 'reset' }
      | { type: 'fail' }
      | { type: 'stop' },
  },
}).createMachine({
  id: 'position',
  initial: 'initializing',
  states: {
    initializing: {
      on: {
        begin: 'fetching',
        validate: 'awaitValidation',
        lose: 'awaitReset',
        stop: 'initializing',
      },
    },
    awaitReset: { on: { reset: 'fetching', stop: 'initializing' } },
    awaitValidation: {
      // That the leader knows no end of the epoch, so that the policy decides, takes records without epochs.
      on: { confirm: 'fetching', fail: 'failed', stop: 'initializing' },
    },
    fetching: {
      on: { validate: 'awaitValidation', lose: 'awaitReset', fail: 'failed', stop: 'initializing' },
    },
    failed: { on: { stop: 'initializing' } },
  },
});

/** {@link positionMachine} as a transition table. */
export const positionLifecycle = compileLifecycle(positionMachine);
