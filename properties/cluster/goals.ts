import { nodeOf } from '../../models/cluster/nodes.ts';
import type { ReadonlyProtocol } from '../../models/cluster/schema.ts';
import { partitionsOf } from '../../models/replication/context.ts';
import { partitionOf } from '../../models/replication/partitionScope.ts';
import type { PartitionId } from '../../models/replication/schema.ts';
import { goal } from '../goal.ts';
import { entryAt, logEndOffset } from '../kraft/view.ts';
import { controllerView, isUp, newestMetadataOffset } from '../replication/view.ts';
import type { ClusterFacts, ClusterGoal, ClusterScope } from './clusterScope.ts';

/** Goals that show that the two levels meet. */
export function clusterGoals(facts: ClusterFacts): ClusterGoal[] {
  return [
    decisionLostWithItsController(facts),
    decisionOutlivesItsController(),
    acknowledgedWithoutController(facts),
    leadersOfBothLevelsReplaced(facts),
    brokerLoadsOlderMetadata(facts),
  ];
}

function decisionLostWithItsController(facts: ClusterFacts): ClusterGoal {
  return goal(
    'decision-lost-with-its-controller',
    'A decision was in the log of its controller, never committed, and is in no log any more.',
    {
      needs: 'a controller that another follows',
      reaches(before, after) {
        if (!someLogShrinks(facts, before.protocol, after.protocol)) return false;
        const was = decisionsInLogs(facts, before.protocol);
        const is = decisionsInLogs(facts, after.protocol);
        const { applied } = after.ghost;
        for (let offset = 0; offset < applied.length; offset++)
          was.delete(applied.get(offset).value);
        for (const value of is) was.delete(value);
        return was.size > 0;
      },
    },
  );
}

function someLogShrinks(
  { hosts }: ClusterFacts,
  { quorum: before }: ReadonlyProtocol,
  { quorum: after }: ReadonlyProtocol,
): boolean {
  return hosts.node.all.some(
    node => logEndOffset(after.nodes.get(node)) < logEndOffset(before.nodes.get(node)),
  );
}

/** Every decision that some node, running or not, has in its log. */
function decisionsInLogs({ hosts }: ClusterFacts, { quorum }: ReadonlyProtocol): Set<number> {
  const values = new Set<number>();
  for (const node of hosts.node.all) {
    const view = quorum.nodes.get(node);
    for (let offset = view.logStartOffset; offset < logEndOffset(view); offset++) {
      const { kind, value } = entryAt(view, offset);
      if (kind === 'record') values.add(value);
    }
  }
  return values;
}

function decisionOutlivesItsController(): ClusterGoal {
  return goal(
    'decision-outlives-its-controller',
    'A decision takes effect that a controller of a later epoch than its own has committed.',
    {
      needs: 'a controller that another follows',
      reaches(before, after) {
        const { appliedOffset: offset } = before.protocol;
        const { committed } = after.ghost.quorum;
        if (after.protocol.appliedOffset === offset || offset >= committed.length) return false;
        const { kind, epoch, committedIn } = committed.get(offset);
        return kind === 'record' && epoch < committedIn;
      },
    },
  );
}

function acknowledgedWithoutController({ config }: ClusterFacts): ClusterGoal {
  return goal(
    'acknowledged-without-controller',
    'A record is acknowledged with acks=all while the controller that there was is gone.',
    {
      needs:
        'a producer that asks for acks=all, and a controller that is gone while a leader is there',
      reaches: (before, after) =>
        after.protocol.controller === undefined &&
        after.protocol.appliedOffset > 0 &&
        partitionsOf(config).all.some(
          id => acknowledgedOf(after, id).length > acknowledgedOf(before, id).length,
        ),
    },
  );
}

function leadersOfBothLevelsReplaced(facts: ClusterFacts): ClusterGoal {
  const { hosts, config } = facts;
  return goal(
    'leaders-of-both-levels-replaced',
    'A process that led the quorum and the partition is gone, and both are led by others.',
    {
      needs: 'two replicas, a process that stops, and another controller that follows',
      notApplicable:
        config.mode === 'separate'
          ? 'brokers and controllers are processes of their own'
          : undefined,
      reaches(before, after) {
        return partitionsOf(config).all.some(id => {
          const was = controllerView(partitionOf(before.protocol.partition, id)).leader;
          const is = controllerView(partitionOf(after.protocol.partition, id)).leader;
          if (was === undefined || is === undefined || was === is) return false;
          const node = nodeOf(hosts, was);
          const { state, quorumState } = after.protocol.quorum.nodes.get(node);
          return state.state === 'stopped' && quorumState.leader === node;
        });
      },
    },
  );
}

function brokerLoadsOlderMetadata({ hosts }: ClusterFacts): ClusterGoal {
  return goal(
    'broker-loads-older-metadata',
    'A broker that starts loads its log with metadata that is not the newest any more.',
    {
      needs: 'a process that stops, and several decisions',
      reaches: (before, after) =>
        hosts.broker.all.some(broker => {
          const { partition } = after.protocol;
          if (isUp(before.protocol.partition, broker) || !isUp(partition, broker)) return false;
          const { metadataOffset } = partition.brokers.get(broker);
          return metadataOffset < newestMetadataOffset(partition);
        }),
    },
  );
}

function acknowledgedOf({ ghost }: ClusterScope, id: PartitionId) {
  return ghost.partition.partitions.get(id).acknowledged;
}
