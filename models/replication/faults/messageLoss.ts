import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode, anyOf } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { partitionsIn } from '../partitionScope.ts';
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
      const inFlight = partitionsIn(context, protocol).some(({ fetchRequests, fetchResponses }) =>
        what === 'fetchRequest'
          ? fetchRequests.get(source, target).inFlight
          : fetchResponses.get(source, target).kind !== 'none',
      );
      return inFlight || 'nothing is in flight';
    },
    step({ protocol }, { what, source, target }) {
      for (const { fetchRequests, fetchResponses } of partitionsIn(context, protocol)) {
        if (what === 'fetchRequest') fetchRequests.clear(source, target);
        else fetchResponses.clear(source, target);
      }
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
      hasUnanswered(context, protocol, broker) || 'nothing is in flight',
    step({ protocol }, { broker }) {
      forgetUnanswered(context, protocol, broker);
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
      all.some(broker => hasUnanswered(context, protocol, broker)) ||
      'no request waits for an answer',
    step({ protocol }) {
      for (const broker of all) forgetUnanswered(context, protocol, broker);
    },
  });
}

function hasUnanswered(
  context: ReplicationContext,
  protocol: ReadonlyProtocol,
  broker: Broker,
): boolean {
  return (
    partitionsIn(context, protocol).some(
      ({ alterPartition }) => alterPartition.get(broker).inFlight !== 'none',
    ) || protocol.registrationAnswers.get(broker).inFlight
  );
}

function forgetUnanswered(context: ReplicationContext, protocol: Protocol, broker: Broker): void {
  for (const { alterPartition } of partitionsIn(context, protocol)) alterPartition.clear(broker);
  protocol.registrationAnswers.clear(broker);
}
