import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { Broker } from '../../replication/schema.ts';
import type { ZooKeeperContext } from '../context.ts';
import { act, isActing, mayWrite, outOfTouch, resign } from '../controller.ts';
import { endQueue } from '../requests.ts';
import type { Protocol, ReadonlyProtocol } from '../schema.ts';
import { startStateMachines } from '../stateMachines.ts';
import { isRegistered, learnBrokerEpoch, ownsController, versionNow } from '../store.ts';

/**
 * electController: a broker looks at `/controller`, and creates it if it is not there.
 *
 * Who: every broker, when it starts or has a new session, and when its watch tells it that `/controller` has changed.
 * Enabled: it has a session, and is not waiting for its watch. Changes: if there is a controller, even if it is named
 * as it (KAFKA-13407), it watches; one that has acted and was replaced resigns. Else it creates `/controller` and
 * increments `/controller_epoch`, in one multi: one of all that try succeeds. Before 2.1 it begins its epoch later (see
 * readState).
 *
 * Left out: the result of a multi that is lost with the connection,
 * which the broker reads (KAFKA-6082).
 *
 * Source: KafkaController.elect, KafkaZkClient.registerControllerAndIncrementControllerEpoch.
 */
export function electController(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'electController',
    kind: 'protocol',
    actor: 'broker',
    phrase: '{broker} looks at /controller, and takes it if it is free',
    params: { broker: anyNode(context.broker) },
    weight: 2,
    enabled: ({ protocol }, { broker }) => mayNotElect(protocol, broker) ?? true,
    step({ protocol }, { broker }) {
      const session = protocol.sessions.get(broker);
      const isReplaced = !ownsController(protocol, broker);
      if (isActing(protocol, broker) && isReplaced && context.rules.resignsWhenReplaced) {
        resign(context, protocol, broker);
      }
      session.controllerWatch = 'armed';
      // Whoever has registered anew has heard of it by now.
      learnBrokerEpoch(protocol, broker);
      if (protocol.zooKeeper.controller !== undefined || isActing(protocol, broker)) return;
      createController(context, protocol, broker);
      win(context, protocol, broker);
    },
  });
}

/**
 * loseElection: a broker creates `/controller`, and its connection breaks before it hears so. It connects again in the
 * same session, finds that it has been itself, and acts. Limited by `lostAnswers`.
 *
 * Source: KafkaZkClient.registerControllerAndIncrementControllerEpoch (checkControllerAndEpoch).
 */
export function loseElection(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'loseElection',
    kind: 'fault',
    actor: 'network',
    phrase: '{broker} takes /controller, and the answer is lost',
    params: { broker: anyNode(context.broker) },
    spends: 'lostAnswers',
    weight: 0.1,
    enabled({ protocol }, { broker }) {
      const unable = mayNotElect(protocol, broker);
      if (unable !== undefined) return unable;
      if (isActing(protocol, broker)) return 'it takes itself for the controller';
      return protocol.zooKeeper.controller === undefined || 'there is a controller';
    },
    step({ protocol }, { broker }) {
      protocol.sessions.get(broker).controllerWatch = 'armed';
      createController(context, protocol, broker);
      if (context.rules.findsOwnController) win(context, protocol, broker);
    },
  });
}

function mayNotElect(protocol: ReadonlyProtocol, broker: Broker): string | undefined {
  const unable = outOfTouch(protocol, broker);
  if (unable !== undefined) return unable;
  const { ownsNode, controllerWatch } = protocol.sessions.get(broker);
  if (!ownsNode) return 'it is not registered';
  return controllerWatch === 'armed' ? 'it waits for its watch' : undefined;
}

/** The multi: `/controller` is created, and the epoch incremented. */
function createController(context: ZooKeeperContext, protocol: Protocol, broker: Broker): void {
  const { zooKeeper } = protocol;
  if (context.rules.electsInOneWrite) beginEpoch(context, protocol, broker);
  zooKeeper.controller = broker;
  zooKeeper.controllerIsOrphaned = false;
}

/** `/controller_epoch` becomes the next one. */
function beginEpoch(
  { rules }: ZooKeeperContext,
  { zooKeeper, heard }: Protocol,
  broker: Broker,
): void {
  if (!rules.beginsControllerEpoch) return;
  const last = rules.comparesControllerEpoch ? zooKeeper : heard.get(broker);
  zooKeeper.controllerEpoch = last.controllerEpoch + 1;
}

/** The broker acts in the epoch that it has begun, or in none yet. */
function win(
  { rules }: ZooKeeperContext,
  { zooKeeper, controllers }: Protocol,
  broker: Broker,
): void {
  const controller = controllers.get(broker);
  controller.state.send('win', {}, undefined);
  if (rules.electsInOneWrite) controller.epoch = zooKeeper.controllerEpoch;
}

/**
 * readState: a controller that was elected watches what may change, and then reads everything: who is alive, with which
 * epoch, and the state of the partition. Notifications of changed ISRs are deleted, for it has read the ISRs. Before
 * 2.1 it begins its controller epoch with that, whoever is in `/controller` by then.
 *
 * Source: KafkaController.onControllerFailover, initializeControllerContext.
 */
export function readState(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'readState',
    kind: 'protocol',
    actor: 'controller',
    phrase: '{controller} reads everything from ZooKeeper',
    params: { controller: anyNode(context.broker) },
    weight: 2,
    enabled({ protocol }, { controller }) {
      const unable = outOfTouch(protocol, controller);
      if (unable !== undefined) return unable;
      const { state } = protocol.controllers.get(controller).state;
      return state === 'elected' || 'it was not just elected';
    },
    step({ protocol }, { controller }) {
      const view = protocol.controllers.get(controller);
      if (!context.rules.electsInOneWrite) {
        beginEpoch(context, protocol, controller);
        view.epoch = protocol.zooKeeper.controllerEpoch;
      }
      // Deleting the notifications checks the epoch.
      if (!mayWrite(context, protocol, controller)) {
        resign(context, protocol, controller);
        return;
      }
      protocol.zooKeeper.isrChanged = false;
      if (context.rules.watchesBeforeReading) view.brokersWatch = 'armed';
      for (const each of context.broker.all) {
        // What is still on its way from an earlier time of this controller has another connection.
        endQueue(protocol, controller, each);
        if (!isRegistered(protocol, each)) continue;
        view.live.add(each);
        view.epochs.set(each, protocol.partition.registrations.get(each).brokerEpoch);
      }
      view.version = versionNow(protocol);
      view.state.send('read', {}, undefined);
    },
  });
}

/** startController: a controller that has read everything tells everybody (see startStateMachines). */
export function startController(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'startController',
    kind: 'protocol',
    actor: 'controller',
    phrase: '{controller} tells everybody what it has read, and begins to act',
    params: { controller: anyNode(context.broker) },
    weight: 2,
    enabled({ protocol }, { controller }) {
      const unable = outOfTouch(protocol, controller);
      if (unable !== undefined) return unable;
      const { state } = protocol.controllers.get(controller).state;
      return state === 'loaded' || 'it has not just read everything';
    },
    step({ protocol, record }, { controller }) {
      if (!context.rules.watchesBeforeReading) {
        protocol.controllers.get(controller).brokersWatch = 'armed';
      }
      act({ context, protocol, record }, controller, startStateMachines);
    },
  });
}
