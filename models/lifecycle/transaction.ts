import { setup } from 'xstate';
import { compileLifecycle } from '../../checker/model/compileLifecycle.ts';

/**
 * The transaction of a transactional id, as its coordinator has it in memory. `dead`: the coordinator knows nothing
 * of the id, because nobody has used it, or because it has not read its partition. From a decision on
 * (`prepareCommit`, `prepareAbort`) the transaction can only be completed. `prepareEpochFence` is never in the log:
 * the next epoch is in memory, and the abort is not committed.
 *
 * Source: TransactionState (validPreviousStates), TransactionMetadata.completeTransitionTo,
 * TransactionStateManager.loadTransactionMetadata for the states that are read.
 */
export const transactionMachine = setup({
  types: {
    events: {} as
      | { type: 'initialize' }
      | { type: 'add' }
      | { type: 'fence' }
      | { type: 'unfence' }
      | { type: 'prepareCommit' }
      | { type: 'prepareAbort' }
      | { type: 'complete' }
      | { type: 'loadOngoing' }
      | { type: 'loadPrepareCommit' }
      | { type: 'loadPrepareAbort' }
      | { type: 'loadCompleteCommit' }
      | { type: 'loadCompleteAbort' }
      | { type: 'unload' },
  },
}).createMachine({
  id: 'transaction',
  initial: 'dead',
  on: { unload: '.dead' },
  states: {
    dead: {
      on: {
        initialize: 'empty',
        loadOngoing: 'ongoing',
        loadPrepareCommit: 'prepareCommit',
        loadPrepareAbort: 'prepareAbort',
        loadCompleteCommit: 'completeCommit',
        loadCompleteAbort: 'completeAbort',
      },
    },
    // Since version 2 an abort may come before the coordinator knows of any partition.
    empty: { on: { initialize: 'empty', add: 'ongoing', prepareAbort: 'prepareAbort' } },
    ongoing: {
      on: {
        add: 'ongoing',
        fence: 'prepareEpochFence',
        prepareCommit: 'prepareCommit',
        prepareAbort: 'prepareAbort',
      },
    },
    // Of an abort that was not written version 1 keeps the epoch in memory, and version 2 does not.
    prepareEpochFence: { on: { prepareAbort: 'prepareAbort', unfence: 'ongoing' } },
    prepareCommit: { on: { complete: 'completeCommit' } },
    prepareAbort: { on: { complete: 'completeAbort' } },
    completeCommit: { on: { initialize: 'empty', add: 'ongoing', prepareAbort: 'prepareAbort' } },
    completeAbort: { on: { initialize: 'empty', add: 'ongoing', prepareAbort: 'prepareAbort' } },
  },
});

/** {@link transactionMachine} as a transition table. */
export const transactionLifecycle = compileLifecycle(transactionMachine);
