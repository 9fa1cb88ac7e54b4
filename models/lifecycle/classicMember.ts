import { setup } from 'xstate';
import { compileLifecycle } from '../../checker/model/compileLifecycle.ts';

/**
 * A consumer as a member of a group of the classic protocol. `preparingRebalance` has sent JoinGroup and waits,
 * `completingRebalance` has a generation and waits for its partitions; where SyncGroup fails it joins again. `fenced`
 * was told that another process has its `group.instance.id`, and does nothing more.
 *
 * Source: AbstractCoordinator.MemberState (UNJOINED to STABLE), AbstractCoordinator.resetStateAndRejoin.
 */
export const classicMemberMachine = setup({
  types: {
    events: {} as
      | { type: 'start' }
      | { type: 'join' }
      | { type: 'getGeneration' }
      | { type: 'getPartitions' }
      | { type: 'lose' }
      | { type: 'retry' }
      | { type: 'fence' }
      | { type: 'leave' }
      | { type: 'crash' },
  },
  actions: { losePartitions: () => undefined, loseMemory: () => undefined },
}).createMachine({
  id: 'classicMember',
  initial: 'stopped',
  states: {
    stopped: { on: { start: 'unjoined' } },
    unjoined: {
      on: {
        join: 'preparingRebalance',
        getGeneration: 'completingRebalance',
        crash: { target: 'stopped', actions: 'loseMemory' },
      },
    },
    preparingRebalance: {
      on: {
        join: 'preparingRebalance',
        getGeneration: 'completingRebalance',
        fence: { target: 'fenced', actions: 'losePartitions' },
        crash: { target: 'stopped', actions: 'loseMemory' },
      },
    },
    completingRebalance: {
      on: {
        join: 'preparingRebalance',
        getPartitions: 'stable',
        retry: 'unjoined',
        lose: { target: 'unjoined', actions: 'losePartitions' },
        fence: { target: 'fenced', actions: 'losePartitions' },
        crash: { target: 'stopped', actions: 'loseMemory' },
      },
    },
    stable: {
      on: {
        join: 'preparingRebalance',
        lose: { target: 'unjoined', actions: 'losePartitions' },
        fence: { target: 'fenced', actions: 'losePartitions' },
        leave: { target: 'stopped', actions: 'loseMemory' },
        crash: { target: 'stopped', actions: 'loseMemory' },
      },
    },
    fenced: { on: { crash: { target: 'stopped', actions: 'loseMemory' } } },
  },
});

/** {@link classicMemberMachine} as a transition table. */
export const classicMemberLifecycle = compileLifecycle(classicMemberMachine);
