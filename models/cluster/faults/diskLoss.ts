import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import { afterQuorumStep } from '../apply.ts';
import type { ClusterContext } from '../context.ts';
import { partitionPart, quorumPart } from '../recorders.ts';

/**
 * replaceDisk: a machine's disk is lost and replaced by an empty one, under the same node id.
 *
 * Who: the environment. Limited by `diskLosses`. Changes: a running process dies; quorum state, the
 * metadata log and the partition's log are gone.
 *
 * Left out: a disk for each of the two logs (`metadata.log.dir`).
 */
export function replaceDisk(context: ClusterContext): AnyAction {
  const { acts, hosts } = context;
  return context.action({
    name: 'replaceDisk',
    kind: 'fault',
    actor: 'node',
    phrase: '{node} loses its disk and gets an empty one',
    params: { node: anyNode(hosts.node) },
    spends: 'diskLosses',
    weight: 0.1,
    enabled: () => true,
    step({ protocol, record }, { node }) {
      const step = { context, protocol, record };
      quorumPart.take(acts.node.replaceDisk, step, { node, directory: 'new' });
      const broker = hosts.brokerOn[node];
      if (broker !== undefined) partitionPart.take(acts.broker.replaceDisk, step, { broker });
      afterQuorumStep(step);
    },
  });
}
