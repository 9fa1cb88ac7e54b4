import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { brokerEffects } from '../brokerEffects.ts';
import type { ReplicationContext } from '../context.ts';

/**
 * restart: a broker process starts. It reads and deletes the clean shutdown file, and is a new
 * incarnation that has to register before it takes part.
 *
 * Who: the environment; never limited.
 *
 * Source: BrokerLifecycleManager, CleanShutdownFileHandler; KIP-631.
 */
export function restart(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'restart',
    kind: 'recovery',
    actor: 'broker',
    phrase: '{broker} restarts',
    params: { broker: anyNode(context.broker) },
    weight: 2,
    // What must come about does not wait for somebody to restart a process.
    fair: false,
    enabled: ({ protocol }, { broker }) =>
      protocol.brokers.get(broker).process.state === 'notRunning' || 'the broker is up',
    step({ protocol }, { broker }) {
      const { process } = protocol.brokers.get(broker);
      process.send('start', brokerEffects, { context, protocol, broker });
    },
  });
}
