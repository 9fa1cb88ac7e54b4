import type { TakenAction } from '../../checker/model/property.ts';
import type { Broker } from '../../models/replication/schema.ts';
import { electedIn, type PartitionScope, type PartitionStepProperty } from './partitionScope.ts';
import type { ScopeFacts } from './scopeFacts.ts';
import { controllerView, isActive, isAssigned, isOneTopic } from './view.ts';

/**
 * A leader is replaced for a reason: it is not active any more, it loses its replica, or somebody asked for the
 * preferred one. A new leader epoch of the same leader has one too: a replica has left ISR or assignment.
 */
export function leaderChangesForCause({ broker }: ScopeFacts): PartitionStepProperty {
  return {
    name: 'leader-changes-for-cause',
    kind: 'step',
    statement:
      'A leader is replaced only when it is inactive, loses its replica, or a preferred election is asked for.',
    loss: 'Clients lose their leader, and producers their requests, although nothing is wrong with it.',
    source:
      'PartitionChangeBuilder.electLeader, triggerLeaderEpochBumpForIsrShrinkIfNeeded; KIP-460',
    needs: 'an election',
    when({ protocol: before }, { protocol: after }) {
      const { leader, leaderEpoch } = controllerView(before);
      return leader !== undefined && controllerView(after).leaderEpoch !== leaderEpoch;
    },
    holds(before, after, { name }) {
      const was = controllerView(before.protocol);
      const is = controllerView(after.protocol);
      if (was.leader === undefined) return true;
      const leads = `${broker.nameOf(was.leader)} is active and has a replica`;
      if (is.leader === was.leader) {
        const lost = broker.all.some(
          each =>
            (was.isr.has(each) && !is.isr.has(each)) ||
            (isAssigned(was, each) && !isAssigned(is, each)),
        );
        return lost || `${broker.nameOf(was.leader)} leads in a new epoch, and no replica has left`;
      }
      if (!isActive(after.protocol, was.leader) || !isAssigned(is, was.leader)) return true;
      return name === 'electPreferred' || `${leads}, and does not lead any more by ${name}`;
    },
  };
}

/**
 * A replica leaves the ISR when it is not active any more, loses its assignment, or the leader asked for it;
 * it enters when the leader asked for it, or when it is elected.
 */
export function isrChangesForCause({ broker, rules }: ScopeFacts): PartitionStepProperty {
  const isAsked = (before: PartitionScope, action: TakenAction, member: Broker): boolean =>
    isAskedFor(before, action, member, { broker, rules });
  return {
    name: 'isr-changes-for-cause',
    kind: 'step',
    statement:
      'Replicas leave the ISR only inactive, unassigned or as the leader asked, and enter only elected or asked for.',
    loss: 'The partition loses replicas that are in sync, or takes one for in sync that nobody vouches for.',
    source: 'ReplicationControlManager.handleBrokerFenced, alterPartition; KIP-497, KIP-841',
    needs: 'an ISR that changes',
    when: ({ protocol: before }, { protocol: after }) => {
      if (!isOneTopic(before, after)) return false;
      const [was, is] = [controllerView(before).isr, controllerView(after).isr];
      return !was.isSubsetOf(is) || !is.isSubsetOf(was);
    },
    holds(before, after, action) {
      const was = controllerView(before.protocol);
      const is = controllerView(after.protocol);
      for (const each of broker.all) {
        const [left, entered] = [was.isr.has(each), is.isr.has(each)];
        if (left === entered || isAsked(before, action, each)) continue;
        if (left && isActive(after.protocol, each) && isAssigned(is, each)) {
          return `${broker.nameOf(each)} is active, and left the ISR by ${action.name}`;
        }
        if (entered && electedIn(before, after) !== each) {
          return `${broker.nameOf(each)} entered the ISR by ${action.name}, and nobody asked for it`;
        }
      }
      return true;
    },
  };
}

/** Actions in which a leader changes the ISR by itself (before 2.7). */
const ofLeaders: ReadonlySet<string> = new Set([
  'fetch',
  'receiveFetch',
  'shrinkIsr',
  'resendAlterPartition',
]);

/** Whether it is an action in which a leader may have changed the ISR by itself, in releases that let it. */
function isLeadersOwn({ rules }: Pick<ScopeFacts, 'rules'>, name: string): boolean {
  return rules.isrChange === 'zookeeper' && ofLeaders.has(name);
}

/** Whether the step is the decision on an ISR change in which a leader asked for this of a replica. */
function isAskedFor(
  { protocol }: PartitionScope,
  { name, params }: TakenAction,
  member: Broker,
  { broker, rules }: Pick<ScopeFacts, 'broker' | 'rules'>,
): boolean {
  if (isLeadersOwn({ rules }, name)) return true;
  if (name !== 'handleAlterPartition') return false;
  const sender = broker.named(String(params['sender']));
  if (sender === undefined) return false;
  const { inFlight, isr } = protocol.alterPartition.get(sender);
  // Where decisions take effect later, the request may be gone by then.
  return inFlight !== 'request' || isr.has(member) !== controllerView(protocol).isr.has(member);
}

/**
 * Replicas come and go by reassignments: who is to go does so when those are in the ISR that the release waits
 * for, and a cancelled reassignment takes back whom it had added and nobody else; so does one that is replaced.
 */
export function assignmentChangesByReassignment(facts: ScopeFacts): PartitionStepProperty {
  const { broker } = facts;
  return {
    name: 'assignment-changes-by-reassignment',
    kind: 'step',
    statement:
      'A reassignment ends only with its target in the ISR (before 3.8 and since 4.3: whom it adds), or cancelled: ' +
      'then nobody goes whom it did not add.',
    loss: 'The old replicas are deleted before the new ones have their records.',
    source:
      'PartitionReassignmentReplicas.maybeCompleteReassignment, cancelPartitionReassignment; KIP-455',
    needs: 'reassignments',
    when({ protocol: before }, { protocol: after }) {
      if (!isOneTopic(before, after)) return false;
      const [was, is] = [controllerView(before), controllerView(after)];
      if (!was.adding.isSubsetOf(is.adding) || !was.removing.isSubsetOf(is.removing)) return true;
      return broker.all.some(each => isAssigned(was, each) !== isAssigned(is, each));
    },
    holds({ protocol: before }, { protocol: after }, { name }) {
      const [was, is] = [controllerView(before), controllerView(after)];
      // With the new target the old one is over, and whom it had added may go at once.
      if (name === 'replaceReassignment' && !goes(was, is, broker.all, was.adding)) return true;
      const ends = !was.adding.isSubsetOf(is.adding) || !was.removing.isSubsetOf(is.removing);
      for (const each of broker.all) {
        const [had, has] = [isAssigned(was, each), isAssigned(is, each)];
        if (!had && has && name !== 'reassign' && name !== 'replaceReassignment')
          return `${broker.nameOf(each)} got a replica by ${name}`;
        if (name !== 'cancelReassignment') {
          const awaits = isAwaited(facts, was, is, each);
          if ((ends || goes(was, is, broker.all)) && awaits && has && !is.isr.has(each)) {
            return `a reassignment ended without ${broker.nameOf(each)} in the ISR`;
          }
        } else if (had && !has && !was.adding.has(each)) {
          return `${broker.nameOf(each)} lost its replica although the reassignment was cancelled`;
        }
      }
      return true;
    },
  };
}

/** Whether a reassignment ends only when this replica is in the ISR: since when, see the table of rules. */
function isAwaited(
  { rules }: ScopeFacts,
  was: ReturnType<typeof controllerView>,
  is: ReturnType<typeof controllerView>,
  replica: Broker,
): boolean {
  if (was.adding.has(replica) || rules.reassignmentEndsWith === 'everyTarget') return true;
  if (rules.reassignmentEndsWith !== 'addedUnlessFewer') return false;
  // One that ends in the step that began it was never under way.
  const isFewer = is.replicas.length < was.replicas.length - was.adding.size;
  return isFewer || was.adding.size < was.removing.size;
}

/** Whether some replica leaves the assignment that is not one of these. */
function goes(
  was: ReturnType<typeof controllerView>,
  is: ReturnType<typeof controllerView>,
  brokers: readonly Broker[],
  but?: ReturnType<typeof controllerView>['adding'],
): boolean {
  return brokers.some(
    each => isAssigned(was, each) && !isAssigned(is, each) && but?.has(each) !== true,
  );
}
