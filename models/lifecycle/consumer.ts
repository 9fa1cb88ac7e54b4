import { setup } from 'xstate';
import { compileLifecycle } from '../../checker/model/compileLifecycle.ts';

/** The process of a consumer. It is closed by the application, or dies. */
export const consumerMachine = setup({
  types: { events: {} as { type: 'start' } | { type: 'close' } | { type: 'crash' } },
  actions: {
    commitPositions: () => undefined,
    loseMemory: () => undefined,
  },
}).createMachine({
  id: 'consumer',
  initial: 'stopped',
  states: {
    stopped: { on: { start: { target: 'running' } } },
    running: {
      on: {
        close: { target: 'stopped', actions: ['commitPositions', 'loseMemory'] },
        crash: { target: 'stopped', actions: 'loseMemory' },
      },
    },
  },
});

/** {@link consumerMachine} as a transition table. */
export const consumerLifecycle = compileLifecycle(consumerMachine);
