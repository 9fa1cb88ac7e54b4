import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { type ClientsEnd, leaveLate, requestsOf } from '../connections.ts';
import type { ClientsContext, ClientsStep } from '../context.ts';
import { learnOutcome } from '../outcome.ts';
import type { ReadonlyProtocol } from '../schema.ts';

/**
 * loseConnection: a connection is lost, with what was sent over it and not handled, and with answers.
 *
 * Who: the network, the death of the broker, or a request that times out (`request.timeout.ms`), after which the client
 * closes the connection. Limited by `disconnects`. Changes: of every request the outcome is unknown: its batch is sent
 * again, or fails.
 *
 * Source: NetworkClient.processDisconnection, Sender.handleProduceResponse (NETWORK_EXCEPTION).
 */
export function loseConnection(context: ClientsContext): AnyAction {
  return context.action({
    name: 'loseConnection',
    kind: 'fault',
    actor: 'network',
    phrase: 'the connection between {producer} and {broker} is lost',
    params: { producer: anyNode(context.producer), broker: anyNode(context.broker) },
    spends: 'disconnects',
    weight: 0.2,
    enabled: ({ protocol }, end) => isUsed(protocol, end),
    step: ({ protocol, record }, end) => close({ context, protocol, record }, end),
  });
}

/**
 * loseConnectionLate: a connection is lost for the producer alone; the broker still handles what was sent over it, at
 * some time or never.
 *
 * Who: a client that gave up waiting, while its requests are in the queue of the broker. Limited by `lateRequests`.
 * Changes: as `loseConnection`.
 */
export function loseConnectionLate(context: ClientsContext): AnyAction {
  return context.action({
    name: 'loseConnectionLate',
    kind: 'fault',
    actor: 'network',
    phrase: '{producer} gives its connection to {broker} up, which may still handle what was sent',
    params: { producer: anyNode(context.producer), broker: anyNode(context.broker) },
    spends: 'lateRequests',
    weight: 0.2,
    enabled({ protocol }, end) {
      const isSome = [...requestsOf(protocol, end)].some(({ phase }) => phase === 'sent');
      return isSome || 'the broker has handled everything';
    },
    step({ protocol, record }, end) {
      leaveLate(protocol, end);
      close({ context, protocol, record }, end);
    },
  });
}

function isUsed(protocol: ReadonlyProtocol, end: ClientsEnd): Enabled {
  return requestsOf(protocol, end).length > 0 || 'nothing is on the connection';
}

/** What was asked first is given up first (InFlightRequests.clearAll). */
function close(step: ClientsStep, { producer, broker }: ClientsEnd): void {
  const { requests } = step.protocol.producers.get(producer).connections.get(broker);
  const places = [...requests].map(({ batch }) => batch);
  requests.truncate(0);
  for (const place of places) {
    learnOutcome({ ...step, producer }, place, { result: 'disconnected', offset: 0 });
  }
}
