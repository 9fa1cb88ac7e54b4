import type { AnyAction } from '../../checker/model/model.ts';
import { anyNode } from '../../checker/model/params.ts';
import { takeSnapshot as takeInQuorum } from '../kraft/actions/log.ts';
import type { ClusterContext } from './context.ts';
import { quorumPart } from './recorders.ts';

/**
 * takeSnapshot: as for the quorum alone, of what has taken effect: a snapshot is written by the state
 * machine, which cannot be ahead of itself.
 *
 * Source: SnapshotGenerator, MetadataLoader; KIP-630.
 */
export function takeSnapshot(context: ClusterContext): AnyAction {
  const action = takeInQuorum(context.quorum);
  return context.action({
    name: action.name,
    kind: action.kind,
    actor: 'node',
    phrase: action.phrase,
    params: { node: anyNode(context.hosts.node) },
    spends: 'snapshots',
    weight: 0.3,
    enabled({ protocol }, { node }) {
      const may = quorumPart.enabled(action, protocol, { node });
      if (may !== true) return may;
      const { highWatermark } = protocol.quorum.nodes.get(node);
      return (
        highWatermark <= protocol.appliedOffset || 'not all that is committed has taken effect'
      );
    },
    step: (step, choice) => quorumPart.take(action, step, { ...choice }),
  });
}
