import type { AnyAction } from '../../../checker/model/model.ts';
import { anyInt, anyNode, anyOf } from '../../../checker/model/params.ts';
import type { Broker } from '../../replication/schema.ts';
import type { ZooKeeperContext } from '../context.ts';
import { resign } from '../controller.ts';
import { partitionPart } from '../recorders.ts';
import type { Protocol, ReadonlyProtocol } from '../schema.ts';
import { ownsController, removeEphemeral, stateAt } from '../store.ts';

/**
 * crash: a broker process dies (SIGKILL, out of memory).
 *
 * Who: the environment. Limited by `crashes`. Changes: as in replication; its session is still there until it expires,
 * with its nodes. What it has queued as a controller is gone, but for what is on its way.
 */
export function crash(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'crash',
    kind: 'fault',
    actor: 'broker',
    phrase: '{broker} crashes',
    params: { broker: anyNode(context.broker) },
    spends: 'crashes',
    weight: 0.1,
    enabled: ({ protocol }, { broker }) =>
      partitionPart.enabled(context.acts.crash, protocol, { broker }),
    step(step, { broker }) {
      partitionPart.take(context.acts.crash, step, { broker });
      endProcess(context, step.protocol, broker);
    },
  });
}

/** losePower: the same, and the log keeps only its first records that were not flushed. Limited by `powerLosses`. */
export function losePower(context: ZooKeeperContext): AnyAction {
  const { logLength } = context.limits.partition;
  return context.action({
    name: 'losePower',
    kind: 'fault',
    actor: 'broker',
    phrase: '{broker} loses power; its log keeps offsets below {kept}',
    params: { broker: anyNode(context.broker), kept: anyInt(0, logLength) },
    spends: 'powerLosses',
    weight: 0.1,
    enabled: ({ protocol }, choice) =>
      partitionPart.enabled(context.acts.losePower, protocol, choice),
    step(step, choice) {
      const { broker } = choice;
      const { process } = step.protocol.partition.brokers.get(broker);
      const wasRunning = process.state !== 'notRunning';
      partitionPart.take(context.acts.losePower, step, choice);
      if (wasRunning) endProcess(context, step.protocol, broker);
    },
  });
}

/** What a process was to ZooKeeper and to the others, when it ends by itself. */
function endProcess(context: ZooKeeperContext, protocol: Protocol, broker: Broker): void {
  const session = protocol.sessions.get(broker);
  if (session.state.state === 'open') {
    session.isOrphaned = true;
    session.ownsNode = false;
    if (ownsController(protocol, broker)) protocol.zooKeeper.controllerIsOrphaned = true;
  }
  forget(context, protocol, broker);
}

/** The memory of a process is gone. */
function forget(context: ZooKeeperContext, protocol: Protocol, broker: Broker): void {
  const session = protocol.sessions.get(broker);
  resign(context, protocol, broker);
  if (session.state.state !== 'closed') session.state.send('close', {}, undefined);
  session.controllerWatch = 'none';
  protocol.heard.clear(broker);
}

/**
 * stopCleanly: a broker that wants to stop stops: with leave, if the controller has found another leader for what it
 * led; without leave at any time, as after three tries. It closes its session, and its nodes vanish at once.
 *
 * Source: KafkaServer.controlledShutdown, shutdown.
 */
export function stopCleanly(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'stopCleanly',
    kind: 'recovery',
    actor: 'broker',
    phrase: '{broker} stops cleanly (leave {leave})',
    params: { broker: anyNode(context.broker), leave: anyOf('granted', 'notGranted') },
    enabled({ protocol }, { broker, leave }) {
      const asks = { broker, leave: 'notGranted' };
      const may = partitionPart.enabled(context.acts.stop, protocol, asks);
      if (may !== true || leave === 'notGranted') return may;
      const isGranted = context.broker.all.some(each => grants(context, protocol, each, broker));
      return isGranted || 'no controller has given leave';
    },
    step(step, { broker }) {
      const { protocol } = step;
      partitionPart.take(context.acts.stop, step, { broker, leave: 'notGranted' });
      removeEphemeral(context, protocol, broker);
      forget(context, protocol, broker);
    },
  });
}

/** Whether a controller has let a broker leave, and does not have it as the leader. */
function grants(
  context: ZooKeeperContext,
  protocol: ReadonlyProtocol,
  controller: Broker,
  broker: Broker,
): boolean {
  const { leaving, version } = protocol.controllers.get(controller);
  if (!leaving.has(broker)) return false;
  return stateAt(context, protocol, version).leader !== broker;
}
