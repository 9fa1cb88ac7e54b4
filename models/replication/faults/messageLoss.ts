import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode, anyOf } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import type { Broker, Protocol, ReadonlyProtocol } from '../schema.ts';

/**
 * loseMessage: a connection between two brokers is reset, and what was in flight on it is gone.
 *
 * Who: the environment. Limited by `lostMessages`. The follower fetches again.
 */
export function loseMessage(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'loseMessage',
    kind: 'fault',
    actor: 'network',
    phrase: 'network loses the {what} from {source} to {target}',
    params: {
      what: anyOf('fetchRequest', 'fetchResponse'),
      source: anyNode(context.broker),
      target: anyNode(context.broker),
    },
    spends: 'lostMessages',
    weight: 0.1,
    enabled({ protocol }, { what, source, target }) {
      if (source === target) return 'there is no such link';
      const inFlight =
        what === 'fetchRequest'
          ? protocol.fetchRequests.get(source, target).inFlight
          : protocol.fetchResponses.get(source, target).kind !== 'none';
      return inFlight || 'nothing is in flight';
    },
    step({ protocol }, { what, source, target }) {
      if (what === 'fetchRequest') protocol.fetchRequests.clear(source, target);
      else protocol.fetchResponses.clear(source, target);
    },
  });
}

/**
 * loseControllerMessage: an AlterPartition request or its answer, or the answer to a registration,
 * is lost. Limited by `lostMessages`. The sender repeats its request.
 */
export function loseControllerMessage(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'loseControllerMessage',
    kind: 'fault',
    actor: 'network',
    phrase: 'network loses what is between {broker} and the controller',
    params: { broker: anyNode(context.broker) },
    spends: 'lostMessages',
    weight: 0.1,
    enabled: ({ protocol }, { broker }) =>
      hasUnanswered(protocol, broker) || 'nothing is in flight',
    step({ protocol }, { broker }) {
      forgetUnanswered(protocol, broker);
    },
  });
}

/**
 * failOverController: another controller becomes active.
 *
 * Who: the metadata quorum. Limited by `controllerFailovers`. Changes: requests that were not
 * answered time out at their senders; sessions start anew, which in this model is no change, for
 * fencing may be late anyway. Decisions that were not committed are gone with the old controller,
 * and nobody has seen them: they are requests that were never handled.
 *
 * Source: QuorumController.claim, renounce.
 */
export function failOverController(context: ReplicationContext): AnyAction {
  const { all } = context.broker;
  return context.action({
    name: 'failOverController',
    kind: 'fault',
    actor: 'controller',
    phrase: 'another controller takes over: unanswered requests time out',
    params: {},
    spends: 'controllerFailovers',
    weight: 0.1,
    enabled: ({ protocol }) =>
      all.some(broker => hasUnanswered(protocol, broker)) || 'no request waits for an answer',
    step({ protocol }) {
      for (const broker of all) forgetUnanswered(protocol, broker);
    },
  });
}

function hasUnanswered(protocol: ReadonlyProtocol, broker: Broker): boolean {
  return (
    protocol.alterPartition.get(broker).inFlight !== 'none' ||
    protocol.registrationAnswers.get(broker).inFlight
  );
}

function forgetUnanswered(protocol: Protocol, broker: Broker): void {
  protocol.alterPartition.clear(broker);
  protocol.registrationAnswers.clear(broker);
}
