import { setup } from 'xstate';
import { compileLifecycle } from '../../checker/model/compileLifecycle.ts';

/**
 * The part a broker plays for one topic partition, in its own view: `offline` (its process is
 * down), `absent` (the partition is not assigned to it), `idle` (no leader known), `truncating`
 * (looks for the point where its log and the leader's diverge; before 2.7), `following` or
 * `leading`. Being in sync is not a state of the replica: only the controller's ISR says so.
 *
 * Source: Partition.makeLeader, Partition.makeFollower, ReplicaManager.applyDelta,
 * AbstractFetcherThread (Truncating, Fetching).
 */
export const replicaMachine = setup({
  types: {
    events: {} as
      | { type: 'load' }
      | { type: 'assign' }
      | { type: 'lead' }
      | { type: 'follow' }
      | { type: 'truncate' }
      | { type: 'agree' }
      | { type: 'loseLeader' }
      | { type: 'remove' }
      | { type: 'stop' },
  },
  actions: {
    startEpoch: () => undefined,
    forgetRemoteReplicas: () => undefined,
    startFetching: () => undefined,
    failWaitingProduce: () => undefined,
    deleteLog: () => undefined,
  },
}).createMachine({
  id: 'replica',
  initial: 'offline',
  states: {
    offline: { on: { load: { target: 'idle' } } },
    absent: { on: { assign: { target: 'idle' }, stop: { target: 'offline' } } },
    idle: {
      on: {
        lead: { target: 'leading', actions: ['forgetRemoteReplicas', 'startEpoch'] },
        follow: { target: 'following', actions: 'startFetching' },
        truncate: { target: 'truncating' },
        loseLeader: { target: 'idle' },
        remove: { target: 'absent', actions: 'deleteLog' },
        stop: { target: 'offline' },
      },
    },
    truncating: {
      on: {
        agree: { target: 'following' },
        lead: { target: 'leading', actions: ['forgetRemoteReplicas', 'startEpoch'] },
        truncate: { target: 'truncating' },
        loseLeader: { target: 'idle' },
        remove: { target: 'absent', actions: 'deleteLog' },
        stop: { target: 'offline' },
      },
    },
    following: {
      on: {
        lead: { target: 'leading', actions: ['forgetRemoteReplicas', 'startEpoch'] },
        follow: { target: 'following', actions: 'startFetching' },
        truncate: { target: 'truncating' },
        loseLeader: { target: 'idle' },
        remove: { target: 'absent', actions: 'deleteLog' },
        stop: { target: 'offline' },
      },
    },
    leading: {
      on: {
        // The same leader in a newer epoch keeps what it knows of its followers.
        lead: { target: 'leading', actions: 'startEpoch' },
        follow: { target: 'following', actions: ['failWaitingProduce', 'startFetching'] },
        truncate: { target: 'truncating', actions: 'failWaitingProduce' },
        loseLeader: { target: 'idle', actions: 'failWaitingProduce' },
        remove: { target: 'absent', actions: ['failWaitingProduce', 'deleteLog'] },
        stop: { target: 'offline' },
      },
    },
  },
});

/** {@link replicaMachine} as a transition table. */
export const replicaLifecycle = compileLifecycle(replicaMachine);
