import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode, anyOf } from '../../../checker/model/params.ts';
import { brokerEffects } from '../brokerEffects.ts';
import type { ReplicationContext } from '../context.ts';
import { isActive } from '../election.ts';
import { newestMetadata, newestMetadataOffset } from '../learning.ts';
import { isResponsive } from '../metadata.ts';
import { fetchesMetadata, reachesController } from '../network.ts';
import { registrationEffects } from '../registrationEffects.ts';
import type { Broker, ReadonlyProtocol } from '../schema.ts';

/**
 * beginControlledShutdown: an operator stops a broker, which asks the controller for leave.
 *
 * Who: the broker (SIGTERM). Limited by `shutdowns`. Changes: the process waits for leave to stop;
 * it still serves and fetches.
 *
 * Source: BrokerLifecycleManager; `controlled.shutdown.enable`.
 */
export function beginControlledShutdown(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'beginControlledShutdown',
    kind: 'fault',
    actor: 'broker',
    phrase: '{broker} begins a controlled shutdown',
    params: { broker: anyNode(context.broker) },
    spends: 'shutdowns',
    weight: 0.1,
    enabled({ protocol }, { broker }) {
      const { process, paused } = protocol.brokers.get(broker);
      return (process.state === 'running' && !paused) || 'the broker is not running';
    },
    step({ protocol }, { broker }) {
      const { process } = protocol.brokers.get(broker);
      process.send('beginControlledShutdown', brokerEffects, { context, protocol, broker });
    },
  });
}

/**
 * enterControlledShutdown: the controller takes leadership and ISR membership from a broker that
 * wants to stop. Source: ReplicationControlManager.enterControlledShutdown.
 */
export function enterControlledShutdown(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'enterControlledShutdown',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'controller lets {broker} leave: out of leadership and ISR',
    params: { broker: anyNode(context.broker) },
    weight: 2,
    enabled({ protocol }, { broker }) {
      const asks = asksForLeave(protocol, broker);
      if (asks !== true) return asks;
      return isActive(protocol, broker) || 'the broker is not active';
    },
    step({ protocol }, { broker }) {
      const registration = protocol.registrations.get(broker);
      const change = { context, protocol, broker };
      registration.state.send('beginControlledShutdown', registrationEffects, change);
      registration.shutdownOffset = newestMetadataOffset(protocol);
    },
  });
}

/**
 * stopCleanly: a broker in controlled shutdown stops: it flushes its log, writes its checkpoints and
 * the clean shutdown file, and its process ends.
 *
 * Who: the broker. Enabled: with leave, if it leads nothing any more and every active broker has
 * replayed that it leaves; without leave at any time, as after five minutes of waiting. Changes:
 * with leave the controller fences the broker at once.
 *
 * Source: BrokerHeartbeatManager.calculateNextBrokerState, BrokerServer.shutdown, LogManager.
 */
export function stopCleanly(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'stopCleanly',
    kind: 'recovery',
    actor: 'broker',
    phrase: '{broker} stops cleanly (leave {leave})',
    params: { broker: anyNode(context.broker), leave: anyOf('granted', 'notGranted') },
    enabled({ protocol }, { broker, leave }) {
      const { process, paused } = protocol.brokers.get(broker);
      if (process.state !== 'pendingControlledShutdown' || paused) {
        return 'the broker is not about to stop';
      }
      if (leave === 'notGranted') return true;
      const asks = asksForLeave(protocol, broker);
      if (asks !== true) return asks;
      return mayStop(context, protocol, broker) || 'the controller does not give leave yet';
    },
    step({ protocol }, { broker, leave }) {
      const { process } = protocol.brokers.get(broker);
      const change = { context, protocol, broker };
      process.send('stop', brokerEffects, change);
      if (leave === 'granted') {
        protocol.registrations.get(broker).state.send('shutDown', registrationEffects, change);
      }
    },
  });
}

function asksForLeave(protocol: ReadonlyProtocol, broker: Broker): true | string {
  const { process, brokerEpoch } = protocol.brokers.get(broker);
  if (process.state !== 'pendingControlledShutdown' || !isResponsive(protocol, broker)) {
    return 'the broker is not about to stop';
  }
  if (brokerEpoch !== protocol.registrations.get(broker).brokerEpoch) return 'STALE_BROKER_EPOCH';
  return reachesController(protocol, broker) || 'the broker is cut off from the controller';
}

/** BrokerControlState SHUTDOWN_NOW: leads nothing, and everybody active knows that it leaves. */
function mayStop(context: ReplicationContext, protocol: ReadonlyProtocol, broker: Broker): boolean {
  const { state, shutdownOffset } = protocol.registrations.get(broker);
  if (leadsAny(context, protocol, broker)) return false;
  if (!fetchesMetadata(protocol, broker)) return false;
  if (state.state !== 'controlledShutdown') return true;
  return context.broker.all.every(
    other =>
      !isActive(protocol, other) || context.learning.knowsUpTo(protocol, other, shutdownOffset),
  );
}

/** Whether the broker leads some partition, as the controller has it. */
export function leadsAny(
  { partition }: ReplicationContext,
  protocol: ReadonlyProtocol,
  broker: Broker,
): boolean {
  const { partitions } = newestMetadata(protocol);
  return partition.all.some(id => partitions.get(id).leader === broker);
}
