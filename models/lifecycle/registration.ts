import { setup } from 'xstate';
import { compileLifecycle } from '../../checker/model/compileLifecycle.ts';

/**
 * A broker as the controller sees it, which is a machine of its own: it is tied to the process only
 * by registrations, heartbeats and the metadata. `fenced` brokers neither lead nor enter an ISR;
 * brokers in `controlledShutdown` have given both up and wait for leave to stop. SHUTDOWN_NOW is
 * the move from there to `fenced`. Who is unregistered by an operator begins anew.
 *
 * Source: BrokerControlState, BrokerHeartbeatManager, ClusterControlManager; KIP-631, KIP-841.
 */
export const registrationMachine = setup({
  types: {
    events: {} as
      | { type: 'register' }
      | { type: 'unfence' }
      | { type: 'fence' }
      | { type: 'beginControlledShutdown' }
      | { type: 'shutDown' }
      | { type: 'unregister' },
  },
  actions: {
    cleanUpPredecessor: () => undefined,
    electWhereLeaderless: () => undefined,
    leavePartition: () => undefined,
    giveUp: () => undefined,
  },
}).createMachine({
  id: 'registration',
  initial: 'unregistered',
  states: {
    unregistered: { on: { register: { target: 'fenced', actions: 'cleanUpPredecessor' } } },
    fenced: {
      on: {
        register: { target: 'fenced', actions: 'cleanUpPredecessor' },
        unfence: { target: 'unfenced', actions: 'electWhereLeaderless' },
        shutDown: { target: 'fenced' },
        unregister: { target: 'unregistered', actions: 'giveUp' },
      },
    },
    unfenced: {
      on: {
        register: { target: 'fenced', actions: 'cleanUpPredecessor' },
        fence: { target: 'fenced', actions: 'leavePartition' },
        beginControlledShutdown: { target: 'controlledShutdown', actions: 'leavePartition' },
        shutDown: { target: 'fenced', actions: 'leavePartition' },
        unregister: { target: 'unregistered', actions: 'giveUp' },
      },
    },
    controlledShutdown: {
      on: {
        register: { target: 'fenced', actions: 'cleanUpPredecessor' },
        fence: { target: 'fenced', actions: 'leavePartition' },
        shutDown: { target: 'fenced', actions: 'leavePartition' },
        unregister: { target: 'unregistered', actions: 'giveUp' },
      },
    },
  },
});

/** {@link registrationMachine} as a transition table. */
export const registrationLifecycle = compileLifecycle(registrationMachine);
