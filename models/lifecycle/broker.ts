import { setup } from 'xstate';
import { compileLifecycle } from '../../checker/model/compileLifecycle.ts';

/**
 * The broker process, as Kafka's BrokerState has it: `notRunning`, `starting` (not registered yet),
 * `recovery` (registered, fenced, already fetching as a follower), `running` (unfenced once, serves
 * clients) and `pendingControlledShutdown`. SHUTTING_DOWN is folded into the stop. Fencing moves
 * only the controller's view (see `registration.ts`), never this machine.
 *
 * Source: BrokerState, BrokerLifecycleManager; KIP-631.
 */
export const brokerMachine = setup({
  types: {
    events: {} as
      | { type: 'start' }
      | { type: 'catchUp' }
      | { type: 'unfence' }
      | { type: 'beginControlledShutdown' }
      | { type: 'stop' }
      | { type: 'crash' }
      | { type: 'losePower' }
      | { type: 'loseDisk' },
  },
  actions: {
    readCleanShutdownFile: () => undefined,
    loadLog: () => undefined,
    openRequestProcessing: () => undefined,
    flushAndCheckpoint: () => undefined,
    loseMemory: () => undefined,
    loseUnflushedTail: () => undefined,
    loseDisk: () => undefined,
  },
}).createMachine({
  id: 'broker',
  initial: 'notRunning',
  states: {
    notRunning: {
      on: {
        start: { target: 'starting', actions: 'readCleanShutdownFile' },
        loseDisk: { target: 'notRunning', actions: 'loseDisk' },
        losePower: { target: 'notRunning', actions: 'loseUnflushedTail' },
      },
    },
    starting: {
      on: {
        catchUp: { target: 'recovery', actions: 'loadLog' },
        crash: { target: 'notRunning', actions: 'loseMemory' },
        losePower: { target: 'notRunning', actions: ['loseMemory', 'loseUnflushedTail'] },
        loseDisk: { target: 'notRunning', actions: ['loseMemory', 'loseDisk'] },
      },
    },
    recovery: {
      on: {
        unfence: { target: 'running', actions: 'openRequestProcessing' },
        crash: { target: 'notRunning', actions: 'loseMemory' },
        losePower: { target: 'notRunning', actions: ['loseMemory', 'loseUnflushedTail'] },
        loseDisk: { target: 'notRunning', actions: ['loseMemory', 'loseDisk'] },
      },
    },
    running: {
      on: {
        beginControlledShutdown: { target: 'pendingControlledShutdown' },
        crash: { target: 'notRunning', actions: 'loseMemory' },
        losePower: { target: 'notRunning', actions: ['loseMemory', 'loseUnflushedTail'] },
        loseDisk: { target: 'notRunning', actions: ['loseMemory', 'loseDisk'] },
      },
    },
    pendingControlledShutdown: {
      on: {
        stop: { target: 'notRunning', actions: ['flushAndCheckpoint', 'loseMemory'] },
        crash: { target: 'notRunning', actions: 'loseMemory' },
        losePower: { target: 'notRunning', actions: ['loseMemory', 'loseUnflushedTail'] },
        loseDisk: { target: 'notRunning', actions: ['loseMemory', 'loseDisk'] },
      },
    },
  },
});

/** {@link brokerMachine} as a transition table. */
export const brokerLifecycle = compileLifecycle(brokerMachine);
