import type { EffectHandlers } from '../../checker/state/viewTypes.ts';
import type { GroupsContext, GroupsStep } from './context.ts';
import { leads, readGroup, writeGroup } from './offsetsLog.ts';
import { dropCommit, loseMembership, loseSync, memberEffects } from './reading.ts';
import type {
  Broker,
  CoordinatorView,
  GroupView,
  MemberNode,
  Protocol,
  ReadonlyGroupView,
  ReadonlyProtocol,
} from './schema.ts';

/** A coordinator that gives up its state. */
interface EndingCoordinator {
  readonly context: GroupsContext;
  readonly coordinator: CoordinatorView;
}

/** What each effect of the lifecycle of a coordinator does. */
export const coordinatorEffects: EffectHandlers<'loseMemory', EndingCoordinator> = {
  loseMemory({ context, coordinator }) {
    const { log } = context.schema.create().protocol.offsets;
    readGroup(context, log, 0, coordinator.group);
    Object.assign(coordinator, { leaderEpoch: 0, highWatermark: 0 });
  },
};

/** A coordinator that was deposed gives up its state, and fails what waits: whether that is stored is not known. */
export function giveUp(context: GroupsContext, protocol: Protocol, broker: Broker): void {
  const coordinator = protocol.coordinators.get(broker);
  for (const member of context.member.all) {
    const view = protocol.members.get(member);
    if (view.commit?.broker === broker) dropCommit(context, view);
    if (view.heartbeat?.broker === broker) view.heartbeat = undefined;
    if (view.coordinator === broker) loseSync(context, view);
  }
  coordinator.state.send('unload', coordinatorEffects, { context, coordinator });
}

/**
 * The group as the coordinator knows it that a member turns to, if that broker serves it, whether it still leads or
 * not.
 */
export function servingGroup(
  { coordinators, members }: ReadonlyProtocol,
  member: MemberNode,
): ReadonlyGroupView | string {
  const { state, group } = coordinators.get(members.get(member).coordinator);
  if (state.state === 'active') return group;
  return state.state === 'loading'
    ? 'the coordinator loads (COORDINATOR_LOAD_IN_PROGRESS)'
    : 'the broker is not the coordinator (NOT_COORDINATOR)';
}

/** The same to change, where it is known to be served. */
export function groupOf({ coordinators, members }: Protocol, member: MemberNode): GroupView {
  return coordinators.get(members.get(member).coordinator).group;
}

/** Why a request of a member with its generation is refused; undefined if it is not. */
export function refusal(
  { config, member: all }: GroupsContext,
  { members }: ReadonlyProtocol,
  group: ReadonlyGroupView,
  member: MemberNode,
): 'FENCED_INSTANCE_ID' | 'UNKNOWN_MEMBER_ID' | 'ILLEGAL_GENERATION' | undefined {
  if (!group.members.get(member).isIn) {
    const isTaken =
      config.instanceIds === 'shared' && all.all.some(each => group.members.get(each).isIn);
    return isTaken ? 'FENCED_INSTANCE_ID' : 'UNKNOWN_MEMBER_ID';
  }
  if (config.protocol === 'consumer') return undefined;
  return group.generation === members.get(member).generation ? undefined : 'ILLEGAL_GENERATION';
}

/** A member is told why it is refused: it loses its place, or stops where another process has it for good. */
export function tellRefused(context: GroupsContext, protocol: Protocol, member: MemberNode): void {
  const view = protocol.members.get(member);
  const refused = refusal(context, protocol, groupOf(protocol, member), member);
  if (refused === 'FENCED_INSTANCE_ID' && context.rules.fencesInstances) {
    view.classic.send('fence', memberEffects, { context, member: view });
  } else loseMembership(context, protocol, member);
}

/** A rebalance begins: everybody has to join again. */
export function beginRebalance({ member: members }: GroupsContext, group: GroupView): void {
  if (group.state.state === 'preparingRebalance') return;
  group.state.send('rebalance', {}, undefined);
  group.pendingAt = undefined;
  for (const member of members.all) group.members.get(member).hasJoined = false;
}

/** A member is in the group no more. Without members the group is empty, which is written down. */
export function removeMember(
  step: Pick<GroupsStep, 'context' | 'protocol'>,
  broker: Broker,
  member: MemberNode,
): void {
  const { context, protocol } = step;
  const { group } = protocol.coordinators.get(broker);
  group.members.clear(member);
  if (context.config.protocol === 'consumer') {
    group.generation += 1;
    if (leads(protocol, broker)) writeGroup(context, protocol.offsets, group);
    return;
  }
  beginRebalance(context, group);
  if (membersIn(context, group).length > 0) return;
  group.state.send('abandon', {}, undefined);
  group.generation += 1;
  if (leads(protocol, broker)) writeGroup(context, protocol.offsets, group);
}

/** Who is in the group, by this coordinator. */
export function membersIn(
  { member: members }: GroupsContext,
  group: ReadonlyGroupView,
): MemberNode[] {
  return members.all.filter(member => group.members.get(member).isIn);
}
