import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode, anyOf } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { partitionsIn } from '../partitionScope.ts';
import { stopCutOffFetchers } from '../replica.ts';
import type { Broker, Protocol, ReadonlyProtocol } from '../schema.ts';

/**
 * cutNetwork: a broker is cut off from the controller, from the other brokers, or from both; from
 * the controller also in one direction. Clients still reach it: a deposed leader that goes on
 * serving is the interesting case.
 *
 * Who: the environment. Limited by `partitions`. Changes: what is already in flight still arrives;
 * nothing new is sent across the cut. With `toController` its heartbeats are lost; with
 * `fromController` they arrive, and it learns nothing.
 */
export function cutNetwork(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'cutNetwork',
    kind: 'fault',
    actor: 'network',
    phrase: 'network cuts {broker} off ({from})',
    params: {
      broker: anyNode(context.broker),
      from: anyOf('controller', 'brokers', 'everyone', 'toController', 'fromController'),
    },
    spends: 'partitions',
    weight: 0.1,
    enabled({ protocol }, { broker, from }) {
      if (from === 'brokers' && context.broker.count < 2) return 'there is no other broker';
      return adds(context, protocol, broker, from) || 'the broker is cut off already';
    },
    step({ protocol }, { broker, from }) {
      const { cutToController, cutFromController } = protocol.network;
      if (cutsToController(from)) cutToController.add(broker);
      if (cutsFromController(from)) cutFromController.add(broker);
      if (from === 'brokers' || from === 'everyone') cutFromBrokers(context, protocol, broker);
      for (const partition of partitionsIn(context, protocol)) stopCutOffFetchers(partition);
    },
  });
}

/**
 * cutLink: what one broker sends to another is lost; a partial, one-way cut. Limited by
 * `partitions`.
 */
export function cutLink(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'cutLink',
    kind: 'fault',
    actor: 'network',
    phrase: 'network cuts the link from {source} to {target}',
    params: { source: anyNode(context.broker), target: anyNode(context.broker) },
    spends: 'partitions',
    weight: 0.1,
    enabled({ protocol }, { source, target }) {
      if (source === target) return 'there is no such link';
      return !protocol.network.cutLinks.get(source, target).cut || 'the link is cut already';
    },
    step({ protocol }, { source, target }) {
      protocol.network.cutLinks.get(source, target).cut = true;
      for (const partition of partitionsIn(context, protocol)) stopCutOffFetchers(partition);
    },
  });
}

/** healNetwork: every cut ends. Who: the environment; never limited. */
export function healNetwork(context: ReplicationContext): AnyAction {
  const { all } = context.broker;
  return context.action({
    name: 'healNetwork',
    kind: 'recovery',
    actor: 'network',
    phrase: 'network heals',
    params: {},
    // A cut may last for good.
    fair: false,
    enabled({ protocol }) {
      const { cutToController, cutFromController, cutLinks } = protocol.network;
      if (!cutToController.isEmpty || !cutFromController.isEmpty) return true;
      const cut = all.some(a => all.some(b => a !== b && cutLinks.get(a, b).cut));
      return cut || 'the network is whole';
    },
    step({ protocol }) {
      protocol.network.cutToController.clear();
      protocol.network.cutFromController.clear();
      for (const a of all) for (const b of all) if (a !== b) protocol.network.cutLinks.clear(a, b);
    },
  });
}

type From = 'controller' | 'brokers' | 'everyone' | 'toController' | 'fromController';

const cutsToController = (from: From): boolean =>
  from === 'controller' || from === 'everyone' || from === 'toController';
const cutsFromController = (from: From): boolean =>
  from === 'controller' || from === 'everyone' || from === 'fromController';

/** Whether the cut takes away a connection that was there. */
function adds(
  { broker: brokers }: ReplicationContext,
  { network }: ReadonlyProtocol,
  broker: Broker,
  from: From,
): boolean {
  if (cutsToController(from) && !network.cutToController.has(broker)) return true;
  if (cutsFromController(from) && !network.cutFromController.has(broker)) return true;
  if (from !== 'brokers' && from !== 'everyone') return false;
  return brokers.all.some(other => other !== broker && !network.cutLinks.get(broker, other).cut);
}

function cutFromBrokers(
  { broker: brokers }: ReplicationContext,
  { network }: Protocol,
  broker: Broker,
): void {
  for (const other of brokers.all) {
    if (other === broker) continue;
    network.cutLinks.get(broker, other).cut = true;
    network.cutLinks.get(other, broker).cut = true;
  }
}
