import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyInt, anyNode } from '../../../checker/model/params.ts';
import { failOver as moveLeadership, uncommitted } from '../../partitionLog/partitionLog.ts';
import { answerWaiting } from '../connections.ts';
import type { ClientsContext } from '../context.ts';
import type { Broker, PartitionId, Protocol, ReadonlyPartitionView } from '../schema.ts';

/** How leadership moves. */
interface Move {
  readonly partition: PartitionId;
  readonly to: Broker;
  /** Entries at the end of the log that the new leader does not have. */
  readonly lost: number;
}

/**
 * failOver: another replica of the ISR leads, which may lack what was not committed.
 *
 * Who: the controller, after a crash or for a better balance. Limited by `failovers`. Changes: leader and leader epoch;
 * what the new leader lacks is gone. It has replicated what it has batch by batch, and remembers producers as fully as
 * the old one. Requests that wait at the old leader are answered NOT_LEADER_OR_FOLLOWER; that a crash takes the
 * connection too is a step of its own.
 *
 * Source: Partition.makeLeader, ReplicaManager.completeDelayedOperationsWhenNotPartitionLeader.
 */
export function failOver(context: ClientsContext): AnyAction {
  return context.action({
    name: 'failOver',
    kind: 'fault',
    actor: 'controller',
    phrase: '{to} leads {partition}, without the last {lost} batches',
    params: moving(context),
    spends: 'failovers',
    weight: 0.2,
    enabled({ protocol }, { partition, to, lost }) {
      const view = protocol.partitions.get(partition);
      if (lost > uncommitted(view)) return 'these are committed';
      return mayMove(view, to);
    },
    step: ({ protocol }, move) => changeLeader(context, protocol, move),
  });
}

/**
 * failOverUncleanly: the next leader lacks what was committed.
 *
 * Who: the controller, by an unclean election, or because every replica has lost its power. Limited by
 * `uncleanFailovers`. Changes: as `failOver`.
 *
 * Source: unclean.leader.election.enable; what replication comes to after it is in docs/replication.md.
 */
export function failOverUncleanly(context: ClientsContext): AnyAction {
  return context.action({
    name: 'failOverUncleanly',
    kind: 'fault',
    actor: 'controller',
    phrase: '{to} leads {partition}, without the last {lost} batches, some of them committed',
    params: moving(context),
    spends: 'uncleanFailovers',
    weight: 0.1,
    enabled({ protocol }, { partition, to, lost }) {
      const view = protocol.partitions.get(partition);
      if (lost <= uncommitted(view)) return 'nothing that is committed would be lost';
      if (lost > view.log.length) return 'the log is shorter';
      return mayMove(view, to);
    },
    step: ({ protocol }, move) => changeLeader(context, protocol, move),
  });
}

/**
 * failOverToRestarted: the next leader was restarted, and has read what it remembers of producers from a snapshot.
 *
 * Who: the controller. Limited by `snapshotLoads`. Changes: as `failOver`, with all of the log. A snapshot has of each
 * producer the last batch alone; what the log has behind the snapshot is read again.
 *
 * Source: ProducerStateManager.loadFromSnapshot, UnifiedLog.rebuildProducerState.
 */
export function failOverToRestarted(context: ClientsContext): AnyAction {
  const { logLength } = context.limits;
  return context.action({
    name: 'failOverToRestarted',
    kind: 'fault',
    actor: 'controller',
    phrase:
      '{to}, just restarted with a snapshot of producers at offset {snapshot}, leads {partition}',
    params: {
      partition: anyNode(context.partition),
      to: anyNode(context.broker),
      snapshot: anyInt(1, logLength),
    },
    spends: 'snapshotLoads',
    weight: 0.2,
    enabled({ protocol }, { partition, to, snapshot }) {
      const view = protocol.partitions.get(partition);
      if (snapshot > view.log.length) return 'the log has no such offset';
      return mayMove(view, to);
    },
    step({ protocol }, { partition, to, snapshot }) {
      changeLeader(context, protocol, { partition, to, lost: 0 });
      protocol.partitions.get(partition).snapshotOffset = snapshot;
    },
  });
}

function moving({ partition, broker, limits }: ClientsContext) {
  return {
    partition: anyNode(partition),
    to: anyNode(broker),
    lost: anyInt(0, limits.logLength),
  };
}

function mayMove({ leader }: ReadonlyPartitionView, to: Broker): Enabled {
  return leader !== to || 'it leads already';
}

function changeLeader(context: ClientsContext, protocol: Protocol, move: Move): void {
  const { partition, to, lost } = move;
  const view = protocol.partitions.get(partition);
  const { leader: before } = view;
  moveLeadership(view, to, lost);
  const { length } = view.log;
  view.snapshotOffset = 0;
  view.forgottenBefore = Math.min(view.forgottenBefore, length);
  view.logStartOffset = Math.min(view.logStartOffset, length);
  if (!context.rules.failsWaitingRequests) return;
  answerWaiting({ context, protocol }, partition, (_, broker) =>
    broker === before ? 'notLeader' : undefined,
  );
}
