import type { AnyAction } from '../../checker/model/model.ts';
import { anyNode } from '../../checker/model/params.ts';
import { brokerEffects } from '../replication/brokerEffects.ts';
import type { ReplicationContext } from '../replication/context.ts';
import { isUp } from '../replication/metadata.ts';
import { controllerConnected } from '../replication/network.ts';

/**
 * restart: a broker process starts, registers and catches up with the metadata.
 *
 * Who: the environment; never limited. Enabled: the process is down, it can reach the controller,
 * and its previous incarnation is fenced (a registration is refused while the old session is
 * valid). Changes: a new broker epoch; the log is loaded; the replica follows if there is a leader.
 * The broker stays fenced until the controller unfences it.
 *
 * Left out: starting and registering as separate steps. A process that cannot register neither
 * fetches nor serves, so nobody can tell it from one that is down.
 *
 * Source: BrokerLifecycleManager, ClusterControlManager.registerBroker; KIP-631.
 */
export function restart(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'restart',
    kind: 'recovery',
    actor: 'broker',
    params: { broker: anyNode(context.broker) },
    weight: 2,
    enabled({ protocol }, { broker }) {
      if (isUp(protocol, broker)) return 'the broker is up';
      if (!controllerConnected(protocol, broker))
        return 'the broker is cut off from the controller';
      return protocol.registrations.fenced.has(broker) || 'DUPLICATE_BROKER_REGISTRATION';
    },
    step({ protocol }, { broker }) {
      const { brokerEpochs } = protocol.registrations;
      brokerEpochs.set(broker, brokerEpochs.get(broker) + 1);
      const { process } = protocol.brokers.get(broker);
      process.send('start', brokerEffects, { context, protocol, broker, kept: 0 });
    },
  });
}
