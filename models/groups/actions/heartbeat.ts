import type { AnyAction, Enabled } from '../../../checker/model/model.ts';
import { anyNode } from '../../../checker/model/params.ts';
import type { GroupsContext } from '../context.ts';
import { groupOf, servingGroup } from '../coordination.ts';
import { leads, writeGroup } from '../offsetsLog.ts';
import {
  dropPartitions,
  isAutomatic,
  isIdle,
  loseMembership,
  memberEffects,
  owesCommit,
} from '../reading.ts';
import { computeTarget, followTarget, reconcileMember } from '../reconciliation.ts';
import type {
  GroupView,
  MemberNode,
  Protocol,
  ReadonlyGroupView,
  ReadonlyMemberView,
  ReadonlyProtocol,
} from '../schema.ts';

/**
 * heartbeat: a member of the consumer protocol says what it owns, and is told what it is to own.
 *
 * Who: whoever has joined or joins (with an epoch of 0). Changes: a new member begins a group epoch; where the target
 * assignment is of an earlier one, the coordinator computes it anew, beginning with any member; then it brings this
 * member nearer to it. What changes is written in one batch, and the answer comes when that is committed. A member
 * that is not known, or comes with another epoch, is fenced: it gives up its partitions and joins anew.
 *
 * Left out: a heartbeat that changes nothing, and a full one in the middle of a reconciliation.
 * `group.consumer.assignment.interval.ms` and the offloading of the assignor (4.3): a target is computed at once.
 *
 * Source: GroupMetadataManager.consumerGroupHeartbeat, throwIfConsumerGroupMemberEpochIsInvalid;
 * ConsumerHeartbeatRequestManager.
 */
export function heartbeat(context: GroupsContext): AnyAction {
  return context.action({
    name: 'heartbeat',
    kind: 'protocol',
    actor: 'member',
    phrase: '{member} sends a heartbeat, and {first} comes first where it is new',
    params: { member: anyNode(context.member), first: anyNode(context.member) },
    enabled({ protocol }, { member, first }) {
      const view = protocol.members.get(member);
      if (view.consumer.state === 'stopped') return 'it is no member of the consumer protocol';
      if (view.heartbeat !== undefined) return 'a heartbeat is on its way';
      const group = servingGroup(protocol, member);
      if (typeof group === 'string') return group;
      return isOfUse(context, protocol, group, { member, first });
    },
    step({ protocol }, { member, first }) {
      const view = protocol.members.get(member);
      const group = groupOf(protocol, member);
      if (isFenced(context, view, group, member)) {
        loseMembership(context, protocol, member);
        return;
      }
      handle(context, protocol, group, { member, first });
    },
  });
}

interface Heartbeat {
  readonly member: MemberNode;
  /** The member that comes first where a target is computed. */
  readonly first: MemberNode;
}

/** Whether something comes of a heartbeat. */
function isOfUse(
  context: GroupsContext,
  protocol: ReadonlyProtocol,
  group: ReadonlyGroupView,
  { member, first }: Heartbeat,
): Enabled {
  const view = protocol.members.get(member);
  const isJoining = view.consumer.state === 'joining';
  if (isFenced(context, view, group, member)) return first === member || 'nothing is assigned';
  const isComputed = isJoining || group.generation > group.assignmentEpoch;
  if (isComputed)
    return first === member || group.members.get(first).isIn || 'the first is no member';
  if (first !== member) return 'nothing is assigned';
  if (view.consumer.state === 'acknowledging') return true;
  return isBehind(context, protocol, group, member) || 'it has nothing to say, and nothing to hear';
}

/** Whether the coordinator has something else for a member than it knows. */
function isBehind(
  context: GroupsContext,
  protocol: ReadonlyProtocol,
  group: ReadonlyGroupView,
  member: MemberNode,
): boolean {
  const view = protocol.members.get(member);
  const { epoch, assigned, target, pending } = group.members.get(member);
  if (view.generation !== epoch) return true;
  const isToldOther = context.partition.all.some(
    each => assigned.has(each) !== view.target.has(each),
  );
  if (isToldOther) return true;
  const isWaiting = context.partition.all.some(each => target.has(each) && !assigned.has(each));
  const mayGet = isWaiting && pending.isEmpty && somethingIsFree(context, group, member);
  return mayGet || group.assignmentEpoch !== epoch;
}

function somethingIsFree(
  { member: members, partition: partitions }: GroupsContext,
  group: ReadonlyGroupView,
  member: MemberNode,
): boolean {
  const { target, assigned } = group.members.get(member);
  return partitions.all.some(
    each =>
      target.has(each) &&
      !assigned.has(each) &&
      members.all.every(other => {
        const entry = group.members.get(other);
        return other === member || (!entry.assigned.has(each) && !entry.pending.has(each));
      }),
  );
}

/** Whether a member has to join anew: it is not known, or comes with another epoch than its last two. */
function isFenced(
  { partition: partitions }: GroupsContext,
  view: ReadonlyMemberView,
  group: ReadonlyGroupView,
  member: MemberNode,
): boolean {
  if (view.consumer.state === 'joining') return false;
  const { isIn, epoch, previousEpoch, assigned } = group.members.get(member);
  if (!isIn) return true;
  if (view.generation === epoch) return false;
  const ownsOther = partitions.all.some(
    each => view.partitions.get(each).isOwned && !assigned.has(each),
  );
  return view.generation !== previousEpoch || ownsOther;
}

function handle(
  context: GroupsContext,
  protocol: Protocol,
  group: GroupView,
  { member, first }: Heartbeat,
): void {
  const view = protocol.members.get(member);
  const entry = group.members.get(member);
  const isJoining = view.consumer.state === 'joining';
  if (isJoining) dropPartitions(context, view);
  if (!entry.isIn) {
    entry.isIn = true;
    group.generation += 1;
  }
  const before = toldOf(context, group, member);
  if (group.generation > group.assignmentEpoch) computeTarget(context, group, first);
  // Only who has joined or reconciled says what it owns: of others nothing has been given up (ownsRevokedPartitions).
  const says = isJoining || view.consumer.state === 'acknowledging';
  reconcileMember(context, group, member, each => !says || view.partitions.get(each).isOwned);
  const isChanged = isJoining || before !== toldOf(context, group, member);
  if (!isChanged) {
    answerAtOnce(context, protocol, group, member);
    return;
  }
  const at = leads(protocol, view.coordinator)
    ? writeGroup(context, protocol.offsets, group)
    : undefined;
  view.heartbeat = { broker: view.coordinator, at };
}

/** What the coordinator has of a member and of the target, to see whether it is other than before. */
function toldOf(context: GroupsContext, group: ReadonlyGroupView, member: MemberNode): string {
  const { assigned, pending, epoch } = group.members.get(member);
  const targets = context.member.all.map(each => group.members.get(each).target.toJSON());
  return JSON.stringify([
    assigned.toJSON(),
    pending.toJSON(),
    epoch,
    targets,
    group.assignmentEpoch,
  ]);
}

/** Nothing is written: the answer says what is in memory. */
function answerAtOnce(
  context: GroupsContext,
  protocol: Protocol,
  group: GroupView,
  member: MemberNode,
): void {
  const view = protocol.members.get(member);
  const { epoch, assigned } = group.members.get(member);
  view.generation = epoch;
  view.target.assign(assigned);
  followTarget(context, view);
}

/**
 * reconcile: a member gives up what it was told to, and takes what is new.
 *
 * Who: a member, in a poll, so that its application has processed what it had in hand. Enabled: with auto commit,
 * what it gives up is committed. Changes: it owns what it was told, and says so with its next heartbeat: that is what
 * others wait for.
 *
 * Source: AbstractMembershipManager.maybeReconcile, ConsumerMembershipManager.signalPartitionsBeingRevoked.
 */
export function reconcile(context: GroupsContext): AnyAction {
  return context.action({
    name: 'reconcile',
    kind: 'protocol',
    actor: 'member',
    phrase: '{member} gives up and takes the partitions that it was told',
    params: { member: anyNode(context.member) },
    enabled({ protocol }, { member }) {
      const view = protocol.members.get(member);
      if (view.consumer.state !== 'reconciling') return 'it has what it was told';
      if (!isIdle(context, view)) return 'the application has records in hand';
      if (view.commit !== undefined) return 'its commit is on its way';
      const isSettled = isAutomatic(context)
        ? !context.rules.commitsBeforeRevocation || !owesCommit(context, view)
        : context.config.commit === 'async' || !owesCommit(context, view);
      return isSettled || 'it commits first';
    },
    step({ protocol }, { member }) {
      const view = protocol.members.get(member);
      for (const partition of context.partition.all) {
        const isToBeOwned = view.target.has(partition);
        if (view.partitions.get(partition).isOwned === isToBeOwned) continue;
        view.partitions.clear(partition);
        view.partitions.get(partition).isOwned = isToBeOwned;
      }
      view.consumer.send('reconcile', memberEffects, { context, member: view });
    },
  });
}
