import { setup } from 'xstate';
import { compileLifecycle } from '../../checker/model/compileLifecycle.ts';

/**
 * The session of a broker process with ZooKeeper. It expires by the clock of the ensemble, and the process does not
 * know it before it is connected again: `expired` is how the ensemble has it. Then it opens another one.
 *
 * Source: ZooKeeperClient.scheduleReinitialize; ZooKeeper's SessionTracker.
 */
export const zooKeeperSessionMachine = setup({
  types: {
    events: {} as { type: 'open' } | { type: 'expire' } | { type: 'reopen' } | { type: 'close' },
  },
}).createMachine({
  id: 'zooKeeperSession',
  initial: 'closed',
  states: {
    closed: { on: { open: 'open' } },
    open: { on: { expire: 'expired', close: 'closed' } },
    expired: { on: { reopen: 'open', close: 'closed' } },
  },
});

/** {@link zooKeeperSessionMachine} as a transition table. */
export const zooKeeperSessionLifecycle = compileLifecycle(zooKeeperSessionMachine);
