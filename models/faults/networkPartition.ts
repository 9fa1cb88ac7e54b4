import type { AnyAction } from '../../checker/model/model.ts';
import { anyNode, anyOf } from '../../checker/model/params.ts';
import type { ReplicationContext } from '../replication/context.ts';

/**
 * cutNetwork: a broker is cut off from the controller, from the other brokers, or from both.
 * Clients still reach it: a deposed leader that goes on serving is the interesting case.
 *
 * Who: the environment. Limited by `partitions`. Changes: what is already in flight still arrives;
 * nothing new is sent across the cut.
 *
 * Left out: one-way cuts, and cuts between two brokers only.
 */
export function cutNetwork(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'cutNetwork',
    kind: 'fault',
    actor: 'network',
    params: {
      broker: anyNode(context.broker),
      from: anyOf('controller', 'brokers', 'everyone'),
    },
    spends: 'partitions',
    weight: 0.1,
    enabled({ protocol }, { broker, from }) {
      const { cutFromController, cutFromBrokers } = protocol.network;
      const adds =
        (from !== 'brokers' && !cutFromController.has(broker)) ||
        (from !== 'controller' && !cutFromBrokers.has(broker));
      if (!adds) return 'the broker is cut off already';
      // Alone, a broker has no other brokers to be cut off from.
      return from === 'controller' || context.config.brokers > 1 || 'there is no other broker';
    },
    step({ protocol }, { broker, from }) {
      if (from !== 'brokers') protocol.network.cutFromController.add(broker);
      if (from !== 'controller') protocol.network.cutFromBrokers.add(broker);
    },
  });
}

/** healNetwork: every cut ends. Who: the environment; never limited. */
export function healNetwork(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'healNetwork',
    kind: 'recovery',
    actor: 'network',
    params: {},
    enabled({ protocol }) {
      const { cutFromController, cutFromBrokers } = protocol.network;
      return !cutFromController.isEmpty || !cutFromBrokers.isEmpty || 'the network is whole';
    },
    step({ protocol }) {
      protocol.network.cutFromController.clear();
      protocol.network.cutFromBrokers.clear();
    },
  });
}
