import { setup } from 'xstate';
import { compileLifecycle } from '../../checker/model/compileLifecycle.ts';

/**
 * What a broker is to the others as a controller, in its own view: `standby`, `elected` (it has created
 * `/controller`), `loaded` (it has read everything), or `active` (it has told everybody, and handles events). It may
 * act while another one does, until it learns that it was replaced.
 *
 * Source: KafkaController.onControllerFailover, onControllerResignation.
 */
export const zooKeeperControllerMachine = setup({
  types: {
    events: {} as { type: 'win' } | { type: 'read' } | { type: 'start' } | { type: 'resign' },
  },
}).createMachine({
  id: 'zooKeeperController',
  initial: 'standby',
  states: {
    standby: { on: { win: 'elected' } },
    elected: { on: { read: 'loaded', resign: 'standby' } },
    loaded: { on: { start: 'active', resign: 'standby' } },
    active: { on: { resign: 'standby' } },
  },
});

/** {@link zooKeeperControllerMachine} as a transition table. */
export const zooKeeperControllerLifecycle = compileLifecycle(zooKeeperControllerMachine);
