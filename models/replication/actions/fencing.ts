import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { brokerEffects } from '../brokerEffects.ts';
import type { ReplicationContext } from '../context.ts';
import { isResponsive } from '../metadata.ts';
import { hearsController, reachesController } from '../network.ts';
import { registrationEffects } from '../registrationEffects.ts';
import type { Broker, ReadonlyProtocol } from '../schema.ts';

/**
 * fence: the controller's session for a broker times out.
 *
 * Who: the controller. Enabled: the broker is registered and not fenced, and sends no heartbeat
 * that arrives and is accepted: its process is down, starting, standing still, cut off, or has
 * another broker epoch than the registered one. Changes: the broker is fenced and leaves the ISR
 * (as its last member only where ELR is on); if it led, another leader is elected or none.
 *
 * Left out: time. Detection may be arbitrarily late.
 *
 * Source: BrokerHeartbeatManager, ReplicationControlManager.handleBrokerFenced; KIP-631.
 */
export function fence(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'fence',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'controller fences {broker}: its heartbeats do not arrive',
    params: { broker: anyNode(context.broker) },
    enabled({ protocol }, { broker }) {
      const registered = isFenceable(protocol, broker);
      if (registered !== true) return registered;
      return !heartbeatsArrive(protocol, broker) || 'its heartbeats arrive';
    },
    step({ protocol }, { broker }) {
      const change = { context, protocol, broker };
      protocol.registrations.get(broker).state.send('fence', registrationEffects, change);
    },
  });
}

/**
 * missHeartbeats: the controller misses the heartbeats of a live broker for a whole session (a slow
 * network, a full queue) and fences it. Limited by `missedHeartbeats`.
 */
export function missHeartbeats(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'missHeartbeats',
    kind: 'fault',
    actor: 'controller',
    phrase: 'controller misses heartbeats of {broker}, which lives, and fences it',
    params: { broker: anyNode(context.broker) },
    spends: 'missedHeartbeats',
    weight: 0.1,
    enabled({ protocol }, { broker }) {
      const registered = isFenceable(protocol, broker);
      if (registered !== true) return registered;
      return heartbeatsArrive(protocol, broker) || 'it sends no heartbeats that arrive';
    },
    step({ protocol }, { broker }) {
      const change = { context, protocol, broker };
      protocol.registrations.get(broker).state.send('fence', registrationEffects, change);
    },
  });
}

/**
 * unfence: the controller hears from a fenced broker that is ready.
 *
 * Who: the controller. Enabled: the broker is registered and fenced, its process is up under the
 * registered broker epoch and can reach the controller. Changes: the broker is unfenced, opens for
 * clients if it was in recovery, and if the partition has no leader, an election is tried with this
 * broker counted as active.
 *
 * Source: BrokerHeartbeatManager, ReplicationControlManager.handleBrokerUnfenced.
 */
export function unfence(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'unfence',
    kind: 'recovery',
    actor: 'controller',
    phrase: 'controller unfences {broker}',
    params: { broker: anyNode(context.broker) },
    weight: 2,
    enabled({ protocol }, { broker }) {
      if (protocol.registrations.get(broker).state.state !== 'fenced') {
        return 'the broker is not fenced';
      }
      if (!heartbeatsArrive(protocol, broker)) return 'its heartbeats do not arrive';
      const { process } = protocol.brokers.get(broker);
      return process.state !== 'pendingControlledShutdown' || 'the broker wants to stop';
    },
    step({ protocol, record }, { broker }) {
      const change = { context, protocol, broker, record };
      protocol.registrations.get(broker).state.send('unfence', registrationEffects, change);
      const { process } = protocol.brokers.get(broker);
      // A running broker that was fenced does not notice: only the controller's view moves.
      const hears = hearsController(protocol, broker);
      if (hears && process.state === 'recovery') process.send('unfence', brokerEffects, change);
    },
  });
}

/**
 * openForRequests: a broker hears with a later heartbeat that it has been unfenced.
 *
 * Who: the broker. Enabled: the controller has unfenced it and it has not opened for clients yet,
 * because the answer to that heartbeat did not reach it. Changes: it serves.
 *
 * Source: BrokerLifecycleManager.
 */
export function openForRequests(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'openForRequests',
    kind: 'recovery',
    actor: 'broker',
    phrase: '{broker} hears that it is unfenced, and opens for clients',
    params: { broker: anyNode(context.broker) },
    weight: 2,
    enabled({ protocol }, { broker }) {
      const { process } = protocol.brokers.get(broker);
      if (process.state !== 'recovery') return 'the broker is not in recovery';
      if (protocol.registrations.get(broker).state.state !== 'unfenced') {
        return 'the broker is not unfenced';
      }
      const answered = heartbeatsArrive(protocol, broker) && hearsController(protocol, broker);
      return answered || 'the broker is cut off from the controller';
    },
    step({ protocol, record }, { broker }) {
      const { process } = protocol.brokers.get(broker);
      process.send('unfence', brokerEffects, { context, protocol, broker, record });
    },
  });
}

/** Whether there is a session to end: the broker is registered and not fenced. */
export function isFenceable(protocol: ReadonlyProtocol, broker: Broker): true | string {
  const { state } = protocol.registrations.get(broker).state;
  if (state === 'fenced') return 'the broker is fenced already';
  return state === 'unregistered' ? 'the broker is not registered' : true;
}

/** Whether the broker's heartbeats arrive and are accepted. */
function heartbeatsArrive(protocol: ReadonlyProtocol, broker: Broker): boolean {
  return sendsHeartbeats(protocol, broker) && reachesController(protocol, broker);
}

/** Whether the broker sends heartbeats that are accepted where they arrive. */
export function sendsHeartbeats(protocol: ReadonlyProtocol, broker: Broker): boolean {
  const { brokerEpoch } = protocol.brokers.get(broker);
  const registered = protocol.registrations.get(broker).brokerEpoch;
  return isResponsive(protocol, broker) && brokerEpoch === registered;
}
