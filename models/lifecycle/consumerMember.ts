import { setup } from 'xstate';
import { compileLifecycle } from '../../checker/model/compileLifecycle.ts';

/**
 * A consumer as a member of a group of the consumer protocol (KIP-848). `joining` sends an epoch of 0, `reconciling`
 * was told of other partitions than it owns, `acknowledging` owns them and has not said so. One that is fenced joins
 * anew.
 *
 * Source: MemberState, AbstractMembershipManager.
 */
export const consumerMemberMachine = setup({
  types: {
    events: {} as
      | { type: 'start' }
      | { type: 'getTarget' }
      | { type: 'keep' }
      | { type: 'reconcile' }
      | { type: 'lose' }
      | { type: 'leave' }
      | { type: 'crash' },
  },
  actions: { losePartitions: () => undefined, loseMemory: () => undefined },
}).createMachine({
  id: 'consumerMember',
  initial: 'stopped',
  states: {
    stopped: { on: { start: 'joining' } },
    joining: {
      on: {
        getTarget: 'reconciling',
        keep: 'stable',
        crash: { target: 'stopped', actions: 'loseMemory' },
      },
    },
    reconciling: {
      on: {
        getTarget: 'reconciling',
        keep: 'stable',
        reconcile: 'acknowledging',
        lose: { target: 'joining', actions: 'losePartitions' },
        crash: { target: 'stopped', actions: 'loseMemory' },
      },
    },
    acknowledging: {
      on: {
        getTarget: 'reconciling',
        keep: 'stable',
        lose: { target: 'joining', actions: 'losePartitions' },
        crash: { target: 'stopped', actions: 'loseMemory' },
      },
    },
    stable: {
      on: {
        getTarget: 'reconciling',
        keep: 'stable',
        lose: { target: 'joining', actions: 'losePartitions' },
        leave: { target: 'stopped', actions: 'loseMemory' },
        crash: { target: 'stopped', actions: 'loseMemory' },
      },
    },
  },
});

/** {@link consumerMemberMachine} as a transition table. */
export const consumerMemberLifecycle = compileLifecycle(consumerMemberMachine);
