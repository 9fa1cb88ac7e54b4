import type { AnyAction } from '../../../checker/model/model.ts';
import { anyNodeOrNone } from '../../../checker/model/params.ts';
import type { ReplicationContext } from '../context.ts';
import { isActive } from '../election.ts';
import { controllerView, isAssigned, isCreated } from '../metadata.ts';
import { onPartition } from '../partitionAction.ts';
import { decideOn, orderOf } from '../partitionChange.ts';
import type { RuledPartition } from '../partitionScope.ts';
import type { Broker, PartitionDraft, PartitionView } from '../schema.ts';
import { namesUnregistered } from './unregister.ts';

const REFUSED = 'INVALID_REPLICA_ASSIGNMENT';

/**
 * reassign: an operator moves the partition: one replica is added, removed, or replaced.
 *
 * Who: the controller (AlterPartitionReassignments). Enabled: no reassignment is under way; the
 * added broker has no replica yet and the removed one has; one replica at least stays. Changes: the
 * assignment is the target, then the replicas to be removed; the reassignment ends by itself when
 * every target replica is in the ISR.
 *
 * A broker that is to be added and is in the ELR of an empty ISR would be elected at once, and the controller
 * fails when it looks up the directory of its replica, which it has not: the request is refused.
 *
 * Left out: several replicas at once, refusal of a changed replication factor (KIP-860).
 *
 * Source: ReplicationControlManager.changePartitionReassignment, LeaderAcceptor; KIP-455.
 */
export function reassign(context: ReplicationContext): AnyAction {
  const { broker } = context;
  return onPartition(context, {
    name: 'reassign',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'controller reassigns: adds {add|nobody}, removes {remove|nobody}',
    params: { add: anyNodeOrNone(broker), remove: anyNodeOrNone(broker) },
    spends: 'reassignments',
    // An operator may ask for it, and need not.
    fair: false,
    weight: 0.2,
    enabled(partition, { add, remove }) {
      const now = controllerView(partition);
      if (!isCreated(now)) return 'UNKNOWN_TOPIC_OR_PARTITION';
      if (!now.adding.isEmpty || !now.removing.isEmpty) return 'a reassignment is under way';
      if (add === undefined && remove === undefined) return 'nothing is to be moved';
      if (add !== undefined && isAssigned(now, add)) return 'the broker has a replica already';
      if (remove !== undefined && !isAssigned(now, remove)) return 'the broker has no replica';
      if (add !== undefined && isElectable(partition, now, add)) return 'UNKNOWN_SERVER_ERROR';
      if (namesUnregistered(partition, targetOf(orderOf(now), { add, remove }))) return REFUSED;
      return now.replicas.length > 1 || add !== undefined || 'the last replica cannot be removed';
    },
    step(partition, { add, remove }) {
      decideOn(partition, {
        kind: 'online',
        edit(draft) {
          const target = orderOf(draft).filter(member => member !== remove);
          draft.replicas.truncate(0);
          for (const member of target) draft.replicas.push(member);
          if (add !== undefined) {
            draft.replicas.push(add);
            draft.adding.add(add);
          }
          if (remove !== undefined) {
            draft.replicas.push(remove);
            draft.removing.add(remove);
          }
        },
      });
    },
  });
}

/**
 * replaceReassignment: an operator asks for another target while a reassignment is under way. Limited by
 * `replacedReassignments`.
 *
 * Who: the controller (AlterPartitionReassignments). `add` and `remove` are meant of the assignment from before the
 * reassignment; with neither the target is that assignment again. Changes: the target, then the replicas that it
 * does not have. With ZooKeeper whom only the old target had is gone at once. In KRaft what is there now counts as the
 * assignment from before: whom only the old target had is to be removed like any other. If nobody is to be added, or
 * removed, whoever was to be stays so (`PartitionChangeBuilder` is told of no empty list).
 *
 * Source: ReplicationControlManager.changePartitionReassignment, PartitionReassignmentReplicas; KIP-455.
 */
export function replaceReassignment(context: ReplicationContext): AnyAction {
  const { broker, rules } = context;
  return onPartition(context, {
    name: 'replaceReassignment',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'controller reassigns anew: adds {add|nobody}, removes {remove|nobody}',
    params: { add: anyNodeOrNone(broker), remove: anyNodeOrNone(broker) },
    spends: 'replacedReassignments',
    // An operator may ask for it, and need not.
    fair: false,
    weight: 0.2,
    enabled(partition, { add, remove }) {
      const now = controllerView(partition);
      const { adding, removing, isr } = now;
      if (adding.isEmpty && removing.isEmpty) return 'no reassignment is under way';
      const original = orderOf(now).filter(member => !adding.has(member));
      if (add !== undefined && original.includes(add)) return 'the broker had a replica';
      if (remove !== undefined && !original.includes(remove)) return 'the broker had no replica';
      const target = targetOf(original, { add, remove });
      if (target.length === 0) return 'the last replica cannot be removed';
      if (namesUnregistered(partition, target)) return REFUSED;
      if (add !== undefined && !isAssigned(now, add) && isElectable(partition, now, add)) {
        return 'UNKNOWN_SERVER_ERROR';
      }
      if (!rules.replacementStartsFromOriginal) return true;
      const isLeft = isr.isEmpty || isr.some(member => [...original, ...target].includes(member));
      return isLeft || 'nobody in sync would be left';
    },
    step(partition, { add, remove }) {
      decideOn(partition, {
        kind: 'online',
        edit(draft) {
          const present = orderOf(draft);
          const original = present.filter(member => !draft.adding.has(member));
          const target = targetOf(original, { add, remove });
          const kept = rules.replacementStartsFromOriginal ? original : present;
          write(draft, target, kept, rules.replacementStartsFromOriginal);
          for (const member of broker.all) if (!isAssigned(draft, member)) draft.isr.delete(member);
        },
      });
    },
  });
}

/** The target: what is left of the original, and who is added. */
function targetOf(
  original: readonly Broker[],
  { add, remove }: { readonly add: Broker | undefined; readonly remove: Broker | undefined },
): readonly Broker[] {
  const left = original.filter(member => member !== remove);
  return add === undefined ? left : [...left, add];
}

/** Makes the assignment of a target and of what is kept beside it until the reassignment ends. */
function write(
  { replicas, adding, removing }: PartitionDraft,
  target: readonly Broker[],
  kept: readonly Broker[],
  forgetsOld: boolean,
): void {
  const toRemove = kept.filter(member => !target.includes(member));
  const toAdd = target.filter(member => !kept.includes(member));
  replicas.truncate(0);
  for (const member of [...target, ...toRemove]) replicas.push(member);
  if (forgetsOld || toAdd.length > 0) adding.clear();
  if (forgetsOld || toRemove.length > 0) removing.clear();
  for (const member of toAdd) adding.add(member);
  for (const member of toRemove) removing.add(member);
}

/** Whether the controller would elect the broker if it had a replica. */
function isElectable(
  partition: RuledPartition,
  { isr, elr }: PartitionView,
  broker: Broker,
): boolean {
  return isr.isEmpty && elr.has(broker) && isActive(partition, broker);
}

/**
 * cancelReassignment: an operator takes a reassignment back. The replicas that were to be added
 * leave assignment and ISR. Enabled: a member of the ISR is left then (otherwise Kafka refuses,
 * unless unclean election is enabled; left out).
 *
 * Source: ReplicationControlManager.cancelPartitionReassignment.
 */
export function cancelReassignment(context: ReplicationContext): AnyAction {
  return onPartition(context, {
    name: 'cancelReassignment',
    kind: 'protocol',
    actor: 'controller',
    phrase: 'controller cancels the reassignment',
    params: {},
    spends: 'reassignments',
    // An operator may ask for it, and need not.
    fair: false,
    weight: 0.2,
    enabled(partition) {
      const { adding, removing, isr } = controllerView(partition);
      if (adding.isEmpty && removing.isEmpty) return 'no reassignment is under way';
      return isr.some(member => !adding.has(member)) || 'nobody in sync would be left';
    },
    step(partition) {
      decideOn(partition, {
        kind: 'online',
        edit(draft) {
          const original = orderOf(draft).filter(member => !draft.adding.has(member));
          draft.replicas.truncate(0);
          for (const member of original) draft.replicas.push(member);
          for (const member of context.broker.all) {
            if (draft.adding.has(member)) draft.isr.delete(member);
          }
          draft.adding.clear();
          draft.removing.clear();
        },
      });
    },
  });
}
