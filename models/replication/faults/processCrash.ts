import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { brokerEffects } from '../brokerEffects.ts';
import type { ReplicationContext } from '../context.ts';

/**
 * crash: a broker process dies (SIGKILL, out of memory).
 *
 * Who: the environment. Limited by `crashes`. Changes: everything in memory is lost; every record
 * that was appended survives in the page cache, flushed or not.
 */
export function crash(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'crash',
    kind: 'fault',
    actor: 'broker',
    phrase: '{broker} crashes',
    params: { broker: anyNode(context.broker) },
    spends: 'crashes',
    weight: 0.1,
    enabled: ({ protocol }, { broker }) =>
      protocol.brokers.get(broker).process.state !== 'notRunning' || 'the broker is down already',
    step({ protocol }, { broker }) {
      const { process } = protocol.brokers.get(broker);
      process.send('crash', brokerEffects, { context, protocol, broker });
    },
  });
}
