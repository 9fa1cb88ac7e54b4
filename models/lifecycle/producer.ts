import { setup } from 'xstate';
import { compileLifecycle } from '../../checker/model/compileLifecycle.ts';

/**
 * A producer. One with idempotence is `uninitialized` until a broker has given it a producer id, and sends nothing
 * before; one without is ready at once. A gap that it cannot explain made it ask for another id before 2.5. A process
 * that is started again begins anew.
 *
 * Source: TransactionManager.State (UNINITIALIZED, INITIALIZING, READY), of which a producer without transactions
 * takes no others.
 */
export const producerMachine = setup({
  types: {
    events: {} as
      | { type: 'obtainId' }
      | { type: 'goWithoutId' }
      | { type: 'loseId' }
      | { type: 'restart' },
  },
  actions: {
    forgetSequences: () => undefined,
    abandonBatches: () => undefined,
  },
}).createMachine({
  id: 'producer',
  initial: 'uninitialized',
  states: {
    uninitialized: {
      on: {
        obtainId: { target: 'ready' },
        goWithoutId: { target: 'ready' },
        restart: { target: 'uninitialized', actions: ['abandonBatches', 'forgetSequences'] },
      },
    },
    ready: {
      on: {
        loseId: { target: 'uninitialized', actions: 'forgetSequences' },
        restart: { target: 'uninitialized', actions: ['abandonBatches', 'forgetSequences'] },
      },
    },
  },
});

/** {@link producerMachine} as a transition table. */
export const producerLifecycle = compileLifecycle(producerMachine);
