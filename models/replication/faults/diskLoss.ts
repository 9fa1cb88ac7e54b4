import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { brokerEffects } from '../brokerEffects.ts';
import type { ReplicationContext } from '../context.ts';
import { partitionsIn } from '../partitionScope.ts';

/**
 * replaceDisk: a broker's disk is lost and replaced. The broker comes back under the same id.
 *
 * Who: the environment. Limited by `diskLosses`. Changes: if the process runs it dies; log,
 * checkpoints and clean shutdown file are gone.
 *
 * Left out: several log directories, of which one may fail while the broker stays up (KIP-858).
 */
export function replaceDisk(context: ReplicationContext): AnyAction {
  return context.action({
    name: 'replaceDisk',
    kind: 'fault',
    actor: 'broker',
    phrase: '{broker} loses its disk and gets an empty one',
    params: { broker: anyNode(context.broker) },
    spends: 'diskLosses',
    weight: 0.1,
    enabled: ({ protocol }, { broker }) =>
      partitionsIn(context, protocol).some(({ replicas }) => replicas.get(broker).log.length > 0) ||
      'there is nothing on the disk',
    step({ protocol }, { broker }) {
      const { process } = protocol.brokers.get(broker);
      process.send('loseDisk', brokerEffects, { context, protocol, broker });
    },
  });
}
