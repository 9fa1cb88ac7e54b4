import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode, anyOf } from '../../../checker/model/params.ts';
import { isFenceable } from '../actions/fencing.ts';
import { refusesIncarnation } from '../actions/register.ts';
import type { ReplicationContext } from '../context.ts';
import { isActive } from '../election.ts';
import { registrationEffects } from '../registrationEffects.ts';
import type { Broker, Protocol } from '../schema.ts';
import { keepNewestRecord } from './assignment.ts';

/**
 * `shutdownOffset` of a registration, of which no more is known here: whether its process has asked to stop. It then
 * stops, and is not unfenced before another has registered.
 */
const GOES_ON = 0;
export const WANTS_TO_STOP = 1;

/** What the controller decides about brokers, with what comes of it for the partition. */
export function registrationDecisions(context: ReplicationContext): AnyAction[] {
  return [register, fence, unfence, enterControlledShutdown, fenceAgain].map(each => each(context));
}

/**
 * register: a new process of a broker registers, with proof of the clean shutdown of the one before it, or
 * without. Source: ClusterControlManager.registerBroker.
 */
function register(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'register',
    kind: 'recovery',
    actor: 'controller',
    phrase: 'controller registers {broker}, which stopped {shutdown} before',
    params: { broker: anyNode(context.broker), shutdown: anyOf('cleanly', 'uncleanly') },
    enabled({ protocol }, { broker }) {
      const { incarnation } = protocol.registrations.get(broker);
      const refuses = refusesIncarnation(context, protocol, broker, incarnation + 1);
      return !refuses || 'DUPLICATE_BROKER_REGISTRATION';
    },
    step({ protocol }, { broker, shutdown }) {
      const registration = protocol.registrations.get(broker);
      registration.incarnation++;
      registration.brokerEpoch++;
      registration.shutdownOffset = GOES_ON;
      const change = { context, protocol, broker, cleanShutdown: shutdown === 'cleanly' };
      registration.state.send('register', registrationEffects, change);
      keepNewestRecord(protocol);
    },
  });
}

/** fence: the session of a broker is over. Source: ReplicationControlManager.handleBrokerFenced. */
function fence(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'fence',
    kind: 'fault',
    actor: 'controller',
    phrase: 'controller fences {broker}',
    params: { broker: anyNode(context.broker) },
    enabled: ({ protocol }, { broker }) => isFenceable(protocol, broker),
    step: ({ protocol }, { broker }) => change(context, protocol, broker, 'fence'),
  });
}

/** unfence: a fenced broker is heard of. Source: ReplicationControlManager.handleBrokerUnfenced. */
function unfence(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'unfence',
    kind: 'recovery',
    actor: 'controller',
    phrase: 'controller unfences {broker}',
    params: { broker: anyNode(context.broker) },
    enabled({ protocol }, { broker }) {
      const { state, shutdownOffset } = protocol.registrations.get(broker);
      if (state.state !== 'fenced') return 'the broker is not fenced';
      return shutdownOffset === GOES_ON || 'the broker wants to stop';
    },
    step: ({ protocol }, { broker }) => change(context, protocol, broker, 'unfence'),
  });
}

/**
 * enterControlledShutdown: a broker asks for leave to stop.
 * Source: ReplicationControlManager.handleBrokerInControlledShutdown.
 */
function enterControlledShutdown(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'enterControlledShutdown',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'controller lets {broker} leave: out of leadership and ISR',
    params: { broker: anyNode(context.broker) },
    enabled: ({ protocol }, { broker }) => isActive(protocol, broker) || 'the broker is not active',
    step({ protocol }, { broker }) {
      protocol.registrations.get(broker).shutdownOffset = WANTS_TO_STOP;
      change(context, protocol, broker, 'beginControlledShutdown');
    },
  });
}

/**
 * fenceAgain: a broker that is fenced is fenced once more, which changes nothing: it asks for leave to stop and goes on
 * asking until it has heard the answer, or its session ends while it registers again.
 * Source: BrokerHeartbeatManager.calculateNextBrokerState (SHUTDOWN_NOW); seen in logs of 4.3.1.
 */
function fenceAgain(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'fenceAgain',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'controller fences {broker} once more',
    params: { broker: anyNode(context.broker) },
    enabled: ({ protocol }, { broker }) =>
      protocol.registrations.get(broker).state.state === 'fenced' || 'the broker is not fenced',
    step: ({ protocol }, { broker }) => change(context, protocol, broker, 'shutDown'),
  });
}

function change(
  context: ReplicationContext,
  protocol: Protocol,
  broker: Broker,
  event: 'fence' | 'unfence' | 'beginControlledShutdown' | 'shutDown',
): void {
  const { state } = protocol.registrations.get(broker);
  state.send(event, registrationEffects, { context, protocol, broker });
  keepNewestRecord(protocol);
}
