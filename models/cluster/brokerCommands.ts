import type { AnyAction } from '../../checker/model/model.ts';
import {
  answerAlterPartition,
  handleAlterPartition,
} from '../replication/actions/alterPartition.ts';
import {
  enterControlledShutdown,
  leadsAny,
  stopCleanly,
} from '../replication/actions/controlledShutdown.ts';
import {
  fence,
  isFenceable,
  missHeartbeats,
  sendsHeartbeats,
  unfence,
} from '../replication/actions/fencing.ts';
import {
  refusesIncarnation,
  register,
  registerIncarnation,
} from '../replication/actions/register.ts';
import { unregister } from '../replication/actions/unregister.ts';
import { decideAlterPartition } from '../replication/alterPartition.ts';
import { isActive } from '../replication/election.ts';
import { partitionChosen } from '../replication/partitionAction.ts';
import { registrationEffects } from '../replication/registrationEffects.ts';
import type { Broker, ReadonlyProtocol as ReadonlyPartition } from '../replication/schema.ts';
import { type Arguments, brokerOf, type Command, subjectOf } from './command.ts';
import type { ClusterContext } from './context.ts';
import { sameRequest } from './decisions.ts';
import { stopProcess } from './process.ts';
import { isLostTo } from './reach.ts';
import { partitionPart } from './recorders.ts';
import type { ReadonlyProtocol } from './schema.ts';

/** Every decision about a broker, or at its request. */
export function brokerCommands(context: ClusterContext) {
  return { ...sessionCommands(context), ...requestCommands(context) };
}

/**
 * Decisions about one broker's session. At the commit only the metadata is asked again: that the
 * registration is still the one that the controller meant, and in the state that it had. Whether
 * the broker's heartbeats arrived was settled when the controller decided: a broker that comes back
 * in between is fenced all the same, and one that dies is unfenced.
 */
function sessionCommands(context: ClusterContext) {
  const { partition } = context;
  return {
    fence: fencing(context, fence(partition), isSilent),
    missHeartbeats: fencing(context, missHeartbeats(partition), (...about) => !isSilent(...about)),
    unfence: ofSession(unfence(partition), ({ registrations }, broker) => {
      return registrations.get(broker).state.state === 'fenced';
    }),
    enterControlledShutdown: ofSession(enterControlledShutdown(partition), isActive),
    stopCleanly: leaveToStop(context),
    unregister: ofSession(unregister(partition), ({ registrations }, broker) => {
      return registrations.get(broker).state.state !== 'unregistered';
    }),
  };
}

/** Whether no heartbeat of the broker arrives at this controller, and none will. */
function isSilent(
  context: ClusterContext,
  protocol: ReadonlyProtocol,
  controller: Parameters<typeof isLostTo>[2],
  broker: Broker,
): boolean {
  const { partition } = protocol;
  return !sendsHeartbeats(partition, broker) || isLostTo(context, protocol, controller, broker);
}

function fencing(context: ClusterContext, action: AnyAction, happens: typeof isSilent): Command {
  return {
    ...ofSession(action, (partition, broker) => isFenceable(partition, broker) === true),
    mayDecide(protocol, controller, choice) {
      const broker = subject(choice);
      const registered = isFenceable(protocol.partition, broker);
      if (registered !== true) return registered;
      const words =
        action.name === 'fence' ? 'its heartbeats arrive' : 'its heartbeats do not arrive';
      return happens(context, protocol, controller, broker) || words;
    },
  };
}

/** A decision about the registration under which the controller knows the broker. */
function ofSession(
  action: AnyAction,
  stillFits: (partition: ReadonlyPartition, broker: Broker) => boolean,
): Command {
  return {
    action,
    mayDecide: (protocol, _, choice) => partitionPart.enabled(action, protocol, { ...choice }),
    factsOf: ({ partition }, choice) => ({
      brokerEpoch: partition.registrations.get(subject(choice)).brokerEpoch,
    }),
    apply(step, decision) {
      const { partition } = step.protocol;
      const broker = brokerOf(decision);
      if (partition.registrations.get(broker).brokerEpoch !== decision.brokerEpoch) return;
      if (stillFits(partition, broker)) partitionPart.take(action, step, { broker });
    },
  };
}

/**
 * The leave to stop: the controller fences the broker, and the answer ends its process. If the
 * answer does not get there, or nobody waits for it any more, only the fencing is left.
 *
 * Source: BrokerHeartbeatManager.calculateNextBrokerState, SHUTDOWN_NOW.
 */
function leaveToStop(context: ClusterContext): Command {
  const session = ofSession(stopCleanly(context.partition), () => true);
  return {
    ...session,
    apply(step, decision) {
      const { partition } = step.protocol;
      const broker = brokerOf(decision);
      const registration = partition.registrations.get(broker);
      if (registration.brokerEpoch !== decision.brokerEpoch) return;
      if (leadsAny(context.partition, partition, broker)) return;
      const change = { context: context.partition, protocol: partition, broker };
      registration.state.send('shutDown', registrationEffects, change);
      const { process, brokerEpoch } = partition.brokers.get(broker);
      const asks = process.state === 'pendingControlledShutdown';
      if (!asks || brokerEpoch !== decision.brokerEpoch) return;
      const { cutFromController } = partition.network;
      const hears = !cutFromController.has(broker) && !partition.brokers.get(broker).paused;
      if (hears) stopProcess(step, broker);
    },
  };
}

/**
 * Decisions that a broker asks for with a request of which every word matters. The entry has the
 * request as it was, for until the commit the broker may have sent another or died. The answer is
 * released by the commit (QuorumController's deferred events); a broker whose controller is gone
 * asks the next one.
 */
function requestCommands({ partition: context }: ClusterContext) {
  const registering = register(context);
  const altering = handleAlterPartition(context);
  return {
    register: {
      action: registering,
      mayDecide: (protocol, _, choice) =>
        partitionPart.enabled(registering, protocol, { ...choice }),
      factsOf({ partition }, choice) {
        const { incarnation, previousBrokerEpoch } = partition.brokers.get(subject(choice));
        return { incarnation, previousBrokerEpoch };
      },
      apply({ protocol }, decision) {
        const { partition, registeredAt, appliedOffset } = protocol;
        const broker = brokerOf(decision);
        if (refusesIncarnation(context, partition, broker, decision.incarnation)) return;
        registerIncarnation(context, partition, broker, decision);
        registeredAt.set(broker, appliedOffset + 1);
      },
    },
    handleAlterPartition: {
      action: altering,
      mayDecide: (protocol, _, choice) => partitionPart.enabled(altering, protocol, { ...choice }),
      factsOf: ({ partition }, choice) => ({
        request: partitionChosen(context, partition, choice).alterPartition.get(subject(choice)),
      }),
      apply({ protocol: { partition } }, decision) {
        const sender = brokerOf(decision);
        const one = partitionChosen(context, partition, decision);
        const answer = decideAlterPartition(one, sender, decision.request);
        // The sender may be waiting for the answer to another request by now.
        if (sameRequest(one.alterPartition.get(sender), decision.request)) {
          answerAlterPartition(one, sender, answer);
        }
      },
    },
  } satisfies Record<string, Command>;
}

function subject(choice: Arguments): Broker {
  const broker = subjectOf(choice);
  if (broker === undefined) throw new Error('the decision is about no broker');
  return broker;
}
