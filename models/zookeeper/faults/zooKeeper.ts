import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { ZooKeeperContext } from '../context.ts';
import { removeControllerNode, removeEphemeral } from '../store.ts';

/**
 * expireSession: the session of a live process expires: it stood still, or could not reach ZooKeeper, for longer than
 * `zookeeper.session.timeout.ms`.
 *
 * Who: the ensemble. Limited by `sessionExpiries`. Changes: its ephemeral nodes vanish; it goes on with what it knows,
 * and its requests, until it is connected again.
 */
export function expireSession(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'expireSession',
    kind: 'fault',
    actor: 'ZooKeeper',
    phrase: 'ZooKeeper ends the session of {broker}, which lives',
    params: { broker: anyNode(context.broker) },
    spends: 'sessionExpiries',
    weight: 0.1,
    enabled({ protocol }, { broker }) {
      const { state, ownsNode } = protocol.sessions.get(broker);
      if (state.state !== 'open') return 'it has no session';
      return ownsNode || 'it is not registered';
    },
    step({ protocol }, { broker }) {
      removeEphemeral(context, protocol, broker);
      protocol.sessions.get(broker).state.send('expire', {}, undefined);
    },
  });
}

/**
 * moveController: somebody deletes `/controller`, to have another controller elected, while the session of the present
 * one goes on: it learns of it by its watch, or by a write that fails. Limited by `controllerMoves`.
 *
 * Source: KafkaController.triggerControllerMove does it too; `rmr /controller` was the known remedy.
 */
export function moveController(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'moveController',
    kind: 'fault',
    actor: 'operator',
    phrase: 'operator deletes /controller',
    params: {},
    spends: 'controllerMoves',
    weight: 0.1,
    enabled: ({ protocol }) =>
      protocol.zooKeeper.controller !== undefined || 'there is no such node',
    step({ protocol }) {
      removeControllerNode(context, protocol);
    },
  });
}
