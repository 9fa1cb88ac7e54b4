import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyInt, anyNode } from '../../../checker/model/params.ts';
import { failOver as moveLeadership, uncommitted } from '../../partitionLog/partitionLog.ts';
import type { GroupsContext } from '../context.ts';
import { coordinatorEffects, giveUp } from '../coordination.ts';
import { dropCommit, isLive, loseSync } from '../reading.ts';
import type { Broker, Protocol, ReadonlyProtocol } from '../schema.ts';

/**
 * failOver: another broker leads the partition of `__consumer_offsets`, which may lack what was not committed.
 *
 * Who: the controller, for the old leader is dead, or is told so. Limited by `failovers`. Changes: leader and leader
 * epoch; the new one loads. The old one has given up its state, and what waited there is lost or not.
 *
 * Source: Partition.makeLeader, GroupCoordinatorService.onElection, onResignation.
 */
export function failOver(context: GroupsContext): AnyAction {
  return failingOver(context, {
    name: 'failOver',
    phrase: '{to} leads the offsets partition, without the last {lost} batches',
    spends: 'failovers',
    isNoticed: true,
  });
}

/**
 * failOverUnnoticed: the same, and the old leader does not know it yet.
 *
 * Limited by `lateResignations`. Changes: as `failOver`. The old coordinator goes on to serve who turns to it: what
 * it writes is never committed, and what it answers from memory is as it was.
 *
 * Source: ReplicaManager.applyDelta (when a broker replays the metadata log).
 */
export function failOverUnnoticed(context: GroupsContext): AnyAction {
  return failingOver(context, {
    name: 'failOverUnnoticed',
    phrase: '{to} leads it, without the last {lost}, and the old leader does not know',
    spends: 'lateResignations',
    isNoticed: false,
  });
}

interface FailingOver {
  readonly name: string;
  readonly phrase: string;
  readonly spends: 'failovers' | 'lateResignations';
  readonly isNoticed: boolean;
}

function failingOver(context: GroupsContext, { isNoticed, ...how }: FailingOver): AnyAction {
  return context.action({
    ...how,
    kind: 'fault',
    actor: 'controller',
    params: moving(context),
    weight: 0.2,
    enabled({ protocol }, { to, lost }) {
      if (lost > uncommitted(protocol.offsets)) return 'these are committed';
      return mayLead(protocol, to);
    },
    step: ({ protocol }, { to, lost }) => changeLeader(context, protocol, { to, lost, isNoticed }),
  });
}

/**
 * failOverUncleanly: the next leader lacks what was committed.
 *
 * Who: the controller, by an unclean election, or because the only in-sync replica loses its power:
 * `__consumer_offsets` has no min.insync.replicas of its own, and by default 1 is enough. Limited by
 * `uncleanFailovers`. Changes: as `failOver`.
 *
 * Source: unclean.leader.election.enable; GroupCoordinatorService.groupMetadataTopicConfigs.
 */
export function failOverUncleanly(context: GroupsContext): AnyAction {
  return context.action({
    name: 'failOverUncleanly',
    kind: 'fault',
    actor: 'controller',
    phrase: '{to} leads the offsets partition, without {lost}, some committed',
    params: moving(context),
    spends: 'uncleanFailovers',
    weight: 0.1,
    enabled({ protocol }, { to, lost }) {
      if (lost <= uncommitted(protocol.offsets)) return 'nothing that is committed would be lost';
      if (lost > protocol.offsets.log.length) return 'the log is shorter';
      return mayLead(protocol, to);
    },
    step: ({ protocol }, { to, lost }) =>
      changeLeader(context, protocol, { to, lost, isNoticed: true }),
  });
}

function moving({ broker, schema }: GroupsContext) {
  const { capacity } = schema.protocol.fields.offsets.fields.log;
  return { to: anyNode(broker), lost: anyInt(0, capacity) };
}

function mayLead({ offsets, coordinators }: ReadonlyProtocol, to: Broker): Enabled {
  if (offsets.leader === to) return 'it leads already';
  const { state } = coordinators.get(to).state;
  return state === 'inactive' || 'it still has the state of an earlier term';
}

/** How leadership moves. */
interface Move {
  readonly to: Broker;
  /** Batches at the end of the log that the new leader does not have. */
  readonly lost: number;
  readonly isNoticed: boolean;
}

function changeLeader(context: GroupsContext, protocol: Protocol, move: Move): void {
  const { offsets, coordinators } = protocol;
  const { leader: old } = offsets;
  const before = coordinators.get(old);
  before.highWatermark = offsets.highWatermark;
  moveLeadership(offsets, move.to, move.lost);
  if (move.isNoticed) {
    before.state.send('resign', coordinatorEffects, { context, coordinator: before });
    if (before.state.state === 'resigned') giveUp(context, protocol, old);
  }
  const view = coordinators.get(move.to);
  view.leaderEpoch = offsets.leaderEpoch;
  view.state.send('elect', coordinatorEffects, { context, coordinator: view });
}

/**
 * lookUpStale: a member is sent to a coordinator that was deposed, by a broker that does not know it yet.
 *
 * Limited by `staleLookups`. Changes: the member turns to it.
 *
 * Source: KafkaApis.handleFindCoordinatorRequest (the metadata of the broker that is asked).
 */
export function lookUpStale(context: GroupsContext): AnyAction {
  return context.action({
    name: 'lookUpStale',
    kind: 'fault',
    actor: 'member',
    phrase: '{member} is sent to {to}, which was deposed',
    params: { member: anyNode(context.member), to: anyNode(context.broker) },
    spends: 'staleLookups',
    weight: 0.2,
    enabled({ protocol }, { member, to }) {
      const view = protocol.members.get(member);
      if (!isLive(view)) return 'it has stopped';
      if (view.coordinator === to) return 'it turns to it already';
      if (protocol.offsets.leader === to) return 'it leads';
      return (
        protocol.coordinators.get(to).state.state === 'active' || 'it knows that it was deposed'
      );
    },
    step({ protocol }, { member, to }) {
      const view = protocol.members.get(member);
      view.coordinator = to;
      view.heartbeat = undefined;
      loseSync(context, view);
      dropCommit(context, view);
    },
  });
}
