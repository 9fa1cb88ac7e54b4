import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { isResponsive } from '../../replication/metadata.ts';
import type { Broker } from '../../replication/schema.ts';
import type { ZooKeeperContext, ZooKeeperStep } from '../context.ts';
import { handleRequest } from '../handleRequest.ts';
import type { ReadonlyProtocol } from '../schema.ts';

/**
 * deliver: the first request that a controller has for a broker arrives, is handled, and answered.
 *
 * Who: the broker. Enabled: its process runs. Changes: see handleRequest. Whatever is answered, the controller goes on
 * to the next request. While a broker does not answer the request is sent again, for ever.
 *
 * Source: RequestSendThread.doWork.
 */
export function deliver(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'deliver',
    kind: 'protocol',
    actor: 'broker',
    phrase: '{broker} handles the next request of {controller}',
    params: { controller: anyNode(context.broker), broker: anyNode(context.broker) },
    weight: 2,
    enabled: ({ protocol }, { controller, broker }) =>
      canArrive(protocol, protocol.queues.get(controller).get(broker), broker),
    step({ protocol, record }, { controller, broker }) {
      const queue = protocol.queues.get(controller).get(broker);
      const request = queue.get(0);
      const isDeletion = request.kind === 'deleteReplica';
      const answer = handleRequest({ context, protocol, record }, broker, request);
      queue.removeFirst(1);
      if (isDeletion && answer === 'NONE') protocol.controllers.get(controller).deleted.add(broker);
    },
  });
}

/**
 * deliverTwice: the same, but the answer is lost with its connection, and the request is sent again. Limited by
 * `lostAnswers`. With a defect the request is lost, and the controller goes on to the next one.
 */
export function deliverTwice(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'deliverTwice',
    kind: 'fault',
    actor: 'network',
    phrase: '{broker} handles the next request of {controller}, and the answer is lost',
    params: { controller: anyNode(context.broker), broker: anyNode(context.broker) },
    spends: 'lostAnswers',
    weight: 0.1,
    enabled: ({ protocol }, { controller, broker }) =>
      canArrive(protocol, protocol.queues.get(controller).get(broker), broker),
    step({ protocol, record }, { controller, broker }) {
      const queue = protocol.queues.get(controller).get(broker);
      if (context.rules.sendsAgain) {
        handleRequest({ context, protocol, record }, broker, queue.get(0));
      } else {
        queue.removeFirst(1);
      }
    },
  });
}

/**
 * deliverLate: a request arrives of a controller that has resigned or is gone, or to whom the broker seemed to be gone.
 * It need not.
 */
export function deliverLate(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'deliverLate',
    kind: 'protocol',
    actor: 'broker',
    phrase: '{broker} handles a late request of {controller}',
    params: { controller: anyNode(context.broker), broker: anyNode(context.broker) },
    fair: false,
    enabled: ({ protocol }, { controller, broker }) =>
      canArrive(protocol, protocol.late.get(controller).get(broker), broker),
    step({ protocol, record }, { controller, broker }) {
      takeLate({ context, protocol, record }, controller, broker);
    },
  });
}

/** dropLate: such a request is lost with its connection, at the latest when that is closed. */
export function dropLate(context: ZooKeeperContext): AnyAction {
  return context.action({
    name: 'dropLate',
    kind: 'protocol',
    actor: 'network',
    phrase: 'a late request of {controller} to {broker} is lost',
    params: { controller: anyNode(context.broker), broker: anyNode(context.broker) },
    enabled: ({ protocol }, { controller, broker }) =>
      protocol.late.get(controller).get(broker).length > 0 || 'nothing is on its way',
    step({ protocol }, { controller, broker }) {
      protocol.late.get(controller).get(broker).truncate(0);
    },
  });
}

function takeLate(step: ZooKeeperStep, controller: Broker, broker: Broker): void {
  const late = step.protocol.late.get(controller).get(broker);
  handleRequest(step, broker, late.get(0));
  late.truncate(0);
}

function canArrive(
  protocol: ReadonlyProtocol,
  requests: { readonly length: number },
  broker: Broker,
): Enabled {
  if (requests.length === 0) return 'nothing is on its way';
  return isResponsive(protocol.partition, broker) || 'the broker is down';
}
