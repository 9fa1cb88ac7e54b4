import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import type { RuledPartition } from '../partitionScope.ts';
import { registrationEffects } from '../registrationEffects.ts';
import type { Broker } from '../schema.ts';

/**
 * Whether an assignment names a broker that is not registered (any more): whoever asks for it is refused, also where
 * the broker has had its replica before. Source: ReplicationControlManager.validateManualPartitionAssignment.
 */
export function namesUnregistered(
  { context, registrations }: RuledPartition,
  target: readonly Broker[],
): boolean {
  if (context.bounds.unregistrations === 0) return false;
  return target.some(member => registrations.get(member).state.state === 'unregistered');
}

/**
 * unregister: an operator gives a broker up, which is down. Limited by `unregistrations`.
 *
 * Who: the controller (UnregisterBroker). Enabled: the broker is registered, and its process does not run. Changes:
 * it is not registered any more, and leaves the ISR as if it were fenced. It keeps its replicas, and in KRaft up to
 * now its place in the ELR. If it comes back after all it registers as one that has not shut down cleanly.
 *
 * Left out: a broker that runs. It would go on until it is restarted, as one whose heartbeats are refused.
 *
 * Source: ReplicationControlManager.unregisterBroker, handleBrokerUnregistered; KIP-185, KIP-631, KIP-966.
 */
export function unregister(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'unregister',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'controller unregisters {broker}, which an operator gives up',
    params: { broker: anyNode(context.broker) },
    spends: 'unregistrations',
    weight: 0.1,
    // An operator may ask for it, and need not.
    fair: false,
    enabled({ protocol }, { broker }) {
      if (context.config.zooKeeper) return 'with ZooKeeper brokers are not unregistered';
      const { state } = protocol.registrations.get(broker).state;
      if (state === 'unregistered') return 'BROKER_ID_NOT_REGISTERED';
      return protocol.brokers.get(broker).process.state === 'notRunning' || 'the broker runs';
    },
    step({ protocol }, { broker }) {
      const change = { context, protocol, broker };
      protocol.registrations.get(broker).state.send('unregister', registrationEffects, change);
    },
  });
}
