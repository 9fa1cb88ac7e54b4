import { setup } from 'xstate';
import { compileLifecycle } from '../../checker/model/compileLifecycle.ts';

/**
 * The part a broker plays for one topic partition, in its own view: `offline` (its process is
 * down), `idle` (no leader known), `following` or `leading`. Being in sync is not a state of the
 * replica: only the controller's ISR says so.
 *
 * Source: Partition.makeLeader, Partition.makeFollower, ReplicaManager.applyDelta.
 */
export const replicaMachine = setup({
  types: {
    events: {} as
      | { type: 'load' }
      | { type: 'lead' }
      | { type: 'follow' }
      | { type: 'loseLeader' }
      | { type: 'stop' },
  },
  actions: {
    startEpoch: () => undefined,
    forgetRemoteReplicas: () => undefined,
    startFetching: () => undefined,
    failWaitingProduce: () => undefined,
  },
}).createMachine({
  id: 'replica',
  initial: 'offline',
  states: {
    offline: { on: { load: { target: 'idle' } } },
    idle: {
      on: {
        lead: { target: 'leading', actions: ['forgetRemoteReplicas', 'startEpoch'] },
        follow: { target: 'following', actions: 'startFetching' },
        loseLeader: { target: 'idle' },
        stop: { target: 'offline' },
      },
    },
    following: {
      on: {
        lead: { target: 'leading', actions: ['forgetRemoteReplicas', 'startEpoch'] },
        follow: { target: 'following', actions: 'startFetching' },
        loseLeader: { target: 'idle' },
        stop: { target: 'offline' },
      },
    },
    leading: {
      on: {
        // The same leader in a newer epoch keeps what it knows of its followers.
        lead: { target: 'leading', actions: 'startEpoch' },
        follow: { target: 'following', actions: ['failWaitingProduce', 'startFetching'] },
        loseLeader: { target: 'idle', actions: 'failWaitingProduce' },
        stop: { target: 'offline' },
      },
    },
  },
});

/** {@link replicaMachine} as a transition table. */
export const replicaLifecycle = compileLifecycle(replicaMachine);
