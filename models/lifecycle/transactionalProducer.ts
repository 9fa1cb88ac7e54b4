import { setup } from 'xstate';
import { compileLifecycle } from '../../checker/model/compileLifecycle.ts';

/**
 * A producer with transactions. After an `abortableError` the application aborts and goes on; after a `fatalError` it
 * can only close. A process that ends begins anew. A producer without transactions is `ready` once it has an id.
 *
 * Source: TransactionManager.State (isTransitionValid); PREPARED_TRANSACTION (KIP-939) is left out.
 */
export const transactionalProducerMachine = setup({
  types: {
    events: {} as
      | { type: 'start' }
      | { type: 'initialized' }
      | { type: 'begin' }
      | { type: 'commit' }
      | { type: 'abort' }
      | { type: 'ended' }
      | { type: 'bump' }
      | { type: 'failAbortably' }
      | { type: 'fail' }
      | { type: 'crash' },
  },
}).createMachine({
  id: 'transactionalProducer',
  initial: 'uninitialized',
  states: {
    uninitialized: { on: { start: 'initializing' } },
    initializing: { on: { initialized: 'ready', fail: 'fatalError', crash: 'uninitialized' } },
    ready: { on: { begin: 'inTransaction', crash: 'uninitialized' } },
    inTransaction: {
      on: {
        commit: 'committing',
        abort: 'aborting',
        failAbortably: 'abortableError',
        fail: 'fatalError',
        crash: 'uninitialized',
      },
    },
    committing: {
      on: {
        ended: 'ready',
        failAbortably: 'abortableError',
        fail: 'fatalError',
        crash: 'uninitialized',
      },
    },
    // The epoch of the next transaction is asked for where the last one was left in doubt (KIP-360).
    aborting: {
      on: { ended: 'ready', bump: 'initializing', fail: 'fatalError', crash: 'uninitialized' },
    },
    abortableError: { on: { abort: 'aborting', fail: 'fatalError', crash: 'uninitialized' } },
    fatalError: { on: { crash: 'uninitialized' } },
  },
});

/** {@link transactionalProducerMachine} as a transition table. */
export const transactionalProducerLifecycle = compileLifecycle(transactionalProducerMachine);
