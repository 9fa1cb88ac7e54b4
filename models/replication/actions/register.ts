import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { noteReplacedMembers } from '../alterPartition.ts';
import { type BrokerChange, brokerEffects } from '../brokerEffects.ts';
import type { ReplicationContext } from '../context.ts';
import { isActive } from '../election.ts';
import { hearsController, reachesController } from '../network.ts';
import { partitionsIn } from '../partitionScope.ts';
import { registrationEffects } from '../registrationEffects.ts';
import type { Broker, Protocol, ReadonlyProtocol } from '../schema.ts';

/**
 * register: the controller registers a broker process that starts.
 *
 * Who: the controller, on the broker's request. Enabled: the process is starting and can reach the
 * controller, no answer to it is in flight, and the registration of another incarnation is not in
 * the way: before 4.0 that one must have been fenced first (DUPLICATE_BROKER_REGISTRATION). Changes:
 * a new incarnation is fenced and gets a new broker epoch, and since 4.0 what the one before it
 * held is cleaned up; the same incarnation keeps what it has. The answer is then in flight.
 *
 * Left out: the time for which a session stays valid. A refusal looks like a late registration.
 *
 * Source: ClusterControlManager.registerBroker; KIP-631, KIP-966, KAFKA-18635.
 */
export function register(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'register',
    kind: 'recovery',
    actor: 'controller',
    phrase: 'controller registers {broker}',
    params: { broker: anyNode(context.broker) },
    weight: 2,
    enabled({ protocol }, { broker }) {
      if (protocol.brokers.get(broker).process.state !== 'starting') {
        return 'the broker is not starting';
      }
      if (!reachesController(protocol, broker)) return 'the broker is cut off from the controller';
      if (isAnswered(protocol, broker)) return 'the answer is in flight';
      const { incarnation } = protocol.brokers.get(broker);
      const refuses = refusesIncarnation(context, protocol, broker, incarnation);
      return !refuses || 'DUPLICATE_BROKER_REGISTRATION';
    },
    step({ protocol }, { broker }) {
      registerIncarnation(context, protocol, broker, protocol.brokers.get(broker));
    },
  });
}

/**
 * repeatRegistration: a broker that is registered sends its registration again, because it takes
 * the answer for lost. Limited by `lostMessages`. The controller answers as before.
 */
export function repeatRegistration(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'repeatRegistration',
    kind: 'fault',
    actor: 'broker',
    phrase: '{broker} registers again, taking the answer for lost',
    params: { broker: anyNode(context.broker) },
    spends: 'lostMessages',
    weight: 0.1,
    enabled({ protocol }, { broker }) {
      const { process, incarnation } = protocol.brokers.get(broker);
      if (process.state === 'notRunning') return 'the broker is down';
      if (protocol.registrations.get(broker).incarnation !== incarnation) {
        return 'the broker is not registered yet';
      }
      if (!reachesController(protocol, broker)) return 'the broker is cut off from the controller';
      return !protocol.registrationAnswers.get(broker).inFlight || 'an answer is in flight';
    },
    step({ protocol }, { broker }) {
      answer(protocol, broker);
    },
  });
}

/**
 * receiveRegistrationAnswer: the answer to a registration arrives at the broker, which catches up
 * with the metadata and loads its log.
 *
 * Who: the broker. Enabled: an answer is in flight and some process of the broker runs. Changes: a
 * starting process to whose incarnation the answer belongs learns its broker epoch, replays the
 * metadata up to the newest record and takes its part; any other process drops the answer.
 *
 * Left out: catching up as a step of its own. Until then the process neither fetches nor serves.
 *
 * Source: BrokerLifecycleManager, BrokerServer.startup.
 */
export function receiveRegistrationAnswer(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'receiveRegistrationAnswer',
    kind: 'recovery',
    actor: 'broker',
    phrase: '{broker} receives the answer to its registration',
    params: { broker: anyNode(context.broker) },
    weight: 2,
    enabled({ protocol }, { broker }) {
      const { process, paused } = protocol.brokers.get(broker);
      if (!protocol.registrationAnswers.get(broker).inFlight) return 'no answer is in flight';
      if (process.state === 'notRunning' || paused) return 'the broker is down';
      return hearsController(protocol, broker) || 'the broker is cut off from the controller';
    },
    step({ protocol, record }, { broker }) {
      takeRegistrationAnswer({ context, protocol, broker, record });
    },
  });
}

/** The broker takes the answer that is in flight, and catches up with the metadata. */
export function takeRegistrationAnswer(change: BrokerChange): void {
  const { context, protocol, broker } = change;
  const process = protocol.brokers.get(broker);
  const { incarnation, brokerEpoch } = protocol.registrationAnswers.get(broker);
  protocol.registrationAnswers.clear(broker);
  const isMine = incarnation === process.incarnation || !context.rules.registrationNamesIncarnation;
  if (process.process.state !== 'starting' || !isMine) return;
  process.brokerEpoch = brokerEpoch;
  process.previousBrokerEpoch = undefined;
  process.process.send('catchUp', brokerEffects, change);
  // Only with a defect: the answer was meant for an incarnation that has been unfenced since.
  if (isActive(protocol, broker)) process.process.send('unfence', brokerEffects, change);
}

/** Whether an answer to this very process is on its way. */
function isAnswered(protocol: ReadonlyProtocol, broker: Broker): boolean {
  const { inFlight, incarnation } = protocol.registrationAnswers.get(broker);
  return inFlight && incarnation === protocol.brokers.get(broker).incarnation;
}

/** What a process says of itself when it asks to be registered. */
export interface Registration {
  readonly incarnation: number;
  /** What the clean shutdown file said, if there was one. */
  readonly previousBrokerEpoch: number | undefined;
}

/** Whether another incarnation, which is not fenced yet, keeps this one from being registered. */
export function refusesIncarnation(
  { rules }: ReplicationContext,
  protocol: ReadonlyProtocol,
  broker: Broker,
  incarnation: number,
): boolean {
  const registration = protocol.registrations.get(broker);
  if (registration.incarnation === incarnation) return false;
  const { state } = registration.state;
  const isInTheWay = state !== 'fenced' && state !== 'unregistered';
  return rules.unfencedPredecessor === 'refused' && isInTheWay;
}

/** Registers an incarnation, and answers. */
export function registerIncarnation(
  context: ReplicationContext,
  protocol: Protocol,
  broker: Broker,
  { incarnation, previousBrokerEpoch }: Registration,
): void {
  const registration = protocol.registrations.get(broker);
  if (registration.incarnation !== incarnation) {
    // Of a broker that was unregistered the controller does not know how it has stopped.
    const isKnown = registration.state.state !== 'unregistered';
    const cleanShutdown = isKnown && previousBrokerEpoch === registration.brokerEpoch;
    registration.incarnation = incarnation;
    registration.brokerEpoch++;
    registration.shutdownOffset = 0;
    const change = { context, protocol, broker, cleanShutdown };
    registration.state.send('register', registrationEffects, change);
    for (const partition of partitionsIn(context, protocol))
      for (const leader of context.broker.all) noteReplacedMembers(partition, leader);
  }
  answer(protocol, broker);
}

function answer(protocol: Protocol, broker: Broker): void {
  const { incarnation, brokerEpoch } = protocol.registrations.get(broker);
  Object.assign(protocol.registrationAnswers.get(broker), {
    inFlight: true,
    incarnation,
    brokerEpoch,
  });
}
