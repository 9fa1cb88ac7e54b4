import { setup } from 'xstate';
import { compileLifecycle } from '../../checker/model/compileLifecycle.ts';

/**
 * The broker process, as Kafka's BrokerState has it, reduced to the states that change what the
 * process does: `notRunning`, `recovery` (registered, fenced, already fetching as a follower) and
 * `running` (unfenced once, serves clients). STARTING is folded into the start: a process that
 * cannot register serves nobody. Fencing moves only the controller's view, never this machine.
 *
 * Source: BrokerState, BrokerLifecycleManager; KIP-631.
 */
export const brokerMachine = setup({
  types: {
    events: {} as
      | { type: 'start' }
      | { type: 'unfence' }
      | { type: 'crash' }
      | { type: 'losePower' },
  },
  actions: {
    loadLog: () => undefined,
    openRequestProcessing: () => undefined,
    loseMemory: () => undefined,
    loseUnflushedTail: () => undefined,
  },
}).createMachine({
  id: 'broker',
  initial: 'notRunning',
  states: {
    notRunning: {
      on: { start: { target: 'recovery', actions: 'loadLog' } },
    },
    recovery: {
      on: {
        unfence: { target: 'running', actions: 'openRequestProcessing' },
        crash: { target: 'notRunning', actions: 'loseMemory' },
        losePower: { target: 'notRunning', actions: ['loseMemory', 'loseUnflushedTail'] },
      },
    },
    running: {
      on: {
        crash: { target: 'notRunning', actions: 'loseMemory' },
        losePower: { target: 'notRunning', actions: ['loseMemory', 'loseUnflushedTail'] },
      },
    },
  },
});

/** {@link brokerMachine} as a transition table. */
export const brokerLifecycle = compileLifecycle(brokerMachine);
