import type { NodeType } from '../checker/state/nodeType.ts';
import { brokerViewOf, controllerView } from '../models/replication/metadata.ts';
import { currentLeaderOf, type ReplicationGoal } from './replicationScope.ts';

/** Goals that show that the model plays the scenes which the other properties guard. */
export function replicationGoals(
  broker: NodeType<'broker'>,
  scope: {
    readonly isrShrinks: boolean;
    readonly leaderChanges: boolean;
    readonly truncations: boolean;
  },
): ReplicationGoal[] {
  const alone = broker.count < 2 ? 'there is only one replica' : undefined;
  return [
    goal('leader-changes', 'Another broker takes over the leadership.', {
      notApplicable:
        alone ?? (scope.leaderChanges ? undefined : 'nothing in this scope moves the leadership'),
      reaches: (before, after) => {
        const [was, is] = [controllerView(before.protocol).leader, currentLeaderOf(after)];
        return (
          is !== undefined &&
          was === is &&
          brokerViewOf(after.protocol, is).leaderEpoch > 0 &&
          currentLeaderOf(before) === undefined
        );
      },
    }),
    goal('log-truncated', 'A follower truncates its log to agree with a new leader.', {
      notApplicable:
        alone ?? (scope.truncations ? undefined : 'nothing in this scope makes logs diverge'),
      reaches: (before, after, action) =>
        action.name === 'receiveFetchResponse' &&
        broker.all.some(
          follower =>
            after.protocol.brokers.get(follower).log.length <
            before.protocol.brokers.get(follower).log.length,
        ),
    }),
    goal('isr-shrinks-and-expands-again', 'A replica that had left the ISR is added to it again.', {
      notApplicable:
        alone ??
        (scope.isrShrinks ? undefined : 'nothing in this scope removes a replica from the ISR'),
      reaches: (before, after) =>
        controllerView(after.protocol).isr.size > controllerView(before.protocol).isr.size,
    }),
    goal(
      'acknowledged-record-survives-failover',
      'A leader of a newer epoch has a record that was acknowledged under an older one.',
      {
        notApplicable:
          alone ?? (scope.leaderChanges ? undefined : 'nothing in this scope moves the leadership'),
        reaches: (_, after) => {
          const leader = currentLeaderOf(after);
          if (leader === undefined || after.ghost.acknowledged.length === 0) return false;
          const { offset, record } = after.ghost.acknowledged.get(0);
          const { log } = after.protocol.brokers.get(leader);
          if (offset >= log.length || log.get(offset).record !== record) return false;
          return log.get(offset).epoch < brokerViewOf(after.protocol, leader).leaderEpoch;
        },
      },
    ),
  ];
}

function goal(
  name: string,
  statement: string,
  {
    reaches,
    notApplicable,
  }: { reaches: ReplicationGoal['reaches']; notApplicable: string | undefined },
): ReplicationGoal {
  return {
    name,
    kind: 'sometimes',
    statement,
    loss: 'Without it, a verdict on this scope says little: the scene was never played.',
    source: 'reachability of the model',
    ...(notApplicable === undefined ? {} : { notApplicable }),
    reaches,
  };
}
